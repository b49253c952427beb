"""Detection on raw characters: every kind of mark, odd marks, and properties that hold for any text."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quotes.detect import find_spans


def outer_texts(text: str) -> list[str]:
    return [span.outer.of(text) for span in find_spans(text)]


CASES = [
    # text, spans with their marks, why
    ("« Nous partons », dit Kerry.", ["« Nous partons »"], "spaced guillemets"),
    ("«\xa0Nous partons\u202f», dit Kerry.", ["«\xa0Nous partons\u202f»"], "no-break spaces"),
    ("«Nous partons», dit Kerry.", ["«Nous partons»"], "no space"),
    ('"Nous partons", dit Kerry.', ['"Nous partons"'], "straight"),
    ("“Nous partons”, dit Kerry.", ["“Nous partons”"], "curly"),
    ("„Nous partons“, dit Kerry.", ["„Nous partons“"], "German"),
    ("Selon lui, „Nous partons” demain.", ["„Nous partons”"], "Polish, Romanian"),
    ("‹ Nous partons ›, dit Kerry.", ["‹ Nous partons ›"], "single guillemets"),
    ("''Nous partons'', dit Kerry.", ["''Nous partons''"], "doubled apostrophes"),
    ("‘‘Nous partons’’, dit Kerry.", ["‘‘Nous partons’’"], "doubled curly apostrophes"),
    ("<<Nous partons>>, dit Kerry.", ["<<Nous partons>>"], "guillemets typed in ASCII"),
    ("Un ‘succès’, l’ami, dit-il.", ["‘succès’"], "single curly, with an apostrophe beside"),
    ('«Nous partons", dit Kerry.', ['«Nous partons"'], "opened by one kind, closed by another"),
    ("“Nous partons», dit Kerry.", ["“Nous partons»"], "opened by one kind, closed by another"),
    ("»Nous partons«, dit Toner.", ["»Nous partons«"], "Swiss and German printing"),
    ("« Il m'a dit “jamais” », raconte Carter.", ["« Il m'a dit “jamais” »", "“jamais”"], "nested, other marks"),
    ("« Il a dit « jamais » hier », dit-il.", ["« Il a dit « jamais » hier »", "« jamais »"], "nested, same marks"),
    ("« Il a dit « jamais », raconte Carter.", ["« Il a dit « jamais »", "« jamais »"], "one mark closes both"),
    ('"Il a dit "jamais" hier", dit-il.', ['"Il a dit "jamais" hier"', '"jamais"'], "nested straight"),
    ("« Premier point.\n« Second point », conclut Toner.", ["« Premier point.\n« Second point »"], "mark repeated"),
    ('"Premier point.\n\n"Second point", conclut-il.', ['"Premier point.\n\n"Second point"'], "mark repeated"),
    ("« Premier point,\n» second point », conclut-il.", ["« Premier point,\n» second point »"], "old setting"),
    ("« Premier point.\n\nDeuxième point », dit-il.", ["« Premier point.\n\nDeuxième point »"], "not repeated"),
    ("« Nous partons demain, a dit Toner.\nLe lendemain", ["« Nous partons demain, a dit Toner."], "never closed"),
    ("« Un. Puis il a dit « deux » et « trois ».", ["« Un.", "« deux »", "« trois »"], "never closed, others follow"),
    ("» À lire aussi : la crise\n« Oui », dit-il.", ["« Oui »"], "closing mark as a bullet"),
    (">> Notre dossier\n« Oui », dit-il.", ["« Oui »"], "arrow"),
    ("Il dit « oui » et » encore « non ».", ["« oui »", "« non »"], "stray closing mark"),
    ('Un écran de 27" et un de 32" : "trop grands", dit-il.', ['"trop grands"'], "inches"),
    ('Il a couru en 5\'30", "un exploit" selon lui.', ['"un exploit"'], "minutes and seconds"),
    ("À 49'40'', il dit ''oui''.", ["''oui''"], "minutes and seconds with apostrophes"),
    ('"En 2017", dit-il, "ou en 2018".', ['"En 2017"', '"ou en 2018"'], "digits before a true closing mark"),
    ("l'acteur d'aujourd'hui", [], "apostrophes"),
    ('Capables d"épauler, ils disent "oui".', ['"oui"'], "straight mark typed for an apostrophe"),
    ('"Parler d"avenir est utile", dit-il.', ['"Parler d"avenir est utile"'], "the same inside a quotation"),
    ('" Le manque ", dit-il, et " oui " aussi.', ['" Le manque "', '" oui "'], "room on both sides"),
    ('Il l\'a dit."Oui, hier".Puis "non".', ['"Oui, hier"', '"non"'], "glued sentences"),
    ('"Oui."Il part. "Non."', ['"Oui."', '"Non."'], "glued sentences"),
    ('Il dit oui", puis "non" et "peut-être".', ['"non"', '"peut-être"'], "closing mark without an opening one"),
    ('"Un, puis "deux", dit-il.\n\nIl ajoute "trois".', ['"Un, puis "deux"', '"trois"'], "one mark too many"),
    ("« Nous (…) partons », « [ils] partent »", ["« Nous (…) partons »", "« [ils] partent »"], "edits"),
    ("« Nous par-\ntons », dit-il.", ["« Nous par-\ntons »"], "a word broken at a line end"),
    ("« We leave » (« nous partons »), dit-il.", ["« We leave »", "« nous partons »"], "a translation"),
    ('Un "" vide et « » aussi.', [], "nothing between the marks"),
    ('"""""""""""', [], "an ornament"),
    ("", [], "no text"),
]


