"""One annotation scheme for French UD treebanks that differ.

Sequoia is the reference: its analyses of closed-class forms are learnt (``Reference.of``) and imposed on the other
treebanks. The features kept are those that the pipeline needs; the relations keep the subtypes that it reads.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from quotes.training.conllu import Node, Tree, feats_column, feats_of, with_node

KEPT_FEATS = frozenset(
    ("Gender", "Number", "Person", "Mood", "Tense", "VerbForm", "PronType", "Definite", "Reflex", "Poss", "Polarity")
)
CLOSED = frozenset(("ADP", "ADV", "AUX", "CCONJ", "DET", "NUM", "PART", "PRON", "PUNCT", "SCONJ"))
QUOTE_MARKS = frozenset(("«", "»", '"', "“", "”"))
KEPT_SUBTYPES = frozenset(
    """nsubj:pass obl:agent aux:pass aux:tense aux:caus acl:relcl flat:name flat:foreign expl:subj expl:pv""".split()
)
RELATIONS = {"expl:comp": "expl:pv", "expl:pass": "expl:pv", "dep:comp": "dep"}
SPEECH_VERBS = frozenset(
    """accuser admettre affirmer ajouter alerter analyser annoncer argumenter assener assurer attester avancer avertir
    avouer clamer commenter conclure concéder confesser confier confirmer considérer constater continuer critiquer crier
    croire déclarer décrire demander démentir dénoncer déplorer détailler dire écrire espérer estimer évoquer exhorter
    expliquer exposer exprimer faire féliciter glisser hurler indiquer insister interroger inviter ironiser juger
    jurer justifier lâcher lancer marteler mentionner murmurer narrer nier noter nuancer objecter observer penser
    plaider plaisanter pointer poursuivre préciser préconiser prédire prétendre prévenir proclamer promettre proposer
    protester prôner raconter rapporter rappeler reconnaître regretter relater relever remarquer renchérir répéter
    répliquer répondre reprendre résumer rétorquer révéler rêver saluer signaler soupirer souligner soutenir souvenir
    suggérer supposer témoigner tempérer trancher écrier exclamer étonner inquiéter insurger réjouir indigner
    alarmer emporter agacer désoler féliciter""".split()
)


@dataclass(frozen=True)
class Reference:
    """What the reference treebank says of each form: lowercased form and UPOS -> analyses with their counts."""

    feats: Mapping[tuple[str, str], Counter[str]]
    lemmas: Mapping[tuple[str, str], Counter[str]]
    upos: Mapping[str, Counter[str]]
    first_names: Mapping[str, str]
    """First names in lower case -> ``Masc`` or ``Fem``."""
    epicene: frozenset[str]
    """Adjectives and nouns whose form shows no gender."""

    @staticmethod
    def of(trees: Iterable[Tree], first_names: Mapping[str, str], epicene: frozenset[str]) -> Reference:
        """Learn the reference from its trees."""
        feats: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        lemmas: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        upos: dict[str, Counter[str]] = defaultdict(Counter)
        for tree in trees:
            for node in tree.nodes:
                key = node.form.lower(), node.upos
                feats[key][feats_column(kept(node.feats))] += 1
                lemmas[key][node.lemma] += 1
                upos[node.form.lower()][node.upos] += 1
        return Reference(dict(feats), dict(lemmas), dict(upos), first_names, epicene)


def kept(feats: Mapping[str, str]) -> dict[str, str]:
    """The features that the pipeline needs."""
    return {key: value for key, value in feats.items() if key in KEPT_FEATS}


def relation(deprel: str) -> str:
    """A relation without the subtypes that treebanks disagree on."""
    deprel = RELATIONS.get(deprel, deprel)
    return deprel if deprel in KEPT_SUBTYPES else deprel.partition(":")[0]


def harmonise(tree: Tree, reference: Reference | None = None) -> Tree:
    """The tree in the common scheme.

    Without ``reference`` (for the reference treebank and for test data) only features and relations are reduced.
    """
    nodes = []
    for node in tree.nodes:
        reduced = replace(node, feats=kept(node.feats), deprel=relation(node.deprel))
        nodes.append(_as_reference(reduced, reference) if reference else reduced)
    return turn_reporting_clause(replace(tree, nodes=tuple(nodes)))


def _as_reference(node: Node, reference: Reference) -> Node:
    form = node.form.lower()
    upos = _upos(form, node.upos, reference)
    key = form, upos
    lemma, feats = node.lemma, dict(node.feats)
    lemmas = reference.lemmas.get(key)
    if lemmas and (upos in CLOSED or lemma == "_") and lemma not in lemmas:
        lemma = lemmas.most_common(1)[0][0]
    if upos != "PROPN" and "_" in lemma.strip("_"):
        lemma = lemma.split("_")[0]  # FQB gives the lemma of a fixed expression to its first word
    if lemma in ("", "_"):
        lemma = form if form != "_" else node.form
    known = reference.feats.get(key)
    if upos in CLOSED or upos == "PROPN":
        if known and known[feats_column(feats)] <= 0.05 * sum(known.values()):
            feats = feats_of(known.most_common(1)[0][0])
        elif known and upos == "PROPN" and not feats:
            feats = feats_of(known.most_common(1)[0][0])
        elif not known and upos == "NUM":
            feats = {}
        elif not known and upos == "PROPN" and form in reference.first_names:
            feats = {"Gender": reference.first_names[form], "Number": "Sing"}
    elif known and feats_column(feats) not in known and sum(known.values()) >= 3:
        best = feats_of(known.most_common(1)[0][0])
        if upos == "ADJ" and best.get("Number") == feats.get("Number") and "Gender" not in best:
            feats = best
        elif upos == "NOUN" and (not feats or set(feats) < set(best)):
            feats = best
    elif not known and upos == "ADJ" and form in reference.epicene:
        feats.pop("Gender", None)
    return replace(node, upos=upos, lemma=lemma, feats=feats)


def _upos(form: str, upos: str, reference: Reference) -> str:
    """The reference's category where it knows the form well, has only one, and that one is closed-class."""
    known = reference.upos.get(form)
    if not known or upos in known or sum(known.values()) < 10:
        return upos
    best, count = known.most_common(1)[0]
    certain = count >= 0.9 * sum(known.values())
    return best if certain and (best in CLOSED or form == "%") and upos not in ("NOUN", "NUM", "VERB") else upos


