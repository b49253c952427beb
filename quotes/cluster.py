"""Chunks into results on a Dask cluster that is already there: its workers load the parser once each.

The cluster may be anything that Dask knows: processes of one machine, machines reached by SSH, jobs of SLURM. Chunks
are handed out a few at a time and their results handed back, so that neither side piles anything up. What a lost worker
had in hand is done again by another one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, TypeVar
from uuid import uuid4

from quotes.errors import QuotesError

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")
_AHEAD = 2
"""Chunks in hand for each thread of the cluster: one at work, one waiting."""
_PATIENCE = 60
"""Seconds to wait for the scheduler and its first worker."""


def run_cluster(
    make: Callable[[], Callable[[Chunk], Result]], chunks: Iterable[Chunk], *, scheduler: str
) -> Iterator[Result]:
    """The results of the ``chunks``, in the order in which they are done, from the workers of ``scheduler``.

    ``scheduler`` is an address (``tcp://host:8786``) or a scheduler file. ``make`` runs once in each worker process,
    where quotes must be installed, and gives the function that is called with each chunk. Raises :class:`QuotesError`
    as the workers raised it, and where no scheduler or no worker answers. Leaving the iteration early gives up what is
    still to do.
    """
    pending = iter(chunks)
    first = next(pending, None)
    if first is None:
        return
    with _connected(scheduler) as client, _worker(client, make) as name:
        done = _completed(client)
        for chunk in _chained(first, pending):
            while done.count() >= _AHEAD * max(1, sum(client.nthreads().values())):
                yield _result(next(done))
            done.add(client.submit(_call, name, chunk, pure=False))
        while done.count():
            yield _result(next(done))


def _completed(client: Any) -> Any:
    """Takes tasks, gives them back as they are done."""
    from distributed import as_completed

    return as_completed(loop=client.loop)


def _chained(first: Chunk, rest: Iterator[Chunk]) -> Iterator[Chunk]:
    yield first
    yield from rest


@contextmanager
def _connected(scheduler: str) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError as error:
        raise QuotesError("Dask is not installed.", "Run `pip install 'quotes[cluster]'`.") from error
    where = {"scheduler_file": scheduler} if Path(scheduler).is_file() else {"address": scheduler}
    try:
        client = Client(**where, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise QuotesError(
            f"No Dask scheduler answers at {scheduler} ({error}).",
            "Give its address, such as tcp://host:8786, or its scheduler file.",
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as error:
            raise QuotesError(
                f"The Dask scheduler at {scheduler} has no workers.", "Start some, such as `dask worker ADDRESS`."
            ) from error
        yield client


@contextmanager
def _worker(client: Any, make: Callable[[], Callable[[Any], Any]]) -> Iterator[str]:
    """Gives every worker, those that join later too, what it needs; yields under which name."""
    from distributed import WorkerPlugin

    class Loaded(_Loaded[Any, Any], WorkerPlugin):  # type: ignore[misc]
        """What each worker process keeps between chunks."""

    name = f"quotes-{uuid4().hex}"
    client.register_plugin(Loaded(make), name=name)
    try:
        yield name
    finally:
        client.unregister_worker_plugin(name)


class _Loaded(Generic[Chunk, Result]):
    """The function of a worker, loaded with its first chunk. One chunk at a time: the networks keep what they learn of
    words, and more threads would only take time from each other."""

    def __init__(self, make: Callable[[], Callable[[Chunk], Result]]) -> None:
        self._make = make
        self._work: Callable[[Chunk], Result] | None = None

    def setup(self, worker: object) -> None:
        """Called by Dask in the worker process."""
        self._turn = threading.Lock()

    def __call__(self, chunk: Chunk) -> Result:
        with self._turn:
            self._work = self._work or self._make()
            return self._work(chunk)


def _call(name: str, chunk: object) -> object:
    """A task: runs in a worker."""
    from distributed import get_worker

    return get_worker().plugins[name](chunk)


def _result(future: Any) -> Any:
    from distributed import KilledWorker

    try:
        return future.result()
    except QuotesError:
        raise
    except KilledWorker as error:
        raise QuotesError(
            "Several workers died one after the other with the same articles, most likely for lack of memory.",
            "What was done so far is stored. Give the workers more memory, and run the same command again.",
        ) from error
    except Exception as error:
        raise QuotesError(f"A worker failed: {type(error).__name__}: {error}.") from error
    finally:
        future.release()
