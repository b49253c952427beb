"""Reports: every place of an article where somebody is said to say something, quoted or not.

A report links a cue to its source. Contents are linked to reports afterwards by the rules, so one cue can report
several quotations and one source can have several cues (content -> cue -> source, as in Pareti 2015).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from quotes.attribution.mentions import form_of, has_person_name, mention_at, speaks
from quotes.attribution.phrases import top_nominal
from quotes.attribution.subjects import (
    agent_of,
    agrees_in_number,
    antecedent,
    inverted_subject,
    is_adverbial_participle,
    left_subject,
    subject_of,
)
from quotes.attribution.syntax import (
    Blocked,
    auxiliaries,
    clitic,
    group_start,
    is_finite,
    is_inverted_clitic,
    is_passive,
    is_reflexive,
    is_time,
    nobody,
    opens_incise,
    verb_group,
)
from quotes.lexicon import Lexicon, ReportingVerb
from quotes.model import Cue, Extent, Mention, Modality, Sentence, Word

Construction = Literal["incise", "clause", "participle", "passive", "preposition", "noun"]
_FIRST_SECOND_PERSON = frozenset({"je", "tu", "nous", "vous"})
_CLITIC_LEMMAS = {"se": "se", "s'": "se", "en": "en", "y": "y", "le": "le", "l'": "le", "la": "la"}
# autrement dit, cela dit, c'est-à-dire, à vrai dire: no report
_FROZEN = {
    "dit": frozenset({"autrement", "cela", "ceci", "proprement", "soit", "aussitôt"}),
    "dire": frozenset({"vrai", "ainsi"}),
    "disant": frozenset({"soit", "soi"}),
    "compris": frozenset({"y"}),
}
_PREPOSITIONS = frozenset({"à", "de", "d'", "contre", "sur", "en", "que", "pour"})
_OBJECT_PRONOUNS = frozenset({"le", "la", "les", "l'", "l’"})
_VERBAL = frozenset({"VERB", "AUX", "ADJ", "NOUN"})
_ARTICLES = frozenset({"le", "la", "les", "l'", "l’", "un", "une", "des"})
_ADJECTIVES = frozenset({"autre", "nouveau", "nouvelle", "dernier", "dernière", "premier", "première", "seul", "seule"})
_NEGATIONS = frozenset({"pas", "jamais", "rien", "guère", "nullement", "aucunement", "point"})


@dataclass(frozen=True)
class Report:
    """One cue with its source. ``anchor`` is the word that the cue hangs on, ``last`` the last word of the cue."""

    sentence: Sentence
    anchor: Word
    last: Word
    cue: Cue
    construction: Construction
    strength: str
    frames: frozenset[str]
    source: Word | None
    mention: Mention | None
    relayed_by: Mention | None = None

    @property
    def start(self) -> int:
        """Where the reporting words start: the cue, its auxiliary or a pronoun before it."""
        return min(self.cue.extent.start, group_start(self.sentence, self.anchor).extent.start)


def find_reports(sentence: Sentence, text: str, lexicon: Lexicon, blocked: Blocked) -> tuple[Report, ...]:
    """All reports of a sentence, in text order of their anchors."""
    found = [*_verb_reports(sentence, text, lexicon, blocked), *_preposition_reports(sentence, text, lexicon, blocked)]
    found += _noun_reports(sentence, text, lexicon, blocked, found)
    return tuple(sorted(found, key=lambda r: r.anchor.index))


# --- verbs ------------------------------------------------------------------------------------------------------


def _verb_reports(sentence: Sentence, text: str, lexicon: Lexicon, blocked: Blocked) -> Iterator[Report]:
    for word in sentence.words:
        if word.upos not in _VERBAL:
            continue
        entry_and_last = verb_entry(sentence, word, lexicon, blocked)
        if entry_and_last is None:
            continue
        entry, last = entry_and_last
        inside = blocked(word)

        def side(other: Word, inside: bool = inside) -> bool:
            return blocked(other) != inside

        passive = is_passive(sentence, word)
        source = agent_of(sentence, word, side) if passive else None
        incise = False
        if source is None and opens_incise(sentence, word, blocked) and _can_be_finite(sentence, word, lexicon):
            source = inverted_subject(sentence, word, side, last, lambda w: _is_addressee(sentence, w, lexicon))
            first = group_start(sentence, word)
            negated = first.text.lower().replace("’", "'") in ("ne", "n'")
            paused = first.index > 0 and sentence.words[first.index - 1].text == "," and not negated
            # after a pause anybody may speak (« ... », soupire un pilier du parti); « ... » complètent ce plateau
            lenient = "strong" if paused or entry.strength != "weak" else "weak"
            if source is not None and not speaks(sentence, source, text, lexicon, lenient):
                source = None
            if source is not None and not agrees_in_number(sentence, word, source):
                source = None
            if source is not None and form_of(sentence, source, lexicon) is None and _has_subject(sentence, word, side):
                source = None  # Jeanne Martin, après avoir dit que ..., évoque la possibilité de
            incise = source is not None
            passive = passive and not incise
        elif source is None and _infinitive_incise(sentence, word, blocked):
            source = inverted_subject(sentence, word, side, last)
            incise = source is not None and speaks(sentence, source, text, lexicon, "strong")
            source = source if incise else None
        if source is None and not passive:
            source = subject_of(sentence, word, side)
            if source is None and last is not word and is_finite(sentence, word):
                source = inverted_subject(sentence, word, side, last)  # fait valoir le tribunal
            if source is not None and source.index > word.index and form_of(sentence, source, lexicon) is None:
                source = left_subject(sentence, word, side)  # a réaffirmé sa volonté: an object
        if source is not None and clitic(source) in _FIRST_SECOND_PERSON | {"ce"}:
            source = None
        fitting = entry.lemma == "convenir" and source is not None and not is_inverted_clitic(source)
        if fitting and source is not None and clitic(source) == "il":
            source = None  # il convient de
        announced = passive and source is None and word.index and sentence.words[word.index - 1].text.lower() == "comme"
        if announced or source is not None and _is_impersonal(sentence, word, source, incise):
            source = _place_of_words(sentence, word, side, text, lexicon)
        if source is not None and not incise:
            source = _named_apposition(sentence, source, side, lexicon)
        if source is not None and not incise and is_adverbial_participle(sentence, word):
            source = _nearer_subject(sentence, word, source, side, lexicon)
        if word.feats.get("VerbForm") == "Inf" and word.relation == "advcl" and entry.strength != "weak":
            source = _purposing_subject(sentence, word, source, side, lexicon)
        if source is not None and word.relation == "acl" and is_finite(sentence, word):
            source = _speaking_antecedent(sentence, word, source, side, lexicon)
        if source is not None and not speaks(sentence, source, text, lexicon, "strong" if incise else entry.strength):
            source = None
        construction: Construction = "clause"
        if incise:
            construction = "incise"
        elif passive:
            construction = "passive"
        elif not is_finite(sentence, word):
            construction = "participle"
        elif source is not None and is_incise(sentence, word, source):
            construction = "incise"
        mention = mention_at(sentence, source, text, lexicon, side) if source is not None else None
        yield Report(
            sentence=sentence,
            anchor=word,
            last=last,
            cue=Cue(
                verb_group(sentence, word, None if _is_interrupted(sentence, word) else last),
                entry.lemma,
                "verb",
                entry.stance,
                modality_of(sentence, word),
            ),
            construction=construction,
            strength="weak" if _is_prospective(sentence, word, lexicon) else entry.strength,
            frames=entry.frames,
            source=source,
            mention=mention,
            relayed_by=_relay(sentence, source, text, lexicon, side),
        )


def _speaking_antecedent(sentence: Sentence, verb: Word, source: Word, blocked: Blocked, lexicon: Lexicon) -> Word:
    """The one in a noun phrase whom a relative clause may say to speak: le chef de mission pour la Syrie | qui
    considère; le cas de Jeanne Martin, | qui commente."""
    form = form_of(sentence, source, lexicon)
    top = top_nominal(sentence, source)
    country = lexicon.metonym(source.text)
    if top is not source and country is not None and country.kind == "country" and not blocked(top):
        if form_of(sentence, top, lexicon) in ("name", "role"):
            return top
    joined = source.relation == "conj" and verb.feats.get("Number") == "Plur"
    if form is not None and not joined and source.lemma not in ("citation", "cas", "exemple"):
        return source
    if form == "name" and source.relation == "conj" and verb.feats.get("Number") == "Plur":
        first = sentence.head(source)  # Jeanne Martin et Paul Durand, | qui dénoncent
        return first if first is not None and not blocked(first) else source
    named = [
        w
        for w in sentence.children(source)
        if w.relation == "nmod" and w.index < verb.index and not blocked(w) and has_person_name(sentence, w, lexicon)
    ]
    if not named and form is None:  # les autres catégories aux Franciliens, | qui déclarent
        named = [
            w
            for w in sentence.words[source.index + 1 : verb.index]
            if w.upos in ("NOUN", "PROPN") and not blocked(w) and form_of(sentence, w, lexicon) is not None
        ]
    return named[-1] if named else source


def _has_subject(sentence: Sentence, verb: Word, blocked: Blocked) -> bool:
    return any(w.relation == "nsubj" and w.index < verb.index and not blocked(w) for w in sentence.children(verb))


def _nearer_subject(sentence: Sentence, verb: Word, source: Word, blocked: Blocked, lexicon: Lexicon) -> Word:
    """The source of a participle behind a comma, where the tree hangs it on a clause about a thing: le défi est de
    taille, car des régions souhaitent ouvrir le marché, | estimant que."""
    if form_of(sentence, source, lexicon) is not None:
        return source
    for word in reversed(sentence.words[source.index + 1 : verb.index]):
        if word.upos == "VERB" and is_finite(sentence, word) and not blocked(word) and word.relation != "acl":
            found = subject_of(sentence, word, blocked)
            if found is not None and form_of(sentence, found, lexicon) is not None:
                return found
    return source


def _named_apposition(sentence: Sentence, subject: Word, blocked: Blocked, lexicon: Lexicon) -> Word:
    """The name in apposition to a noun that cannot speak, which the tree took for the subject: à Gitega, la capitale, |
    M. Martin a dit."""
    if form_of(sentence, subject, lexicon) is not None:
        return subject
    for child in sentence.children(subject):
        if child.relation == "appos" and not blocked(child) and form_of(sentence, child, lexicon) == "name":
            return child
    return subject


def _purposing_subject(
    sentence: Sentence, verb: Word, source: Word | None, blocked: Blocked, lexicon: Lexicon
) -> Word | None:
    """The source of *pour réclamer*, *avant d'ajouter*, where the tree hangs it on a clause about a thing: X a profité
    que le sujet soit abordé | pour réclamer."""
    if source is not None and form_of(sentence, source, lexicon) is not None:
        return source
    above = sentence.head(verb)
    while above is not None:
        if above.upos == "VERB" and is_finite(sentence, above) and not blocked(above):
            found = subject_of(sentence, above, blocked)
            if found is not None and found.index < verb.index and form_of(sentence, found, lexicon) is not None:
                return found
        above = sentence.head(above)
    return source


def _is_addressee(sentence: Sentence, word: Word, lexicon: Lexicon) -> bool:
    """A paper or channel, or a name that a given name follows, so that it is none itself: sur Voltage | Jean Martin."""
    behind = sentence.words[word.index + 1 : word.index + 3]
    if behind and lexicon.medium(f"{word.text} {behind[0].text}") is not None:
        return False  # à La Libre | Belgique
    if lexicon.medium(word.text) is not None:
        return True
    named = len(behind) == 2 and behind[0].text[:1].isupper() and behind[1].text[:1].isupper()
    unknown = word.upos == "PROPN" and lexicon.first_name_gender(word.text) is None
    return unknown and named and lexicon.clear_gender(behind[0].text) is not None


def _place_of_words(sentence: Sentence, verb: Word, blocked: Blocked, text: str, lexicon: Lexicon) -> Word | None:
    """Whose words an impersonal cue gives, by where they are heard or read: dit-on à Matignon, apprend-on auprès du
    ministère, lit-on dans le rapport, est-il précisé sur ce site; None where nothing says it."""
    inside = False  # dans la rubrique | du site
    for word in sentence.words[verb.index + 1 : verb.index + 16]:
        if blocked(word):
            continue
        if word.text in (".", ";", ":") or word.upos in ("VERB", "AUX") and is_finite(sentence, word):
            break
        case = _preposition_of(sentence, word)
        if case in ("à", "chez", "auprès", "dans", "en", "de") and word.index <= verb.index + 8:
            if lexicon.metonym(word.text) or lexicon.collective(word.lemma):
                return word
            if case == "chez" and lexicon.role(word.text.lower()) and word.feats.get("Number") == "Plur":
                return word  # dit-on chez les socialistes
        inside = inside or case in ("dans", "sur")
        if inside and case in ("dans", "sur", "de") and _carries_words(word, lexicon):
            return _author_of(sentence, word, lexicon, blocked)
    before = sentence.words[: verb.index]  # sur sa page Facebook, on peut lire
    for word in reversed(before):  # à l'Élysée, on assure que
        if _preposition_of(sentence, word) in ("à", "chez", "de") and not blocked(word):
            if lexicon.metonym(word.text) or lexicon.collective(word.lemma):
                return word
    document = next(
        (w for w in before if _preposition_of(sentence, w) in ("dans", "sur") and _carries_words(w, lexicon)), None
    )
    return None if document is None or blocked(document) else _author_of(sentence, document, lexicon, blocked)


def _is_impersonal(sentence: Sentence, verb: Word, subject: Word, incise: bool) -> bool:
    """*peut-on lire*; « ... », *est-il précisé*: nobody is he."""
    return clitic(subject) == "on" or clitic(subject) == "il" and incise and is_passive(sentence, verb)


def _preposition_of(sentence: Sentence, noun: Word) -> str | None:
    case = next((c for c in sentence.children(noun) if c.relation == "case"), None)
    return case.text.lower() if case is not None else None


def _carries_words(word: Word, lexicon: Lexicon) -> bool:
    """Whether a noun names what words stand in: a document, a paper, a page."""
    noun, medium = lexicon.noun(word.lemma), lexicon.medium(word.text)
    return noun is not None and noun.document or medium is not None and medium.kind != "platform"


def _author_of(sentence: Sentence, document: Word, lexicon: Lexicon, blocked: Blocked) -> Word | None:
    """Whose document it is where a person is named or meant (sur la page de Jean Martin, dans son livre) or an
    agent holds it (sur des pancartes brandies par des grévistes), else the document; none for a mere slogan."""
    joined = [w for w in sentence.children(document) if w.relation == "conj"]
    for word in (document, *joined):
        for child in sentence.children(word):
            agent = agent_of(sentence, child, blocked) if child.relation == "acl" else None
            if agent is not None:
                return agent
    for child in sentence.children(document):
        if child.relation == "det" and child.text.lower() in ("son", "sa", "leur"):
            return child
        if child.relation == "nmod" and has_person_name(sentence, child, lexicon):
            return child
    head = lexicon.title_head(document.lemma)
    return document if head is None or head.kind != "slogan" else None


def _infinitive_incise(sentence: Sentence, word: Word, blocked: Blocked) -> bool:
    """« ... », tente de se défendre X; « ... », tient à préciser X."""
    head = sentence.head(word)
    if word.feats.get("VerbForm") != "Inf" or head is None or head.upos != "VERB" or head.index > word.index:
        return False
    return is_finite(sentence, head) and word.index - head.index <= 4 and opens_incise(sentence, head, blocked)


def _can_be_finite(sentence: Sentence, word: Word, lexicon: Lexicon) -> bool:
    return is_finite(sentence, word) or lexicon.finite_form(word.text)


def verb_entry(sentence: Sentence, word: Word, lexicon: Lexicon, blocked: Blocked) -> tuple[ReportingVerb, Word] | None:
    """The lexicon's entry for a verb in its context and the last word of it: *faire* + *valoir*, *se* + *dire*."""
    if word.upos not in _VERBAL:
        return None
    lemmas = () if word.lemma in ("être", "avoir") else lexicon.verb_form(word.text)
    if word.upos in ("VERB", "AUX") and word.lemma not in lemmas:
        lemmas = (*lemmas, word.lemma)
    if not lemmas:
        return None
    before = sentence.words[word.index - 1].text.lower() if word.index else ""
    if before in _FROZEN.get(word.text.lower(), ()):
        return None
    if word.upos in ("ADJ", "NOUN") and not _looks_verbal(sentence, word, lexicon):
        return None
    if word.index == 1 and before in _ARTICLES and sentence.words[0].upos == "DET":
        return None  # La tempête
    if word.lemma == "voir" and is_reflexive(sentence, word):
        return None  # s'est vu attribuer
    if word.index == 1 and before in _ADJECTIVES:
        return None  # Autre annonce
    if word.relation == "aux" and sentence.head(word) is not None:
        return None
    causing = _causative(sentence, word)
    preceding = sentence.words[max(0, word.index - 4) : word.index]
    clitics = {_CLITIC_LEMMAS.get(w.text.lower().replace("’", "'"), "") for w in preceding}
    for entry in lexicon.multiword("faire", clitics) if causing else ():
        if entry.tail == (word.text.lower(),):
            return entry, word
    for lemma in lemmas:
        for entry in lexicon.multiword(lemma, clitics):
            last = _matches(sentence, word, entry, blocked)
            if last is not None:
                return entry, last
    for lemma in lemmas:
        if is_reflexive(sentence, word):
            pronominal = lexicon.verb("s'" + lemma) or lexicon.verb("se " + lemma)
            if pronominal is not None:
                return pronominal, word
            if not opens_incise(sentence, word, blocked):
                continue  # le mouvement se poursuit
        entry_or_none = lexicon.verb(lemma)
        if entry_or_none is not None:
            return entry_or_none, word
    return None


