"""Small parsed texts for tests that need no model. The trees are those of the French model, corrected by hand.

A sentence is a string of words, each ``form|lemma|UPOS|head|relation`` with the features that the rules read behind
it where there are any (``Gender=Fem&Number=Sing``); heads count from 1, 0 is the root. All people are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from quotes.attribution.scene import Scene, make_scene
from quotes.detect import find_spans
from quotes.lexicon import load_lexicon
from quotes.model import Article, Extent, Parse, Quotation, Sentence, Word


@dataclass(frozen=True)
class Text:
    """A text with its sentences in the notation above; not all of a text need be parsed."""

    text: str
    sentences: tuple[str, ...]

    @property
    def article(self) -> Article:
        return Article("text", self.text)

    def parse(self) -> Parse:
        sentences, at = [], 0
        for sentence in self.sentences:
            words = []
            for index, notation in enumerate(sentence.split()):
                form, lemma, upos, head, relation, *features = notation.split("|")
                at = self.text.index(form, at)
                feats = dict(pair.split("=") for pair in features[0].split("&")) if features else {}
                extent = Extent(at, at + len(form))
                words.append(Word(index, form, lemma, upos, feats, int(head) - 1, relation, extent))
                at = extent.end
            sentences.append(Sentence(tuple(words)))
        return Parse(tuple(sentences))

    def scene(self) -> Scene:
        return make_scene(self.text, find_spans(self.text), self.parse(), lexicon())


lexicon = cache(load_lexicon)

_FINITE = "Mood=Ind&VerbForm=Fin"
INCISE = Text(
    "« Nous signons demain », a déclaré mardi à Genève la ministre, Claire Aubray.",
    (
        f"«|«|PUNCT|3|punct Nous|nous|PRON|3|nsubj|Number=Plur signons|signer|VERB|8|ccomp|{_FINITE}"
        " demain|demain|ADV|3|advmod »|»|PUNCT|3|punct ,|,|PUNCT|3|punct"
        f" a|avoir|AUX|8|aux:tense|{_FINITE} déclaré|déclarer|VERB|0|root|VerbForm=Part&Tense=Past"
        " mardi|mardi|NOUN|8|obl à|à|ADP|11|case Genève|Genève|PROPN|8|obl"
        " la|le|DET|13|det|Gender=Fem&Number=Sing ministre|ministre|NOUN|8|nsubj|Gender=Fem&Number=Sing"
        " ,|,|PUNCT|15|punct Claire|Claire|PROPN|13|appos Aubray|Aubray|PROPN|15|flat:name .|.|PUNCT|8|punct",
    ),
)
COLON = Text(
    "Le maire de Sorgues, Paul Vidal, prévient : « La digue ne tiendra pas. »",
    (
        "Le|le|DET|2|det|Gender=Masc&Number=Sing maire|maire|NOUN|9|nsubj|Gender=Masc&Number=Sing de|de|ADP|4|case"
        " Sorgues|Sorgues|PROPN|2|nmod ,|,|PUNCT|6|punct Paul|Paul|PROPN|2|appos Vidal|Vidal|PROPN|6|flat:name"
        f" ,|,|PUNCT|6|punct prévient|prévenir|VERB|0|root|{_FINITE} :|:|PUNCT|15|punct «|«|PUNCT|15|punct"
        " La|le|DET|13|det|Gender=Fem&Number=Sing digue|digue|NOUN|15|nsubj|Gender=Fem&Number=Sing"
        f" ne|ne|ADV|15|advmod tiendra|tenir|VERB|9|ccomp|{_FINITE} pas|pas|ADV|15|advmod .|.|PUNCT|9|punct"
        " »|»|PUNCT|9|punct",
    ),
)
PREPOSITION = Text(
    "Selon Paul Vidal, c'est un « pas en avant ».",
    (
        "Selon|selon|ADP|2|case Paul|Paul|PROPN|9|obl Vidal|Vidal|PROPN|2|flat:name ,|,|PUNCT|2|punct"
        f" c'|ce|PRON|9|nsubj est|être|AUX|9|cop|{_FINITE} un|un|DET|9|det|Gender=Masc&Number=Sing «|«|PUNCT|9|punct"
        " pas|pas|NOUN|0|root|Gender=Masc&Number=Sing en|en|ADP|11|case avant|avant|ADV|9|advmod »|»|PUNCT|9|punct"
        " .|.|PUNCT|9|punct",
    ),
)
TITLE = Text(
    "Le film « Les Sables » sort mercredi.",
    (
        "Le|le|DET|2|det film|film|NOUN|7|nsubj «|«|PUNCT|5|punct Les|le|DET|5|det Sables|Sables|PROPN|2|nmod"
        f" »|»|PUNCT|5|punct sort|sortir|VERB|0|root|{_FINITE} mercredi|mercredi|NOUN|7|obl .|.|PUNCT|7|punct",
    ),
)
ROLES = Text(
    "La ministre des Ports, Claire Aubray, a reçu Paul Vidal, maire de Sorgues. Elle a promis une « aide rapide »."
    " Le maire a salué un « geste utile ».",
    (
        "La|le|DET|2|det|Gender=Fem&Number=Sing ministre|ministre|NOUN|10|nsubj|Gender=Fem&Number=Sing"
        " des|de|ADP|4|case Ports|port|NOUN|2|nmod|Gender=Masc&Number=Plur ,|,|PUNCT|6|punct"
        " Claire|Claire|PROPN|2|appos Aubray|Aubray|PROPN|6|flat:name ,|,|PUNCT|6|punct"
        f" a|avoir|AUX|10|aux:tense|{_FINITE} reçu|recevoir|VERB|0|root|VerbForm=Part&Tense=Past"
        " Paul|Paul|PROPN|10|obj Vidal|Vidal|PROPN|11|flat:name ,|,|PUNCT|14|punct"
        " maire|maire|NOUN|11|appos|Gender=Masc&Number=Sing de|de|ADP|16|case Sorgues|Sorgues|PROPN|14|nmod"
        " .|.|PUNCT|10|punct",
        f"Elle|lui|PRON|3|nsubj|Gender=Fem&Number=Sing a|avoir|AUX|3|aux:tense|{_FINITE}"
        " promis|promettre|VERB|0|root|VerbForm=Part&Tense=Past une|un|DET|6|det|Gender=Fem&Number=Sing"
        " «|«|PUNCT|6|punct aide|aide|NOUN|3|obj|Gender=Fem&Number=Sing rapide|rapide|ADJ|6|amod|Number=Sing"
        " »|»|PUNCT|6|punct .|.|PUNCT|3|punct",
        "Le|le|DET|2|det|Gender=Masc&Number=Sing maire|maire|NOUN|4|nsubj|Gender=Masc&Number=Sing"
        f" a|avoir|AUX|4|aux:tense|{_FINITE} salué|saluer|VERB|0|root|VerbForm=Part&Tense=Past"
        " un|un|DET|7|det|Gender=Masc&Number=Sing «|«|PUNCT|7|punct geste|geste|NOUN|4|obj|Gender=Masc&Number=Sing"
        " utile|utile|ADJ|7|amod|Number=Sing »|»|PUNCT|7|punct .|.|PUNCT|4|punct",
    ),
)
QUOTED_NAME = Text(
    "« Jean Morel ment », affirme Paul Vidal. Il dénonce un « scandale ».",
    (
        f"«|«|PUNCT|4|punct Jean|Jean|PROPN|4|nsubj Morel|Morel|PROPN|2|flat:name ment|mentir|VERB|7|ccomp|{_FINITE}"
        f" »|»|PUNCT|4|punct ,|,|PUNCT|4|punct affirme|affirmer|VERB|0|root|{_FINITE} Paul|Paul|PROPN|7|nsubj"
        " Vidal|Vidal|PROPN|8|flat:name .|.|PUNCT|7|punct",
        f"Il|lui|PRON|2|nsubj|Gender=Masc&Number=Sing dénonce|dénoncer|VERB|0|root|{_FINITE}"
        " un|un|DET|5|det|Gender=Masc&Number=Sing «|«|PUNCT|5|punct"
        " scandale|scandale|NOUN|2|obj|Gender=Masc&Number=Sing »|»|PUNCT|5|punct .|.|PUNCT|2|punct",
    ),
)
CATAPHORA = Text(
    "« Je reviendrai », avait-il promis. Paul Vidal est revenu.",
    (
        f"«|«|PUNCT|3|punct Je|moi|PRON|3|nsubj reviendrai|revenir|VERB|8|ccomp|{_FINITE} »|»|PUNCT|3|punct"
        f" ,|,|PUNCT|3|punct avait|avoir|AUX|8|aux:tense|{_FINITE} -il|lui|PRON|8|nsubj|Gender=Masc&Number=Sing"
        " promis|promettre|VERB|0|root|VerbForm=Part&Tense=Past .|.|PUNCT|8|punct",
        f"Paul|Paul|PROPN|4|nsubj Vidal|Vidal|PROPN|1|flat:name est|être|AUX|4|aux:tense|{_FINITE}"
        " revenu|revenir|VERB|0|root|VerbForm=Part&Tense=Past .|.|PUNCT|4|punct",
    ),
)
CONTINUATION = Text(
    "« La digue ne tiendra pas », prévient Paul Vidal.\n« Nous partirons demain matin. »",
    (
        f"«|«|PUNCT|5|punct La|le|DET|3|det digue|digue|NOUN|5|nsubj ne|ne|ADV|5|advmod"
        f" tiendra|tenir|VERB|9|ccomp|{_FINITE} pas|pas|ADV|5|advmod »|»|PUNCT|5|punct ,|,|PUNCT|5|punct"
        f" prévient|prévenir|VERB|0|root|{_FINITE} Paul|Paul|PROPN|9|nsubj Vidal|Vidal|PROPN|10|flat:name"
        " .|.|PUNCT|9|punct",
        f"«|«|PUNCT|3|punct Nous|nous|PRON|3|nsubj|Number=Plur partirons|partir|VERB|0|root|{_FINITE}"
        " demain|demain|ADV|3|advmod matin|matin|NOUN|3|obl .|.|PUNCT|3|punct »|»|PUNCT|3|punct",
    ),
)
INDIRECT = Text(
    "Le préfet a annoncé que la route resterait fermée.",
    (
        "Le|le|DET|2|det|Gender=Masc&Number=Sing préfet|préfet|NOUN|4|nsubj|Gender=Masc&Number=Sing"
        f" a|avoir|AUX|4|aux:tense|{_FINITE} annoncé|annoncer|VERB|0|root|VerbForm=Part&Tense=Past"
        " que|que|SCONJ|8|mark la|le|DET|7|det|Gender=Fem&Number=Sing route|route|NOUN|8|nsubj|Gender=Fem&Number=Sing"
        f" resterait|rester|VERB|4|ccomp|{_FINITE} fermée|fermé|ADJ|8|xcomp|Gender=Fem&Number=Sing .|.|PUNCT|4|punct",
    ),
)


def said_by(quotation: Quotation) -> str | None:
    """The name of a quotation's speaker."""
    return quotation.speaker.name if quotation.speaker else None