def turn_reporting_clause(tree: Tree) -> Tree:
    """Make the quotation the head of a reporting clause that follows or interrupts it.

    PUD puts the reporting verb at the root with the quotation as its parataxis or ccomp (« Oui », *dit-il*);
    Sequoia and GSD make the quotation the root and the reporting clause its parataxis.
    """
    for number, node in enumerate(tree.nodes, 1):
        if node.upos != "VERB" or node.lemma not in SPEECH_VERBS:
            continue
        if not any(child > number and tree.nodes[child - 1].deprel == "nsubj" for child in tree.children(number)):
            continue
        quotation = [
            child
            for child in tree.children(number)
            if child < number
            and tree.nodes[child - 1].deprel in ("parataxis", "ccomp")
            and not any(tree.nodes[c - 1].deprel == "mark" for c in tree.children(child))
        ]
        if len(quotation) == 1 and node.deprel != "parataxis":
            tree = _swap(tree, number, quotation[0])
    return tree


def _swap(tree: Tree, verb: int, quotation: int) -> Tree:
    """Give the quotation's head word the verb's place, and hang the verb under it."""
    old = tree.nodes[verb - 1]
    tree = with_node(tree, quotation, head=old.head, deprel=old.deprel)
    tree = with_node(tree, verb, head=quotation, deprel="parataxis")
    for child in tree.children(verb):
        node = tree.nodes[child - 1]
        final = node.deprel == "punct" and (child == len(tree.nodes) or node.form in QUOTE_MARKS)
        if final or (child < quotation and node.deprel in ("punct", "advmod", "cc", "discourse", "obl")):
            tree = with_node(tree, child, head=quotation)
    return tree
