"""Building: what is done again, what is not, and what a kill, a fault or a change leaves behind."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from quotes import batch, store
from quotes.curation import identify
from quotes.model import Article
from quotes.sources import Problem, Sourced
from tests.fakes import VERSIONS, FakePipeline, contents, search

PIPELINE = FakePipeline()
TEXTS = {
    "a": "« La loi sera votée demain » [Anne Martin]. Puis « rien ».",
    "b": "« Nous avons déclaré forfait » [Paul Durand].",
    "c": "Rien n'est dit ici.",
}


def sourced(texts: Mapping[str, str]) -> list[Sourced]:
    return [Sourced(Article(article_id, text), "articles.jsonl") for article_id, text in texts.items()]


def run(
    path: Path,
    items: Iterable[Sourced | Problem],
    *,
    pipeline: FakePipeline = PIPELINE,
    versions: Mapping[str, str] = VERSIONS,
    workers: int = 1,
    force: bool = False,
) -> batch.Tally:
    """What ``quotes build`` does, with the fake pipeline."""
    with closing(store.open_database(path, create=True)) as db, store.write_ahead(db):
        tally = batch.Tally()
        tasks = batch.plan(db, items, versions, tally, force=force)
        batch.build(db, tasks, partial(_same, pipeline), versions, tally, workers=workers)
        identify(db)
        return tally


def _same(pipeline: FakePipeline) -> FakePipeline:
    return pipeline


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "quotes.db"


def test_a_build_stores_everything(path: Path) -> None:
    tally = run(path, sourced(TEXTS))
    assert (tally.articles_done, tally.quotations, tally.problems) == (3, 3, [])
    with closing(store.open_readonly(path)) as db:
        rows = db.execute(
            "SELECT article_id, text, kind, speaker, speaker_id, lemmas FROM quotations ORDER BY 1, start"
        )
        assert rows.fetchall() == [
            ("a", "La loi sera votée demain", "direct", "Anne Martin", "anne-martin", "la loi sera votée demain"),
            ("a", "rien", "none", None, None, "rien"),
            ("b", "Nous avons déclaré forfait", "direct", "Paul Durand", "paul-durand", "nous avons déclaré forfait"),
        ]
        assert store.count_rows(db) == {"articles": 3, "quotations": 2, "attributed": 2, "speakers": 2}
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert search(path, "DECLARE") == ["Nous avons déclaré forfait"]


def test_nothing_is_done_twice(path: Path, tmp_path: Path) -> None:
    pipeline = FakePipeline(log=tmp_path / "log")
    run(path, sourced(TEXTS), pipeline=pipeline)
    before = contents(path)
    tally = run(path, sourced(TEXTS), pipeline=FakePipeline(mark="another", log=tmp_path / "log"))
    assert tally.states == {"new": 0, "changed": 0, "stale": 0, "current": 3}
    assert contents(path) == before
    assert parsed(tmp_path) == ["a", "b", "c"]


def test_a_new_article_costs_itself_alone(path: Path, tmp_path: Path) -> None:
    run(path, sourced(TEXTS))
    run(path, sourced({**TEXTS, "d": "« Oui » [Anne Martin]."}), pipeline=FakePipeline(log=tmp_path / "log"))
    assert parsed(tmp_path) == ["d"]


def test_a_changed_text_replaces_the_old(path: Path, tmp_path: Path) -> None:
    run(path, sourced(TEXTS))
    tally = run(path, sourced({"b": "« Nous restons » [Paul Durand]."}), pipeline=FakePipeline(log=tmp_path / "log"))
    assert (tally.states["changed"], parsed(tmp_path)) == (1, ["b"])
    assert search(path, "forfait") == []
    assert search(path, "restons") == ["Nous restons"]
    fresh = path.with_name("fresh.db")
    run(fresh, sourced({**TEXTS, "b": "« Nous restons » [Paul Durand]."}))
    assert contents(path) == contents(fresh)


def test_a_changed_date_needs_no_parser(path: Path, tmp_path: Path) -> None:
    run(path, sourced(TEXTS))
    dated = Sourced(Article("a", TEXTS["a"], outlet="Le Matin"), "articles.jsonl")
    tally = run(path, [dated], pipeline=FakePipeline(mark="again", log=tmp_path / "log"))
    assert (tally.states["changed"], parsed(tmp_path)) == (1, [])
    assert [row[1] for row in rules(path)] == ["again", "again", "fake"]
    with closing(store.open_readonly(path)) as db:
        assert db.execute("SELECT outlet FROM articles WHERE id = 'a'").fetchone() == ("Le Matin",)


def test_new_rules_need_no_parser(path: Path, tmp_path: Path) -> None:
    run(path, sourced(TEXTS))
    versions = {**VERSIONS, "attribute": "a2"}
    tally = run(path, sourced(TEXTS), pipeline=FakePipeline(mark="new", log=tmp_path / "log"), versions=versions)
    assert (tally.states["stale"], parsed(tmp_path)) == (3, [])
    assert {rule for _, rule in rules(path)} == {"new"}
    fresh = path.with_name("fresh.db")
    run(fresh, sourced(TEXTS), pipeline=FakePipeline(mark="new"), versions=versions)
    assert contents(path) == contents(fresh)


def test_a_new_model_parses_again(path: Path, tmp_path: Path) -> None:
    run(path, sourced(TEXTS))
    run(path, sourced(TEXTS), pipeline=FakePipeline(log=tmp_path / "log"), versions={**VERSIONS, "parse": "p2"})
    assert parsed(tmp_path) == ["a", "b", "c"]
    with closing(store.open_readonly(path)) as db:
        assert db.execute("SELECT DISTINCT model FROM parses").fetchall() == [("p2",)]
        assert store.count_stale(db, VERSIONS) == {"parse": 3, "attribute": 0, "resolve": 0}


def test_force_parses_again(path: Path, tmp_path: Path) -> None:
    run(path, sourced(TEXTS))
    run(path, sourced(TEXTS), pipeline=FakePipeline(log=tmp_path / "log"), force=True)
    assert parsed(tmp_path) == ["a", "b", "c"]


def test_the_database_itself_as_input(path: Path, tmp_path: Path) -> None:
    run(path, sourced(TEXTS))
    with closing(store.open_database(path)) as db:
        items = list(batch.stored_items(db))
    tally = run(path, items, versions={**VERSIONS, "resolve": "r2"}, pipeline=FakePipeline(log=tmp_path / "log"))
    assert (tally.states["stale"], parsed(tmp_path)) == (3, [])
    assert contents(path)["articles"] == sorted(contents(path)["articles"], key=repr)


def test_a_damaged_parse_is_made_again(path: Path, tmp_path: Path) -> None:
    run(path, sourced(TEXTS))
    with closing(store.open_database(path)) as db, db.atomic():
        db.execute("UPDATE parses SET data = x'0102' WHERE article_id = 'a'")
        db.execute("DELETE FROM parses WHERE article_id = 'b'")
    versions = {**VERSIONS, "attribute": "a2"}
    run(path, sourced(TEXTS), pipeline=FakePipeline(log=tmp_path / "log"), versions=versions)
    assert parsed(tmp_path) == ["a", "b"]
    fresh = path.with_name("fresh.db")
    run(fresh, sourced(TEXTS), versions=versions)
    assert contents(path) == contents(fresh)


def test_articles_that_are_gone_stay_unless_pruned(path: Path) -> None:
    run(path, sourced(TEXTS))
    tally = run(path, sourced({"a": TEXTS["a"]}))
    with closing(store.open_database(path)) as db:
        assert store.count_rows(db)["articles"] == 3
        assert store.prune(db, tally.ids) == 2
        identify(db)
    fresh = path.with_name("fresh.db")
    run(fresh, sourced({"a": TEXTS["a"]}))
    assert contents(path) == contents(fresh)
    assert search(path, "forfait") == []


@pytest.mark.parametrize("trouble", ["PARSER-BREAKS", "RULES-BREAK"])
@pytest.mark.parametrize("workers", [1, 2])
def test_one_bad_article_costs_itself_alone(path: Path, trouble: str, workers: int) -> None:
    tally = run(path, sourced({"bad": trouble, **TEXTS}), workers=workers)
    assert tally.articles_done == 3
    assert [str(p).count("bad") for p in tally.problems] == [1]
    with closing(store.open_readonly(path)) as db:
        assert store.known_articles(db, ["bad"]) == {}


def test_workers_give_the_same_database(path: Path) -> None:
    texts = corpus(150)
    run(path, sourced(texts), workers=2)
    alone = path.with_name("alone.db")
    run(alone, sourced(texts))
    assert contents(path) == contents(alone)


def test_problems_of_the_input_are_kept(path: Path) -> None:
    tally = run(path, [Problem("bad.txt", "It is empty."), *sourced(TEXTS)])
    assert (len(tally.problems), tally.articles_done) == (1, 3)


def test_survey_counts_without_doing(path: Path) -> None:
    run(path, sourced({"a": TEXTS["a"]}))
    with closing(store.open_database(path)) as db:
        tally = batch.survey(db, sourced({**TEXTS, "a": "Neuf."}), VERSIONS)
    assert tally.states == {"new": 2, "changed": 1, "stale": 0, "current": 0}
    assert tally.words == sum(map(store.count_words, ("Neuf.", TEXTS["b"], TEXTS["c"])))


def test_workers_where_they_pay() -> None:
    assert batch.useful_workers(None, 1_000, 8) == 1
    assert batch.useful_workers(None, 10_000_000, 8) == 2
    assert batch.useful_workers(None, 10_000_000, 1) == 1
    assert batch.useful_workers(5, 10, 1) == 5


def corpus(count: int) -> dict[str, str]:
    names = ["Anne Martin", "Paul Durand", "Inès Petit", "Éric Leroy"]
    return {
        f"article-{i:04}": f"« Phrase numéro {i} » [{names[i % 4]}]. Et puis « {'mot ' * (i % 90)}» [{names[i % 3]}]."
        for i in range(count)
    }


def parsed(tmp_path: Path) -> list[str]:
    log = tmp_path / "log"
    return log.read_text(encoding="utf-8").split() if log.exists() else []


def rules(path: Path) -> list[tuple[str, str]]:
    with closing(store.open_readonly(path)) as db:
        return db.execute("SELECT article_id, rule FROM quotations ORDER BY 1, start").fetchall()


BUILD = """
    import sys
    from pathlib import Path
    from tests.fakes import FakePipeline
    from tests.test_batch import corpus, run, sourced

    if __name__ == "__main__":
        path, slowness, workers = Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
        run(path, sourced(corpus(200)), pipeline=FakePipeline(slowness), workers=workers)
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_at_any_moment_and_started_again(path: Path, tmp_path: Path, workers: int) -> None:
    script = tmp_path / "build.py"
    script.write_text(textwrap.dedent(BUILD), encoding="utf-8")
    root = Path(__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), os.environ.get("PYTHONPATH", "")])}
    slowness = 0.01 * workers  # s an article: 2 s for them all, so that the first kill always comes before the end
    command = [sys.executable, str(script), str(path), str(slowness), str(workers)]
    chance = random.Random(workers)
    kills = 0
    for _ in range(6):
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while not path.exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        try:
            process.wait(chance.uniform(0.0, 1.2))
            break
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
    assert kills
    subprocess.run(command, env=environment, check=True)
    undisturbed = path.with_name("undisturbed.db")
    run(undisturbed, sourced(corpus(200)))
    assert contents(path) == contents(undisturbed)
    with closing(store.open_database(path)) as db:
        db.execute("INSERT INTO quotations_fts (quotations_fts, rank) VALUES ('integrity-check', 1)")
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_analysing_without_a_database_keeps_the_order() -> None:
    good_and_bad = {"bad": "PARSER-BREAKS"} | corpus(140)
    items: list[Sourced | Problem] = [*sourced(good_and_bad), Problem("x.txt", "It is empty.")]
    parts = list(batch.analyse_all(items, FakePipeline))
    assert [a.article.id for analyses, _ in parts for a in analyses] == list(corpus(140))
    assert [p.source for _, problems in parts for p in problems] == ["bad", "x.txt"]