@pytest.mark.parametrize(("text", "expected", "why"), CASES, ids=[f"{case[2]}: {case[0][:20]}" for case in CASES])
def test_spans(text: str, expected: list[str], why: str) -> None:
    assert outer_texts(text) == expected, why


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("« Oui », dit-il.", None),
        ("« Oui, dit-il.", "unclosed"),
        ('« Oui", dit-il.', "mixed-marks"),
        ("»Oui«, dit-il.", "reversed-marks"),
        ("« Il a dit « jamais », dit-il.", "fused-close"),
    ],
)
def test_oddities_are_recorded(text: str, problem: str | None) -> None:
    assert find_spans(text)[0].problem == problem


def test_inner_text_has_neither_marks_nor_their_spaces() -> None:
    text = "Il dit «\xa0Il a crié “non” hier\u202f»."
    outer, nested = find_spans(text)
    assert outer.inner.of(text) == "Il a crié “non” hier"
    assert (outer.marks, outer.level) == (("«", "»"), 0)
    assert (nested.marks, nested.level) == (("“", "”"), 1)


def test_unclosed_has_no_closing_mark() -> None:
    (span,) = find_spans("Il dit : « Nous partons.\n\nPlus tard, il part.")
    assert span.marks == ("«", "")
    assert span.outer == (9, 24)


def test_lines_of_wrapped_text_are_one_paragraph() -> None:
    text = "Le ministre a dit que\nla paix était « un but\nde tous les pays\net de tous\nles peuples » hier."
    assert outer_texts(text) == ["« un but\nde tous les pays\net de tous\nles peuples »"]


PIECES = st.sampled_from(
    [*"«»\"“”„‟‹›‘’'″`,.:!?…()- \n\xa0\u202f\u2028é😀", "\n\n", "\r\n", "''", "<<", ">>", "mot", "Mot", 'd"un', "27"]
)
ANY_TEXT = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))


@given(ANY_TEXT)
@settings(max_examples=200, deadline=None)
def test_any_text_gives_valid_spans(text: str) -> None:
    spans = find_spans(text)
    assert list(spans) == sorted(spans, key=lambda span: (span.outer.start, -span.outer.end))
    assert len({span.outer.start for span in spans}) == len(spans)
    for span in spans:
        opening, closing = span.marks
        assert 0 <= span.outer.start < span.inner.start < span.inner.end <= span.outer.end <= len(text)
        assert span.outer.of(text).startswith(opening) and span.outer.of(text).endswith(closing)
        assert span.inner.of(text) == span.inner.of(text).strip() != ""
        assert (closing == "") is (span.problem == "unclosed")
    for index, first in enumerate(spans):
        for second in spans[index + 1 :]:
            assert first.outer.contains(second.outer) or not first.outer.overlaps(second.outer)
        assert first.level == sum(other.outer.contains(first.outer) for other in spans) - 1


