"""A parse as a few bytes a word, and back.

Columns of small numbers (gaps, lengths, heads as distances) and indices into tables of strings, compressed with
zlib. Surface forms are not stored: they lie in the article's text, and only what differs from it is kept. Lemmas
that equal the lower-cased form cost almost nothing. Nothing is ever executed on reading.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import accumulate, islice

from quotes.errors import DatabaseError
from quotes.model import Entity, Extent, Parse, Sentence, Word

_FORMAT = 1
# what ``_make`` does, without a call for each of the millions of words of an archive
_new_word = partial(tuple.__new__, Word)
_new_extent = partial(tuple.__new__, Extent)
# The common values come first and have fixed numbers, so that articles need not name them. Only append.
_UPOS = ("NOUN", "ADP", "DET", "PUNCT", "VERB", "PROPN", "ADJ", "PRON", "ADV", "AUX", "CCONJ", "NUM", "SCONJ", "X")
_DEPREL = (
    "case", "det", "punct", "nmod", "nsubj", "amod", "obl", "root", "obj", "advmod", "conj", "cc", "mark", "aux",
    "xcomp", "acl", "acl:relcl", "advcl", "appos", "cop", "flat:name", "nummod", "ccomp", "parataxis", "expl",
    "obl:arg", "obl:mod", "aux:tense", "aux:pass", "nsubj:pass", "fixed", "dep", "iobj", "expl:subj", "expl:comp",
    "expl:pass", "obl:agent", "dislocated", "csubj", "discourse", "vocative", "flat:foreign", "flat", "orphan",
)  # fmt: skip
_FEATS = ("",)
_LABELS = ("PER", "ORG", "LOC", "MISC")


def encode_parse(parse: Parse, text: str) -> bytes:
    """``parse`` of an article with ``text``, for the ``parses`` table."""
    words = [word for sentence in parse.sentences for word in sentence.words]
    upos, deprel, feats, strings, labels = _Table(_UPOS), _Table(_DEPREL), _Table(_FEATS), _Table(()), _Table(_LABELS)
    forms: list[int] = []
    lemmas: list[int] = []
    featured: list[int] = []
    numbers: dict[int, int] = {}  # the parser gives words of the same features the same mapping
    for word in words:
        key = id(word.feats)
        if key not in numbers:
            numbers[key] = feats.number(_feats_text(word.feats))
        featured.append(numbers[key])
        forms.append(0 if word.text == word.extent.of(text) else 1 + strings.number(word.text))
        if word.lemma == word.text.lower():
            lemmas.append(0)
        elif word.lemma == word.text:
            lemmas.append(1)
        else:
            lemmas.append(2 + strings.number(word.lemma))
    ends = [0, *(word.extent.end for word in words[:-1])]
    entity_ends = [0, *(entity.extent.end for entity in parse.entities[:-1])]
    columns: list[Iterable[int]] = [
        (len(sentence.words) for sentence in parse.sentences),
        (_zigzag(word.extent.start - end) for word, end in zip(words, ends, strict=False)),
        (_zigzag(word.extent.end - word.extent.start) for word in words),
        (upos.number(word.upos) for word in words),
        (deprel.number(word.deprel) for word in words),
        featured,
        (0 if word.head < 0 else _zigzag(word.head - word.index) for word in words),
        forms,
        lemmas,
        (_zigzag(entity.extent.start - end) for entity, end in zip(parse.entities, entity_ends, strict=False)),
        (_zigzag(entity.extent.end - entity.extent.start) for entity in parse.entities),
        (labels.number(entity.label) for entity in parse.entities),
    ]
    packed = [_pack(column) for column in columns]
    tables = json.dumps([t.added for t in (upos, deprel, feats, strings, labels)], ensure_ascii=False)
    packed.append(tables.encode("utf-8", "surrogatepass"))
    body = b"".join(_pack([len(part)]) + part for part in packed)
    return bytes([_FORMAT]) + zlib.compress(body, 9)


def decode_parse(data: bytes, text: str) -> Parse:
    """The parse that :func:`encode_parse` made of an article with the same ``text``.

    Raises :class:`DatabaseError` for data of another format or damaged data.
    """
    if not data or data[0] != _FORMAT:
        raise DatabaseError("A stored parse has a format of another version.", "Build with --force to parse again.")
    try:
        return _decoded(zlib.decompress(data[1:]), text)
    except (zlib.error, IndexError, ValueError) as error:
        raise DatabaseError(f"A stored parse is damaged ({error}).", "Build with --force to parse again.") from error


def _decoded(body: bytes, text: str) -> Parse:
    *packed, tables = _parts(body)
    added = json.loads(tables.decode("utf-8", "surrogatepass"))
    upos, deprel, feats, strings, labels = (
        [*fixed, *more] for fixed, more in zip((_UPOS, _DEPREL, _FEATS, (), _LABELS), added, strict=True)
    )
    feature_maps = [_feats_of(item) for item in feats]
    columns = [_unpack(part) for part in packed]
    counts, gaps, lengths, upos_at, deprel_at, feats_at, heads, forms, lemmas = columns[:9]
    indices = [index for count in counts for index in range(count)]
    extents = _extents(gaps, lengths)
    texts = [strings[form - 1] if form else text[start:end] for form, (start, end) in zip(forms, extents, strict=True)]
    columns_of_words = (
        indices,
        texts,
        [
            form.lower() if not lemma else form if lemma == 1 else strings[lemma - 2]
            for form, lemma in zip(texts, lemmas, strict=True)
        ],
        map(upos.__getitem__, upos_at),
        map(feature_maps.__getitem__, feats_at),
        [index + _unzigzag(head) if head else -1 for index, head in zip(indices, heads, strict=True)],
        map(deprel.__getitem__, deprel_at),
        extents,
    )
    words: Iterator[Word] = map(_new_word, zip(*columns_of_words, strict=True))
    sentences = tuple(Sentence(tuple(islice(words, count))) for count in counts)
    next(words, None)  # there is none, and that is checked
    entities = zip(_extents(columns[9], columns[10]), columns[11], strict=True)
    return Parse(sentences, tuple(Entity(extent, labels[kind]) for extent, kind in entities))


def _extents(gaps: Sequence[int], lengths: Sequence[int]) -> list[Extent]:
    """Extents, each told by how far it starts from the end of the one before, and by its length."""
    steps = (step for pair in zip(gaps, lengths, strict=True) for step in pair)
    bounds = list(accumulate(map(_unzigzag, steps)))
    return list(map(_new_extent, zip(bounds[::2], bounds[1::2], strict=True)))


class _Table:
    """Numbers for strings: the fixed ones first, others as they come."""

    def __init__(self, fixed: Sequence[str]) -> None:
        self._numbers = {item: i for i, item in enumerate(fixed)}
        self.added: list[str] = []

    def number(self, item: str) -> int:
        number = self._numbers.get(item)
        if number is None:
            number = self._numbers[item] = len(self._numbers)
            self.added.append(item)
        return number


def _zigzag(n: int) -> int:
    return n << 1 if n >= 0 else (-n << 1) - 1


def _unzigzag(n: int) -> int:
    return n >> 1 if not n & 1 else -((n + 1) >> 1)


def _pack(numbers: Iterable[int]) -> bytes:
    """Seven bits a byte, the high bit saying that more follow: one byte for almost every number here."""
    numbers = list(numbers)
    if not numbers or max(numbers) < 128:
        return bytes(numbers)
    packed = bytearray()
    for n in numbers:
        while n > 127:
            packed.append(n & 127 | 128)
            n >>= 7
        packed.append(n)
    return bytes(packed)


def _unpack(packed: bytes) -> Sequence[int]:
    if packed.isascii():
        return packed
    numbers: list[int] = []
    value = shift = 0
    for byte in packed:
        value |= (byte & 127) << shift
        if byte & 128:
            shift += 7
        else:
            numbers.append(value)
            value = shift = 0
    return numbers


def _parts(body: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(body):
        stop = at + 1
        while body[stop - 1] & 128:
            stop += 1
        length = _unpack(body[at:stop])[0]
        yield body[stop : stop + length]
        at = stop + length


def _feats_text(feats: Mapping[str, str]) -> str:
    return "|".join(f"{name}={value}" for name, value in sorted(feats.items()))


@lru_cache(maxsize=4096)
def _feats_of(text: str) -> Mapping[str, str]:
    """The same mapping for the same features, as thousands of words share them. Nobody changes it."""
    return dict(item.split("=", 1) for item in text.split("|")) if text else {}
