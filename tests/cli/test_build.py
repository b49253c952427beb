"""``quotes build``: what it says, what it returns, and every way in which it can go wrong."""

from __future__ import annotations

import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from quotes import store
from quotes.errors import ModelError
from tests.cli.conftest import ARTICLES, Run, write_articles
from tests.fakes import FakePipeline, contents, search


def test_a_first_build(quotes: Run, articles: Path) -> None:
    result = quotes("build", articles)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "2 articles: 2 new." in result.stderr
    assert "quotes.db: 2 articles, 2 quotations, 2 with a speaker, 2 speakers." in result.stderr
    assert search(Path("quotes.db"), "declare") == ["Nous avons déclaré forfait"]
    assert sorted(p.name for p in Path().iterdir()) == ["articles.jsonl", "quotes.db"]


def test_a_second_build_finds_nothing_to_do(quotes: Run, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quotes("build", articles)
    before = contents(Path("quotes.db"))

    def unwanted(*args: object, **kwargs: object) -> None:
        raise AssertionError("the pipeline was loaded")

    monkeypatch.setattr("quotes.loading.load_pipeline", unwanted)
    result = quotes("build", articles)
    assert (result.exit_code, "nothing has changed" in result.stderr) == (0, True)
    assert contents(Path("quotes.db")) == before


def test_another_output(quotes: Run, articles: Path) -> None:
    assert quotes("build", articles, "-o", "other.db", "--quiet").stderr == ""
    assert Path("other.db").exists()
    assert not Path("quotes.db").exists()


def test_standard_input(quotes: Run) -> None:
    assert quotes("build", "-", stdin=ARTICLES["a"]).exit_code == 0
    assert search(Path("quotes.db"), "loi") == ["La loi sera votée demain"]


def test_one_bad_file_among_good_ones(quotes: Run, articles: Path) -> None:
    Path("bad.jsonl").write_text('{"id": "x"}\n', encoding="utf-8")
    result = quotes("build", articles, "bad.jsonl", "missing.txt")
    assert result.exit_code == 1
    assert result.stderr.count("Warning: ") == 2
    assert "bad.jsonl" in result.stderr
    assert "missing.txt" in result.stderr
    assert "2 articles, 2 quotations" in result.stderr


def test_warnings_are_not_endless(quotes: Run) -> None:
    Path("bad.jsonl").write_text("no JSON\n" * 100, encoding="utf-8")
    result = quotes("build", "bad.jsonl")
    assert result.exit_code == 1
    assert result.stderr.count("Warning: ") <= 21


def test_input_that_is_not_there_leaves_no_database(quotes: Run) -> None:
    assert quotes("build", "missing.txt").exit_code == 1
    assert not Path("quotes.db").exists()


def test_a_model_that_is_not_there_leaves_no_database(
    quotes: Run, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*args: object, **kwargs: object) -> None:
        raise ModelError("There is no model 'x'.", "Run `quotes models`.")

    monkeypatch.setattr("quotes.loading.stage_versions", missing)
    result = quotes("build", articles, "--model", "x")
    assert (result.exit_code, result.stderr) == (1, "Error: There is no model 'x'.\nRun `quotes models`.\n")
    assert sorted(p.name for p in Path().iterdir()) == ["articles.jsonl"]


def test_no_input_at_all(quotes: Run, articles: Path) -> None:
    result = quotes("build")
    assert result.exit_code == 2
    assert "Missing INPUT" in result.stderr
    quotes("build", articles)
    assert quotes("build").exit_code == 0
    assert quotes("build", "--prune").exit_code == 2


def test_no_input_brings_the_database_up_to_date(quotes: Run, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quotes("build", articles)
    versions = {"parse": "p1", "attribute": "a2", "resolve": "r1"}
    monkeypatch.setattr("quotes.loading.stage_versions", lambda *args, **kwargs: versions)
    monkeypatch.setattr("quotes.loading.load_pipeline", lambda *args, **kwargs: FakePipeline(mark="new"))
    before = contents(Path("quotes.db"))["articles"]
    result = quotes("build")
    assert "2 articles: 2 stale." in result.stderr
    assert contents(Path("quotes.db"))["articles"] == before
    with closing(store.open_readonly("quotes.db")) as db:
        assert db.execute("SELECT DISTINCT rule FROM quotations").fetchall() == [("new",)]


def test_stale_articles_that_are_not_in_the_input_are_mentioned(
    quotes: Run, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quotes("build", articles)
    versions = {"parse": "p1", "attribute": "a2", "resolve": "r1"}
    monkeypatch.setattr("quotes.loading.stage_versions", lambda *args, **kwargs: versions)
    result = quotes("build", write_articles(Path("one.jsonl"), {"a": ARTICLES["a"]}))
    assert "1 article was made with other rules, tables or another model" in result.stderr


def test_prune_removes_what_is_gone(quotes: Run, articles: Path) -> None:
    quotes("build", articles)
    write_articles(articles, {"a": ARTICLES["a"]})
    quotes("build", articles)
    assert search(Path("quotes.db"), "forfait")
    assert "1 article removed" in quotes("build", articles, "--prune").stderr
    assert not search(Path("quotes.db"), "forfait")
    with closing(store.open_readonly("quotes.db")) as db:
        assert db.execute("SELECT id FROM speakers WHERE source = 'auto'").fetchall() == [("anne-martin",)]


def test_prune_does_nothing_where_something_could_not_be_read(quotes: Run, articles: Path) -> None:
    quotes("build", articles)
    result = quotes("build", "missing.txt", "--prune")
    assert result.exit_code == 1
    assert "nothing was removed" in result.stderr
    assert search(Path("quotes.db"), "forfait")


def test_ctrl_c_keeps_what_is_done(quotes: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {f"n{i:03}": f"« Numéro {i} » [Anne Martin]." for i in range(200)}
    path = write_articles(Path("many.jsonl"), texts)
    calls = []

    class Interrupted(FakePipeline):
        def parse_many(self, articles):  # type: ignore[no-untyped-def]
            calls.append(len(articles))
            if len(calls) == 2:
                raise KeyboardInterrupt
            return super().parse_many(articles)

    with monkeypatch.context() as patch:
        patch.setattr("quotes.loading.load_pipeline", lambda *args, **kwargs: Interrupted())
        result = quotes("build", path)
    assert result.exit_code == 130
    assert f"Interrupted. {calls[0]} articles stored; run the same command again to go on." in result.stderr
    assert quotes("build", path).exit_code == 0
    assert quotes("build", path, "-o", "undisturbed.db").exit_code == 0
    assert contents(Path("quotes.db")) == contents(Path("undisturbed.db"))


def test_an_end_that_was_not_reached_is_made_up_for(quotes: Run, articles: Path) -> None:
    quotes("build", articles)
    with closing(store.open_database("quotes.db")) as db, db.atomic():
        store.set_meta(db, "finished", "no")
        db.execute("UPDATE quotations SET speaker_id = NULL")
    quotes("build", articles)
    with closing(store.open_readonly("quotes.db")) as db:
        assert db.execute("SELECT count(speaker_id) FROM quotations").fetchone() == (2,)


def test_a_folder_that_cannot_be_written(quotes: Run, articles: Path) -> None:
    result = quotes("build", articles, "-o", "nowhere/quotes.db")
    assert result.exit_code == 1
    assert result.stderr == ("Error: The folder nowhere does not exist.\nMake it first, or choose another.\n")


def test_a_foreign_database(quotes: Run, articles: Path) -> None:
    with closing(sqlite3.connect("photos.db")) as other:
        other.execute("CREATE TABLE photos (id)")
    result = quotes("build", articles, "-o", "photos.db")
    assert (result.exit_code, "another program" in result.stderr) == (1, True)


def test_a_locked_database(quotes: Run, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quotes("build", articles)
    monkeypatch.setattr("quotes.store.connection.BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect("quotes.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        result = quotes("build", articles, "--force")
    assert (result.exit_code, "locked by another program" in result.stderr) == (1, True)


def test_another_build_is_at_work(quotes: Run, articles: Path) -> None:
    with Path("quotes.db.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = quotes("build", articles)
    assert (result.exit_code, "Another `quotes build` is at work" in result.stderr) == (1, True)


def test_a_full_disk(quotes: Run, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("quotes.batch.write_record", full)
    result = quotes("build", articles)
    assert (result.exit_code, "The disk is full" in result.stderr) == (1, True)


def test_a_decision_outlives_force(quotes: Run, articles: Path) -> None:
    quotes("build", articles)
    with closing(store.open_database("quotes.db")) as db, db.atomic():
        db.execute("INSERT INTO speakers (id, name, type, source) VALUES ('x', 'Xavier Petit', 'person', 'user')")
        db.execute(
            "INSERT INTO decisions (verdict, form, speaker_id, scope, at)"
            " VALUES ('same', 'Anne Martin', 'x', 'corpus', '2026-01-01')"
        )
    quotes("build", articles, "--force")
    with closing(store.open_readonly("quotes.db")) as db:
        rows = db.execute(
            "SELECT speaker, speaker_id, method FROM quotations WHERE article_id = 'a' AND kind = 'direct'"
        )
        assert rows.fetchall() == [("Xavier Petit", "x", "decision")]


def test_ctrl_c_while_workers_are_busy(tmp_path: Path) -> None:
    """A real process, a real signal to its whole group, as from a terminal."""
    write_articles(tmp_path / "many.jsonl", {f"n{i:04}": f"« Numéro {i} » [Anne Martin]." for i in range(3000)})
    script = tmp_path / "run.py"
    script.write_text(
        "import quotes.loading\n"
        "from tests.fakes import VERSIONS, FakePipeline\n"
        "def load(*args, **kwargs):\n"
        "    return FakePipeline(0.02)\n"
        "quotes.loading.load_pipeline = load\n"
        "quotes.loading.stage_versions = lambda *args, **kwargs: VERSIONS\n"
        "if __name__ == '__main__':\n"
        "    from quotes.cli import main\n"
        "    main(['build', 'many.jsonl', '--workers', '2'])\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # ignored where the tests run in background
    )
    deadline = time.monotonic() + 60
    while stored(tmp_path / "quotes.db") < 64 and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "run the same command again to go on" in errors
    assert "Traceback" not in errors
    count = stored(tmp_path / "quotes.db")
    assert 64 <= count < 3000
    assert sorted(p.name for p in tmp_path.iterdir()) == ["many.jsonl", "quotes.db", "run.py"]


def stored(path: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            return int(db.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.Error:
        return 0
