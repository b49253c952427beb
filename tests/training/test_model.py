"""Scores, packaging, warm starts, the recipe's bookkeeping: nothing is trained here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from quotes.errors import QuotesError
from quotes.training import conllu, scoring
from quotes.training.harmonise import harmonise
from tests.training.trees import trees

torch = pytest.importorskip("torch")
np = pytest.importorskip("numpy")

from quotes.training import package, recipe, tune, vectors, warm_start  # noqa: E402

PLAIN, REPORTED = (harmonise(tree) for tree in trees())


def test_paragraphs_of_raw_text() -> None:
    assert scoring.raw_text([PLAIN, REPORTED]) == "Le maire du village a parlé.\n\n« Tout va bien », dit-il."


def test_perfect_trees_score_100_and_a_wrong_head_counts_once() -> None:
    pytest.importorskip("udtools")
    assert set(scoring.conll18([PLAIN], [PLAIN]).values()) == {100.0}
    wrong = conllu.with_node(PLAIN, 5, head=7)
    figures = scoring.conll18([PLAIN], [wrong])
    assert figures["UAS"] == pytest.approx(100 * 7 / 8) and figures["UPOS"] == 100


def test_reporting_subjects() -> None:
    assert scoring.reporting_subjects([REPORTED], [REPORTED]) == scoring.F1(1, 1, 1)
    lost = conllu.with_node(REPORTED, 8, deprel="obj")
    assert scoring.reporting_subjects([REPORTED], [lost]).value == 0
    assert scoring.reporting_subjects([PLAIN], [PLAIN]) == scoring.F1(0, 0, 0)


def test_entity_scores_want_the_exact_span() -> None:
    found = scoring.entities([{(0, 3, "PER"), (5, 9, "LOC")}], [{(0, 3, "PER"), (5, 8, "LOC")}])
    assert found.value == 50


def test_shipped_weights_are_half_precision_and_hold_no_path() -> None:
    checkpoint = {
        "model": {"w": torch.ones(2), "ids": torch.ones(2, dtype=torch.long)},
        "config": {"train_file": "/somewhere/train.conllu", "hidden_dim": 4, "char": True},
        "optimizer_state_dict": {},
    }
    result = package.shipped(checkpoint)
    assert result["model"]["w"].dtype == torch.float16 and result["model"]["ids"].dtype == torch.long
    assert result["config"] == {"train_file": None, "hidden_dim": 4, "char": True}
    assert "optimizer_state_dict" not in result


def test_lemma_dictionary_knows_capitals_and_comes_back() -> None:
    dictionary = package.lemma_dictionary([PLAIN], [], {"VERB": {"ira": "aller"}, "*": {"x": "y"}})
    assert dictionary["NOUN"]["Maire"] == "maire" and dictionary["VERB"]["Ira"] == "aller"
    assert "*" not in dictionary
    assert package.unpacked(package.packed(dictionary)) == dictionary
    assert package.packed(dictionary) == package.packed(dictionary)


def test_contractions_in_every_case() -> None:
    filled = package.contractions()
    assert (filled["du"], filled["Aux"], filled["DES"]) == ("de le", "À les", "DE LES")


def test_resources_name_only_what_is_there() -> None:
    french = package.resources(["tokenize", "pos"])["fr"]
    assert set(french["default_processors"]) == {"tokenize", "pos"}
    assert "url" not in str(french)


def test_rows_are_carried_by_unit() -> None:
    new, old = torch.zeros(3, 2), torch.tensor([[1.0, 1.0], [2.0, 2.0]])
    assert warm_start.carried_rows(new, old, ["a", "c", "b"], ["b", "a"]).tolist() == [[2, 2], [0, 0], [1, 1]]


def test_the_tuning_mix_speaks_the_parsers_relations() -> None:
    known = {"obl:mod", "parataxis:insert", "parataxis", "nsubj", "root"}
    tree = conllu.with_node(REPORTED, 4, deprel="obl")
    renamed = tune.in_relations_of(tree, known)
    assert (renamed.nodes[3].deprel, renamed.nodes[6].deprel) == ("obl:mod", "parataxis:insert")


def test_the_tuning_mix_is_the_same_again() -> None:
    trees = [[PLAIN, REPORTED] * 10]
    assert tune.mix(trees, [REPORTED], 1) == tune.mix(trees, [REPORTED], 1)
    assert REPORTED in tune.mix(trees, [REPORTED], 1)


def test_a_linear_map_is_found() -> None:
    rng = np.random.default_rng(0)
    source, matrix = rng.normal(size=(60, 3)).astype("float32"), rng.normal(size=(3, 2))
    found = vectors.linear_map(source, (source @ matrix + 1).astype("float32"), penalty=1e-4)
    assert found[:3] == pytest.approx(matrix, abs=0.01) and found[3] == pytest.approx(1, abs=0.01)


def test_rare_forms_are_added_after_the_common_words() -> None:
    rng = np.random.default_rng(0)
    views, common = rng.normal(size=(60, 3)).astype("float32"), rng.normal(size=(50, 2)).astype("float32")
    words = [f"w{i}" for i in range(50)]
    place = {f"w{i}": i for i in range(60)}
    all_words, table = vectors.with_rare_forms(words, common, ["w3", "w55", "w55", "unseen"], views, place)
    assert all_words == [*words, "w55"] and table.shape == (51, 2)
    assert (table[:50] == common).all()


def _options(tmp_path: Path) -> recipe.Options:
    return recipe.Options(tmp_path, tmp_path, tmp_path, tmp_path / "c.txt", tmp_path / "work", tmp_path / "out")


def test_steps_done_are_not_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def record(name: str, options: recipe.Options, echo: Callable[[str], None]) -> None:
        done.append(name)

    steps = tuple(replace(step, run=partial(record, step.name)) for step in recipe.STEPS)
    monkeypatch.setattr(recipe, "STEPS", steps)
    said: list[str] = []
    recipe.run(_options(tmp_path), [], ["ner"], False, said.append)
    assert "ner" not in done and done[0] == "treebanks"
    done.clear()
    recipe.run(_options(tmp_path), ["vectors", "package"], [], False, said.append)
    assert done == ["package"] and "[2/9] vectors: done before" in said
    recipe.run(_options(tmp_path), ["vectors"], [], True, said.append)
    assert done == ["package", "vectors"]


def test_an_unknown_step_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuotesError, match="No step is called parse"):
        recipe.run(_options(tmp_path), ["parse"], [], False, print)


def test_the_ner_tagger_gets_the_words_of_wider_vectors() -> None:
    def words(*units: str) -> dict[str, object]:
        return {"_id2unit": list(units), "_unit2id": {unit: i for i, unit in enumerate(units)}}

    tagger = {"model": {}, "vocab": {"word": words("a", "b"), "char": "kept"}}
    wider = package.with_vocabulary_of(tagger, {"vocab": words("a", "b", "c")})
    assert wider["vocab"] == {"word": words("a", "b", "c"), "char": "kept"}
    with pytest.raises(ValueError, match="other word vectors"):
        package.with_vocabulary_of(tagger, {"vocab": words("b", "a", "c")})
