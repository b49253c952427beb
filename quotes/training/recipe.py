"""The recipe of the embedded model: resumable steps from treebanks and press text to the folder that is shipped.

Every step writes into the working folder and leaves a mark there when it is done; a step whose mark is there is not
done again. Stanza's own modules do the training, each in a process of its own.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from quotes.errors import QuotesError
from quotes.training import (
    conllu,
    corpus,
    lexicon,
    ner_data,
    noise,
    other_vectors,
    package,
    reporting,
    scoring,
    spacy_model,
    tokenizer_data,
    treebanks,
    vectors,
    warm_start,
)

Echo = Callable[[str], None]
REPORTED = 2400
"""Trees with reported speech added to the treebanks."""
COMMON_WORDS = 40_000
RARE_WORDS = 90_000
"""Words that share the vector of another, when a spaCy model knows which."""
SILVER_WORDS = 900_000
"""Words of press text that the initial model cuts for the tokenizer."""
TITLES = 9000
REFERENCE_TURNS = 16
"""How often the tokenizer's data has the sentences of the reference, each time made untidy in another way."""
TOKENIZER_WIDTH = 84
LENGTHS = {"tokenize": 10_000, "pos": 3000, "lemma": 12, "depparse": 4000, "ner": 3600}
REFINED = {"tokenize": 10_000, "pos": 2000, "depparse": 3000, "ner": 1000}
"""Steps of training from nothing (epochs for the lemmatizer), and from an initial model; ``Options.scale`` multiplies
them."""


@dataclass(frozen=True)
class Options:
    """Where the sources lie, and how long to train.

    ``initial`` is an earlier model (the folder that is shipped): its word vectors and its lemmatizer are kept, the
    tokenizer, the tagger and the parser go on from its weights. None trains from nothing. ``spacy`` is the name of a
    spaCy model that gives more word vectors and cuts text for the tokenizer; None does without.
    """

    treebanks: Path
    ner: Path
    lexicon: Path
    corpus: Path
    work: Path
    output: Path
    initial: Path | None = None
    vectors: Path | None = None
    spacy: str | None = None
    scale: float = 1.0
    seed: int = 1

    def length(self, processor: str) -> int:
        """How many steps to train a processor for."""
        steps = REFINED[processor] if self.initial and processor in REFINED else LENGTHS[processor]
        return max(1, round(steps * self.scale))

    def start(self, processor: str) -> str:
        """The checkpoint that a processor starts from, ``-`` for none."""
        if self.initial is None:
            return "-"
        path = self.initial / "fr" / processor / f"{package.PACKAGE}.pt"
        if not path.exists():
            raise QuotesError(
                f"{self.initial}: no {processor} model to start from.", "Give a folder with resources.json."
            )
        return str(path)


@dataclass(frozen=True)
class Step:
    """A step of the recipe: ``run`` gets the options and somewhere to report to."""

    name: str
    does: str
    run: Callable[[Options, Echo], None]


def run_module(module: str, arguments: Sequence[str], log: Path, echo: Echo) -> None:
    """Run a Python module, its output into ``log``, the lines that show progress to ``echo``."""
    environment = {"OMP_NUM_THREADS": "1", "MALLOC_TRIM_THRESHOLD_": "100000000000", "MALLOC_MMAP_MAX_": "0"}
    environment = environment | dict(os.environ)  # memory is kept between steps: handing it back costs half the time
    with log.open("a", encoding="utf-8") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment,
        )  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            stream.write(line)
            if any(sign in line for sign in ("dev_score", "Dev score", "dev score", "Best dev", " of ")):
                echo("  " + line.split("INFO:")[-1].strip())
        if process.wait():
            raise QuotesError(f"{module} stopped with an error.", f"Its last lines are in {log}.")


