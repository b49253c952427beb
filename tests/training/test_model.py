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

from quotes.training import (  # noqa: E402
    leaner,
    other_vectors,
    package,
    recipe,
    refine,
    spacy_model,
    vectors,
    warm_start,
)

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


def _words(*units: str) -> dict[str, object]:
    return {"_id2unit": list(units), "_unit2id": {unit: i for i, unit in enumerate(units)}}


def test_a_parser_is_fitted_to_longer_vectors_and_other_relations() -> None:
    units = ["<PAD>", "<UNK>", "<EMPTY>", "<ROOT>", "obl:mod", "obl", "nsubj", "dep"]
    weights = {
        "trans_pretrained.weight": torch.ones(3, 2),
        "deprel.scorer.W_bilin.weight": torch.arange(4.0).expand(2, 2, 4),
        "deprel.scorer.W_bilin.bias": torch.arange(4.0),
        "distance.W1.weight": torch.ones(1),
    }
    old = {"model": weights, "config": {"distance": True}, "vocab": {"deprel": _words(*units)}}
    new = warm_start.fitted(old, 4, ["nsubj", "nsubj:pass", "obl", "vocative"])
    assert new["model"]["trans_pretrained.weight"].tolist() == [[1, 1, 0, 0]] * 3
    assert new["model"]["deprel.scorer.W_bilin.bias"].tolist() == [2, 2, 0, 3]
    assert new["vocab"]["deprel"]["_id2unit"] == [*units[:4], "nsubj", "nsubj:pass", "obl", "vocative"]
    assert new["config"]["distance"] is False and "distance.W1.weight" not in new["model"]


def test_an_ner_tagger_with_longer_vectors_says_the_same() -> None:
    torch.manual_seed(1)
    weights = {
        "delta_emb.weight": torch.zeros(7, 2),
        "input_transform.weight": torch.randn(5, 5),
        "input_transform.bias": torch.randn(5),
        "taggerlstm.lstm.weight_ih_l0": torch.randn(8, 5),
        "taggerlstm.lstm.weight_ih_l0_reverse": torch.randn(8, 5),
    }
    weights["delta_emb.weight"][5] = 1
    old = {"model": weights, "config": {}, "vocab": {"delta": _words(*"PUERabc")}}
    new = warm_start.with_wider_vectors(old, 4, least_change=0.08)
    assert new["vocab"]["delta"]["_unit2id"] == {"P": 0, "U": 1, "E": 2, "R": 3, "b": 4, "a": 5, "c": 5}
    assert len(new["model"]["delta_emb.weight"]) == 6 and new["config"]["word_emb_dim"] == 4

    def gates(model: dict[str, object], word: list[float]) -> object:
        inner = model["input_transform.weight"] @ torch.tensor(word).float() + model["input_transform.bias"]
        return model["taggerlstm.lstm.weight_ih_l0"] @ inner

    narrow, wide = gates(weights, [1, 2, 3, 4, 5]), gates(new["model"], [1, 2, 9, 9, 3, 4, 5])
    assert torch.allclose(narrow, wide, atol=1e-5)


def test_the_rate_rises_and_falls() -> None:
    rates = [refine.rate_at(step, 400, 1e-3) for step in range(1, 401)]
    assert max(rates) == rates[refine.WARM_UP - 1] == 1e-3
    assert rates[0] < rates[5] and rates[100] > rates[300] > rates[399] == pytest.approx(1e-5)


def test_the_bilinear_layer_says_what_pytorchs_says() -> None:
    layer = torch.nn.Bilinear(3, 4, 5)
    one, other = torch.randn(7, 3), torch.randn(7, 4)
    assert torch.allclose(leaner.bilinear(layer, one, other), layer(one, other), atol=1e-5)


def test_padded_lstms_say_what_packed_ones_say() -> None:
    from stanza.models.common.packed_lstm import PackedLSTM
    from torch.nn.utils.rnn import pack_padded_sequence

    lstm = PackedLSTM(3, 4, 1, batch_first=True, bidirectional=True)
    lengths = torch.tensor([5, 3, 2])
    packed = pack_padded_sequence(torch.randn(3, 5, 3), lengths, batch_first=True)
    start = (torch.zeros(2, 3, 4), torch.zeros(2, 3, 4))
    expected, found = lstm(packed, lengths, start)[0].data, leaner.padded_lstm(lstm, packed, lengths, start)[0].data
    assert torch.allclose(found, expected, atol=0.02), "16 bits differ in the third digit, where they are used"


