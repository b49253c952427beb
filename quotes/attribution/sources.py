"""Whose words a cue gives where its grammatical subject does not, or cannot, say them: whom a relative clause is about,
a name in apposition, whoever acts in the clause above, the place where impersonal words are heard or read."""

from __future__ import annotations

from quotes.attribution.mentions import form_of, has_person_name, mention_at
from quotes.attribution.phrases import top_nominal
from quotes.attribution.subjects import agent_of, subject_of
from quotes.attribution.syntax import Blocked, agrees_in_number, clitic, is_finite, is_passive
from quotes.lexicon import Lexicon
from quotes.model import Mention, Sentence, Word


def speaking_antecedent(sentence: Sentence, verb: Word, source: Word, blocked: Blocked, lexicon: Lexicon) -> Word:
    """The one in a noun phrase whom a relative clause may say to speak: le chef de mission pour la Syrie | qui
    considère; le cas de Jeanne Martin, | qui commente."""
    form = form_of(sentence, source, lexicon)
    whole = sentence.head(source)
    if not agrees_in_number(sentence, verb, source):  # plusieurs élus, dont Jean Martin, | qui a dénoncé
        for word in reversed(sentence.words[source.index + 1 : verb.index]):
            if word.upos == "PROPN" and word.relation != "flat" and has_person_name(sentence, word, lexicon):
                return source if blocked(word) else word
    if source.relation == "nmod" and source.upos == "NOUN" and whole is not None and not blocked(whole):
        body = lexicon.collective(whole.lemma)
        nobody = (
            form != "role" and not lexicon.collective(source.lemma) and not has_person_name(sentence, source, lexicon)
        )
        if body is not None and body.type == "organisation" and nobody:
            return whole  # la Direction de la Santé (DGS) | qui appelle
    person = sentence.head(whole) if whole is not None and source.relation == "conj" else None
    if person is not None and whole is not None and whole.relation == "appos" and not blocked(person):
        return person  # Jeanne Martin, élue à Rouen et nièce du maire, | qui souhaite
    top = top_nominal(sentence, source)
    country = lexicon.metonym(source.text)
    if top is not source and country is not None and country.kind == "country" and not blocked(top):
        if form_of(sentence, top, lexicon) in ("name", "role"):
            return top
    joined = source.relation == "conj" and verb.feats.get("Number") == "Plur"
    if form is not None and not joined and source.lemma not in ("citation", "cas", "exemple"):
        return source
    if form == "name" and joined:
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


def whose_words(sentence: Sentence, source: Word, blocked: Blocked, lexicon: Lexicon) -> Word:
    """Whoever has said what a noun for words names, where that is told: ses déclarations | dénonçant, les propos de
    Jeanne Martin | évoquant. A document speaks for itself."""
    noun = lexicon.noun(source.lemma)
    if noun is None or noun.document or noun.kind == "thought":
        return source
    for child in sentence.children(source):
        if child.relation == "det" and child.text.lower() in ("son", "sa", "ses", "leur", "leurs"):
            return child
        # la légende des « Lions » | Samuel Martin
        named = sentence.children(child) if blocked(child) else (child,)
        for word in named:
            if word.relation in ("nmod", "appos") and has_person_name(sentence, word, lexicon) and not blocked(word):
                return word
    return source


def has_subject(sentence: Sentence, verb: Word, blocked: Blocked) -> bool:
    """Whether a verb has a subject before it on its own side of the quotation marks."""
    return any(w.relation == "nsubj" and w.index < verb.index and not blocked(w) for w in sentence.children(verb))


def nearer_subject(sentence: Sentence, verb: Word, source: Word, blocked: Blocked, lexicon: Lexicon) -> Word:
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