def make_treebanks(options: Options, echo: Echo) -> None:
    """Harmonise the treebanks, add reported speech and tagging errors."""
    forms, names = lexicon.read_forms(options.lexicon), lexicon.read_first_names(options.lexicon)
    banks = treebanks.load(options.treebanks, forms, names)
    built = reporting.with_reported_speech(banks.train, treebanks.material(banks, forms), REPORTED, options.seed + 6)
    folder = options.work / "treebanks"
    trees = [*banks.train, *built]
    conllu.write(folder / "base.conllu", banks.train)
    conllu.write(folder / "train.conllu", trees)
    conllu.write(folder / "parser.conllu", noise.with_tagging_errors(trees, options.seed + 2))
    again = treebanks.with_reference_again(options.treebanks, banks, built, options.seed)
    conllu.write(folder / "refine.conllu", again)
    conllu.write(folder / "refine.parser.conllu", noise.with_tagging_errors(again, options.seed + 4))
    conllu.write(folder / "dev.conllu", banks.dev)
    for name, test in banks.test.items():
        conllu.write(folder / f"test.{name}.conllu", test)
    echo(f"  {sum(len(tree.nodes) for tree in banks.train):,} words of treebanks, {len(built):,} trees built")


def make_vectors(options: Options, echo: Echo) -> None:
    """Take the initial model's word vectors, those given, or learn them; add what a spaCy model knows."""
    target = options.work / "vectors.pt"
    if options.initial:
        shutil.copyfile(options.initial / "fr" / "pretrain" / f"{package.PACKAGE}.pt", target)
    elif options.vectors:
        from stanza.models.common.pretrain import Pretrain

        Pretrain(str(target), str(options.vectors), -1).load()
    else:
        vectors.save(target, *_learnt_vectors(options, echo))
    if options.spacy:
        loaded = torch_file(target)
        words, known = loaded["vocab"]["_id2unit"][vectors.SPECIAL :], loaded["emb"].numpy()[vectors.SPECIAL :]
        other, rare = spacy_model.vectors(spacy_model.load(options.spacy), words, RARE_WORDS)
        shared = other_vectors.shared_rows(words, other, rare)
        wider = np.concatenate([known, other_vectors.added(known, words, other)], axis=1)
        vectors.save(target, words, wider, shared)
        echo(f"  {wider.shape[1]} dimensions, {len(shared):,} words that share a vector")


def _learnt_vectors(options: Options, echo: Echo) -> tuple[list[str], vectors.Matrix]:
    lines = options.work / "corpus.txt"
    echo(f"  {corpus.write_lines(options.corpus, lines):,} words of press text")
    words, common = vectors.word2vec(lines, options.seed)
    words, common = words[:COMMON_WORDS], common[:COMMON_WORDS]
    echo("  word2vec done")
    letters = vectors.fasttext(lines, options.seed)
    echo("  fastText done")
    beside_words, beside = vectors.neighbours(lines, options.seed)
    echo("  neighbours done")
    trees = conllu.read(options.work / "treebanks" / "base.conllu")
    rows = lexicon.read_forms(options.lexicon)
    rare = [node.form.lower() for tree in trees for node in tree.nodes]
    rare += [row.form.lower() for row in rows if row.frequency > 1 and row.form.isalpha()]
    forms = list(dict.fromkeys([*words, *beside_words[:45_000], *rare]))
    views, place = vectors.views_of(forms, letters, beside_words, beside)
    return vectors.with_rare_forms(words, common, forms, views, place)


def torch_file(path: Path) -> dict[str, Any]:
    """What ``torch.save`` wrote."""
    import torch

    loaded: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    return loaded


def _common(options: Options, processor: str) -> list[str]:
    language = [] if processor in ("lemma", "ner") else ["--lang", "fr"]  # these two know no --lang
    return [*language, "--shorthand", "fr_press", "--mode", "train", "--save_dir", str(options.work / "models"),
            "--save_name", f"{processor}.pt", "--seed", str(options.seed), "--cpu"]  # fmt: skip


def _trees(options: Options, train: str) -> list[str]:
    folder = options.work / "treebanks"
    return ["--train_file", str(folder / train), "--eval_file", str(folder / "dev.conllu")]


