"""Trees read, harmonised, cut, built upon and made untidy."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from quotes.errors import QuotesError
from quotes.training import conllu, corpus, harmonise, lexicon, ner_data, noise, reporting, tokenizer_data
from quotes.training.fragments import as_tree, fragment, insert, punctuation, remove, without_final_mark
from quotes.training.harmonise import Reference
from tests.training.trees import CONLLU, trees

PLAIN, REPORTED = trees()


def test_a_tree_survives_writing_and_reading() -> None:
    again = next(conllu.parse(conllu.dump(PLAIN).splitlines()))
    assert again == replace(PLAIN, nodes=again.nodes)
    assert [node.head for node in again.nodes] == [node.head for node in PLAIN.nodes]
    assert again.text == "Le maire du village a parlé."


def test_paragraph_marks_are_kept() -> None:
    assert (PLAIN.paragraph, REPORTED.paragraph) == (False, True)


def test_a_bad_line_is_named() -> None:
    with pytest.raises(QuotesError, match="line 1: 2 columns"):
        list(conllu.parse(["1\tLe"], "fr.conllu"))


@pytest.mark.parametrize(("heads", "well_formed"), [((2, 0), True), ((0, 0), False), ((2, 1), False), ((0, 3), False)])
def test_is_tree(heads: tuple[int, int], well_formed: bool) -> None:
    nodes = tuple(replace(node, head=head) for node, head in zip(PLAIN.nodes, heads, strict=False))
    assert conllu.is_tree(conllu.Tree(nodes)) is well_formed


@pytest.mark.parametrize(
    ("before", "after"),
    [("obl:mod", "obl"), ("parataxis:insert", "parataxis"), ("nsubj:pass", "nsubj:pass"), ("expl:comp", "expl:pv")],
)
def test_relations(before: str, after: str) -> None:
    assert harmonise.relation(before) == after


def test_only_wanted_features_stay() -> None:
    assert "Voice" not in harmonise.harmonise(PLAIN).nodes[6].feats


def test_the_quotation_becomes_the_head_of_its_reporting_clause() -> None:
    turned = harmonise.harmonise(REPORTED)
    assert [(node.form, node.head, node.deprel) for node in turned.nodes if node.deprel != "punct"] == [
        ("Tout", 3, "nsubj"),
        ("va", 0, "root"),
        ("bien", 3, "advmod"),
        ("dit", 3, "parataxis"),
        ("-il", 7, "nsubj"),
    ]
    assert {node.form: node.head for node in turned.nodes if node.deprel == "punct"} == {
        "«": 3, "»": 3, ",": 7, ".": 3
    }  # fmt: skip
    assert conllu.is_tree(turned)


def test_closed_classes_follow_the_reference() -> None:
    reference = Reference.of([PLAIN] * 20, {"ada": "Fem"}, frozenset({"autre"}))
    gendered = conllu.with_node(PLAIN, 1, feats={"Definite": "Def", "PronType": "Art"})
    assert harmonise.harmonise(gendered, reference).nodes[0].feats["Gender"] == "Masc"
    named = conllu.with_node(PLAIN, 2, form="Ada", upos="PROPN", feats={})
    assert harmonise.harmonise(named, reference).nodes[1].feats == {"Gender": "Fem", "Number": "Sing"}


def test_fragments_keep_their_inner_heads() -> None:
    piece = fragment(PLAIN, 2)
    assert piece is not None
    assert [(node.form, node.head) for node in piece.nodes] == [
        ("Le", 2), ("maire", 0), ("de", 5), ("le", 5), ("village", 2)
    ]  # fmt: skip
    assert as_tree(piece).text == "Le maire du village"


def test_insert_and_remove_are_inverse() -> None:
    longer = insert(PLAIN, 2, punctuation(","), 7, "punct")
    assert longer.text == "Le maire , du village a parlé." and conllu.is_tree(longer)
    assert remove(longer, 3) == PLAIN
    assert without_final_mark(PLAIN).text == "Le maire du village a parlé"


def _material() -> reporting.Material:
    rows = [
        ("déclare", "déclarer", "VERB", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"),
        ("déclaré", "déclarer", "VERB", "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part"),
        ("dit", "dire", "VERB", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"),
    ]
    subjects, appositions = reporting.subjects_of([PLAIN])
    return reporting.Material(
        verbs=reporting.verb_forms(rows),
        subjects=tuple(subjects),
        appositions=tuple(appositions),
        first_names={"ada": "Fem", "ugo": "Masc"},
        last_names=("Vasseur",),
        tags=lambda form, upos: {},
    )


def test_built_trees_are_trees_and_have_a_reporting_verb_with_a_subject() -> None:
    built = reporting.with_reported_speech([PLAIN], _material(), 60, seed=3)
    assert all(conllu.is_tree(tree) for tree in built)
    for tree in built:
        verbs = [i for i, node in enumerate(tree.nodes, 1) if node.lemma in ("déclarer", "dire")]
        assert any(tree.nodes[child - 1].deprel == "nsubj" for verb in verbs for child in tree.children(verb))
    assert built == reporting.with_reported_speech([PLAIN], _material(), 60, seed=3)


def test_built_contractions_are_written_as_one_token() -> None:
    piece = reporting.Builder(_material(), 1).spelt("à/à/ADP/3/case Le/le/DET/3/det Monde/Monde/PROPN/0/obl")
    assert as_tree(piece).text == "au Monde"


def test_noise_changes_tags_only() -> None:
    noisy = list(noise.with_tagging_errors([PLAIN] * 50, seed=1))
    changed = [(a, b) for tree in noisy for a, b in zip(tree.nodes, PLAIN.nodes, strict=True) if a != b]
    assert changed and all(replace(a, upos=b.upos) == b for a, b in changed)


def test_labels_mark_tokens_contractions_and_the_end() -> None:
    assert tokenizer_data.labelled(PLAIN) == ("Le maire du village a parlé.", "0100000100300000001010000012")


def test_paragraphs_keep_every_character_labelled() -> None:
    parts = list(tokenizer_data.paragraphs([PLAIN, REPORTED] * 40, seed=2))
    assert all(len(text) == len(labels) for text, labels in parts)
    assert any(".«" in text or ".L" in text for text, _ in parts), "no sentences were glued"


def test_quotation_marks_are_tokens_of_their_own_in_every_style() -> None:
    for seed in range(20):
        text, labels = tokenizer_data.labelled(tokenizer_data.restyled(REPORTED, random.Random(seed)))
        for i, character in enumerate(text):
            if character in '«»“”"':
                assert labels[i] == "1" and (i == 0 or text[i - 1] == " " or labels[i - 1] == "1")


def test_a_title_ends_without_a_mark_before_what_follows() -> None:
    title = tokenizer_data.heading("Le prix du pain", [(2, False), (7, False), (10, True), (15, False)])
    assert title == ("Le prix du pain", "010000100300002")
    ((text, labels),) = tokenizer_data.headed([title], [("Il monte.", "010000012")], seed=1)
    assert text in ("Le prix du pain Il monte.", "Le prix du pain Le prix du pain") and labels[15] == "0"
    assert len(text) == len(labels)


def test_headings_are_noun_phrases_without_a_mark() -> None:
    found = tokenizer_data.headings_of([PLAIN] * 60, seed=1)
    assert {text.lower() for text, _ in found} == {"le maire du village"}
    assert all(text[0].isupper() and labels[-1] == "2" and len(text) == len(labels) for text, labels in found)
    parts = list(tokenizer_data.paragraphs([PLAIN] * 40, seed=1, headings=found))
    assert any("village Le maire" in text for text, _ in parts)


def test_some_sentences_lose_their_full_stop() -> None:
    part = ("Il va au mur. Elle rit !", "010010030001200010001002")
    assert tokenizer_data.without_full_stops(part, random.Random(1), share=0) == part
    found = tokenizer_data.without_full_stops(part, random.Random(1), share=1)
    assert found == ("Il va au mur Elle rit !", "01001003000200010001002")


def test_a_comma_gets_a_space_now_and_then_but_no_decimal_one() -> None:
    part = ("Ici, 1,5 là", "00110001001")
    found = {tokenizer_data.spaced_commas(part, random.Random(seed)) for seed in range(60)}
    assert {text for text, _ in found} == {"Ici, 1,5 là", "Ici , 1,5 là"}
    assert all(len(text) == len(labels) for text, labels in found)


def test_a_sample_of_press_text(tmp_path: Path) -> None:
    source = tmp_path / "press.txt"
    source.write_text("Un titre sans point\n" + "Une phrase assez longue. " * 30 + "\n", encoding="utf-8")
    paragraphs, titles = corpus.sample(source, words=40, titles=5, seed=1)
    assert titles == ["Un titre sans point"]
    assert paragraphs and all(200 <= len(text) <= 520 and text.endswith(".") for text in paragraphs[:-1])


def test_corpus_lines_cut_glued_sentences() -> None:
    lines = list(corpus.lines_of_words("Il habite l'Ain.La scène s'est passée là, a-t-elle dit."))
    assert lines[0][-3:] == ["l'", "ain", "."]
    assert lines[1][-4:] == ["a", "-t-elle", "dit", "."]


def test_entities_as_tags() -> None:
    tokens = [("Ada", 0, 3), ("Vasseur", 4, 11), ("à", 12, 13), ("Lyon", 14, 18)]
    assert ner_data.bioes(tokens, [(0, 11, "PER"), (14, 18, "LOC")]) == ["B-PER", "E-PER", "O", "S-LOC"]


def test_epicene_adjectives_never_have_a_gender() -> None:
    rows = [
        lexicon.Form("autre", "autre", "ADJ", "Number=Sing", 3),
        lexicon.Form("petite", "petit", "ADJ", "Gender=Fem|Number=Sing", 3),
    ]
    assert lexicon.epicene_adjectives(rows) == {"autre"}


def test_sample_is_conllu() -> None:
    assert CONLLU.count("\n\n") == 2
