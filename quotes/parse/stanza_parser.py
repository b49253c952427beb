"""Trees from Stanza (Qi et al., 2020). The only file that imports stanza."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.errors import ModelError
from quotes.model import Extent, Parse, Sentence, Word

if TYPE_CHECKING:
    from quotes.parse.networks.reader import Reader

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
        """A hash of the model's files, names and contents: another model, another version."""
        digest = hashlib.sha256((self.folder / "resources.json").read_bytes())
        for path in sorted((self.folder / "fr").rglob("*.pt")):
            digest.update(path.relative_to(self.folder).as_posix().encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()[:16]

    @cached_property
    def _pipeline(self) -> Any:
        """Stanza's own pipeline, which loads the networks (and reads with them where :attr:`_reader` cannot)."""
        try:
            import stanza
            import torch
        except ImportError as error:
            raise ModelError(f"Stanza cannot be imported ({error}).", "Run `pip install stanza`.") from error
        logging.getLogger("stanza").setLevel(logging.ERROR)
        if "OMP_NUM_THREADS" not in os.environ:
            # the networks are small: a second thread gains little, and on a busy machine it costs several times as much
            torch.set_num_threads(1)
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
                    lemma_batch_size=256,
                )
        except Exception as error:  # whatever is wrong with the files, the user needs one clear sentence
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise ModelError(f"The French model in {self.folder} cannot be loaded ({reason}).", _FIRST_AID) from error

    @cached_property
    def _reader(self) -> Reader | None:
        """The networks in bulk; None for models of another make (language models over characters, transformers)."""
        from stanza.models.tokenization.utils import MASK_RE

        from quotes.parse.networks.lemmatizer import Lemmatizer
        from quotes.parse.networks.reader import Reader
        from quotes.parse.networks.tagger import Tagger
        from quotes.parse.networks.tokenizer import Tokenizer
        from quotes.parse.networks.trees import TreeParser

        by_name = self._pipeline.processors
        tokenize, mwt, pos, lemma, depparse = (by_name.get(name) for name in PROCESSORS.split(","))
        if not (
            Tokenizer.supports(tokenize)
            and mwt is not None
            and mwt.config["dict_only"]
            and Tagger.supports(pos)
            and Lemmatizer.supports(lemma)
            and TreeParser.supports(depparse)
        ):
            return None
        return Reader(
            Tokenizer.of(tokenize, MASK_RE),
            mwt.trainer.dict_expansion,
            Tagger.of(pos),
            Lemmatizer(lemma.trainer.pos_dict, partial(_guess_lemmas, lemma)),
            TreeParser.of(depparse),
        )

    def read(self, texts: Sequence[str]) -> list[Parse]:
        """The sentences of several texts, batched across them; with trees where the model is of another make."""
        if not any(text.strip() for text in texts):
            return [Parse(()) for _ in texts]
        if self._reader is not None:
            return [Parse(sentences) for sentences in self._reader.read(texts)]
        return self.parse_plainly(texts)

    def add_trees(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """The sentences that :meth:`read` gave without trees, with them."""
        if not sentences or self._reader is None:
            return list(sentences)
        return self._reader.add_trees(sentences)

    def parse_plainly(self, texts: Sequence[str]) -> list[Parse]:
        """Sentences with trees by Stanza's own pipeline, which knows models of every make, and takes its time."""
        full = [i for i, text in enumerate(texts) if text.strip()]
        parses = [Parse(()) for _ in texts]
        if full:
            for i, document in zip(full, self._pipeline.bulk_process([texts[i] for i in full]), strict=True):
                parses[i] = Parse(tuple(_sentence(s) for s in document.sentences if s.words))
        return parses


def _guess_lemmas(lemmatizer: Any, pairs: Sequence[tuple[str, str]]) -> list[str]:
    """The lemmas of (form, part of speech) by the lemmatizer's network."""
    from stanza.models.common.doc import Document

    words = [{"id": (i,), "text": form, "upos": upos} for i, (form, upos) in enumerate(pairs, 1)]
    document = lemmatizer.process(Document([words]))
    return [word.lemma for word in document.sentences[0].words]


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
    from quotes.parse.networks.reader import word_of

    words: list[Word] = []
    for token in sentence.tokens:
        extent = Extent(token.start_char, token.end_char)
        for word in token.words:
            head, relation = (word.head or 0) - 1, word.deprel or "dep"
            words.append(word_of(len(words), word.text, word.lemma, word.upos, word.feats, head, relation, extent))
    return Sentence(tuple(words))


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