def _causative(sentence: Sentence, infinitive: Word) -> bool:
    """Whether a form of *faire* is the auxiliary of an infinitive: fait | valoir, ont fait | savoir."""
    if infinitive.feats.get("VerbForm") != "Inf":
        return False
    return any(w.lemma == "faire" and w.relation == "aux" for w in sentence.children(infinitive))


def _looks_verbal(sentence: Sentence, word: Word, lexicon: Lexicon) -> bool:
    """A form of a reporting verb that was tagged noun or adjective, standing where an incise's verb stands: before a
    clitic, or after a pause and before a noun phrase (« ... », pointe l'étude)."""
    following = sentence.words[word.index + 1 : word.index + 5]
    if following and (following[0].upos == "ADV" or following[0].text == "-"):
        following = following[1:]  # juge encore le ministre, lit | - | on
    if len(following) > 3 and following[0].upos == "ADP" and following[1].text.lower() in ("sa", "son", "leur"):
        following = following[3:]  # complète pour sa part le ministre
    elif following and following[0].upos == "ADP" and _behind_marks(sentence, word):
        following = _behind_phrase(sentence, following[0])  # « ... », analyse dans le JDD le directeur
    if following and is_inverted_clitic(following[0]):
        return True
    if following and opens_incise(sentence, word) and word.index and not word.text[:1].isupper():
        named = following[0].upos in ("DET", "PROPN") or lexicon.title(following[0].text) is not None
        if named and following[0].text.lower() not in ("de", "des", "du"):
            return True
    if word.text.endswith("ant") and word.index and sentence.words[word.index - 1].text.lower() in _OBJECT_PRONOUNS:
        return bool(following) and following[0].upos == "ADP"  # la taxant de
    return word.upos == "ADJ" and any(w.relation == "aux" for w in sentence.children(word))


