"""Values of the model to rows of the tables, and rows to the shape of ``quotes extract``."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from quotes.model import Analysis, Article, Extent, Parse, Quotation
from quotes.store.parses import encode_parse

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
Row = dict[str, Any]
#: The lemma of a form, for words that were not parsed.
LemmaOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Record:
    """One article with all that is to be stored of it: plain rows, cheap to send between processes.

    ``parse`` is the encoded parse, None where the stored one stays. ``versions`` has a version for each stage
    that ran.
    """

    article: Row
    quotations: tuple[Row, ...]
    parse: bytes | None
    versions: Mapping[str, str]


def content_hash(article: Article) -> str:
    """Sixteen hex digits over everything of ``article`` that can change what is found or shown."""
    day = article.date.isoformat() if article.date else None
    digest = hashlib.blake2b(digest_size=8)
    for part in (article.id, article.text, day, article.outlet, article.title, article.author, article.url):
        data = b"" if part is None else part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % (-1 if part is None else len(data)))
        digest.update(data)
    return digest.hexdigest()


def count_words(text: str) -> int:
    """Words as a reader counts them: *l'État* is one, *vis-à-vis* is one."""
    return len(_WORD.findall(text))


def article_row(article: Article, source: str | None) -> Row:
    """The row of ``articles`` but for ``added_at``."""
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "date": article.date.isoformat() if article.date else None,
        "url": article.url,
        "text": article.text,
        "words": count_words(article.text),
        "source": source,
        "content_hash": content_hash(article),
    }


def record_of(
    analysis: Analysis, versions: Mapping[str, str], *, source: str | None, lemma_of: LemmaOf, keep_parse: bool = True
) -> Record:
    """What is stored of ``analysis``. ``keep_parse`` is false where the stored parse is the one that was used."""
    article, parse = analysis.article, analysis.parse
    lemmas = Lemmas(article.text, parse, lemma_of)
    distinct = {quotation.id: quotation for quotation in reversed(analysis.quotations)}  # of one extent, the first
    return Record(
        article=article_row(article, source),
        quotations=tuple(
            quotation_row(quotation, article, lemmas.of(quotation.inner)) for quotation in reversed(distinct.values())
        ),
        parse=encode_parse(parse, article.text) if parse is not None and keep_parse else None,
        versions=versions,
    )


def quotation_row(quotation: Quotation, article: Article, lemmas: str) -> Row:
    """The row of ``quotations``. The ``resolved_*`` columns keep what the article said, before any decision."""
    text = article.text
    cue, mention, speaker = quotation.cue, quotation.mention, quotation.speaker
    name = speaker.name if speaker else None
    return {
        "id": quotation.id,
        "article_id": article.id,
        "start": quotation.extent.start,
        "end": quotation.extent.end,
        "inner_start": quotation.inner.start,
        "inner_end": quotation.inner.end,
        "text": quotation.text,
        "kind": quotation.kind,
        "level": quotation.level,
        "speaker": name,
        "speaker_id": speaker.speaker_id if speaker else None,
        "speaker_type": speaker.type if speaker else None,
        "speaker_forms": json.dumps(speaker.forms, ensure_ascii=False) if speaker else None,
        "speaker_gender": speaker.gender if speaker else None,
        "mention": mention.extent.of(text) if mention else None,
        "mention_start": mention.extent.start if mention else None,
        "mention_end": mention.extent.end if mention else None,
        "mention_form": mention.form if mention else None,
        "cue": cue.extent.of(text) if cue else None,
        "cue_start": cue.extent.start if cue else None,
        "cue_end": cue.extent.end if cue else None,
        "cue_lemma": cue.lemma if cue else None,
        "cue_category": cue.category if cue else None,
        "cue_stance": cue.stance if cue else None,
        "modality": cue.modality if cue else None,
        "relayed_by": quotation.relayed_by,
        "rule": quotation.rule,
        "because": quotation.because,
        "confidence": round(quotation.confidence, 4),
        "method": speaker.method if speaker else None,
        "score": round(speaker.score, 4) if speaker else None,
        "runners_up": _runners_up(quotation),
        "problem": quotation.problem,
        "lemmas": lemmas,
        "resolved_name": name,
        "resolved_id": speaker.speaker_id if speaker else None,
        "resolved_method": speaker.method if speaker else None,
    }


def _runners_up(quotation: Quotation) -> str | None:
    if quotation.speaker is None or not quotation.speaker.runners_up:
        return None
    candidates = [
        {"name": c.name, "score": round(c.score, 4), "evidence": c.evidence, "speaker_id": c.speaker_id}
        for c in quotation.speaker.runners_up
    ]
    return json.dumps(candidates, ensure_ascii=False)


class Lemmas:
    """The lemmas of an article's words by position: from the parse where there is one, else ``lemma_of``."""

    def __init__(self, text: str, parse: Parse | None, lemma_of: LemmaOf) -> None:
        self._text = text
        self._lemma_of = lemma_of
        self._parsed: dict[int, tuple[int, str]] = {}
        for sentence in parse.sentences if parse else ():
            for word in sentence.words:
                if word.upos != "PUNCT":  # of a contraction (*du*), the first word's: one lemma for each form
                    self._parsed.setdefault(word.extent.start, (word.extent.end, word.lemma))

    def of(self, extent: Extent) -> str:
        """The lemmas between the ends of ``extent``, separated by spaces."""
        lemmas: list[str] = []
        covered = extent.start
        for match in _TOKEN.finditer(self._text, extent.start, extent.end):
            if match.start() < covered:
                continue
            end, lemma = self._parsed.get(match.start(), (0, ""))
            if match.start() < end <= extent.end:
                covered = end
            else:
                lemma = self._lemma_of(match.group())
            lemmas.append(lemma)
        return " ".join(lemmas)


_TOKEN = re.compile(r"\w+(?:-\w+)*[’']?")


def extract_object(analysis: Analysis) -> Row:
    """What ``quotes extract`` prints for an article."""
    rows = [quotation_row(quotation, analysis.article, "") for quotation in analysis.quotations]
    return {"id": analysis.article.id, "quotations": [extract_row(row) for row in rows]}


def extract_row(row: Mapping[str, Any]) -> Row:
    """A row of ``quotations`` as one of the objects that ``quotes extract`` prints."""
    return {
        "start": row["start"],
        "end": row["end"],
        "kind": row["kind"],
        "speaker": row["speaker"],
        "speaker_id": row["speaker_id"],
        "speaker_type": row["speaker_type"],
        "mention": _pair(row["mention_start"], row["mention_end"]),
        "cue": _pair(row["cue_start"], row["cue_end"]),
        "cue_lemma": row["cue_lemma"],
        "relayed_by": row["relayed_by"],
        "rule": row["rule"],
        "confidence": row["confidence"],
    }


def _pair(start: int | None, end: int | None) -> list[int] | None:
    return None if start is None or end is None else [start, end]
