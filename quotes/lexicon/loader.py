"""Each table of ``data/lexicon`` read into its entries. The columns are described in the README beside them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast, get_args

from quotes.lexicon import entries as e
from quotes.lexicon.conjugation import VerbModel
from quotes.lexicon.tables import Row, read_table, split
from quotes.lexicon.words import split_words, syntactic_words

_CLITICS = {"se": "se", "s'": "se", "en": "en", "y": "y"}
_STRENGTHS = get_args(e.Strength)


def _gender(row: Row) -> e.Gender | None:
    return cast("e.Gender | None", row.choice("gender", ("f", "m", "")) or None)


def read_verbs(folder: Path) -> Iterator[e.ReportingVerb]:
    """``reporting_verbs.csv``."""
    for row in read_table(
        folder / "reporting_verbs.csv",
        ("lemma", "class", "frame", "strength"),
        key="lemma",
    ):
        words = split_words(row["lemma"])
        at = next((i for i, word in enumerate(words) if word not in _CLITICS), None)
        if at is None or not words[at].endswith(("er", "ir", "ïr", "re")):
            raise row.error(f"{row['lemma']!r} has no infinitive.")
        yield e.ReportingVerb(
            lemma=row["lemma"],
            head=words[at],
            clitics=tuple(_CLITICS[word] for word in words[:at]),
            tail=words[at + 1 :],
            stance=cast("e.Stance", row.choice("class", get_args(e.Stance))),
            frames=cast("frozenset[e.Frame]", row.choices("frame", get_args(e.Frame))),
            strength=cast("e.Strength", row.choice("strength", _STRENGTHS)),
        )


def read_verb_models(folder: Path) -> Iterator[VerbModel]:
    """``irregular_verbs.csv``."""
    stems = ("imperfect", "simple_past", "future")
    columns = ("ending", "present", *stems, "subjunctive", "present_participle", "past_participle")
    for row in read_table(folder / "irregular_verbs.csv", columns, key="ending"):
        present, subjunctive = row["present"].split(), row["subjunctive"].split()
        if len(present) != 6 or len(subjunctive) not in (0, 6):
            raise row.error("present takes six forms, subjunctive six or none, with spaces between.")
        yield VerbModel(
            ending=row["ending"],
            present=tuple(map(split, present)),
            imperfect=row["imperfect"],
            simple_past=row["simple_past"],
            future=row["future"],
            subjunctive=tuple(subjunctive),
            present_participle=row["present_participle"],
            past_participle=row["past_participle"],
        )


def read_prepositions(folder: Path) -> Iterator[e.ReportingPreposition]:
    """``prepositions.csv``."""
    columns = ("lemma", "complement", "initial", "strength", "exceptions")
    for row in read_table(folder / "prepositions.csv", columns, key="lemma"):
        yield e.ReportingPreposition(
            form=row["lemma"],
            words=_syntactic(row["lemma"]),
            complement=row.choice("complement", ("any", "person", "clause", "none")),  # type: ignore[arg-type]
            initial_only=row.flag("initial"),
            strength=cast("e.Strength", row.choice("strength", _STRENGTHS)),
            exceptions=tuple(map(_syntactic, split(row["exceptions"]))),
        )


def _syntactic(phrase: str) -> tuple[str, ...]:
    return tuple(part for word in split_words(phrase) for part in syntactic_words(word))


def read_nouns(folder: Path) -> Iterator[e.ReportingNoun]:
    """``nouns.csv``."""
    kinds = ("statement", "document", "exchange", "words", "thought")
    for row in read_table(
        folder / "nouns.csv",
        ("lemma", "gender", "kind", "document", "strength"),
        key="lemma",
    ):
        yield e.ReportingNoun(
            lemma=row["lemma"],
            gender=cast("e.Gender", row.choice("gender", ("f", "m"))),
            kind=row.choice("kind", kinds),  # type: ignore[arg-type]
            document=row.flag("document"),
            strength=cast("e.Strength", row.choice("strength", _STRENGTHS)),
        )


def read_title_heads(folder: Path) -> Iterator[e.TitleHead]:
    """``title_heads.csv``."""
    kinds = ("work", "name", "term", "slogan", "place", "address", "law")
    for row in read_table(folder / "title_heads.csv", ("lemma", "kind"), key="lemma"):
        yield e.TitleHead(row["lemma"], row.choice("kind", kinds))  # type: ignore[arg-type]


def read_titles(folder: Path) -> Iterator[e.Title]:
    """``titles.csv``."""
    categories = ("civility", "military", "religious", "nobility", "profession", "academic")
    for row in read_table(folder / "titles.csv", ("form", "gender", "number", "category", "role"), key="form"):
        yield e.Title(
            form=row["form"],
            gender=_gender(row),
            number=cast("e.Number", row.choice("number", ("s", "p"))),
            category=row.choice("category", categories),  # type: ignore[arg-type]
            role=row["role"] or None,
        )


def read_roles(folder: Path) -> Iterator[e.RoleNoun]:
    """``role_nouns.csv``."""
    for row in read_table(
        folder / "role_nouns.csv",
        ("lemma", "masculine", "feminine", "fixed"),
        key="lemma",
    ):
        fixed = cast("e.Gender | None", row.choice("fixed", ("f", "m", "")) or None)
        yield e.RoleNoun(row["lemma"], row["masculine"], row["feminine"], fixed)


def read_collectives(folder: Path) -> Iterator[e.CollectiveNoun]:
    """``collective_nouns.csv``."""
    for row in read_table(
        folder / "collective_nouns.csv",
        ("lemma", "gender", "type", "kind"),
        key="lemma",
    ):
        gender = cast("e.Gender", row.choice("gender", ("f", "m")))
        type_ = row.choice("type", ("organisation", "unnamed"))
        yield e.CollectiveNoun(row["lemma"], gender, type_, row["kind"])  # type: ignore[arg-type]


def read_metonyms(folder: Path) -> Iterator[e.Metonym]:
    """``metonyms.csv``."""
    for row in read_table(folder / "metonyms.csv", ("name", "stands_for", "kind"), key="name"):
        kind = row.choice("kind", ("institution", "capital", "country", "region"))
        yield e.Metonym(row["name"], row["stands_for"], kind)  # type: ignore[arg-type]


def read_media(folder: Path) -> Iterator[e.Medium]:
    """``media.csv``."""
    kinds = ("agency", "paper", "radio", "television", "online", "platform")
    for row in read_table(folder / "media.csv", ("name", "kind"), key="name"):
        yield e.Medium(row["name"], row.choice("kind", kinds))  # type: ignore[arg-type]


def read_pronouns(folder: Path) -> Iterator[e.Pronoun]:
    """``pronouns.csv``."""
    kinds = ("personal", "disjoint", "demonstrative", "anaphoric", "indefinite", "relative", "clitic")
    for row in read_table(
        folder / "pronouns.csv",
        ("form", "gender", "number", "person", "kind"),
        key="form",
    ):
        yield e.Pronoun(
            form=row["form"],
            gender=_gender(row),
            number=cast("e.Number", row.choice("number", ("s", "p"))),
            person=int(row.choice("person", ("1", "2", "3"))),  # type: ignore[arg-type]
            kind=row.choice("kind", kinds),  # type: ignore[arg-type]
        )


def read_relays(folder: Path) -> Iterator[e.Relay]:
    """``relays.csv``."""
    for row in read_table(folder / "relays.csv", ("lemma", "kind"), key="lemma"):
        yield e.Relay(row["lemma"], row.choice("kind", ("verb", "preposition")))  # type: ignore[arg-type]


def read_role_kinds(folder: Path) -> Iterator[tuple[str, frozenset[str]]]:
    """``role_kinds.csv``: a general role and those that fall under it, as lemmas of ``role_nouns.csv``."""
    for row in read_table(folder / "role_kinds.csv", ("general", "specific"), key="general"):
        yield row["general"], frozenset(split(row["specific"]))


def read_demonyms(folder: Path) -> Iterator[e.Demonym]:
    """``demonyms.csv``."""
    for row in read_table(folder / "demonyms.csv", ("place", "masculine", "feminine"), key="place"):
        yield e.Demonym(row["place"], row["masculine"], row["feminine"])


def read_quoted_terms(folder: Path) -> Iterator[tuple[str, int]]:
    """``quoted_terms.csv``: folded term and the number of press articles that set it in quotation marks."""
    for row in read_table(folder / "quoted_terms.csv", ("term", "articles"), key="term"):
        yield row["term"], row.number("articles")


def read_word_classes(folder: Path) -> Iterator[tuple[e.WordClass, str]]:
    """``word_classes.csv``: class and member, a lemma or a form in small letters."""
    known = get_args(e.WordClass)
    for row in read_table(folder / "word_classes.csv", ("class", "word")):
        yield cast("e.WordClass", row.choice("class", known)), row["word"]


def read_first_names(folder: Path) -> Iterator[tuple[str, int, int]]:
    """``first_names.csv``: name in small letters, women and men who bear it."""
    for row in read_table(folder / "first_names.csv", ("name", "f", "m", "source"), key="name"):
        yield row["name"], row.number("f"), row.number("m")


def read_forms(folder: Path) -> Iterator[tuple[str, e.Lemma]]:
    """``forms.csv``: inflected form and its reading."""
    for row in read_table(folder / "forms.csv", ("form", "lemma", "upos", "gender", "number")):
        number = cast("e.Number | None", row.choice("number", ("s", "p", "")) or None)
        yield row["form"], e.Lemma(row["lemma"], row["upos"], _gender(row), number)