def named_apposition(sentence: Sentence, subject: Word, blocked: Blocked, lexicon: Lexicon) -> Word:
    """The name in apposition to a noun that cannot speak, which the tree took for the subject: à Gitega, la capitale, |
    M. Martin a dit; coutumier des intrigues, | Jeanne Martin a dit."""
    speaks_itself = subject.upos != "NOUN" or lexicon.role(subject.text.lower()) or lexicon.collective(subject.lemma)
    if speaks_itself or form_of(sentence, subject, lexicon) not in (None, "name"):
        return subject
    for child in sentence.children(subject):
        if child.relation == "appos" and not blocked(child) and form_of(sentence, child, lexicon) == "name":
            return child
    return subject


def purposing_subject(
    sentence: Sentence, verb: Word, source: Word | None, blocked: Blocked, lexicon: Lexicon
) -> Word | None:
    """The source of *pour réclamer*, *avant d'ajouter*, where the tree hangs it on a clause about a thing: X a profité
    que le sujet soit abordé | pour réclamer."""
    if source is not None and form_of(sentence, source, lexicon) is not None:
        return source
    above = sentence.head(verb)
    while above is not None:
        verbal = above.upos == "VERB" or any(c.relation == "cop" for c in sentence.children(above))
        if verbal and is_finite(sentence, above) and not blocked(above):
            found = subject_of(sentence, above, blocked)
            if found is not None and found.index < verb.index and form_of(sentence, found, lexicon) is not None:
                return found
        above = sentence.head(above)
    return source


def is_addressee(sentence: Sentence, word: Word, lexicon: Lexicon) -> bool:
    """A paper or channel, or a name that a given name follows, so that it is none itself: sur Voltage | Jean Martin."""
    behind = sentence.words[word.index + 1 : word.index + 3]
    if behind and lexicon.medium(f"{word.text} {behind[0].text}") is not None:
        return False  # à La Libre | Belgique
    before = sentence.words[word.index - 1].text if word.index else ""
    if lexicon.medium(word.text) is not None or lexicon.medium(f"{before} {word.text}") is not None:
        return True
    named = len(behind) == 2 and behind[0].text[:1].isupper() and behind[1].text[:1].isupper()
    unknown = word.upos == "PROPN" and lexicon.first_name_gender(word.text) is None
    return unknown and named and lexicon.clear_gender(behind[0].text) is not None


def place_of_words(sentence: Sentence, verb: Word, blocked: Blocked, lexicon: Lexicon) -> Word | None:
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
            if lexicon.metonym(word.text) or lexicon.collective(word.lemma) or word.lemma == "source":
                return word
            if case == "chez" and lexicon.role(word.text.lower()) and word.feats.get("Number") == "Plur":
                return word  # dit-on chez les socialistes
        inside = inside or case in ("dans", "sur")
        read = verb.lemma == "lire" and lexicon.noun(word.lemma) is not None  # dans un commentaire
        if inside and case in ("dans", "sur", "de") and (read or _carries_words(word, lexicon)):
            return _author_of(sentence, word, lexicon, blocked)
    before = sentence.words[: verb.index]  # sur sa page Facebook, on peut lire
    for word in reversed(before):  # à l'Élysée, on assure que
        case = _preposition_of(sentence, word)
        if case in ("à", "chez") and not blocked(word) or case == "de" and word.lemma == "source":
            if lexicon.metonym(word.text) or lexicon.collective(word.lemma) or word.lemma == "source":
                return word
    document = next(
        (w for w in before if _preposition_of(sentence, w) in ("dans", "sur") and _carries_words(w, lexicon)), None
    )
    return None if document is None or blocked(document) else _author_of(sentence, document, lexicon, blocked)


def is_impersonal(sentence: Sentence, verb: Word, subject: Word, incise: bool) -> bool:
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


def relay_of(sentence: Sentence, source: Word | None, text: str, lexicon: Lexicon, blocked: Blocked) -> Mention | None:
    """Who passed the words on: « X, cité par l'agence Tass »."""
    if source is None:
        return None
    for word in sentence.words[source.index + 1 :]:
        if word.lemma in ("citer", "interroger", "rapporter") and word.feats.get("VerbForm") == "Part":
            agent = agent_of(sentence, word, blocked)
            if agent is not None and (word.lemma != "interroger"):
                return mention_at(sentence, agent, text, lexicon, blocked)
    return None