def _with_vectors(options: Options) -> list[str]:
    return ["--wordvec_pretrain_file", str(options.work / "vectors.pt")]


def _log(options: Options, processor: str) -> Path:
    (options.work / "models").mkdir(parents=True, exist_ok=True)
    return options.work / "models" / f"{processor}.log"


def train_tokenizer(options: Options, echo: Echo) -> None:
    """Train the tokenizer on untidy text."""
    folder = options.work / "tokenize"
    folder.mkdir(parents=True, exist_ok=True)
    base = conllu.read(options.work / "treebanks" / "base.conllu")
    built = conllu.read(options.work / "treebanks" / "train.conllu")[len(base) :]
    dev = conllu.read(options.work / "treebanks" / "dev.conllu")
    reference = conllu.read(options.treebanks / f"{treebanks.REFERENCE}-train.conllu")
    parts = [*tokenizer_data.paragraphs(base, options.seed), *tokenizer_data.paragraphs(built, options.seed + 1)]
    headings = tokenizer_data.headings_of([*base, *base, *base], options.seed + 8)
    for turn in range(REFERENCE_TURNS):  # the reference has titles without a final mark
        bare, headed = (0.1 if turn % 2 else 0.03), (headings if turn % 3 == 0 else ())
        parts += tokenizer_data.paragraphs(reference, options.seed + 20 + turn, glue=0.03, bare=bare, headings=headed)
    parts += tokenizer_data.paragraphs(base, options.seed + 4, bare=0.4, headings=headings)
    if options.initial is not None:
        parts += _press_paragraphs(options, options.initial, echo)
    chance = random.Random(options.seed)
    chance.shuffle(parts)
    parts.sort(key=lambda part: len(part[0]) > SURELY_READ)  # Stanza stops where it can use nothing of the first
    parts = [tokenizer_data.spaced_commas(part, chance) for part in parts]
    for name, chosen in (("train", parts), ("dev", [tokenizer_data.whole(dev)])):
        text, labels = tokenizer_data.joined(chosen)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        (folder / f"{name}.labels").write_text(labels, encoding="utf-8")
    expansions = [[[form, words.split()], 1] for form, words in package.CONTRACTED.items()]
    (folder / "contractions.json").write_text(json.dumps(expansions), encoding="utf-8")
    arguments = ["--txt_file", str(folder / "train.txt"), "--label_file", str(folder / "train.labels"),
                 "--dev_txt_file", str(folder / "dev.txt"), "--dev_label_file", str(folder / "dev.labels"),
                 "--dev_conll_gold", str(options.work / "treebanks" / "dev.conllu"), "--use_mwt",
                 "--mwt_json_file", str(folder / "contractions.json"), "--steps", str(options.length("tokenize")),
                 "--lr0", "0.002", "--eval_steps", "200", "--hidden_dim", str(TOKENIZER_WIDTH),
                 "--max_seqlen", "300", "--sent_drop_prob", "0.05",
                 "--last_char_drop_prob", "0.05", "--dropout", "0.2", "--unit_dropout", "0.15",
                 "--feat_unit_dropout", "0.15"]  # fmt: skip
    start = options.start("tokenize")
    run_module("quotes.training.fit", ["tokenizer", start, *_common(options, "tokenize"), *arguments],
               _log(options, "tokenize"), echo)  # fmt: skip


SURELY_READ = 200
"""Characters of a paragraph that the tokenizer's training never finds too long."""


