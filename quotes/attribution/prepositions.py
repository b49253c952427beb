"""Reports whose cue is a preposition: selon X, pour X, de l'avis de X."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.attribution.mentions import form_of, mention_at, speaks
from quotes.attribution.phrases import top_nominal
from quotes.attribution.report import Report
from quotes.attribution.sources import relay_of
from quotes.attribution.subjects import agent_of, antecedent, subject_of
from quotes.attribution.syntax import FIRST_SECOND_PERSON, Blocked, clitic, is_finite, is_passive, is_time
from quotes.lexicon import Lexicon
from quotes.model import Cue, Extent, Sentence, Word

_WHICH = frozenset("lequel laquelle lesquels lesquelles".split())


def preposition_reports(sentence: Sentence, text: str, lexicon: Lexicon, blocked: Blocked) -> Iterator[Report]:
    """The reports of a sentence whose cue is a preposition. ``blocked`` are the words between quotation marks."""
    words = sentence.words
    taken = -1
    for word in words:
        if word.index <= taken or not lexicon.opens_preposition(word.text) or not word.text[:1].isalpha():
            continue
        match = lexicon.preposition_at([w.text for w in words[word.index : word.index + 6]])
        if match is None:
            continue
        entry, length = match
        last = words[word.index + length - 1]
        taken = last.index
        inside = blocked(word)

        def side(other: Word, inside: bool = inside) -> bool:
            return blocked(other) != inside

        behind = words[last.index + 1].text.lower() if last.index + 1 < len(words) else ""
        if entry.strength == "weak" and behind.endswith(("quel", "quelle", "quels", "quelles")):
            continue  # les familles chez lesquelles
        complete = entry.complement == "none"
        source = (
            _own_source(words[word.index : last.index + 1]) if complete else _object_of(sentence, last, lexicon, side)
        )
        if source is None or is_time(source) and source.upos != "PROPN":
            continue
        source = source if complete else _whose(sentence, source, text, lexicon, side)
        if clitic(source) in FIRST_SECOND_PERSON or source.text.lower() in ("moi", "toi", "vous", "que"):
            continue
        if not speaks(sentence, source, text, lexicon, "weak" if entry.needs_person else "strong"):
            continue
        related = last.index + 1 < len(words) and words[last.index + 1].text.lower() in _WHICH
        if _is_counted_measure(sentence, source, lexicon) or related and form_of(sentence, source, lexicon) is None:
            continue  # selon trois niveaux; le principe selon lequel
        noun = lexicon.noun(source.lemma)
        if entry.needs_person and noun is not None and noun.document:
            continue  # via un communiqué
        if (entry.initial_only or entry.strength == "weak") and not _opens_clause(sentence, word, source):
            if not _closes_quotation(sentence, word, source, blocked) or form_of(sentence, source, lexicon) != "name":
                continue
        extent = Extent(word.extent.start, last.extent.end)
        yield Report(
            sentence=sentence,
            anchor=word,
            last=last,
            cue=Cue(extent, entry.form, "preposition"),
            construction="preposition",
            strength=entry.strength,
            frames=frozenset({"quote", "que"}),
            source=source,
            mention=mention_at(sentence, source, text, lexicon, side),
            relayed_by=relay_of(sentence, source, text, lexicon, side),
        )


def _is_counted_measure(sentence: Sentence, noun: Word, lexicon: Lexicon) -> bool:
    """Whether a number counts what something is measured by: selon trois niveaux, d'après plusieurs critères."""
    counted = any(
        c.upos == "NUM" or c.text.lower() in ("plusieurs", "différents", "différentes", "divers", "diverses")
        for c in sentence.children(noun)
    )
    return counted and lexicon.belongs(noun.lemma, "measure")


def _own_source(words: Sequence[Word]) -> Word | None:
    """Whose words a phrase without a complement gives: selon | ses | propres termes, de | sources | concordantes."""
    possessive = next((w for w in words if w.text.lower() in ("son", "sa", "ses", "leur", "leurs")), None)
    return possessive or next((w for w in words if w.lemma == "source"), None)


