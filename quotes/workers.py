"""Worker processes that each load the parser once and then turn chunks into results, a few at a time.

Each worker has a pipe of its own and at most one chunk in hand, so that nothing piles up however slow the reader
is. Workers are spawned, not forked: they share no descriptors, and one whose parent was killed reads the end of its
pipe and leaves.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, Generic, TypeVar

from quotes.errors import QuotesError

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")
_THREAD_SETTINGS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def run_workers(
    make: Callable[[], Callable[[Chunk], Result]], chunks: Iterable[Chunk], *, count: int
) -> Iterator[Result]:
    """The results of the ``chunks``, in the order in which they are done, from ``count`` processes.

    ``make`` runs once in each process and gives the function that is called with each chunk; it has to be
    picklable. Raises :class:`QuotesError` as the workers raised it, and where one of them dies. Leaving the
    iteration early ends the workers.
    """
    pending = iter(chunks)
    workers: list[_Worker[Chunk, Result]] = []
    try:
        for chunk in pending:
            if len(workers) < count:
                workers.append(_Worker(make))
                workers[-1].give(chunk)
                continue
            worker, result = _next_result(workers)
            worker.give(chunk)
            yield result
        while any(worker.busy for worker in workers):
            yield _next_result(workers)[1]
    finally:
        for worker in workers:
            worker.stop()


class _Worker(Generic[Chunk, Result]):
    """A process and our end of its pipe."""

    def __init__(self, make: Callable[[], Callable[[Chunk], Result]]) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(target=_work, args=(theirs, make), daemon=True)
        self._process.start()
        theirs.close()
        self.busy = False

    def give(self, chunk: Chunk) -> None:
        try:
            self.pipe.send(chunk)
        except OSError as error:
            raise _died() from error
        self.busy = True

    def take(self) -> Result:
        try:
            ok, value = self.pipe.recv()
        except (EOFError, OSError) as error:
            raise _died() from error
        self.busy = False
        if not ok:
            raise value
        result: Result = value
        return result

    def stop(self) -> None:
        self.pipe.close()
        if self.busy:
            self._process.terminate()
        self._process.join()


def _next_result(workers: list[_Worker[Chunk, Result]]) -> tuple[_Worker[Chunk, Result], Result]:
    by_pipe = {worker.pipe: worker for worker in workers if worker.busy}
    ready = wait(list(by_pipe))[0]
    worker = by_pipe[ready]  # type: ignore[index]
    return worker, worker.take()


def _died() -> QuotesError:
    return QuotesError(
        "A worker process died, most likely for lack of memory.",
        "What was done so far is stored: run the same command again, with --workers 1.",
    )


def _work(pipe: Connection, make: Callable[[], Callable[[Any], Any]]) -> None:
    """The life of a worker: load, then answer chunk after chunk until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    for name in _THREAD_SETTINGS:
        os.environ[name] = "1"
    with suppress(EOFError, OSError):
        try:
            work = make()
            gc.freeze()  # the model and the tables stay: nothing is gained by looking through them again and again
            while True:
                chunk = pipe.recv()
                pipe.send((True, work(chunk)))
        except QuotesError as error:
            pipe.send((False, error))
        except (EOFError, OSError):
            raise
        except Exception as error:  # a fault of ours: the parent says so and stops
            pipe.send((False, QuotesError(f"A worker failed: {type(error).__name__}: {error}.")))
