"""Families asked on several cores: each process keeps what it was told of families before."""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casework.errors import Unavailable
from matching.kinship import Tables
from matching.kinship.answering import Answered, Asking
from matching.kinship.coding import Looks

AT_A_TIME = 8
"""Families asked in one go, some 50 ms: less would be spent on the way; our choice."""

AHEAD = 4
"""Goes that wait for each process: answers are never more than these; our choice."""


@dataclass(frozen=True, slots=True)
class Work:
    """All that a process needs to know before it is asked anything."""

    tables: Tables
    looks: Mapping[str, Sequence[Looks]]
    least: float

    def asking(self) -> Asking:
        return Asking(self.tables, self.looks, self.least)


@dataclass(frozen=True, slots=True)
class Shortlisted:
    """Remains to be weighed exactly against one missing person of a family.

    ``codes`` are their looks, shape (n_loci, n_remains).
    """

    family: Any
    missing: str
    codes: NDArray[np.int32]


Run = Callable[[Callable[..., Any], Iterable[Any]], Iterator[Any]]
"""Works on everything, in order, on one core or several."""


@contextmanager
def crew(work: Work, jobs: int) -> Iterator[Run]:
    """Have a crew of processes, or do it here where one core is asked for.

    Raises
    ------
    Unavailable
        If a process was ended from outside, as systems do that run out of memory.
    """
    if jobs == 1:
        asking = work.asking()
        yield lambda ask, tasks: (ask(asking, each) for each in tasks)
        return
    # Fresh processes, not forks: by now libraries may have started threads of their own.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (work,))
    try:
        yield lambda ask, tasks: _in_order(pool, ask, tasks, jobs)
    except BrokenProcessPool as error:
        raise Unavailable(
            "A process that was computing ended before its time; there may be too little "
            "memory. Run it again with --jobs 1."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def answer(asking: Asking, row: tuple[Any, str | None]) -> Answered:
    """Ask one family."""
    return asking.answer(*row)


def exactly(asking: Asking, one: Shortlisted) -> list[float]:
    """Weigh some remains exactly."""
    return asking.exactly(one.family, one.missing, one.codes)


def _in_order(
    pool: ProcessPoolExecutor, ask: Callable[..., Any], tasks: Iterable[Any], jobs: int
) -> Iterator[Any]:
    waiting: deque[Future[list[Any]]] = deque()
    rest = iter(tasks)
    while some := list(islice(rest, AT_A_TIME)):
        waiting.append(pool.submit(_asked, ask, some))
        if len(waiting) > jobs * AHEAD:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


_ASKING: list[Asking] = []
"""Of this process, once it has begun."""


def _begin(work: Work) -> None:
    # Ctrl-C reaches all processes; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _ASKING.append(work.asking())


def _asked(ask: Callable[..., Any], tasks: Sequence[Any]) -> list[Any]:
    return [ask(_ASKING[0], each) for each in tasks]
