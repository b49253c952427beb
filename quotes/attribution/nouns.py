"""Reports whose cue is a noun: l'appel de X, un communiqué du ministère, ses propres mots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.attribution.mentions import mention_at, speaks
from quotes.attribution.report import Report
from quotes.attribution.subjects import agent_of, subject_of
from quotes.attribution.syntax import Blocked
from quotes.lexicon import Lexicon
from quotes.model import Cue, Sentence, Word


def noun_reports(
    sentence: Sentence, text: str, lexicon: Lexicon, blocked: Blocked, verbs: Sequence[Report]
) -> Iterator[Report]:
    """The reports of a sentence whose cue is a noun, and none of ``verbs``, the reports found before."""
    anchors = {r.anchor.index for r in verbs}
    for word in sentence.words:
        if word.upos != "NOUN" or word.index in anchors or blocked(word):
            continue
        entry = lexicon.noun(word.lemma) or lexicon.noun(word.text.lower())
        if word.index and word.text[:1].isupper() and word.text[1:].islower():
            continue  # le Conseil, présidé par Jeanne Martin
        if entry is None or word.index and (sentence.words[word.index - 1].text.lower(), word.lemma) == ("à", "propos"):
            continue  # à propos de X: what is spoken of, not whose words
        source = next(
            (
                c
                for c in (*sentence.children(word), *_behind_quoted(sentence, word, blocked))
                if c.relation == "nmod"
                and not blocked(c)
                and c.upos in ("NOUN", "PROPN")
                and not _is_platform(c, lexicon)
                and any(
                    k.relation == "case" and k.text.lower() in ("de", "d'", "d’", "par") for k in sentence.children(c)
                )
                and speaks(sentence, c, text, lexicon, "weak")
            ),
            None,
        )
        if source is None:
            source = _agent_of_words(sentence, word, blocked, lexicon) or _possessor(sentence, word, blocked)
            if source is not None and not speaks(sentence, source, text, lexicon, "weak"):
                source = None
        yield Report(
            sentence=sentence,
            anchor=word,
            last=word,
            cue=Cue(word.extent, entry.lemma, "noun"),
            construction="noun",
            strength="weak",
            frames=frozenset({entry.kind}),
            source=source,
            mention=mention_at(sentence, source, text, lexicon, blocked) if source is not None else None,
        )


def _is_platform(word: Word, lexicon: Lexicon) -> bool:
    """Whether words stand there, whoever wrote them: un post d'Instagram."""
    medium = lexicon.medium(word.text)
    return medium is not None and medium.kind == "platform"


def _behind_quoted(sentence: Sentence, word: Word, blocked: Blocked) -> Iterator[Word]:
    """What a noun's quoted complement has as its own: l'appel à la « pause » | du bureau."""
    for child in sentence.children(word):
        if blocked(child):
            yield from sentence.children(child)


def _agent_of_words(sentence: Sentence, word: Word, blocked: Blocked, lexicon: Lexicon) -> Word | None:
    """Who launched or addressed the words that a noun names: des appels à la « résistance » lancés par X."""
    for child in sentence.subtree(word):
        uttered = bool(lexicon.verb_form(child.text)) or lexicon.belongs(child.lemma, "uttering")
        if child.relation == "acl" and child.feats.get("VerbForm") == "Part" and uttered and not blocked(child):
            agent = agent_of(sentence, child, blocked)
            if agent is not None:
                return agent
    return None


def _possessor(sentence: Sentence, word: Word, blocked: Blocked) -> Word | None:
    """The subject of the clause for *selon ses propres mots*, *dans son discours*."""
    if not any(c.text.lower() in ("son", "sa", "ses", "leur", "leurs") for c in sentence.children(word)):
        return None
    head = sentence.head(word)
    while head is not None and head.upos not in ("VERB", "AUX"):
        head = sentence.head(head)
    subject = subject_of(sentence, head, blocked) if head is not None and word.relation != "nsubj" else None
    if subject is not None:
        return subject
    owner = next(c for c in sentence.children(word) if c.text.lower() in ("son", "sa", "ses", "leur", "leurs"))
    return owner  # Son analyse : « ... »