def _press_paragraphs(options: Options, initial: Path, echo: Echo) -> list[tokenizer_data.Labelled]:
    """Press text as the initial model cuts it, titles in front of some of it; with a spaCy model, only what both cut
    alike. A share of it loses full stops, so that what ends a sentence beside them is learnt."""
    import stanza

    chance = random.Random(options.seed + 6)
    texts, titles = corpus.sample(options.corpus, SILVER_WORDS, TITLES, options.seed + 6)
    pipeline = stanza.Pipeline("fr", dir=str(initial), processors="tokenize,mwt", download_method=None,
                               verbose=False)  # fmt: skip
    cut = [tokenizer_data.as_cut(document) for document in pipeline.bulk_process(texts)]
    if options.spacy:
        theirs = spacy_model.cuts(spacy_model.load(options.spacy), texts)
        agreed = (spacy_model.labels(*text_and_labels, cuts) for text_and_labels, cuts in zip(cut, theirs, strict=True))
        cut = [(text, labels) for text, labels in zip(texts, agreed, strict=True) if labels]
        echo(f"  {len(cut):,} of {len(texts):,} paragraphs of press text cut alike")
    kept = [tokenizer_data.with_curly_apostrophes(part, chance) for part in cut]
    headings = []
    for title, document in zip(titles, pipeline.bulk_process(titles), strict=True):
        tokens = [(token.end_char, len(token.words) > 1) for s in document.sentences for token in s.tokens]
        headings.append(tokenizer_data.with_curly_apostrophes(tokenizer_data.heading(title, tokens), chance))
    short = [part for part in kept if len(part[0]) < 350]
    bare = [tokenizer_data.without_full_stops(part, chance) if chance.random() < 0.35 else part for part in kept]
    return [*bare, *tokenizer_data.headed(headings, short, options.seed + 7)]


def train_tagger(options: Options, echo: Echo) -> None:
    """Train categories and features."""
    if options.initial:
        _refine(options, "tagger", "pos", "refine.conllu", echo)
        return
    arguments = ["--hidden_dim", "150", "--char_hidden_dim", "64", "--deep_biaff_hidden_dim", "150",
                 "--composite_deep_biaff_hidden_dim", "50", "--word_cutoff", "7", "--batch_size", "40",
                 "--max_steps", str(options.length("pos")), "--lr", "0.003",
                 "--second_optim", "adam", "--second_lr", "0.0003", "--eval_interval", "150", "--fix_eval_interval",
                 "--max_steps_before_stop", "600"]  # fmt: skip
    common = [*_common(options, "pos"), *_trees(options, "train.conllu"), *_with_vectors(options)]
    run_module("quotes.training.fit", ["tagger", "-", *common, *arguments], _log(options, "pos"), echo)


def _refine(options: Options, kind: str, processor: str, trees: str, echo: Echo) -> None:
    """Go on from the initial model's tagger or parser."""
    folder = options.work / "treebanks"
    files = [options.start(processor), options.work / "vectors.pt", folder / trees, folder / "dev.conllu"]
    target = options.work / "models" / f"{processor}.pt"
    numbers = [str(options.length(processor)), str(options.seed)]
    log = _log(options, processor)
    run_module("quotes.training.refine", [kind, *map(str, files), str(target), *numbers], log, echo)


def train_lemmatizer(options: Options, echo: Echo) -> None:
    """Train the guesser of lemmas for forms that no dictionary has; an initial model's is kept as it is."""
    if options.initial:
        echo("  kept from the initial model; its dictionary is filled anew")
        return
    arguments = ["--num_epoch", str(options.length("lemma")), "--hidden_dim", "100"]
    common = [*_common(options, "lemma"), *_trees(options, "base.conllu")]
    run_module("stanza.models.lemmatizer", [*common, *arguments], _log(options, "lemma"), echo)


