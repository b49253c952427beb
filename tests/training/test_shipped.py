"""The model that is shipped: complete, small, without traces of the machine that made it, and loadable."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")

MODEL = Path(__file__).parents[2] / "data" / "models" / "fr"
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")

pytestmark = pytest.mark.skipif(not (MODEL / "resources.json").exists(), reason="the model is not in this checkout")


def _checkpoint(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = torch.load(MODEL / "fr" / name / "press.pt", map_location="cpu", weights_only=True)
    return loaded


def test_every_processor_is_there_and_needs_no_network() -> None:
    french = json.loads((MODEL / "resources.json").read_text(encoding="utf-8"))["fr"]
    assert tuple(french["default_processors"]) == PROCESSORS
    assert all((MODEL / "fr" / name / "press.pt").exists() for name in (*PROCESSORS, "pretrain"))
    assert "url" not in french


def test_it_is_small() -> None:
    assert sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file()) <= 60_000_000


@pytest.mark.parametrize("name", PROCESSORS)
def test_settings_hold_no_path(name: str) -> None:
    config = _checkpoint(name)["config"]
    assert not [key for key, value in config.items() if isinstance(value, str) and "/" in value]


def test_the_ner_tagger_has_the_words_of_the_vectors() -> None:
    words = _checkpoint("pretrain")["vocab"]["_id2unit"]
    assert list(_checkpoint("ner")["vocab"]["word"]["_id2unit"]) == list(words)
    assert len(_checkpoint("pretrain")["emb"]) == len(words)


def test_it_finds_an_inverted_subject_and_splits_glued_sentences() -> None:
    stanza = pytest.importorskip("stanza")
    pipeline = stanza.Pipeline("fr", dir=str(MODEL), download_method=None, verbose=False, use_gpu=False)
    document = pipeline("« Oui », a déclaré Marie Dupont à Lyon.Le maire viendra-t-il ?")
    first, second = document.sentences
    name = next(word for word in first.words if word.text == "Marie")
    assert (name.deprel, first.words[name.head - 1].text) == ("nsubj", "déclaré")
    assert "-t-il" in [word.text for word in second.words]
    assert [(entity.text, entity.type) for entity in document.ents] == [("Marie Dupont", "PER"), ("Lyon", "LOC")]