def _behind_marks(sentence: Sentence, word: Word) -> bool:
    """Whether a comma and a closing mark stand before a word: « ... », | analyse"""
    before = [w.text for w in sentence.words[max(0, word.index - 2) : word.index]]
    return len(before) == 2 and before[1] == "," and before[0] in ("»", "”", '"')


def _behind_phrase(sentence: Sentence, preposition: Word) -> tuple[Word, ...]:
    """The words behind a prepositional phrase whose noun is a name or comes soon."""
    for word in sentence.words[preposition.index + 1 : preposition.index + 5]:
        if word.upos in ("NOUN", "PROPN"):
            return sentence.words[word.index + 1 : word.index + 5]
    return ()


def _matches(sentence: Sentence, word: Word, entry: ReportingVerb, blocked: Blocked) -> Word | None:
    """The last word of a multi-word cue whose further words follow ``word``, at most three words apart.

    A final preposition need not be there: *se féliciter (de)*, *s'en prendre (à)* are often cut off by a quotation.
    One right behind the verb is not looked for beyond a noun (a dit la porte-parole | de), but where the verb takes an
    object before it (qualifier X de Y).
    """
    position = word.index
    last = word
    for number, part in enumerate(entry.tail):
        near = number == 0 and part in _PREPOSITIONS and "np_de" not in entry.frames
        position = _behind_insertion(sentence, position)
        while position + 1 < len(sentence.words) and _is_inverted(sentence.words[position + 1]):
            position += 1  # fait-elle par ailleurs valoir
        for candidate in sentence.words[position + 1 : position + 5]:
            if blocked(candidate) != blocked(word):
                continue
            if near and candidate.upos in ("NOUN", "PROPN", "DET", "VERB"):
                return None
            if candidate.text.lower().replace("’", "'") == part or candidate.lemma.lower() == part:
                position, last = candidate.index, candidate
                break
        else:
            final = number == len(entry.tail) - 1
            return last if final and number and part in _PREPOSITIONS else None
    return last