QUOTED = st.sampled_from(["Nous partons demain", "un succès", "La paix reviendra, c'est sûr", "non"])
MARKS = st.sampled_from([("« ", " »"), ('"', '"'), ("“", "”")])


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    opening, closing = draw(MARKS)
    sentences = [
        f"Le ministre a évoqué {opening}{quoted}{closing} devant la presse."
        for quoted in draw(st.lists(QUOTED, min_size=1, max_size=4))
    ]
    return " ".join(sentences)


@given(st.lists(paragraphs(), min_size=1, max_size=4), st.data())
@settings(max_examples=150, deadline=None)
def test_an_odd_mark_costs_no_more_than_itself(texts: list[str], data: st.DataObject) -> None:
    """One stray mark between two words takes away one quotation at most, and none of another paragraph."""
    text = "\n\n".join(texts)
    before = {span.outer.of(text) + str(number) for number, span in enumerate(find_spans(text))}
    assert len(before) == sum(paragraph.count("Le ministre") for paragraph in texts)
    gaps = [index for index, character in enumerate(text) if character == " " and text[index - 1] not in "«“"]
    at = data.draw(st.sampled_from(gaps)) + 1
    assume(text[at] not in "»”")
    mark = data.draw(st.sampled_from(["«", "»", '"', "“", "”", "„", "‹", "''", "‘‘"]))
    odd = text[:at] + mark + text[at:]
    kept = {(span.outer.start, span.outer.end) for span in find_spans(odd)}
    expected = [
        (span.outer.start + len(mark) * (span.outer.start >= at), span.outer.end + len(mark) * (span.outer.end > at))
        for span in find_spans(text)
    ]
    lost = [extent for extent in expected if extent not in kept]
    assert len(lost) <= 1, [odd[slice(*extent)] for extent in lost]
    assert all(text.count("\n\n", 0, start) == text.count("\n\n", 0, at) for start, _ in lost)


@pytest.mark.parametrize(
    "unit",
    ['Il a dit "oui" hier. ', "« Il dit « non » et part. ", '"', "« ", "» ", " ", "\n", "'' ", '"a ', 'mot "a.\n\n'],
)
def test_time_is_linear(unit: str) -> None:
    """Four times the text, be it prose or nothing but marks, takes about four times as long."""
    short, long = (_seconds(unit * (size // len(unit))) for size in (4_000, 16_000))
    assert long < 8 * short + 0.5


def test_five_megabytes_on_one_line() -> None:
    article = 'Le ministre a salué « un succès » et parlé de "paix". ' + "Puis il a évoqué la situation du pays. " * 20
    assert _seconds(article * (5_000_000 // len(article))) < 20


def _seconds(text: str) -> float:
    began = time.process_time()
    find_spans(text)
    return time.process_time() - began


def test_every_gold_span_is_found(shared: Path) -> None:
    """Within one character at each end; all but one, a mark typed for an apostrophe that the readers annotated."""
    missed = extra = total = 0
    with (shared / "gold" / "dev.jsonl").open(encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            gold = [(entry["start"], entry["end"]) for entry in article["quotations"]]
            found = [tuple(span.outer) for span in find_spans(article["text"])]
            total += len(gold)
            missed += sum(not _matches(extent, found) for extent in gold)
            extra += sum(not _matches(extent, gold) for extent in found)
    assert (missed <= 1, extra) == (True, 0), f"{missed} of {total} missed, {extra} too many"


def _matches(extent: tuple[int, ...], others: Sequence[tuple[int, ...]]) -> bool:
    return any(abs(extent[0] - start) <= 1 and abs(extent[1] - end) <= 1 for start, end in others)
