"""Reads both files and lays their records out in a process of its own, which then ends.

A hundred thousand records take more room than all a search needs of them, and Python hands
back little of it: what is still in use lies scattered between. A process that ends hands back
everything.
"""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from casework.batch.memory import Room, Way, peak
from casework.batch.people import Sides, load_both
from casework.errors import CaseworkError, Unavailable
from matching.errors import MatchingError
from matching.model_file import Model
from matching.one_list import Shared, shared_records
from matching.pairings import Pairing, as_seen, as_told
from matching.search import LaidOut, dates_take, lay_out


class Asked(NamedTuple):
    """Which files are read, by which model they are laid out, and within what room."""

    left: Path
    right: Path
    model: Model
    room: Room


class Laid(NamedTuple):
    """The records of both files, laid out; who they are, and who stands on both sides."""

    ids: tuple[pa.Array, pa.Array]
    shared: Shared
    out: LaidOut


class Apart(NamedTuple):
    """What comes back: the files without their records, and these laid out if there are any.

    ``peak``: bytes that the other process held at most; ``seconds`` by step.
    """

    sides: Sides
    laid: Laid | None
    peak: int
    seconds: dict[str, float]


class EndedTooEarly(Unavailable):
    """The process that reads was ended before its work was."""


def read_apart(asked: Asked) -> Apart:
    """Read and lay out in another process.

    Raises
    ------
    UnreadableTable
        As `load_both`.
    TooLittleMemory
        As `Room.demand`.
    EndedTooEarly
        If the process died: the system may have had no memory left.
    """
    with _answering(asked) as answer:
        try:
            told = answer.recv()
            if isinstance(told, BaseException):
                raise told
            found: Apart = told
            return found if found.laid is None else _whole(found, found.laid, answer)
        except EOFError as error:
            raise EndedTooEarly(
                "The process that reads the files was ended; memory may have run out."
                " Nothing was weighed."
            ) from error


def _whole(found: Apart, laid: Laid, answer: Connection) -> Apart:
    comparisons = tuple(answer.recv() for _ in laid.out.model.kinds)
    out = replace(laid.out, comparisons=comparisons)
    return found._replace(laid=laid._replace(out=out))


@contextmanager
def _answering(asked: Asked) -> Iterator[Connection]:
    # A fresh process, not a fork: by now libraries may have started threads of their own.
    context = get_context("spawn")
    answer, sender = context.Pipe(duplex=False)
    other = context.Process(target=_answer, args=(asked, sender), daemon=True)
    other.start()
    sender.close()
    try:
        yield answer
    finally:
        answer.close()
        other.terminate()
        other.join()


def _answer(asked: Asked, sender: Connection) -> None:  # pragma: no cover - another process
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever waits ends this process
    try:
        found = read_and_lay(asked)
    except (CaseworkError, MatchingError) as error:
        sender.send(error)
        return
    # One kind after the other: as one message all of them would be held once more.
    comparisons = found.laid.out.comparisons if found.laid else ()
    sender.send(_without_comparisons(found))
    for one in comparisons:
        sender.send(one)


def _without_comparisons(found: Apart) -> Apart:
    if found.laid is None:
        return found
    out = replace(found.laid.out, comparisons=())
    return found._replace(laid=found.laid._replace(out=out))


def read_and_lay(asked: Asked) -> Apart:
    """Do what `read_apart` has another process do."""
    began = time.perf_counter()
    sides = load_both(asked.left, asked.right, 1, Pairing(asked.model.kind))
    read = time.perf_counter()
    left = sides[0].without_records()
    bare = (left, left if sides[0] is sides[1] else sides[1].without_records())
    laid = _laid(sides, asked) if all(side.records for side in sides) else None
    seconds = {"read": read - began, "lay": time.perf_counter() - read}
    return Apart(bare, laid, peak(), seconds)


def _laid(sides: Sides, asked: Asked) -> Laid:
    left, right = sides
    shared = shared_records(left.records, right.records)
    told = [as_told(one) for one in left.records]
    seen = [as_seen(one) for one in right.records]
    asked.room.demand(Way.APART, dates_take(told, seen, asked.model))
    return Laid(ids_of(sides), shared, lay_out(told, seen, asked.model))


def ids_of(sides: Sides) -> tuple[pa.Array, pa.Array]:
    """Give the ids of the records of both files."""
    left, right = ([one.record_id for one in side.records] for side in sides)
    return pa.array(left, pa.string()), pa.array(right, pa.string())