def _is_inverted(word: Word) -> bool:
    return word.text in ("-", "-t") or is_inverted_clitic(word)


def _behind_insertion(sentence: Sentence, position: int) -> int:
    """The index of the comma that closes an insertion right behind a word (a parlé | , en mai 2016, | de), else the
    word's own."""
    following = sentence.words[position + 1 : position + 10]
    if not following or following[0].text != ",":
        return position
    for word in following[1:]:
        if word.text == ",":
            return word.index
        if word.upos in ("PUNCT", "VERB", "AUX", "SCONJ", "CCONJ"):
            break
    return position


def _is_interrupted(sentence: Sentence, verb: Word) -> bool:
    return _behind_insertion(sentence, verb.index) != verb.index


def is_incise(sentence: Sentence, verb: Word, source: Word) -> bool:
    """A finite verb followed by its subject, or one whose clause holds nothing but subject and adverbials."""
    if is_inverted_clitic(source):
        return True
    first = group_start(sentence, verb).index
    if any(w.text.lower() == "comme" for w in sentence.words[max(0, source.index - 3) : source.index]):
        return True  # comme il l'a expliqué
    if source.index < verb.index:
        return False
    return not any(w.text.lower() in ("que", "qu'", "qu’") for w in sentence.words[max(0, first - 1) : first])