def _whose(sentence: Sentence, source: Word, text: str, lexicon: Lexicon, blocked: Blocked) -> Word:
    """Who gives what a preposition names: selon les chiffres du ministère, selon les détails fournis par X."""
    if not lexicon.belongs(source.lemma, "information"):
        return source
    for child in sentence.children(source):
        if child.relation == "acl" and is_passive(sentence, child):
            agent = agent_of(sentence, child, blocked)
            if agent is not None:
                return agent
        if child.relation == "acl" and is_finite(sentence, child):  # les informations que le procureur a données
            giver = subject_of(sentence, child, blocked)
            if giver is not None and giver is not source and speaks(sentence, giver, text, lexicon, "weak"):
                return giver
        if child.relation == "nmod" and not blocked(child) and speaks(sentence, child, text, lexicon, "weak"):
            if any(c.relation == "case" and c.text.lower() in ("de", "d'", "d’") for c in sentence.children(child)):
                return child
    return source


def _object_of(sentence: Sentence, last: Word, lexicon: Lexicon, blocked: Blocked) -> Word | None:
    """The noun phrase that a preposition introduces: by the tree, else the next nominal."""
    head = sentence.head(last)
    if last.relation in ("case", "mark") and head is not None and head.index > last.index and not blocked(head):
        if head.upos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
            if head.feats.get("PronType") == "Rel" or head.text.lower() == "qui":
                return _antecedent_of_pronoun(sentence, head, lexicon, blocked)
            return head
    for word in sentence.words[last.index + 1 : last.index + 6]:
        if blocked(word) or word.upos in ("VERB", "AUX", "SCONJ") or word.text in (",", ".", ":"):
            return None
        if word.text.lower() == "qui":
            return _antecedent_of_pronoun(sentence, word, lexicon, blocked)
        if word.upos in ("NOUN", "PROPN", "PRON"):
            return top_nominal(sentence, word) if word.relation in ("flat", "appos") else word
    return None


def _antecedent_of_pronoun(sentence: Sentence, pronoun: Word, lexicon: Lexicon, blocked: Blocked) -> Word | None:
    """The noun that a relative pronoun stands for, found from the pronoun (pour qui, selon lequel)."""
    verb = sentence.head(pronoun)
    while verb is not None and verb.relation not in ("acl", "root"):
        verb = sentence.head(verb)
    if verb is not None and verb.relation == "acl" and verb.index > pronoun.index:
        found = antecedent(sentence, verb, blocked)
        if found is not None and found.index < pronoun.index:
            return found
    for word in reversed(sentence.words[: pronoun.index]):
        if word.upos in ("PROPN", "NOUN") and not blocked(word):
            return _speaking_part(sentence, word, lexicon, blocked)
        if word.upos in ("VERB", "AUX"):
            return None
    return None


def _speaking_part(sentence: Sentence, word: Word, lexicon: Lexicon, blocked: Blocked) -> Word:
    """The head of the largest noun phrase around a word that somebody can be: le cas de | l'élu X, pour qui."""
    top = top_nominal(sentence, word)
    while top is not word and (blocked(top) or form_of(sentence, top, lexicon) is None):
        chain = [c for c in sentence.children(top) if word in tuple(sentence.subtree(c))]
        top = chain[0] if chain else word
    return top


def _opens_clause(sentence: Sentence, word: Word, source: Word) -> bool:
    """*Pour X* reports only at the head of its clause, set off by a comma (Pour Carter, « c'est fini ») or as
    *pour qui*."""
    if source.index < word.index:
        return True
    before = [w for w in sentence.words[: word.index] if w.upos not in ("PUNCT", "CCONJ", "ADV", "SCONJ")]
    clause_start = not before or sentence.words[word.index - 1].text in (",", ":", ";", "-", "–", "—")
    phrase_end = max(w.index for w in sentence.subtree(source))
    following = sentence.words[phrase_end + 1 : phrase_end + 2]
    inside = any(w.text == "," for w in sentence.words[source.index : phrase_end + 1])
    return clause_start and (inside or bool(following) and following[0].text in (",", "«", '"', "“"))


def _closes_quotation(sentence: Sentence, word: Word, source: Word, blocked: Blocked) -> bool:
    """« De l'intox », pour X."""
    before = [w for w in sentence.words[max(0, word.index - 2) : word.index] if w.text != ","]
    after = sentence.words[max(w.index for w in sentence.subtree(source)) + 1 :]
    return bool(before) and blocked(before[-1]) and (not after or after[0].upos == "PUNCT")
