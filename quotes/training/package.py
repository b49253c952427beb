"""From training checkpoints to the folder that is shipped: half precision, no paths, dictionaries filled in."""

from __future__ import annotations

import gzip
import hashlib
import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from quotes.training.conllu import Tree
from quotes.training.harmonise import CLOSED
from quotes.training.lexicon import Form

PACKAGE = "press"
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
NEEDS_VECTORS = ("pos", "depparse", "ner")
ANY_CATEGORY = "*"
"""Stanza's key for lemmas that don't depend on the category."""
NOT_SHIPPED = ("optimizer_state_dict", "scheduler_state_dict", "dev_score_history")
CONTRACTED = {
    "du": "de le",
    "des": "de les",
    "au": "à le",
    "aux": "à les",
    "auquel": "à lequel",
    "auxquels": "à lesquels",
    "auxquelles": "à lesquelles",
    "duquel": "de lequel",
    "desquels": "de lesquels",
    "desquelles": "de lesquelles",
    "dudit": "de ledit",
    "desdits": "de lesdits",
    "desdites": "de lesdites",
    "audit": "à ledit",
}


def halved(value: Any) -> Any:
    """The value with every 32-bit float tensor in 16 bits, mappings and lists walked through."""
    if isinstance(value, torch.Tensor):
        return value.half() if value.dtype == torch.float32 else value
    if isinstance(value, Mapping):
        return {key: halved(item) for key, item in value.items()}
    if isinstance(value, list):
        return [halved(item) for item in value]
    return value


def shipped(checkpoint: Mapping[str, Any]) -> dict[str, Any]:
    """A checkpoint as it is shipped: no optimizer, no paths of the training machine, weights in half precision."""
    result = {key: value for key, value in checkpoint.items() if key not in NOT_SHIPPED}
    config = {
        key: None if isinstance(value, str) and (key.endswith(("_file", "_dir", "_name")) or "/" in value) else value
        for key, value in checkpoint.get("config", {}).items()
    }
    result["config"] = config
    if "model" in result:
        result["model"] = halved(result["model"])
    return result


def with_vocabulary_of(checkpoint: Mapping[str, Any], vectors: Mapping[str, Any]) -> dict[str, Any]:
    """An NER checkpoint with the words of other vectors: the NER tagger keeps the list of words that it was given.

    The vectors it was trained with must be the first of the others, in the same order.
    """
    old, new = checkpoint["vocab"]["word"]["_id2unit"], vectors["vocab"]["_id2unit"]
    if list(new[: len(old)]) != list(old):
        raise ValueError("The NER tagger was trained with other word vectors: train it again with these.")
    word = {**checkpoint["vocab"]["word"], "_id2unit": new, "_unit2id": {unit: i for i, unit in enumerate(new)}}
    return {**checkpoint, "vocab": {**checkpoint["vocab"], "word": word}}


def contractions() -> dict[str, str]:
    """Contractions and what they stand for, in lower case, with a capital, and in capitals."""
    result = dict(CONTRACTED)
    for form, words in CONTRACTED.items():
        result[form.capitalize()] = words[0].upper() + words[1:]
        result[form.upper()] = words.upper()
    return result


def expander() -> dict[str, Any]:
    """The checkpoint of the expander of contractions: a dictionary, nothing learnt."""
    filled = contractions()
    units = ["<PAD>", "<UNK>", "<SOS>", "<EOS>", *sorted(set("".join([*filled, *filled.values()])))]
    places = {unit: i for i, unit in enumerate(units)}
    vocab = {"lang": "fr_press", "idx": 0, "cutoff": 0, "lower": False, "_unit2id": places, "_id2unit": units}
    config = {"lang": "fr", "shorthand": "fr_press", "dict_only": True, "ensemble_dict": True, "batch_size": 50,
              "beam_size": 1, "max_dec_len": 50, "vocab_size": len(units)}  # fmt: skip
    return {"model": None, "dict": filled, "vocab": vocab, "config": config}