def modality_of(sentence: Sentence, verb: Word) -> Modality:
    """Negated, conditional, future, interrogative or infinitive, else asserted."""
    children = sentence.children(verb)
    helpers = [verb, *auxiliaries(sentence, verb)]
    if any(w.text.lower() in _NEGATIONS for w in children) and any(
        w.text.lower() in ("ne", "n'", "n’") for w in sentence.words[max(0, verb.index - 4) : verb.index]
    ):
        return "negated"
    if any(w.feats.get("Mood") == "Cnd" for w in helpers):
        return "conditional"
    if any(w.feats.get("Tense") == "Fut" for w in helpers):
        return "future"
    if verb.feats.get("VerbForm") == "Inf" and verb.relation in ("xcomp", "root", "ccomp"):
        head = sentence.head(verb)
        if head is not None and head.lemma in ("devoir", "pouvoir", "refuser", "vouloir", "espérer"):
            return "infinitive"
    return "asserted"


def _is_prospective(sentence: Sentence, verb: Word, lexicon: Lexicon) -> bool:
    """An infinitive under a modal, a request or a promise (devra répondre, demande de préciser, promet de dire):
    not said, or not yet."""
    head = sentence.head(verb)
    if head is None or verb.feats.get("VerbForm") != "Inf":
        return False
    if verb.relation == "acl" and head.relation in ("obl", "obj", "iobj"):
        head = sentence.head(head) or head  # a demandé à l'association | de préciser
    found = verb_entry(sentence, head, lexicon, nobody)
    marked = any(w.relation == "mark" for w in sentence.children(verb))
    requested = found is not None and (found[0].stance == "request" or found[0].stance == "promise" and marked)
    return requested or head.lemma in ("devoir", "pouvoir", "vouloir", "aller", "falloir")


