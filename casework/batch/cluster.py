"""`reunir match --cluster`: the same search on the machines of a Dask cluster.

Each task is one block of the search. When a machine dies, its tasks are done again by others;
the result is that of one machine, to the last digit.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import click
import numpy as np
from distributed import Client, Future, KilledWorker, as_completed

from casework.errors import InvalidInput
from matching.errors import SearchStopped
from matching.model_file import Model
from matching.search import Ranking, registry_of
from matching.search.divided import (
    Asked,
    Block,
    Gathered,
    Pairs,
    WeighedInBlocks,
    blocks_of,
    search_block,
    to_travel,
    weigh_block,
    without_counted_names,
)

RECORDS_A_BLOCK = 8192
"""Of either side: seconds of work in a task, some megabytes to send; measured, our choice."""
SECONDS_TO_CONNECT = "10s"
SECONDS_FOR_A_WORKER = 60

Progress = Callable[[int, int], object]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Positions = np.ndarray[Any, np.dtype[np.int64]]


class ClusterUnusable(InvalidInput):
    """The cluster cannot do the search; the sentence says what to do."""


def rank_on(
    address: str,
    missing: Sequence[Any],
    remains: Sequence[Any],
    model: Model,
    *,
    top: int,
    progress: Progress,
    min_log10_lr: float | None,
    records_a_block: int = RECORDS_A_BLOCK,
) -> Ranking:
    """Rank as `matching.search.rank` does, on the workers of the scheduler at `address`."""
    asked = Asked(model, registry_of(missing, remains, model), top, min_log10_lr)
    with connected(address) as client:
        work = _Work(client, (missing, remains), asked, records_a_block)
        gathered = work.search(progress)
        return gathered.ranking(asked, work.weigh)


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """Reach a scheduler that has workers with this very engine; refuse in one sentence."""
    if address.startswith("tcp://"):
        click.echo(
            "The way to the cluster is not encrypted: use tcp:// only on a network that is"
            " closed to others, and tls:// everywhere else.",
            err=True,
        )
    try:
        client = Client(  # type: ignore[no-untyped-call]
            address, timeout=SECONDS_TO_CONNECT, set_as_default=False
        )
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterUnusable(
            f"No scheduler answers at {address}. Start one with “dask scheduler”, and name the"
            " address it prints."
        ) from error
    with client:
        _demand_workers(client, address)
        try:
            yield client
        except KilledWorker as error:
            raise ClusterUnusable(
                "One block of the search ended worker after worker. Look at their memory and"
                " at their logs; nothing was written."
            ) from error


def _demand_workers(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=SECONDS_FOR_A_WORKER)
    except TimeoutError as error:
        raise ClusterUnusable(
            f"The scheduler at {address} has no workers. Start some with"
            f" “dask worker {address} --nthreads 1”, where the same reunir is installed."
        ) from error
    others = [
        worker
        for worker, found in client.run(_engine_of_worker).items()
        if found != engine_hash()
    ]
    if others:
        raise ClusterUnusable(
            f"Other versions of the engine are installed at {', '.join(sorted(others))}."
            " Install the same reunir everywhere; nothing was weighed."
        )


def _engine_of_worker() -> str:
    # Called by name where it runs: what is sent there is only where to find it.
    return engine_hash()


@cache
def engine_hash() -> str:
    """Hash all that weighs: SHA-256 of the engine's files, hexadecimal."""
    digest = hashlib.sha256()
    for name, content in sorted(_contents(files("matching"), "matching")):
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _contents(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _contents(entry, f"{path}/{entry.name}")
        elif entry.name.endswith((".py", ".toml")):
            yield f"{path}/{entry.name}", entry.read_bytes()


class _Work:
    """One search on a cluster: what was sent there, and what comes back."""

    def __init__(
        self,
        client: Client,
        sides: tuple[Sequence[Any], Sequence[Any]],
        asked: Asked,
        size: int,
    ) -> None:
        self._client, self._sides = client, sides
        self._blocks = {
            (int(one.left[0]), int(one.right[0])): one
            for one in blocks_of(len(sides[0]), sides[1], size)
        }
        self._asked = {
            True: self._send(asked),
            False: self._send(without_counted_names(asked)),
        }
        self._question = asked
        self._sent: dict[tuple[int, int, bool], Future[Any]] = {}

    def search(self, progress: Progress) -> Gathered:
        """Have all blocks searched; each result is let go of once it has been taken in.

        Raises
        ------
        SearchStopped
            If `progress` answers False.
        """
        records = len(self._sides[0]), len(self._sides[1])
        gathered = Gathered(*records, self._question.top)
        done = 0
        for block, found in self._done(dict.fromkeys(self._blocks, ()), _search):
            gathered.add(block, found)
            done += block.pairs
            if progress(done, records[0] * records[1]) is False:
                raise SearchStopped("the search was stopped before its end")
        return gathered

    def weigh(self, left: Positions, right: Positions) -> WeighedInBlocks:
        """Have the pairings weighed kind by kind, each where its block is."""
        kinds = (kind.value for kind in self._question.model.kinds)
        by_kind: dict[str, Floats] = {kind: np.empty(len(left)) for kind in kinds}
        pairs = self._by_block(left, right)
        chosen = {at: self._within(at, left[some], right[some]) for at, some in pairs.items()}
        for block, found in self._done(chosen, _weigh):
            some = pairs[int(block.left[0]), int(block.right[0])]
            for kind, values in found.items():
                by_kind[kind][some] = values
        return WeighedInBlocks(by_kind, self._sides, self._question)

    def _by_block(self, left: Positions, right: Positions) -> dict[tuple[int, int], Positions]:
        """Places of the pairings of each block that has any."""
        starts = [np.empty(len(side), dtype=np.int64) for side in self._sides]
        for block in self._blocks.values():
            starts[0][block.left], starts[1][block.right] = block.left[0], block.right[0]
        of = starts[0][left] * len(self._sides[1]) + starts[1][right]
        order = np.argsort(of, kind="stable")
        bounds = np.flatnonzero(np.diff(of[order])) + 1
        groups = np.split(order, bounds) if len(order) else []
        return {
            (int(starts[0][left[some[0]]]), int(starts[1][right[some[0]]])): some
            for some in groups
        }

    def _within(
        self, at: tuple[int, int], left: Positions, right: Positions
    ) -> tuple[Positions, Positions]:
        block = self._blocks[at]
        return np.searchsorted(block.left, left), np.searchsorted(block.right, right)

    def _done(
        self, asked: Mapping[tuple[int, int], tuple[Any, ...]], task: Callable[..., Any]
    ) -> Iterator[tuple[Block, Any]]:
        """Do a task for some blocks, and give what comes of each as it comes."""
        blocks: dict[Any, Block] = {}
        futures: list[Future[Any]] = []
        for at, more in asked.items():
            block = self._blocks[at]
            sides = self._records(0, block.left, block), self._records(1, block.right, block)
            future = self._client.submit(
                task, *sides, self._asked[block.named], more, pure=False
            )
            blocks[future.key] = block
            futures.append(future)
        coming = as_completed(  # type: ignore[no-untyped-call]
            futures, loop=self._client.loop, with_results=True
        )
        futures.clear()  # only what has not come yet is held
        for future, found in coming:
            yield blocks[future.key], found

    def _records(self, side: int, positions: Positions, block: Block) -> Future[Any]:
        """Send some records of a side once, whatever number of blocks they are in."""
        key = side, int(positions[0]), block.named
        if key not in self._sent:
            records = [self._sides[side][at] for at in positions]
            self._sent[key] = self._send(to_travel(records, named=block.named))
        return self._sent[key]

    def _send(self, what: Any) -> Future[Any]:
        # As a task and not scattered: what a machine takes with it when it dies is sent anew.
        return self._client.submit(_kept, what, pure=False)


def _kept(what: Any) -> Any:
    return what


def _search(missing: Any, remains: Any, asked: Asked, _more: tuple[()]) -> Pairs:
    return search_block(missing, remains, asked)


def _weigh(
    missing: Any, remains: Any, asked: Asked, pairs: tuple[Positions, Positions]
) -> dict[str, Floats]:
    return weigh_block(missing, remains, asked, pairs)