def lemma_dictionary(
    trees: Sequence[Tree], forms: Iterable[Form], known: Mapping[str, Mapping[str, str]] | None = None
) -> dict[str, dict[str, str]]:
    """Category -> form -> lemma, with ``*`` for any category.

    The treebanks come first, then the form lexicon for open categories, then ``known``. Forms get their capitalised
    twin, so that the first word of a sentence is found; those of the treebanks get twins in capitals too, with accents
    and without, for titles.
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for tree in trees:
        for node in tree.nodes:
            counts[node.upos, node.form][node.lemma] += 1
    of_trees = frozenset(counts)
    for row in forms:
        if row.upos not in CLOSED and row.lemma != "_" and (row.upos, row.form) not in counts:
            counts[row.upos, row.form][row.lemma] += row.frequency
    for category, entries in (known or {}).items():
        if category != ANY_CATEGORY:
            for form, lemma in entries.items():
                if (category, form) not in counts:
                    counts[category, form][lemma] += 1
    result: dict[str, dict[str, str]] = defaultdict(dict)
    for (category, form), lemmas in counts.items():
        result[category][form] = lemmas.most_common(1)[0][0]
    for category, entries in result.items():
        if category != "PROPN":
            for form, lemma in list(entries.items()):
                entries.setdefault(form[:1].upper() + form[1:], lemma)
                if (category, form) in of_trees and len(form) > 1:
                    entries.setdefault(form.upper(), lemma)
                    entries.setdefault(_without_accents(form.upper()), lemma)
    return dict(result)


def _without_accents(form: str) -> str:
    decomposed = unicodedata.normalize("NFD", form)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def packed(dictionary: Mapping[str, Mapping[str, str]]) -> bytes:
    """A lemma dictionary as Stanza's checkpoints hold it; the same bytes for the same dictionary."""
    ordered = {category: dict(sorted(entries.items())) for category, entries in sorted(dictionary.items())}
    return gzip.compress(json.dumps(ordered, ensure_ascii=False).encode(), compresslevel=9, mtime=0)


def unpacked(data: bytes) -> dict[str, dict[str, str]]:
    """The dictionary in a lemmatizer's checkpoint."""
    dictionary: dict[str, dict[str, str]] = json.loads(gzip.decompress(data))
    return dictionary


def resources(processors: Sequence[str] = PROCESSORS) -> dict[str, Any]:
    """``resources.json``: what Stanza finds in the folder, without any address to download from."""
    vectors = [{"model": "pretrain", "package": PACKAGE}]
    french: dict[str, Any] = {
        "lang_name": "French",
        "default_processors": dict.fromkeys(processors, PACKAGE),
        "default_dependencies": {name: vectors for name in processors if name in NEEDS_VECTORS},
        "packages": {"default": dict.fromkeys(processors, PACKAGE)},
        "pretrain": {PACKAGE: {}},
    }
    for name in processors:
        french[name] = {PACKAGE: {"dependencies": vectors} if name in NEEDS_VECTORS else {}}
    return {"fr": french}


def write(target: Path, checkpoints: Mapping[str, Mapping[str, Any]], vectors: Mapping[str, Any]) -> int:
    """Write the folder that ``stanza.Pipeline("fr", dir=target, download_method=None)`` reads; its size in bytes."""
    for name, checkpoint in checkpoints.items():
        path = target / "fr" / name / f"{PACKAGE}.pt"
        path.parent.mkdir(parents=True, exist_ok=True)
        torch.save(shipped(checkpoint), path, _use_new_zipfile_serialization=False)
    path = target / "fr" / "pretrain" / f"{PACKAGE}.pt"
    path.parent.mkdir(parents=True, exist_ok=True)
    # Stanza uses the vectors as they are, next to 32-bit layers: they stay in 32 bits
    torch.save(dict(vectors), path, _use_new_zipfile_serialization=False)
    found = [name for name in PROCESSORS if (target / "fr" / name / f"{PACKAGE}.pt").exists()]
    digest = hashlib.sha256()
    for name in (*found, "pretrain"):
        digest.update((target / "fr" / name / f"{PACKAGE}.pt").read_bytes())
    # another digest, another version of the model: what was parsed with the one before is parsed again
    content = resources(found) | {"digest": digest.hexdigest()}
    (target / "resources.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
