"""Every code that the pipeline can write has its words in French, and no words are left without a code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import quotes.attribution.rules
import quotes.curation
import quotes.resolution.candidates
from quotes.attribution.rules import RULES
from quotes.lexicon.entries import Stance
from quotes.model import Kind, Modality, SpeakerType
from quotes.resolution.candidates import Method
from quotes.site.pages import labels

ATTRIBUTION = Path(quotes.attribution.rules.__file__).parent
RESOLUTION = Path(quotes.resolution.candidates.__file__).parent
CURATION = Path(quotes.curation.__file__).parent

RULE_ARGUMENTS = {"Attribution": 2, "linked": 3, "_none": 1}
"""Calls that name a rule -> the place of the name among their arguments."""

METHOD_ARGUMENTS = {"Resolution": 2, "_add": 4}


def test_every_rule_has_its_words() -> None:
    written = written_codes(ATTRIBUTION, "rule", RULE_ARGUMENTS)
    assert {"nested", "preposition", "governed-participle", "quoted-term", "echo", "indirect-que"} <= written
    assert set(labels.RULES) == written | {name for name, _ in RULES}


def test_every_method_has_its_words() -> None:
    written = written_codes(RESOLUTION, "method", METHOD_ARGUMENTS)
    written |= written_codes(CURATION, "method", METHOD_ARGUMENTS)
    assert {"name", "pronoun", "cataphora", "role-again", "decision"} <= written
    assert set(labels.METHODS) == written | set(get_args(Method))


def test_every_kind_type_modality_and_stance_has_its_words() -> None:
    assert set(labels.KINDS) == set(labels.KIND_HELP) == set(get_args(Kind))
    assert set(labels.TYPES) == set(get_args(SpeakerType))
    assert set(labels.MODALITIES) == set(get_args(Modality)) - {"asserted"}, "what is asserted goes without saying"
    assert set(labels.STANCES) == set(get_args(Stance))


def written_codes(folder: Path, variable: str, arguments: dict[str, int]) -> set[str]:
    """The codes that the modules of a folder write: given to a call, by place or by keyword, put into ``variable``, or
    second of three things that a function returns."""
    trees = [ast.parse(path.read_text("utf-8")) for path in sorted(folder.glob("*.py"))]
    return {code for tree in trees for node in ast.walk(tree) for code in _codes(node, variable, arguments)}


def _codes(node: ast.AST, variable: str, arguments: dict[str, int]) -> Iterator[str]:
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        yield from (code for k in node.keywords if k.arg == variable for code in _strings(k.value))
        place = arguments.get(name)
        if place is not None and len(node.args) > place:
            yield from _strings(node.args[place])
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            names = [getattr(name, "id", "") for name in (target.elts if isinstance(target, ast.Tuple) else [target])]
            if variable in names:
                yield from _assigned(node.value, names.index(variable), len(names))
    elif variable == "method" and isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
        if len(node.value.elts) == 3:
            yield from _strings(node.value.elts[1])


def _assigned(value: ast.expr, place: int, number: int) -> Iterator[str]:
    """What an assignment to ``number`` names at once gives to the one at ``place``."""
    if number == 1:
        yield from _strings(value)
        return
    for part in ast.walk(value):
        if isinstance(part, ast.Tuple) and len(part.elts) == number:
            yield from _strings(part.elts[place])


def _strings(value: ast.expr) -> Iterator[str]:
    """The string that an expression is, or either of the two that it chooses from."""
    if isinstance(value, ast.IfExp):
        yield from _strings(value.body)
        yield from _strings(value.orelse)
    elif isinstance(value, ast.BoolOp):
        yield from (code for part in value.values for code in _strings(part))
    elif isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