def _relay(sentence: Sentence, source: Word | None, text: str, lexicon: Lexicon, blocked: Blocked) -> Mention | None:
    """Who passed the words on: « X, cité par l'agence Tass »."""
    if source is None:
        return None
    for word in sentence.words[source.index + 1 :]:
        if word.lemma in ("citer", "interroger", "rapporter") and word.feats.get("VerbForm") == "Part":
            agent = agent_of(sentence, word, blocked)
            if agent is not None and (word.lemma != "interroger"):
                return mention_at(sentence, agent, text, lexicon, blocked)
    return None


# --- prepositions -----------------------------------------------------------------------------------------------


def _preposition_reports(sentence: Sentence, text: str, lexicon: Lexicon, blocked: Blocked) -> Iterator[Report]:
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
        source = _own_source(words[word.index : last.index + 1]) if complete else _object_of(sentence, last, side)
        if source is None or is_time(source) and source.upos != "PROPN":
            continue
        source = source if complete else _whose(sentence, source, text, lexicon, side)
        if clitic(source) in _FIRST_SECOND_PERSON or source.text.lower() in ("moi", "toi", "vous", "que"):
            continue
        if not speaks(sentence, source, text, lexicon, "weak" if entry.needs_person else "strong"):
            continue
        related = last.index + 1 < len(words) and words[last.index + 1].text.lower() in _WHICH
        if _is_counted_measure(sentence, source) or related and form_of(sentence, source, lexicon) is None:
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
            relayed_by=_relay(sentence, source, text, lexicon, side),
        )


