"""Raw press text as lines of words, for word vectors."""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Iterator
from pathlib import Path

from quotes.errors import QuotesError
from quotes.model import INVISIBLE

_CLITICS = "je|tu|il|elle|on|nous|vous|ils|elles|ce|moi|toi|le|la|les|lui|leur|y|en|ci|là"
_WORD = re.compile(
    rf"""(?i:aujourd['’]hui|quelqu['’]une?s?)
    |-t-(?:il|elle|on)s?\b|-(?:{_CLITICS})\b
    |(?i:(?:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|quoiqu)['’])(?=\w)
    |\d+(?:[.,\s]\d{{3}})*(?:[.,]\d+)?
    |\b(?:M|MM|Mme|Mlle|Me|Dr|St|Mgr)\.(?=\s)
    |\w+(?:-(?!t-(?:il|elle|on)|(?:{_CLITICS})\b)\w+)*
    |\.{{2,}}|[^\w\s]""",
    re.VERBOSE,
)
_SENTENCE = re.compile(r'(?<=[.!?…])\s+(?=[A-ZÉÀÈ"«“])|(?<=[a-zéèà0-9)"»][.!?])(?=[A-ZÉÀÈ"«“])')
_PARAGRAPH = re.compile(r'.{200,500}?(?:[.!?…]["»”]?(?=\s)|$)')


def articles(path: Path) -> Iterator[str]:
    """The texts of a corpus: JSON lines (``title``, ``heading``, ``text``) or plain lines; either may be in ``.xz``."""
    if not path.is_file():
        raise QuotesError(f"{path}: no such corpus.", "Give a .jsonl or .txt file, or one of them in .xz.")
    reader = lzma.open if path.suffix == ".xz" else open
    with reader(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            if ".jsonl" in path.name:
                row = json.loads(line)
                yield from (row[key] for key in ("title", "heading", "text") if row.get(key))
            else:
                yield line


def lines_of_words(text: str) -> Iterator[list[str]]:
    """The sentences of a text as lowercased words, glued sentences cut apart; long numbers become ``0``."""
    for sentence in _SENTENCE.split(INVISIBLE.sub("", text)):
        words = [word.lower().replace("’", "'") for word in _WORD.findall(sentence)]
        if words:
            yield ["0" if word[0].isdigit() and len(word) > 4 else word for word in words]


def write_lines(source: Path, target: Path) -> int:
    """Write a corpus one sentence a line, words apart; the number of words."""
    count = 0
    with target.open("w", encoding="utf-8") as stream:
        for text in articles(source):
            for words in lines_of_words(text):
                stream.write(" ".join(words) + "\n")
                count += len(words)
    return count


def sample(source: Path, words: int, titles: int, seed: int) -> tuple[list[str], list[str]]:
    """Paragraphs of about ``words`` words in all, and ``titles`` lines without a final mark (titles), at random."""
    texts = [text.strip().replace("\n", " ") for text in articles(source)]
    random.Random(seed).shuffle(texts)
    paragraphs: list[str] = []
    count = 0
    for text in texts:
        if count >= words:
            break
        for paragraph in _PARAGRAPH.findall(text) if len(text) > 200 else ():
            paragraphs.append(paragraph.strip())
            count += paragraph.count(" ") + 1
    bare = [text for text in texts if 8 < len(text) < 110 and text[-1] not in '.!?…"»”']
    return paragraphs, bare[:titles]
