"""Lists of pairs and known truths, read from flat files for `reunir evaluate`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np

from casework.batch.files import UnreadableTable, read_rows
from casework.batch.writing import RejectedFrom, RejectedLine
from matching.evaluation import ListedPairs
from matching.tables import NumberedRow

Item = TypeVar("Item")
Pair = tuple[str, str]
Cells = Mapping[str, str]

PAIR_COLUMNS = ("left_id", "right_id", "posterior", "rank_for_left", "rank_for_right")
TRUTH_COLUMNS = ("left_id", "right_id")


class NothingToJudge(UnreadableTable):
    """A file can be read, but holds nothing that could be judged or judged against."""


class UnreadableRow(ValueError):
    """One row of a list cannot be read; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One pair of a list, with what the engine said of it."""

    pair: Pair
    posterior: float
    rank_for_left: int
    rank_for_right: int


@dataclass(frozen=True, slots=True)
class Listing(Generic[Item]):
    """What became of one file: its items, and its rows that could not be read."""

    items: list[Item]
    rejected: RejectedFrom


def read_pairs(path: Path) -> tuple[ListedPairs, RejectedFrom]:
    """Read the pairs that `reunir match` listed; a list may be empty, but not unreadable.

    Raises
    ------
    NothingToJudge
        If it has rows and none of them can be read.
    """
    listing = _read(path, PAIR_COLUMNS, _row)
    rows = listing.items
    if listing.rejected.rows and not rows:
        raise NothingToJudge(
            f"{path} has no row that could be read: {listing.rejected.rows[0].reasons}."
        )
    listed = ListedPairs(
        [row.pair[0] for row in rows],
        [row.pair[1] for row in rows],
        np.array([row.posterior for row in rows], dtype=np.float64),
        np.array([row.rank_for_left for row in rows], dtype=np.int64),
        np.array([row.rank_for_right for row in rows], dtype=np.int64),
    )
    return listed, listing.rejected


def read_truth(path: Path) -> tuple[set[Pair], RejectedFrom]:
    """Read the pairs that are known to be true.

    Raises
    ------
    NothingToJudge
        If there is none.
    """
    listing = _read(path, TRUTH_COLUMNS, _pair)
    if not listing.items:
        raise NothingToJudge(f"{path} holds no pair that could be read; nothing was judged.")
    return set(listing.items), listing.rejected


def _read(
    path: Path, columns: Sequence[str], read_one: Callable[[Cells], Item]
) -> Listing[Item]:
    rows = read_rows(path)
    _demand(path, rows.header, columns)
    items: list[Item] = []
    rejected: list[RejectedLine] = []
    first_lines: dict[Pair, int] = {}
    for row in rows.rows:
        try:
            _refuse_misfit(row)
            item = read_one(row.cells)
            _refuse_repetition(_pair(row.cells), row.line, first_lines)
        except UnreadableRow as problem:
            rejected.append(RejectedLine(row.line, "unreadable_pair", str(problem), row.cells))
        else:
            items.append(item)
    return Listing(items, RejectedFrom(path, rows.header, rejected))


def _demand(path: Path, header: Sequence[str], columns: Sequence[str]) -> None:
    lacking = [name for name in columns if name not in header]
    if lacking:
        raise UnreadableTable(
            f"{path} has no column {lacking[0]}; it needs {', '.join(columns)}."
        )


def _pair(cells: Cells) -> Pair:
    pair = cells["left_id"].strip(), cells["right_id"].strip()
    if not all(pair):
        raise UnreadableRow("left_id or right_id is empty")
    return pair


def _refuse_misfit(row: NumberedRow) -> None:
    if row.misfit:
        raise UnreadableRow(row.misfit.sentence)


def _refuse_repetition(pair: Pair, line: int, first_lines: dict[Pair, int]) -> None:
    first = first_lines.setdefault(pair, line)
    if first != line:
        raise UnreadableRow(f"the pair already stands in line {first}")


def _row(cells: Cells) -> Row:
    return Row(
        _pair(cells),
        _posterior(cells["posterior"]),
        _rank(cells, "rank_for_left"),
        _rank(cells, "rank_for_right"),
    )


def _posterior(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise UnreadableRow(f"“{text}” in posterior is not a number") from None
    if not 0 <= value <= 1:
        raise UnreadableRow(f"{text} in posterior is not a probability, 0 to 1")
    return value


def _rank(cells: Cells, column: str) -> int:
    """Read a rank; empty or 0 means outside that side's top."""
    text = cells[column].strip() or "0"
    if not (text.isascii() and text.isdigit()):
        raise UnreadableRow(f"“{text}” in {column} is not a rank, as 1, 2 or 3")
    return int(text)