_WHICH = frozenset("lequel laquelle lesquels lesquelles".split())
_MEASURES = frozenset(
    """niveau critère catégorie modalité type mode méthode modèle scénario axe étape phase degré seuil palier formule
    option variante angle principe règle""".split()
)


def _is_counted_measure(sentence: Sentence, noun: Word) -> bool:
    """Whether a number counts what something is measured by: selon trois niveaux, d'après plusieurs critères."""
    counted = any(
        c.upos == "NUM" or c.text.lower() in ("plusieurs", "différents", "différentes", "divers", "diverses")
        for c in sentence.children(noun)
    )
    return counted and noun.lemma in _MEASURES


_STATED = frozenset(
    """information détail chiffre donnée calcul estimation propos terme mot élément résultat constatation précision
    explication indication déclaration confidence affirmation""".split()
)


def _own_source(words: Sequence[Word]) -> Word | None:
    """Whose words a phrase without a complement gives: selon | ses | propres termes, de | sources | concordantes."""
    possessive = next((w for w in words if w.text.lower() in ("son", "sa", "ses", "leur", "leurs")), None)
    return possessive or next((w for w in words if w.lemma == "source"), None)


def _whose(sentence: Sentence, source: Word, text: str, lexicon: Lexicon, blocked: Blocked) -> Word:
    """Who gives what a preposition names: selon les chiffres du ministère, selon les détails fournis par X."""
    if source.lemma not in _STATED:
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


def _object_of(sentence: Sentence, last: Word, blocked: Blocked) -> Word | None:
    """The noun phrase that a preposition introduces: by the tree, else the next nominal."""
    head = sentence.head(last)
    if last.relation in ("case", "mark") and head is not None and head.index > last.index and not blocked(head):
        if head.upos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
            if head.feats.get("PronType") == "Rel" or head.text.lower() == "qui":
                return antecedent_of_pronoun(sentence, head, blocked)
            return head
    for word in sentence.words[last.index + 1 : last.index + 6]:
        if blocked(word) or word.upos in ("VERB", "AUX", "SCONJ") or word.text in (",", ".", ":"):
            return None
        if word.text.lower() == "qui":
            return antecedent_of_pronoun(sentence, word, blocked)
        if word.upos in ("NOUN", "PROPN", "PRON"):
            return top_nominal(sentence, word) if word.relation in ("flat", "appos") else word
    return None


def antecedent_of_pronoun(sentence: Sentence, pronoun: Word, blocked: Blocked) -> Word | None:
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
            top = top_nominal(sentence, word)
            return top if not blocked(top) else word
        if word.upos in ("VERB", "AUX"):
            return None
    return None


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


# --- nouns ------------------------------------------------------------------------------------------------------


def _noun_reports(
    sentence: Sentence, text: str, lexicon: Lexicon, blocked: Blocked, verbs: list[Report]
) -> Iterator[Report]:
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


def _behind_quoted(sentence: Sentence, word: Word, blocked: Blocked) -> Iterator[Word]:
    """What a noun's quoted complement has as its own: l'appel à la « pause » | du bureau."""
    for child in sentence.children(word):
        if blocked(child):
            yield from sentence.children(child)


_UTTERED = frozenset(
    "lancer tenir adresser envoyer signer rédiger écrire prononcer proférer émettre porter utiliser employer".split()
)


def _agent_of_words(sentence: Sentence, word: Word, blocked: Blocked, lexicon: Lexicon) -> Word | None:
    """Who launched or addressed the words that a noun names: des appels à la « résistance » lancés par X."""
    for child in sentence.subtree(word):
        uttered = bool(lexicon.verb_form(child.text)) or child.lemma in _UTTERED
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
