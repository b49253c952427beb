"""Trees with reported speech, made from trees that have none.

Treebanks hold few inverted subjects and incises (*« Oui », a déclaré Marie Dupont*), on which attribution depends.
Clauses are built from the verbs of the form lexicon, subjects and complements cut from the treebanks, and names; they
are put around sentences of the treebanks, short ones among them, as the parser sees quotations shortened.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from quotes.training.conllu import Contraction, Node, Tree, feats_of, is_tree
from quotes.training.fragments import (
    Fragment,
    as_tree,
    fragment,
    insert,
    punctuation,
    with_space,
    without_final_mark,
)
from quotes.training.harmonise import QUOTE_MARKS, SPEECH_VERBS

REFLEXIVE = frozenset(
    """exclamer écrier indigner inquiéter interroger féliciter réjouir insurger désoler étonner agacer alarmer
    emporter""".split()
)
NOT_BUILT = frozenset("faire croire rêver être souvenir".split())
COMMON = (
    "dire déclarer expliquer affirmer ajouter indiquer préciser souligner estimer annoncer assurer rappeler raconter "
    "poursuivre confier regretter écrire conclure dénoncer reconnaître juger insister commenter témoigner répondre"
).split()
PEOPLE = frozenset(
    """président présidente ministre porte-parole maire directeur directrice responsable avocat avocate procureur
    préfet chef secrétaire député députée sénateur sénatrice source communiqué parti syndicat gouvernement
    police parquet organisation association entreprise groupe médecin chercheur analyste expert témoin mère père
    homme femme monsieur madame mademoiselle maître docteur commissaire rapporteur juge élu élue agent agence
    journal quotidien télévision premier ministère commission conseil tribunal société ONG pays ambassadeur
    général colonel capitaine professeur entraîneur joueur joueuse acteur actrice chanteur écrivain auteur
    victime habitant frère sœur fils fille patron fondateur coordinateur candidat candidate vice-président
    dirigeant dirigeante conseiller enseignant étudiant""".split()
)
MODIFIERS = (
    "à/à/ADP/3/case l'/le/DET/3/det AFP/AFP/PROPN/0/obl",
    "à/à/ADP/3/case la/le/DET/3/det presse/presse/NOUN/0/obl",
    "dans/dans/ADP/3/case un/un/DET/3/det communiqué/communiqué/NOUN/0/obl",
    "mardi/mardi/NOUN/0/obl",
    "mercredi/mercredi/NOUN/0/obl soir/soir/NOUN/1/nmod",
    "jeudi/jeudi/NOUN/0/obl",
    "vendredi/vendredi/NOUN/0/obl matin/matin/NOUN/1/nmod",
    "lundi/lundi/NOUN/0/obl 3/3/NUM/1/nummod mars/mars/NOUN/1/nmod",
    "sur/sur/ADP/2/case Twitter/Twitter/PROPN/0/obl",
    "sur/sur/ADP/2/case France/France/PROPN/0/obl Inter/Inter/PROPN/2/flat:name",
    "à/à/ADP/2/case Reuters/Reuters/PROPN/0/obl",
    "lors/lors/ADV/4/case de/de/ADP/1/fixed une/un/DET/4/det conférence/conférence/NOUN/0/obl "
    "de/de/ADP/6/case presse/presse/NOUN/4/nmod",
    "ce/ce/DET/2/det matin/matin/NOUN/0/obl",
    "devant/devant/ADP/3/case les/le/DET/3/det journalistes/journaliste/NOUN/0/obl",
    "hier/hier/ADV/0/advmod",
    "aussi/aussi/ADV/0/advmod",
    "dans/dans/ADP/3/case un/un/DET/3/det entretien/entretien/NOUN/0/obl à/à/ADP/6/case Le/le/DET/6/det "
    "Monde/Monde/PROPN/3/nmod",
    "à/à/ADP/3/case son/son/DET/3/det arrivée/arrivée/NOUN/0/obl à/à/ADP/5/case Bruxelles/Bruxelles/PROPN/3/nmod",
    "devant/devant/ADP/3/case le/le/DET/3/det tribunal/tribunal/NOUN/0/obl",
    "en/en/ADP/3/mark se/soi/PRON/3/expl:pv réjouissant/réjouir/VERB/0/advcl",
)
SHORT = (
    "Oui/oui/INTJ/0/root",
    "Non/non/INTJ/0/root",
    "Jamais/jamais/ADV/0/root",
    "Citation/citation/NOUN/0/root",
    "Cela/cela/PRON/0/root",
    "Impossible/impossible/ADJ/0/root",
    "C'/ce/PRON/3/nsubj est/être/AUX/3/cop vrai/vrai/ADJ/0/root",
    "C'/ce/PRON/3/nsubj est/être/AUX/3/cop faux/faux/ADJ/0/root",
    "Nous/nous/PRON/2/nsubj verrons/voir/VERB/0/root",
    "Tout/tout/PRON/3/nsubj va/aller/VERB/0/root bien/bien/ADV/2/advmod",
    "Il/lui/PRON/3/expl:subj le/lui/PRON/3/obj faut/falloir/VERB/0/root",
    "…/…/PUNCT/0/root",
    "X/X/X/0/root",
)
QUOTES = (("« ", " »"), ("« ", " »"), ('"', '"'), ('"', '"'), ("“", "”"))
ELIDED = ("'", "’")


@dataclass(frozen=True)
class Material:
    """What clauses are built from."""

    verbs: Mapping[str, Mapping[str, str]]
    """Lemma -> tense (``pres``, ``presp``, ``imp``, ``past``, ``fut``, ``part``) -> form."""
    subjects: tuple[Fragment, ...]
    appositions: tuple[Fragment, ...]
    first_names: Mapping[str, str]
    last_names: tuple[str, ...]
    tags: Callable[[str, str], dict[str, str]]
    """(form, UPOS) -> features."""


def verb_forms(rows: Iterable[tuple[str, str, str, str]]) -> dict[str, dict[str, str]]:
    """The third-person forms of reporting verbs, from lexicon rows (form, lemma, UPOS, features)."""
    wanted = {
        ("Ind", "Sing", "3", "Pres"): "pres",
        ("Ind", "Plur", "3", "Pres"): "presp",
        ("Ind", "Sing", "3", "Imp"): "imp",
        ("Ind", "Sing", "3", "Past"): "past",
        ("Ind", "Sing", "3", "Fut"): "fut",
    }
    forms: dict[str, dict[str, str]] = defaultdict(dict)
    for form, lemma, upos, column in rows:
        if upos != "VERB" or lemma not in SPEECH_VERBS or lemma in NOT_BUILT or form != form.lower():
            continue
        feats = feats_of(column)
        key = wanted.get(tuple(feats.get(name, "") for name in ("Mood", "Number", "Person", "Tense")))  # type: ignore[arg-type]
        if key:
            forms[lemma].setdefault(key, form)
        elif feats.get("VerbForm") == "Part" and feats.get("Tense") == "Past":
            if feats.get("Gender") != "Fem" and feats.get("Number") != "Plur" and not form.endswith(("es", "e")):
                forms[lemma].setdefault("part", form)
    return {lemma: found for lemma, found in forms.items() if "part" in found or "pres" in found}


def subjects_of(trees: Iterable[Tree]) -> tuple[list[Fragment], list[Fragment]]:
    """Noun phrases that may speak, and appositions to names, cut from treebank trees."""
    subjects, appositions = [], []
    for tree in trees:
        for number, node in enumerate(tree.nodes, 1):
            if node.upos not in ("NOUN", "PROPN"):
                continue
            if node.deprel in ("nsubj", "obl:agent", "nsubj:pass", "nmod") and (
                node.lemma.lower() in PEOPLE or (node.upos == "PROPN" and node.deprel == "nsubj")
            ):
                first = tree.subtree(number)[0]
                while first < number and tree.nodes[first - 1].deprel in ("case", "punct", "advmod", "cc"):
                    first += 1
                piece = fragment(tree, number, first, tree.subtree(number)[-1])
                if piece and len(piece.nodes) <= 9 and _noun_phrase(piece):
                    subjects.append(piece)
            elif node.deprel == "appos" and node.upos == "NOUN" and tree.nodes[node.head - 1].upos == "PROPN":
                numbers = tree.subtree(number)
                first = numbers[0] + (tree.nodes[numbers[0] - 1].form in (",", "("))
                last = numbers[-1] - (tree.nodes[numbers[-1] - 1].form in (",", ")"))
                piece = fragment(tree, number, first, last) if first <= number <= last else None
                if piece and len(piece.nodes) <= 9 and not any(n.upos in ("PUNCT", "VERB") for n in piece.nodes):
                    appositions.append(piece)
    return subjects, appositions


def _noun_phrase(piece: Fragment) -> bool:
    start = piece.nodes[0].upos
    return start in ("DET", "PROPN") and not any(node.upos in ("PUNCT", "VERB", "AUX") for node in piece.nodes)


class Builder:
    """Builds reporting clauses with one source of randomness, so that a seed gives the same trees again."""

    def __init__(self, material: Material, seed: int) -> None:
        self.material = material
        self.random = random.Random(seed)
        self.lemmas = sorted(material.verbs)
        self.common = [lemma for lemma in COMMON if lemma in material.verbs] or self.lemmas

    def node(self, form: str, lemma: str, upos: str, head: int, deprel: str, space: bool = True) -> Node:
        """A word with the features that its form has in the reference."""
        return Node(form, lemma, upos, self.material.tags(form, upos), head, deprel, space)

    def spelt(self, description: str) -> Fragment:
        """A fragment from ``form/lemma/UPOS/head/relation`` words; *à le* and *de le* are contracted."""
        nodes, contractions = [], []
        for word in description.split():
            form, lemma, upos, head, deprel = word.rsplit("/", 4)
            nodes.append(self.node(form, lemma, upos, int(head), deprel, not form.endswith("'")))
        for i, (one, two) in enumerate(pairwise(nodes), 1):
            if (one.form, two.form.lower()) in (("à", "le"), ("de", "le")) and two.upos == "DET":
                contractions.append(Contraction(i, i + 1, "au" if one.form == "à" else "du"))
        return Fragment(tuple(nodes), tuple(contractions))

    def name(self) -> Fragment:
        """An invented person: first and last name, a last name after M. or Mme, or a last name alone."""
        draw = self.random.random()
        first = self.random.choice(sorted(self.material.first_names))
        last = self.random.choice(self.material.last_names)
        gender = self.material.first_names[first]
        if draw < 0.7:
            nodes = [
                Node(first.title(), first.title(), "PROPN", {"Gender": gender, "Number": "Sing"}, 0, "nsubj"),
                Node(last, last, "PROPN", {}, 1, "flat:name"),
            ]
        elif draw < 0.85:
            title, lemma = ("M.", "monsieur") if gender == "Masc" else ("Mme", "madame")
            nodes = [
                Node(title, lemma, "NOUN", {"Gender": gender, "Number": "Sing"}, 0, "nsubj"),
                Node(last, last, "PROPN", {}, 1, "flat:name"),
            ]
        else:
            nodes = [Node(last, last, "PROPN", {}, 0, "nsubj")]
        return Fragment(tuple(nodes))

    def subject(self) -> Fragment:
        """Somebody who speaks, with an apposition now and then."""
        material = self.material
        piece = self.name() if self.random.random() < 0.5 or not material.subjects else self._phrase()
        if self.random.random() < 0.3 and material.appositions and piece.nodes[piece.top - 1].upos == "PROPN":
            added = self.random.choice(material.appositions)
            tree = with_space(as_tree(piece), len(piece.nodes), False)
            start = len(tree.nodes)
            tree = insert(tree, start, added, tree.root, "appos")
            comma = next(i for i, node in enumerate(tree.nodes, 1) if node.deprel == "appos" and i > start)
            tree = insert(tree, start, punctuation(","), comma, "punct")
            piece = Fragment(tree.nodes, tree.contractions)
        return _spaced(piece)

    def _phrase(self) -> Fragment:
        piece = self.random.choice(self.material.subjects)
        first = piece.nodes[0]
        if first.upos == "DET":
            piece = replace(piece, nodes=(replace(first, form=first.form.lower()), *piece.nodes[1:]))
        return piece

    def finite(self, plural: bool, inverted_clitic: bool) -> tuple[list[Node], int]:
        """A reporting verb as its words, and the place (1-based) of the finite one."""
        pool = self.common if self.random.random() < 0.6 else self.lemmas
        lemma = self.random.choice(pool)
        forms = self.material.verbs[lemma]
        simple = [tense for tense in ("presp",) if tense in forms] if plural else []
        simple = simple or ([] if plural else [t for t in ("pres", "pres", "imp", "past", "fut") if t in forms])
        reflexive = lemma in REFLEXIVE
        if "part" in forms and (self.random.random() < 0.55 or not simple):
            nodes = []
            if reflexive:
                auxiliary = "sont" if plural else "est"
                nodes.append(self.node("se" if plural else "s'", "soi", "PRON", 3, "expl:pv", plural))
                head = 3
            else:
                auxiliary = self.random.choice(("ont", "avaient") if plural else ("a", "a", "a", "avait", "aurait"))
                head = 2
            lemma_of = "être" if reflexive else "avoir"
            nodes.append(self.node(auxiliary, lemma_of, "AUX", head, "aux:tense"))
            nodes.append(self.node(forms["part"], lemma, "VERB", 0, "parataxis"))
            return nodes, head - 1
        form = forms[self.random.choice(simple)] if simple else forms.get("part", "dit")
        nodes = []
        if reflexive:
            elided = form[0] in "aeéèiouh"
            nodes.append(self.node("s'" if elided else "se", "soi", "PRON", 2, "expl:pv", not elided))
        nodes.append(self.node(form, lemma, "VERB", 0, "parataxis"))
        return nodes, len(nodes)

    def inverted(self) -> Fragment:
        """*a déclaré Marie Dupont à l'AFP*, *ajoute-t-il*: a clause whose subject follows its verb."""
        if self.random.random() < 0.35:
            return self._with_modifiers(self._clitic(), 0.35)
        subject = self.subject()
        plural = any(node.head == 0 and node.feats.get("Number") == "Plur" for node in subject.nodes)
        nodes, _ = self.finite(plural, False)
        tree = as_tree(Fragment(tuple(nodes)))
        early = self.random.random() < 0.12
        if early:
            tree = self._modified(tree)
        tree = insert(tree, len(tree.nodes), subject, tree.root, "nsubj")
        return self._with_modifiers(Fragment(tree.nodes, tree.contractions), 0.4)

    def _clitic(self) -> Fragment:
        plural = self.random.random() < 0.12
        nodes, place = self.finite(plural, True)
        finite = nodes[place - 1]
        pronoun = "ils" if plural else self.random.choice(("il", "il", "il", "elle", "elle", "on"))
        linked = pronoun if finite.form[-1] in "td" else f"t-{pronoun}"
        lemma = {"il": "lui", "elle": "lui", "on": "on", "ils": "eux"}[pronoun]
        feats = {"Person": "3", "PronType": "Prs", "Number": "Plur" if plural else "Sing"}
        if pronoun != "on":
            feats["Gender"] = "Fem" if pronoun == "elle" else "Masc"
        else:
            feats["PronType"] = "Ind"
        verb = next(i for i, node in enumerate(nodes, 1) if node.head == 0)
        nodes[place - 1] = replace(finite, space_after=False)
        tree = as_tree(Fragment(tuple(nodes)))
        piece = Fragment((Node(f"-{linked}", lemma, "PRON", feats, 0, "nsubj"),))
        tree = insert(tree, place, piece, verb, "nsubj")
        return Fragment(tree.nodes, tree.contractions)

    def _modified(self, tree: Tree) -> Tree:
        piece = self.spelt(self.random.choice(MODIFIERS))
        relation = piece.nodes[piece.top - 1].deprel
        return insert(tree, len(tree.nodes), piece, tree.root, relation)

    def _with_modifiers(self, piece: Fragment, chance: float) -> Fragment:
        tree = as_tree(piece)
        while self.random.random() < chance:
            tree = self._modified(tree)
            chance /= 2
        return _spaced(Fragment(tree.nodes, tree.contractions))

    def canonical(self) -> Fragment:
        """*Marie Dupont a déclaré*: a clause whose subject comes first."""
        subject = self.subject()
        top = subject.nodes[subject.top - 1]
        nodes, _ = self.finite(top.feats.get("Number") == "Plur", False)
        tree = as_tree(Fragment(tuple(nodes)))
        tree = insert(tree, 0, subject, tree.root, "nsubj")
        if any(node.deprel == "appos" for node in subject.nodes):
            tree = with_space(tree, len(subject.nodes), False)
            tree = insert(tree, len(subject.nodes), punctuation(","), subject.top, "punct")
        return self._with_modifiers(Fragment(tree.nodes, tree.contractions), 0.25)

    def short(self) -> Tree:
        """A sentence of a few words, as quotations are shortened to before parsing."""
        return as_tree(_spaced(self.spelt(self.random.choice(SHORT))))

    def quoted(self, host: Tree) -> Tree:
        """The sentence between quotation marks, without its full stop."""
        opening, closing = self.random.choice(QUOTES)
        host = with_space(host, len(host.nodes), closing.startswith(" "))
        root = host.root
        host = insert(host, len(host.nodes), punctuation(closing.strip()), root, "punct")
        return insert(host, 0, punctuation(opening.strip(), opening.endswith(" ")), host.root, "punct")

    def closed(self, tree: Tree) -> Tree:
        """The sentence with a full stop."""
        tree = with_space(tree, len(tree.nodes), False)
        return insert(tree, len(tree.nodes), punctuation("."), tree.root, "punct")

    def after(self, host: Tree) -> Tree:
        """*« Host », a dit X.*, with and without marks and comma."""
        host = without_final_mark(host)
        draw = self.random.random()
        tree = self.quoted(host) if draw < 0.75 else with_space(host, len(host.nodes), False)
        clause = self.inverted()
        comma = draw >= 0.75 or self.random.random() < 0.75
        tree = with_space(tree, len(tree.nodes), not comma)
        start = len(tree.nodes)
        tree = insert(tree, start, clause, tree.root, "parataxis")
        if comma:
            tree = insert(tree, start, punctuation(","), start + clause.top, "punct")
        return self.closed(tree)

    def inside(self, host: Tree) -> Tree | None:
        """*« Subject », a dit X, « rest »*: the clause after what opens the sentence."""
        host = without_final_mark(host)
        cut = _opening(host)
        if not cut:
            return None
        quotes = self.random.choice((*QUOTES, None, None))
        clause = self.inverted()
        tree = with_space(host, cut, False)
        position = cut
        root = tree.root
        if quotes:
            opening, closing = quotes
            tree = with_space(tree, len(tree.nodes), closing.startswith(" "))
            tree = insert(tree, len(tree.nodes), punctuation(closing.strip()), root, "punct")
            if self.random.random() < 0.6:  # the marks close before the clause and open again after it
                tree = insert(tree, position, punctuation(opening.strip(), opening.endswith(" ")), root, "punct")
                root = tree.root
                tree = with_space(tree, position, closing.startswith(" "))
                tree = insert(tree, position, punctuation(closing.strip(), False), root, "punct")
                position += 1
                root = tree.root
            tree = insert(tree, 0, punctuation(opening.strip(), opening.endswith(" ")), root, "punct")
            position += 1
        tree = insert(tree, position, clause, tree.root, "parataxis")
        verb = position + clause.top
        tree = with_space(tree, position + len(clause.nodes), False)
        tree = insert(tree, position + len(clause.nodes), punctuation(","), verb, "punct")
        tree = insert(tree, position, punctuation(","), verb, "punct")
        return self.closed(tree)

    def colon(self, host: Tree) -> Tree:
        """*X déclare : « Host ».*"""
        host = without_final_mark(host)
        quotation = self.quoted(host)
        tree = as_tree(self.canonical())
        verb, start = tree.root, len(tree.nodes)
        quote_piece = Fragment(quotation.nodes, quotation.contractions)
        tree = insert(tree, start, quote_piece, verb, "ccomp")
        tree = insert(tree, start, punctuation(":"), start + quote_piece.top, "punct")
        return self.closed(tree)

    def that(self, host: Tree) -> Tree | None:
        """*X affirme que host.*"""
        host = without_final_mark(host)
        first = host.nodes[0]
        if first.upos not in ("DET", "PRON", "ADP") or not any(node.deprel == "nsubj" for node in host.nodes):
            return None
        vowel = first.form[0].lower() in "aeéèêiouhà"
        nodes = (replace(first, form=first.form[0].lower() + first.form[1:]), *host.nodes[1:])
        contractions = tuple(
            replace(c, form=c.form[0].lower() + c.form[1:]) if c.first == 1 else c for c in host.contractions
        )
        host = replace(host, nodes=nodes, contractions=contractions)
        mark = Node("qu'" if vowel else "que", "que", "SCONJ", {}, 0, "mark", not vowel)
        host = insert(host, 0, Fragment((mark,)), host.root, "mark")
        tree = as_tree(self.canonical())
        tree = insert(tree, len(tree.nodes), Fragment(host.nodes, host.contractions), tree.root, "ccomp")
        return self.closed(tree)

    def according(self, host: Tree) -> Tree:
        """*Host, comme l'a dit X.*"""
        host = without_final_mark(host)
        clause = as_tree(self.inverted())
        start = len(host.nodes)
        verb = clause.root
        if any(node.upos == "PRON" and node.head == verb for node in clause.nodes):
            return self.after(host)
        elided = clause.nodes[0].form[0] in "aeéèiouh"
        pronoun = Node("l'" if elided else "le", "lui", "PRON", self.material.tags("l'", "PRON"), 0, "obj", not elided)
        clause = insert(clause, 0, Fragment((pronoun,)), verb, "obj")
        clause = insert(clause, 0, Fragment((self.node("comme", "comme", "SCONJ", 0, "mark"),)), clause.root, "mark")
        tree = with_space(host, start, False)
        piece = Fragment(clause.nodes, clause.contractions)
        tree = insert(tree, start, piece, tree.root, "advcl")
        tree = insert(tree, start, punctuation(","), start + piece.top, "punct")
        return self.closed(tree)


