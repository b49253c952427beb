"""Trees from Stanza (Qi et al., 2020). The only file that imports stanza."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from quotes.errors import ModelError
from quotes.model import Extent, Parse, Sentence, Word
from quotes.parse.decoding import one_root_tree

PROCESSORS = "tokenize,mwt,pos,lemma,depparse"
_FIRST_AID = "Run `quotes models` to see which models are usable and how to get one."


class StanzaParser:
    """A Stanza pipeline for French read from ``folder`` (Stanza's own directory layout), without the network.

    Raises ModelError if the folder holds no usable model.
    """

    def __init__(self, folder: Path, package: str | None = None) -> None:
        self.folder = folder
        resources = folder / "resources.json"
        if not resources.is_file():
            raise ModelError(f"No French model in {folder}: {resources.name} is missing.", _FIRST_AID)
        self._package = package

    @cached_property
    def version(self) -> str:
        """A hash of the names and sizes of the model's files: another model, another version."""
        files = sorted(p for p in (self.folder / "fr").rglob("*.pt"))
        listing = "\n".join(f"{p.relative_to(self.folder)} {p.stat().st_size}" for p in files)
        resources = (self.folder / "resources.json").read_bytes()
        return hashlib.sha256(listing.encode() + resources).hexdigest()[:16]

    @cached_property
    def _pipeline(self) -> Any:
        try:
            import stanza
            from stanza.models.depparse import model as graph_parser
        except ImportError as error:
            raise ModelError(f"Stanza cannot be imported ({error}).", "Run `pip install stanza`.") from error
        search = graph_parser.chuliu_edmonds_one_root
        if not isinstance(search, partial):  # once a process: the same trees, without a search where none is needed
            graph_parser.chuliu_edmonds_one_root = partial(one_root_tree, exact=search)
        logging.getLogger("stanza").setLevel(logging.ERROR)
        try:
            with _without_compiler():
                return stanza.Pipeline(
                    "fr",
                    dir=str(self.folder),
                    package=self._package or "default",
                    processors=PROCESSORS,
                    download_method=None,
                    use_gpu=False,
                    verbose=False,
                    tokenize_batch_size=64,
                    lemma_store_results=True,
                )
        except Exception as error:  # whatever is wrong with the files, the user needs one clear sentence
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise ModelError(f"The French model in {self.folder} cannot be loaded ({reason}).", _FIRST_AID) from error

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """Trees of several texts, batched across them. Offsets point into each text."""
        full = [i for i, text in enumerate(texts) if text.strip()]
        parses = [Parse(()) for _ in texts]
        if full:
            for i, document in zip(full, self._pipeline.bulk_process([texts[i] for i in full]), strict=True):
                parses[i] = Parse(tuple(_sentence(s) for s in document.sentences if s.words))
        return parses


@contextmanager
def _without_compiler() -> Iterator[None]:
    """Stanza gives optimizers to what it loads, and the first one made costs the import of torch's compiler, only to be
    exempt from it: a third of the time that a single article takes. Here they are made without that exemption."""
    import inspect

    from torch.optim import Optimizer

    exempt = Optimizer.add_param_group
    Optimizer.add_param_group = inspect.unwrap(exempt)  # type: ignore[method-assign]
    try:
        yield
    finally:
        Optimizer.add_param_group = exempt  # type: ignore[method-assign]


def _sentence(sentence: Any) -> Sentence:
    words: list[Word] = []
    for token in sentence.tokens:
        extent = Extent(token.start_char, token.end_char)
        for word in token.words:
            words.append(
                Word(
                    index=len(words),
                    text=word.text,
                    lemma=(word.lemma or word.text).lower() if word.upos != "PROPN" else word.lemma or word.text,
                    upos=word.upos,
                    feats=_features(word.feats),
                    head=(word.head or 0) - 1,
                    deprel=word.deprel or "dep",
                    extent=extent,
                )
            )
    return Sentence(tuple(words))


@lru_cache(maxsize=4096)
def _features(feats: str | None) -> Mapping[str, str]:
    """``Gender=Masc|Number=Sing`` as a read-only mapping; there are few different ones, so they are shared."""
    pairs = (pair.partition("=") for pair in (feats or "").split("|") if "=" in pair)
    return MappingProxyType({key: value for key, _, value in pairs})


def download(folder: Path, package: str = "default") -> None:
    """Fetch Stanza's official French models of ``package`` into ``folder``. Raises ModelError, offline above all."""
    try:
        import stanza

        stanza.download("fr", model_dir=str(folder), package=package, processors=PROCESSORS, verbose=False)
    except Exception as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(
            f"Stanza's French model could not be fetched ({reason}).",
            "Is there a connection to huggingface.co and raw.githubusercontent.com? The model that comes with quotes"
            " works without.",
        ) from error