def train_parser(options: Options, echo: Echo) -> None:
    """Train heads and relations."""
    if options.initial:
        _refine(options, "parser", "depparse", "refine.parser.conllu", echo)
        return
    arguments = ["--no_xpos", "--no_ufeats", "--no_linearization", "--no_distance", "--hidden_dim", "200",
                 "--num_layers", "2", "--char_hidden_dim", "64", "--deep_biaff_hidden_dim", "100",
                 "--word_cutoff", "7", "--augment_nopunct", "0.1", "--batch_size", "1000", "--optim", "adam",
                 "--beta2", "0.98", "--lr", "0.003", "--no_second_optim",
                 "--plateau_steps", "240", "--plateau_decay", "0.6", "--eval_interval", "120",
                 "--max_steps", str(options.length("depparse")), "--max_steps_before_stop", "5000",
                 "--checkpoint_save_name", "depparse.checkpoint"]  # fmt: skip
    common = [*_common(options, "depparse"), *_trees(options, "parser.conllu"), *_with_vectors(options)]
    run_module("quotes.training.fit", ["parser", "-", *common, *arguments], _log(options, "depparse"), echo)


def train_ner(options: Options, echo: Echo) -> None:
    """Train named entities; the texts are cut into words by the new tokenizer."""
    import stanza
    import torch

    split = ner_data.read(options.ner)
    first = options.work / "first"
    package.write(first, {"tokenize": _checkpoint(options, "tokenize"), "mwt": package.expander()}, _loaded(options))
    cutter = stanza.Pipeline("fr", dir=str(first), processors="tokenize", download_method=None, verbose=False)
    for name, documents in (("train", split.train), ("dev", split.dev)):
        sentences = []
        for document, cut in zip(documents, cutter.bulk_process([d.text for d in documents]), strict=True):
            for sentence in cut.sentences:
                tokens = [(token.text, token.start_char, token.end_char) for token in sentence.tokens]
                tags = ner_data.bioes(tokens, document.entities)
                sentences.append([(text, tag) for (text, _, _), tag in zip(tokens, tags, strict=True)])
        ner_data.write(options.work / "ner" / f"{name}.json", sentences)
    arguments = ["--train_file", str(options.work / "ner" / "train.json"),
                 "--eval_file", str(options.work / "ner" / "dev.json"), "--hidden_dim", "150",
                 "--char_hidden_dim", "50", "--max_steps", str(options.length("ner")), "--eval_interval", "150",
                 *_with_vectors(options)]  # fmt: skip
    if options.initial:
        start = options.work / "ner" / "start.pt"
        size = _loaded(options)["emb"].shape[1]
        wider = warm_start.with_wider_vectors(warm_start.checkpoint(Path(options.start("ner"))), size, least_change=0)
        # the optimizer comes from the checkpoint, whatever the command line says
        torch.save(wider | {"config": wider["config"] | {"optim": "adam", "lr": 0.0012}}, start)
        arguments += ["--finetune", "--finetune_load_name", str(start), "--lr_decay", "0.5", "--patience", "0"]
    run_module("stanza.models.ner_tagger", [*_common(options, "ner"), *arguments], _log(options, "ner"), echo)


def _checkpoint(options: Options, processor: str) -> dict[str, Any]:
    trained = options.work / "models" / f"{processor}.pt"
    path = trained if trained.exists() else Path(options.start(processor))
    if not path.exists():
        raise QuotesError(f"No {processor} model was trained.", f"Run `quotes train --steps {processor} ...` first.")
    checkpoint = torch_file(path)
    average = {"pos": "pos.pt.average", "depparse": "depparse.checkpoint.average"}.get(processor)
    if average and (options.work / "models" / average).exists():
        weights = torch_file(options.work / "models" / average)
        checkpoint["model"] = {name: weights.get(name, value) for name, value in checkpoint["model"].items()}
    return checkpoint


def _loaded(options: Options) -> dict[str, Any]:
    return torch_file(options.work / "vectors.pt")


