"""The shipped lexicon: what it must know, how fast it opens, and what it says of a broken table."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from quotes.errors import TableError
from quotes.lexicon import Lexicon, load_lexicon
from quotes.resources import data_folder


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def test_opens_quickly() -> None:
    start = time.process_time()
    load_lexicon()
    assert time.process_time() - start < 0.5


def test_sizes(lexicon: Lexicon) -> None:
    assert len(lexicon.verbs) >= 600
    assert len(lexicon.roles) >= 800


@pytest.mark.parametrize(
    ("lemma", "stance", "strength", "frame"),
    [
        ("déclarer", "neutral", "strong", "quote"),
        ("affirmer", "assertive", "strong", "que"),
        ("ajouter", "neutral", "weak", "quote"),
        ("lancer", "manner", "weak", "quote"),
        ("dénoncer", "critic", "strong", "np"),
        ("saluer", "praise", "medium", "np"),
        ("se dire", "assertive", "strong", "attr"),
        ("se féliciter", "praise", "strong", "quote"),
        ("faire valoir", "assertive", "strong", "que"),
        ("qualifier", "naming", "medium", "np_de"),
        ("juger", "thought", "medium", "attr"),
        ("promettre", "promise", "medium", "de_inf"),
        ("répondre", "answer", "strong", "quote"),
    ],
)
def test_verb(lexicon: Lexicon, lemma: str, stance: str, strength: str, frame: str) -> None:
    verb = lexicon.verb(lemma)
    assert verb is not None
    assert (verb.stance, verb.strength) == (stance, strength)
    assert frame in verb.frames


@pytest.mark.parametrize(
    "lemma",
    [
        "mettre en garde",
        "tirer la sonnette d'alarme",
        "faire savoir",
        "faire part de",
        "tenir à dire",
        "prendre la parole",
        "mettre en cause",
        "mettre l'accent sur",
        "renvoyer la balle",
        "enfoncer le clou",
        "laisser entendre",
        "se déclarer",
        "s'en prendre à",
    ],
)
def test_locutions(lexicon: Lexicon, lemma: str) -> None:
    verb = lexicon.verb(lemma)
    assert verb is not None
    assert verb in lexicon.multiword(verb.head, verb.clitics) or not verb.multiword


def test_a_locution_with_pronouns_needs_them(lexicon: Lexicon) -> None:
    assert "s'en prendre à" not in {v.lemma for v in lexicon.multiword("prendre")}
    assert "s'en prendre à" in {v.lemma for v in lexicon.multiword("prendre", ("se", "en"))}


@pytest.mark.parametrize(
    ("form", "infinitive"),
    [
        ("déclarait", "déclarer"),
        ("Dit", "dire"),
        ("lançait", "lancer"),
        ("fit", "faire"),
        ("s’est", None),
        ("plaint", "plaindre"),
    ],
)
def test_forms_of_reporting_verbs(lexicon: Lexicon, form: str, infinitive: str | None) -> None:
    assert lexicon.verb_form(form) == ((infinitive,) if infinitive else ())


@pytest.mark.parametrize(
    ("words", "form", "size"),
    [
        (["selon", "le", "ministre"], "selon", 1),
        (["aux", "yeux", "du", "ministre"], "aux yeux de", 3),
        (["à", "les", "yeux", "de", "le", "ministre"], "aux yeux de", 4),
        (["d'", "après", "Carter"], "d'après", 2),
        (["d’après", "Carter"], "d'après", 1),
        (["de", "l'", "avis", "d'", "experts"], "de l'avis de", 4),
        (["selon", "ses", "propres", "mots"], "selon ses propres mots", 4),
        (["à", "en", "croire", "Carter"], "à en croire", 3),
    ],
)
def test_preposition_at(lexicon: Lexicon, words: list[str], form: str, size: int) -> None:
    found = lexicon.preposition_at(words)
    assert found is not None
    assert (found[0].form, found[1]) == (form, size)


@pytest.mark.parametrize(
    "text",
    [
        "selon que",
        "selon qu'",
        "selon les cas",
        "selon moi",
        "selon la loi",
        "pour le moment",
        "d'après guerre",
    ],
)
def test_false_prepositions(lexicon: Lexicon, text: str) -> None:
    assert lexicon.preposition_at(text.split()) is None


@pytest.mark.parametrize(
    ("form", "gender"),
    [
        ("avocate", "f"), ("avocats", "m"), ("chanteuses", "f"), ("directrice", "f"), ("ex-président", "m"),
        ("vice-présidente", "f"), ("conseillère municipale", "f"), ("ministre", None), ("victime", None),
        ("porte-parole", None), ("mairie", None), ("députés", "m"),
    ],
)  # fmt: skip
def test_gender_of_roles(lexicon: Lexicon, form: str, gender: str | None) -> None:
    assert lexicon.role_gender(form) == gender


@pytest.mark.parametrize(
    "form",
    [
        "ministre",
        "procureure",
        "experts",
        "porte-parole",
        "syndicalistes",
        "victime",
        "star",
        "témoin",
        "élue",
    ],
)
def test_roles(lexicon: Lexicon, form: str) -> None:
    assert lexicon.is_role(form)


def test_first_names(lexicon: Lexicon) -> None:
    assert lexicon.clear_gender("Angela") == "f"
    assert lexicon.clear_gender("Serguei") == "m"
    assert lexicon.clear_gender("Jean-Pierre") == "m"
    assert lexicon.clear_gender("Camille") is None
    camille = lexicon.first_name_gender("Camille")
    assert camille is not None and camille.gender == "f" and 0.6 < camille.ratio < 0.85
    assert lexicon.first_name_gender("Xqzt") is None


def test_names_with_and_without_article(lexicon: Lexicon) -> None:
    for name in ("le Kremlin", "Kremlin", "l'Élysée", "l’Elysée", "Matignon", "Washington", "la Maison-Blanche"):
        assert lexicon.metonym(name) is not None, name
    for name in ("AFP", "l'AFP", "Le Monde", "Monde", "BFMTV", "le Guardian", "Valeurs Actuelles", "L'Est Républicain"):
        assert lexicon.medium(name) is not None, name
    for common in ("le point", "le monde", "journal du dimanche", "valeurs actuelles"):
        assert lexicon.medium(common) is None, common


def test_titles_nouns_heads_and_pronouns(lexicon: Lexicon) -> None:
    assert lexicon.title("M.").gender == "m"  # type: ignore[union-attr]
    assert lexicon.title("Mme").gender == "f"  # type: ignore[union-attr]
    assert lexicon.title("m") is None
    assert lexicon.noun("rapport").document  # type: ignore[union-attr]
    assert not lexicon.noun("déclaration").document  # type: ignore[union-attr]
    assert lexicon.title_head("film").kind == "work"  # type: ignore[union-attr]
    assert lexicon.belongs("société", "any body")
    assert not lexicon.belongs("banque", "any body")
    assert lexicon.pronoun("cette dernière").gender == "f"  # type: ignore[union-attr]
    assert lexicon.collective("gouvernement").type == "organisation"  # type: ignore[union-attr]
    assert lexicon.place_of("russes").place == "Russie"  # type: ignore[union-attr]


def test_spellings_of_nouns(lexicon: Lexicon) -> None:
    assert lexicon.role_gender("soeur") == "f"
    assert lexicon.role_gender("Etudiante") == "f"
    assert lexicon.role_gender("Britannique") is None and lexicon.is_role("Britanniques")
    assert lexicon.collective("Etat") == lexicon.collective("État") is not None
    assert lexicon.collective("syndicats") == lexicon.collective("syndicat") is not None


def test_lemmas_for_search(lexicon: Lexicon) -> None:
    assert "déclarer" in lexicon.lemmas("déclaré")
    assert lexicon.lemmas("Chevaux") == ("cheval",)
    assert lexicon.lemmas("xqzt") == ("xqzt",)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(data_folder() / "lexicon", tmp_path / "lexicon"))


@pytest.mark.parametrize(
    ("table", "line", "expected"),
    [
        ("reporting_verbs.csv", "hop,neutral,quote,weak", "no infinitive"),
        ("reporting_verbs.csv", "dire,neutral,quote,weak", "stands already in line"),
        ("reporting_verbs.csv", "zozoter,loud,quote,weak", "class is 'loud'"),
        ("reporting_verbs.csv", "zozoter,manner,shout,weak", "frame holds 'shout'"),
        ("reporting_verbs.csv", "zozoter,manner", "2 fields instead of 4"),
        ("prepositions.csv", ",any,,weak,", "lemma is empty"),
        ("irregular_verbs.csv", "zoir,a b c,z,z,z,,,z", "six forms"),
        ("pronouns.csv", "iel,,s,4,personal", "person is '4'"),
        ("word_classes.csv", "kin,neveu", "class is 'kin'"),
    ],
)
def test_broken_line_is_named(copy: Path, table: str, line: str, expected: str) -> None:
    lines = (copy / table).read_text(encoding="utf-8").splitlines()
    (copy / table).write_text("\n".join([*lines, line]) + "\n", encoding="utf-8")
    with pytest.raises(TableError) as caught:
        load_lexicon(copy)
    assert table in caught.value.message
    assert f"line {len(lines) + 1}" in caught.value.message
    assert expected in caught.value.message


def test_broken_big_table_is_named_when_used(copy: Path) -> None:
    (copy / "first_names.csv").write_text("name,f,m,source\nanne,many,1,insee\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"first_names\.csv, line 2: f is 'many'"):
        load_lexicon(copy).first_name_gender("Anne")


def test_wrong_header_missing_table_and_encoding(copy: Path) -> None:
    (copy / "relays.csv").write_text("verb,kind\n", encoding="utf-8")
    with pytest.raises(TableError, match="the header is 'verb,kind'"):
        load_lexicon(copy)
    (copy / "relays.csv").write_bytes("lemma,kind\nrépéter,verb\n".encode("latin-1"))
    with pytest.raises(TableError, match="not UTF-8"):
        load_lexicon(copy)
    (copy / "relays.csv").unlink()
    with pytest.raises(TableError, match="is missing"):
        load_lexicon(copy)


def test_a_byte_order_mark_does_no_harm(copy: Path) -> None:
    text = (copy / "relays.csv").read_text(encoding="utf-8")
    (copy / "relays.csv").write_text(text, encoding="utf-8-sig")
    assert load_lexicon(copy).relay("citer") is not None
