"""Worker processes: results, errors, deaths, and an end without orphans."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from quotes.errors import ModelError, QuotesError
from quotes.workers import run_workers


def make_square() -> Callable[[int], int]:
    return square


def square(number: int) -> int:
    if number == 13:
        raise ValueError("13 brings bad luck")
    if number == 14:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def make_without_model() -> Callable[[int], int]:
    raise ModelError("There is no model.", "Run `quotes models`.")


def test_every_chunk_has_its_result() -> None:
    assert sorted(run_workers(make_square, range(12), count=3)) == [n * n for n in range(12)]
    assert list(run_workers(make_square, [], count=3)) == []
    assert multiprocessing.active_children() == []


def test_chunks_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []

    def chunks() -> object:
        for number in range(10):
            taken.append(number)
            yield number

    results = run_workers(make_square, chunks(), count=2)  # type: ignore[arg-type]
    next(results)
    assert len(taken) <= 3
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_an_expected_failure_arrives_as_it_was_raised() -> None:
    with pytest.raises(ModelError, match="There is no model") as caught:
        list(run_workers(make_without_model, range(3), count=2))
    assert caught.value.hint == "Run `quotes models`."


def test_a_fault_is_named() -> None:
    with pytest.raises(QuotesError, match="ValueError: 13 brings bad luck"):
        list(run_workers(make_square, [1, 13, 2], count=1))


def test_a_death_is_named() -> None:
    with pytest.raises(QuotesError, match="A worker process died") as caught:
        list(run_workers(make_square, [1, 14, 2, 3, 4], count=2))
    assert "--workers 1" in caught.value.hint
    assert multiprocessing.active_children() == []


SLOW = """
    import os, sys, time
    from quotes.workers import run_workers

    def make():
        return work

    def work(number):
        with open(sys.argv[1] if len(sys.argv) > 1 else os.environ["PIDS"], "a") as pids:
            pids.write(f"{os.getpid()}\\n")
        time.sleep(0.3)
        return number

    if __name__ == "__main__":
        for result in run_workers(make, range(1000), count=2):
            pass
"""


def test_workers_leave_when_their_parent_is_killed(tmp_path: Path) -> None:
    script, pids = tmp_path / "slow.py", tmp_path / "pids"
    script.write_text(textwrap.dedent(SLOW), encoding="utf-8")
    root = str(Path(__file__).parents[1])
    parent = subprocess.Popen(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": root, "PIDS": str(pids)},
        stderr=subprocess.DEVNULL,
    )
    wait_for(lambda: pids.exists() and len(set(pids.read_text().split())) == 2)
    parent.kill()
    parent.wait()
    workers = {int(pid) for pid in pids.read_text().split()}
    wait_for(lambda: not any(alive(pid) for pid in workers))


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
