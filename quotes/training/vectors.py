"""Word vectors from press text, with vectors for forms that the press text lacks.

word2vec (skip-gram) gives the vectors of the commonest words. Rarer forms of the treebanks and the lexicon get the
vector that a linear map predicts from two other views of the form: fastText (what its letters say, Bojanowski et al.,
2017) and the words right beside it (positive pointwise mutual information, reduced).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotes.errors import QuotesError

Matrix = NDArray[np.float32]
SIZE = 100


def _gensim() -> Any:
    try:
        import gensim.models
    except ImportError as error:
        raise QuotesError(f"gensim cannot be imported ({error}).", "Run `pip install gensim scikit-learn`.") from error
    return gensim.models


def word2vec(lines: Path, seed: int, epochs: int = 4, size: int = SIZE) -> tuple[list[str], Matrix]:
    """Skip-gram vectors, window 5, of words seen five times and more, the commonest first."""
    model = _gensim().Word2Vec(
        corpus_file=str(lines), sg=1, vector_size=size, window=5, min_count=5, epochs=epochs, workers=1, seed=seed
    )
    return list(model.wv.index_to_key), np.asarray(model.wv.vectors, dtype=np.float32)


def fasttext(lines: Path, seed: int, epochs: int = 5, size: int = SIZE) -> Any:
    """fastText vectors (letters in threes to fives, window 3); gensim's keyed vectors, which know every form."""
    model = _gensim().FastText(
        corpus_file=str(lines), sg=1, vector_size=size, window=3, min_count=4, min_n=3, max_n=5, bucket=200_000,
        epochs=epochs, sample=1e-4, alpha=0.05, workers=1, seed=seed,
    )  # fmt: skip
    return model.wv


def neighbours(lines: Path, seed: int, size: int = 64, contexts: int = 12_000) -> tuple[list[str], Matrix]:
    """Vectors from the two words on either side, each place counted apart, by truncated singular values."""
    import scipy.sparse as sparse
    from sklearn.utils.extmath import randomized_svd

    with lines.open(encoding="utf-8") as stream:
        counts = Counter(word for line in stream for word in line.split())
    words = [word for word, count in counts.most_common() if count >= 4]
    number = {word: i for i, word in enumerate(words)}
    stretch: list[int] = []
    with lines.open(encoding="utf-8") as stream:
        for line in stream:
            stretch += [number.get(word, -1) for word in line.split()] + [-2, -2, -2]
    ids = np.array(stretch, dtype=np.int64)
    contexts = min(contexts, len(words))
    blocks = []
    for offset in (-2, -1, 1, 2):
        one, other = (ids[-offset:], ids[:offset]) if offset < 0 else (ids[:-offset], ids[offset:])
        known = (one >= 0) & (((other >= 0) & (other < contexts)) | (other == -2))
        one, other = one[known], np.where(other[known] == -2, contexts, other[known])
        keys, amounts = np.unique(one * (contexts + 1) + other, return_counts=True)
        rows, columns = keys // (contexts + 1), keys % (contexts + 1)
        of_word = np.bincount(rows, amounts, len(words))
        of_context = np.bincount(columns, amounts, contexts + 1) ** 0.75
        of_context /= of_context.sum()
        information = np.log(amounts / (np.maximum(of_word[rows], 1) * of_context[columns] + 1e-12))
        kept = information > 0
        shape = (len(words), contexts + 1)
        blocks.append(sparse.csr_matrix((information[kept], (rows[kept], columns[kept])), shape=shape))
    left, values, _ = randomized_svd(sparse.hstack(blocks).tocsr(), size, n_iter=3, random_state=seed)
    return words, (left * np.sqrt(values)).astype(np.float32)


def unit_rows(matrix: Matrix) -> Matrix:
    """The rows at length one (rows of zeros stay)."""
    return matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-6)


def linear_map(source: Matrix, target: Matrix, penalty: float = 10.0) -> Matrix:
    """The matrix (one more row, for the constant) that best takes the rows of ``source`` to those of ``target``."""
    extended = np.c_[source, np.ones(len(source), dtype=source.dtype)]
    solution = np.linalg.solve(extended.T @ extended + penalty * np.eye(extended.shape[1]), extended.T @ target)
    return np.asarray(solution, dtype=np.float32)


def with_rare_forms(
    words: Sequence[str], vectors: Matrix, forms: Sequence[str], views: Matrix, view_of: dict[str, int]
) -> tuple[list[str], Matrix]:
    """The words and vectors, and after them ``forms`` that aren't among them, mapped from their view."""
    shared = [i for i, word in enumerate(words) if word in view_of]
    mapping = linear_map(views[[view_of[words[i]] for i in shared]], vectors[shared])
    present = set(words)
    new = [form for form in dict.fromkeys(forms) if form not in present and form in view_of and " " not in form]
    if not new:
        return list(words), vectors
    rows = views[[view_of[form] for form in new]]
    mapped = np.c_[rows, np.ones(len(rows), dtype=rows.dtype)] @ mapping
    return [*words, *new], np.concatenate([vectors, mapped.astype(np.float32)])


def views_of(forms: Sequence[str], letters: Any, words: Sequence[str], beside: Matrix) -> tuple[Matrix, dict[str, int]]:
    """For each form its fastText vector and its vector by neighbours, side by side, each at length one.

    A form that the press text lacks takes the neighbours of the forms nearest by fastText.
    """
    by_letters = np.stack([letters[form] for form in forms]).astype(np.float32)
    by_letters = unit_rows(by_letters - by_letters[:20_000].mean(axis=0))
    place = {word: i for i, word in enumerate(words)}
    beside = unit_rows(beside)
    known = np.array([i for i, form in enumerate(forms) if form in place])
    result = np.zeros((len(forms), beside.shape[1]), dtype=np.float32)
    result[known] = beside[[place[forms[i]] for i in known]]
    base = known[:30_000]
    for i, form in enumerate(forms):
        if form not in place:
            similar = by_letters[base] @ by_letters[i]
            nearest = np.argpartition(-similar, min(8, len(similar) - 1))[:8]
            weights = np.maximum(similar[nearest], 0.01) ** 3
            result[i] = np.average(result[base[nearest]], axis=0, weights=weights)
    return np.concatenate([by_letters, unit_rows(result)], axis=1), {form: i for i, form in enumerate(forms)}


SPECIAL = 4
"""Rows that Stanza's vocabularies begin with: padding, unknown, empty, root."""


def save(path: Path, words: Sequence[str], vectors: Matrix, shared: Mapping[str, int] | None = None) -> None:
    """Write vectors as Stanza reads them (``wordvec_pretrain_file``).

    ``shared``: words without a vector of their own, and the place among ``words`` of the one whose vector they share.
    """
    import torch
    from stanza.models.common.pretrain import PretrainedWordVocab

    table = np.concatenate([np.zeros((SPECIAL, vectors.shape[1]), dtype=np.float32), vectors])
    vocab = PretrainedWordVocab(list(words)).state_dict()
    sharing = {word: place + SPECIAL for word, place in (shared or {}).items()}
    vocab["_unit2id"] = sharing | dict(vocab["_unit2id"])
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"vocab": vocab, "emb": torch.from_numpy(table)}, path, _use_new_zipfile_serialization=False)