def test_words_that_only_other_vectors_know_share_a_row() -> None:
    rows = np.array([[1, 0, 0], [0, 1, 0], [0, 0.9, 0.1], [5, 5, -9]], dtype="float32")
    other = other_vectors.Other(rows, {"chat": 0, "chien": 1, "chats": 0, "chiens": 2, "zzz": 3})
    assert other_vectors.shared_rows(["chat", "chien", "là"], other, ["chats", "chiens", "zzz"])["chats"] == 0
    assert other_vectors.shared_rows(["chat", "chien", "là"], other, ["chiens"]) == {"chiens": 1}


def test_only_what_is_new_in_other_vectors_is_added() -> None:
    rng = np.random.default_rng(0)
    ours = rng.normal(size=(300, 4)).astype("float32")
    new = rng.normal(size=300).astype("float32")
    theirs = np.c_[ours @ rng.normal(size=(4, 4)), new].astype("float32")
    words = [f"w{i}" for i in range(300)]
    other = other_vectors.Other(theirs, {word: i for i, word in enumerate(words[:299])})
    found = other_vectors.added(ours, words, other, size=1)
    assert abs(np.corrcoef(found[:299, 0], new[:299])[0, 1]) > 0.95
    assert found[299, 0] == 0


def test_a_wider_tokenizer_starts_as_the_narrow_one() -> None:
    narrow, wide = (
        {
            "embeddings.weight": torch.randn(2, 3),
            "rnn.weight_ih_l0": torch.randn(4 * width, 5),
            "rnn.weight_hh_l0": torch.randn(4 * width, width),
            "rnn2.weight_ih_l0": torch.randn(4 * width, 2 * width),
            "rnn2.bias_ih_l0": torch.randn(4 * width),
            "sent_clf.weight": torch.randn(1, 2 * width),
        }
        for width in (2, 3)
    )
    found = warm_start.for_tokenizer(wide, narrow, ["a", "b"], ["b", "a"])
    assert {name: value.shape for name, value in found.items()} == {k: v.shape for k, v in wide.items()}
    assert torch.equal(found["embeddings.weight"], narrow["embeddings.weight"][[1, 0]])
    gates, both = [0, 1, 3, 4, 6, 7, 9, 10], [0, 1, 3, 4]
    assert torch.equal(found["rnn.weight_ih_l0"][gates], narrow["rnn.weight_ih_l0"])
    assert torch.equal(found["rnn.weight_hh_l0"][gates][:, [0, 1]], narrow["rnn.weight_hh_l0"])
    assert torch.equal(found["rnn2.weight_ih_l0"][gates][:, both], narrow["rnn2.weight_ih_l0"])
    assert torch.equal(found["rnn2.bias_ih_l0"][gates], narrow["rnn2.bias_ih_l0"])
    assert torch.equal(found["sent_clf.weight"][:, both], narrow["sent_clf.weight"])
    added = found["rnn.weight_hh_l0"][gates][:, 2]
    assert added.abs().max() <= warm_start.LITTLE * wide["rnn.weight_hh_l0"].abs().max()


def test_spacys_cuts_give_labels_where_both_cut_alike() -> None:
    text = "Il vend des œufs."
    cuts = [
        spacy_model.Cut(0, 2, "Il", "PRON", False),
        spacy_model.Cut(3, 7, "vend", "VERB", False),
        spacy_model.Cut(8, 11, "des", "DET", False),
        spacy_model.Cut(12, 16, "œufs", "NOUN", False),
        spacy_model.Cut(16, 17, ".", "PUNCT", True),
    ]
    assert spacy_model.labels(text, _labels(text, 3), cuts) == _labels(text, 1)
    cuts[2] = replace(cuts[2], upos="ADP")
    assert spacy_model.labels(text, _labels(text, 1), cuts) == _labels(text, 3)
    assert spacy_model.labels(text, _labels(text, 1).replace("2", "1"), cuts) is None


def _labels(text: str, article: int) -> str:
    ends = {1: 1, 6: 1, 10: article, 15: 1, 16: 2}
    return "".join(str(ends.get(i, 0)) for i in range(len(text)))


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
    tagger = {"model": {}, "vocab": {"word": _words("a", "b"), "char": "kept"}}
    wider = package.with_vocabulary_of(tagger, {"vocab": _words("a", "b", "c")})
    assert wider["vocab"] == {"word": _words("a", "b", "c"), "char": "kept"}
    with pytest.raises(ValueError, match="other word vectors"):
        package.with_vocabulary_of(tagger, {"vocab": _words("b", "a", "c")})