def _spaced(piece: Fragment) -> Fragment:
    """The fragment with a space after its last token."""
    tree = with_space(as_tree(piece), len(piece.nodes), True)
    nodes = tuple(replace(node, deprel=old.deprel) for node, old in zip(tree.nodes, piece.nodes, strict=True))
    return Fragment(nodes, tree.contractions)


def _capitalised(tree: Tree) -> Tree:
    """The tree with a capital on its first word (after an opening mark)."""
    number = next((i for i, node in enumerate(tree.nodes, 1) if node.form not in QUOTE_MARKS), 1)
    nodes = list(tree.nodes)
    form = nodes[number - 1].form
    nodes[number - 1] = replace(nodes[number - 1], form=form[:1].upper() + form[1:])
    contractions = tuple(
        replace(c, form=c.form[:1].upper() + c.form[1:]) if c.first == number else c for c in tree.contractions
    )
    return replace(tree, nodes=tuple(nodes), contractions=contractions)


def _opening(tree: Tree) -> int:
    """The last word of what opens the sentence before its root: a subject, a complement; 0 where nothing fits."""
    for child in tree.children(tree.root):
        numbers = tree.subtree(child)
        if tree.nodes[child - 1].deprel in ("nsubj", "obl", "advmod", "advcl") and numbers[0] == 1:
            if numbers[-1] == len(numbers) < tree.root and tree.nodes[child - 1].upos in (
                "NOUN",
                "PROPN",
                "VERB",
                "ADV",
            ):
                inside = any(c.first <= numbers[-1] < c.last for c in tree.contractions)
                marked = tree.nodes[numbers[-1] - 1].upos == "PUNCT" or tree.nodes[numbers[-1]].upos == "PUNCT"
                return 0 if inside or marked else numbers[-1]
    return 0


def with_reported_speech(hosts: Sequence[Tree], material: Material, count: int, seed: int) -> list[Tree]:
    """``count`` trees with reported speech, built around ``hosts``."""
    builder = Builder(material, seed)
    fitting = [tree for tree in hosts if 3 <= len(tree.nodes) <= 22 and tree.nodes[-1].form == "."]
    found: list[Tree] = []
    while len(found) < count:
        draw = builder.random.random()
        host = builder.short() if builder.random.random() < 0.3 or not fitting else builder.random.choice(fitting)
        made: Tree | None
        if draw < 0.55:
            made = builder.after(host)
        elif draw < 0.75:
            made = builder.inside(host)
        elif draw < 0.83:
            made = builder.colon(host)
        elif draw < 0.93:
            made = builder.that(host)
        else:
            made = builder.according(host)
        if made and is_tree(made):
            found.append(replace(_capitalised(made), sent_id=f"reported-{len(found)}"))
    return found