def assemble(options: Options, echo: Echo) -> None:
    """Write the folder that is shipped."""
    checkpoints: dict[str, Any] = {"mwt": package.expander()}
    for processor in ("tokenize", "pos", "lemma", "depparse", "ner"):
        if processor != "ner" or options.initial or (options.work / "models" / "ner.pt").exists():
            checkpoints[processor] = _checkpoint(options, processor)
    if "ner" in checkpoints:
        loaded = _loaded(options)
        wider = warm_start.with_wider_vectors(checkpoints["ner"], loaded["emb"].shape[1], warm_start.LEAST_CHANGE)
        checkpoints["ner"] = package.with_vocabulary_of(wider, loaded)
    known = package.unpacked(checkpoints["lemma"]["dicts"])
    trees = conllu.read(options.work / "treebanks" / "base.conllu")
    forms = lexicon.read_forms(options.lexicon)
    forms += lexicon.read_lookups(_loaded(options)["vocab"]["_unit2id"])
    filled = package.lemma_dictionary(trees, forms, known)
    checkpoints["lemma"] = checkpoints["lemma"] | {"dicts": package.packed(filled)}
    size = package.write(options.output, checkpoints, _loaded(options))
    echo(f"  {options.output}: {size / 1e6:.1f} MB")


def score(options: Options, echo: Echo) -> None:
    """Score the folder on the test sets, as a table."""
    import stanza

    pipeline = stanza.Pipeline("fr", dir=str(options.output), download_method=None, verbose=False,
                               processors="tokenize,mwt,pos,lemma,depparse")  # fmt: skip
    tests = {
        path.name.removeprefix("test.").removesuffix(".conllu"): conllu.read(path)
        for path in sorted((options.work / "treebanks").glob("test.*.conllu"))
    }
    table, subjects = scoring.table(pipeline, tests)
    echo("| " + " | ".join(("", *scoring.METRICS, "reporting subjects")) + " |")
    for name, row in table.items():
        echo("| " + " | ".join((name, *(f"{value:.1f}" for value in row))) + " |")
    echo(f"Subjects of reporting verbs, all test sets: F1 {subjects.value:.1f} ({subjects.gold} in the gold trees)")
    split = ner_data.read(options.ner)
    tagger = stanza.Pipeline("fr", dir=str(options.output), download_method=None, verbose=False,
                             processors="tokenize,ner")  # fmt: skip
    for name, documents in (("9, 19, 29", split.test), ("8, 18, 28", split.dev)):
        tagged = tagger.bulk_process([document.text for document in documents])
        found = ({(e.start_char, e.end_char, e.type) for e in document.entities} for document in tagged)
        figure = scoring.entities((set(document.entities) for document in documents), found)
        echo(f"Named entities, documents {name}...: F1 {figure.value:.1f} ({figure.gold} in the documents)")


STEPS = (
    Step("treebanks", "harmonise the treebanks, add reported speech", make_treebanks),
    Step("vectors", "learn word vectors from the press text", make_vectors),
    Step("tokenize", "train the tokenizer", train_tokenizer),
    Step("pos", "train categories and features", train_tagger),
    Step("lemma", "train lemmas", train_lemmatizer),
    Step("depparse", "train the parser", train_parser),
    Step("ner", "train named entities", train_ner),
    Step("package", "write the model's folder", assemble),
    Step("score", "score it on the test sets", score),
)
ALWAYS = frozenset(("package", "score"))


def run(options: Options, chosen: Sequence[str], skipped: Sequence[str], again: bool, echo: Echo) -> None:
    """Run the steps chosen (all, when none is) but for those skipped or done; ``again`` does done ones over."""
    unknown = {*chosen, *skipped} - {step.name for step in STEPS}
    if unknown:
        names = ", ".join(step.name for step in STEPS)
        raise QuotesError(f"No step is called {', '.join(sorted(unknown))}.", f"The steps are {names}.")
    marks = options.work / "done"
    marks.mkdir(parents=True, exist_ok=True)
    for number, step in enumerate(STEPS, 1):
        if (chosen and step.name not in chosen) or step.name in skipped:
            continue
        mark = marks / step.name
        if mark.exists() and not again and step.name not in ALWAYS:
            echo(f"[{number}/{len(STEPS)}] {step.name}: done before")
            continue
        echo(f"[{number}/{len(STEPS)}] {step.name}: {step.does}")
        step.run(options, echo)
        mark.touch()
