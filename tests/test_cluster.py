"""A real Dask cluster of this machine does the work of a build, and may lose a worker over it."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from quotes import batch, store
from quotes.cli import main
from quotes.cluster import run_cluster
from quotes.curation import identify
from quotes.errors import ModelError, QuotesError
from quotes.model import Article
from quotes.sources import Sourced
from tests.fakes import VERSIONS, FakePipeline, contents

distributed = pytest.importorskip("distributed")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a cluster with three worker processes, each with a nanny that starts it again when it dies."""
    with distributed.LocalCluster(n_workers=3, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


def make_work(log: Path) -> Callable[[int], int]:
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{os.getpid()}\n")
    return partial(work, log)


def work(log: Path, number: int) -> int:
    if number == 13:
        raise ValueError("13 brings bad luck")
    if number == 14 and len(log.read_text("utf-8").splitlines()) < 4:  # until a fourth process has been started
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.02)
    return number * number


def make_without_model() -> Callable[[int], int]:
    raise ModelError("There is no model.", "Run `quotes models`.")


def same(pipeline: FakePipeline) -> FakePipeline:
    return pipeline


def test_every_chunk_has_its_result_and_each_worker_loads_once(scheduler: str, tmp_path: Path) -> None:
    results = run_cluster(partial(make_work, tmp_path / "log"), [*range(12), *range(20, 40)], scheduler=scheduler)
    assert sorted(results) == [n * n for n in [*range(12), *range(20, 40)]]
    started = (tmp_path / "log").read_text("utf-8").split()
    assert len(started) == len(set(started)) <= 3
    assert list(run_cluster(partial(make_work, tmp_path / "log"), [], scheduler=scheduler)) == []


def test_a_scheduler_file_will_do(scheduler: str, tmp_path: Path) -> None:
    (tmp_path / "scheduler.json").write_text(json.dumps({"address": scheduler}), encoding="utf-8")
    found = run_cluster(partial(make_work, tmp_path / "log"), range(3), scheduler=str(tmp_path / "scheduler.json"))
    assert sorted(found) == [0, 1, 4]


def test_chunks_are_taken_as_they_are_needed(scheduler: str, tmp_path: Path) -> None:
    taken: list[int] = []

    def chunks() -> Iterator[int]:
        for number in range(20, 60):
            taken.append(number)
            yield number

    results = run_cluster(partial(make_work, tmp_path / "log"), chunks(), scheduler=scheduler)
    next(results)
    assert len(taken) <= 8
    results.close()  # type: ignore[attr-defined]


def test_what_a_lost_worker_had_in_hand_is_done_again(scheduler: str, tmp_path: Path) -> None:
    results = run_cluster(partial(make_work, tmp_path / "log"), range(14, 40), scheduler=scheduler)
    assert sorted(results) == [n * n for n in range(14, 40)]
    assert len((tmp_path / "log").read_text("utf-8").split()) >= 4


def test_failures_arrive_as_they_were_raised(scheduler: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="There is no model") as caught:
        list(run_cluster(make_without_model, range(3), scheduler=scheduler))
    assert caught.value.hint == "Run `quotes models`."
    with pytest.raises(QuotesError, match=r"A worker failed: ValueError: 13 brings bad luck\."):
        list(run_cluster(partial(make_work, tmp_path / "log"), range(12, 14), scheduler=scheduler))


def articles() -> Iterator[Sourced]:
    for number in range(400):
        text = f"« Nous signons la {number}e page » [Anne Martin]. « Non » [Paul Durand {number % 7}]. " * 3
        yield Sourced(Article(f"article-{number}", text), "articles.jsonl")


def built(path: Path, *, scheduler: str | None = None, slowness: float = 0.0) -> Mapping[str, object]:
    with closing(store.open_database(path, create=True)) as db, store.write_ahead(db):
        tally = batch.Tally()
        tasks = batch.plan(db, articles(), VERSIONS, tally)
        make = partial(same, FakePipeline(slowness=slowness))
        batch.build(db, tasks, make, VERSIONS, tally, scheduler=scheduler)
        identify(db)
    assert tally.articles_done == 400
    assert tally.problems == []
    return contents(path)


def test_the_same_database_as_on_one_machine_though_a_worker_is_killed(scheduler: str, tmp_path: Path) -> None:
    expected = built(tmp_path / "one.db")

    def kill_one() -> None:
        time.sleep(1.5)
        with distributed.Client(scheduler, set_as_default=False) as client:
            os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)

    killer = threading.Thread(target=kill_one)
    killer.start()
    found = built(tmp_path / "cluster.db", scheduler=scheduler, slowness=0.02)
    killer.join()
    assert found == expected


def test_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.cluster._PATIENCE", 1)
    with pytest.raises(QuotesError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        list(run_cluster(make_without_model, range(3), scheduler="tcp://127.0.0.1:9"))


def test_a_machine_with_other_tables_is_refused() -> None:
    from quotes.loading import load_alike, load_speakers, stage_versions

    speakers = load_speakers()
    versions = stage_versions(speakers=speakers)
    assert load_alike(versions, None, speakers=speakers, indirect=True, mode="fast").speakers is speakers
    with pytest.raises(QuotesError, match=r"another quotes, other tables or another model \(attribute\)"):
        load_alike({**versions, "attribute": "x"}, None, speakers=speakers, indirect=True, mode="fast")


def test_workers_of_this_machine_and_a_cluster_exclude_each_other() -> None:
    from click.testing import CliRunner

    result = CliRunner().invoke(main, ["build", "a.txt", "--workers", "2", "--scheduler", "tcp://127.0.0.1:9"])
    assert (result.exit_code, "--workers is for this machine" in result.output) == (2, True)
