"""How much room a run may take: said on the command line, and demanded before anything is read.

What steps take is reckoned from the numbers of records and of places asked for, as measured on
invented registries of 30,000 × 20,000 to 130,000 × 72,000: see `docs/methods/search.md`.
"""

import os
import re
import resource
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import click

from casework.errors import InvalidInput

MEGABYTE = 1 << 20
UNITS = {"M": MEGABYTE, "G": 1 << 30}

PROGRAMS = 270 * MEGABYTE
"""What libraries and compiled kernels take, once a process."""
BYTES_OF_TABLES, MOST_OF_TABLES = 3_400, 90 * MEGABYTE
"""Tables of distinct values grow with the records, and then hardly any more; what the dates of
the files at hand take beside is known when they are read."""
BYTES_READ, BYTES_LAID = 3_400, 900
"""What reading a record and laying it out takes, and what is needed of it in the end."""
BYTES_A_PLACE, BYTES_A_JOB = 24, 16 * MEGABYTE
"""What the search takes for each place among the best, and for each thread."""
SHARE_LISTED, BYTES_A_PAIR = 0.75, 68
"""Of all places so many pairs are listed, as most stand among the best of both their records;
and what each takes while all are judged."""
BYTES_A_ROW, WRITER = 700, 80 * MEGABYTE
"""What each pair takes while it is written, and what writing takes of itself."""
FEWEST_ROWS, MOST_ROWS = 1 << 12, 1 << 18
"""Pairs written at a time; so many more make nothing faster."""


class TooLittleMemory(InvalidInput):
    """What was allowed does not hold what was asked for; nothing was read."""


class Memory(click.ParamType[int]):
    """An amount of memory such as 800M or 1.5G, in bytes."""

    name = "size"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        told = re.fullmatch(r"(\d+(?:\.\d+)?)([MG])B?", str(value).strip().upper())
        if told is None:
            self.fail(f"{value} is no amount of memory; write 800M or 1.5G.", param, ctx)
        return int(float(told[1]) * UNITS[told[2]])


class Way(StrEnum):
    """How a search may be done: all in one process, or records read in one that ends."""

    AT_HAND = "at hand"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Room:
    """What may be taken, if anything was said of it, and what it has to hold."""

    memory: int | None  # bytes
    counts: tuple[int, int]
    top: int
    jobs: int

    def way(self) -> Way:
        """Choose the fastest way that fits.

        Raises
        ------
        TooLittleMemory
            If none does; the sentence says how much would do.
        """
        if self.memory is None:
            return Way.AT_HAND
        needed = {way: self._needed(way) for way in Way}
        for way, most in needed.items():
            if most <= self.memory:
                return way
        raise TooLittleMemory(self._refusal(min(needed.values())))

    def demand(self, way: Way, tables: int) -> None:
        """Refuse what turns out not to fit now that the files are read, before the long work.

        ``tables``: bytes, of `matching.search.dates_take`.

        Raises
        ------
        TooLittleMemory
            With how much would do.
        """
        needed = self._needed(way, tables)
        if self.memory is not None and needed > self.memory:
            raise TooLittleMemory(self._refusal(needed))

    def _needed(self, way: Way, tables: int = 0) -> int:
        """Reckon the most that a way takes, in bytes, all its processes together."""
        records = sum(self.counts)
        fixed = PROGRAMS + min(records * BYTES_OF_TABLES, MOST_OF_TABLES) + tables
        read = fixed + records * BYTES_READ
        searched = self._to_search() + WRITER + FEWEST_ROWS * BYTES_A_ROW
        if way is Way.AT_HAND:
            return read + searched
        return max(held() + read, fixed + records * BYTES_LAID + searched)

    def _to_search(self) -> int:
        """Reckon what searching, then listing and judging, takes beside what is laid out."""
        left, right = self.counts
        places = left * min(self.top, right) + right * min(self.top, left)
        searching = places * BYTES_A_PLACE + self.jobs * BYTES_A_JOB
        return max(searching, int(places * SHARE_LISTED) * BYTES_A_PAIR)

    def _refusal(self, needed: int) -> str:
        return (
            f"--memory {(self.memory or 0) // MEGABYTE}M is too little for"
            f" {self.counts[0]:,} × {self.counts[1]:,} records and the best {self.top} of each:"
            f" some {-(-needed // MEGABYTE)}M are needed. Allow so much, ask for fewer places"
            " (--top) or records, or search on several machines (--cluster)."
        )


def rows_within(memory: int | None) -> int:
    """Say how many pairs may be written at a time, given what is held by now."""
    if memory is None:
        return MOST_ROWS
    return min(max((memory - held() - WRITER) // BYTES_A_ROW, FEWEST_ROWS), MOST_ROWS)


def held() -> int:
    """Give what this process holds now, in bytes; its peak, where the system says no more."""
    try:
        pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    except OSError:
        return peak()
    return pages * os.sysconf("SC_PAGESIZE")


def peak() -> int:
    """Give the most memory this process ever held, in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024  # Linux counts kilobytes
