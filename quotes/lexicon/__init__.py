"""The lexicon: ``data/lexicon/*.csv`` read into typed tables and looked up by word."""

from quotes.lexicon.conjugation import conjugate
from quotes.lexicon.entries import (
    CollectiveNoun,
    Demonym,
    Frame,
    Gender,
    Lemma,
    Medium,
    Metonym,
    NameGender,
    Number,
    Pronoun,
    Relay,
    ReportingNoun,
    ReportingPreposition,
    ReportingVerb,
    RoleNoun,
    Stance,
    Strength,
    Title,
    TitleHead,
    WordClass,
)
from quotes.lexicon.lexicon import Lexicon, load_lexicon

__all__ = [
    "CollectiveNoun", "Demonym", "Frame", "Gender", "Lemma", "Lexicon", "Medium", "Metonym", "NameGender", "Number",
    "Pronoun", "Relay", "ReportingNoun", "ReportingPreposition", "ReportingVerb", "RoleNoun", "Stance", "Strength",
    "Title", "TitleHead", "WordClass", "conjugate", "load_lexicon",
]  # fmt: skip
