# ruff: noqa: T201 - a script that prints
"""How long it takes to rank a registry of the size of NamUs: `make bench` runs this.

The records are invented (`reunir invent-cases`); nothing here is a person. Prints the machine,
processor seconds by step, nanoseconds a pair, how many pairs were weighed exactly, the peak
of memory, and how fast this machine sums rows of bounds at best. Processor seconds and ratios
are what compares between runs: other programs slow the clock on the wall.

`--folder` takes the files of an invented world made before instead of inventing one.
"""

import argparse
import gc
import platform
import resource
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numba import njit

from casework.batch.people import load_missing, load_remains
from casework.demonstration.invention import Sizes as WorldSizes
from casework.demonstration.invention import invent_world
from matching.model_file import load_model
from matching.packing import Judged, evidence_of, lay
from matching.packing.comparison import LANES
from matching.search import guessing, rank, registry_of, scanning
from matching.search.guessing import Wanted
from matching.search.kernels import LEAST_WIDTH, NOBODY, WIDTH, scan
from matching.search.merging import merged
from matching.tables import NumberedRow, missing_table, remains_table

NAMUS_MISSING, NAMUS_REMAINS = 11_624, 5_892
PEOPLE = 16_384
TILES = 8


class Watch:
    """Adds up processor seconds by step."""

    def __init__(self):
        self.seconds = {}

    @contextmanager
    def step(self, name):
        started = time.process_time()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - started


def invented(asked):
    """Give the records of an invented world."""
    if asked.folder:
        people = load_missing(asked.folder / "missing.csv").records
        remains = load_remains(asked.folder / "remains.csv").records
    else:
        world = invent_world(WorldSizes(asked.missing, asked.remains, 600), 20_261)
        people = _read(missing_table, world.missing)
        remains = _read(remains_table, world.remains)
    return people[: asked.missing], remains[: asked.remains]


def _read(table, rows):
    numbered = (NumberedRow(line, row) for line, row in enumerate(rows, start=2))
    return table(tuple(rows[0]), numbered).records


def counted():
    """Count the pairs scanned, handed back and weighed exactly, and the seconds that takes."""
    counts = {"pairs": 0, "seconds": 0.0, "scanned": 0, "back": 0, "scanning": 0.0}
    weigh, look = scanning.total_weights, scanning.scan

    def counting(comparisons, left, *rest):
        started = time.thread_time()
        weights = weigh(comparisons, left, *rest)
        counts["seconds"] += time.thread_time() - started
        counts["pairs"] += len(left)
        return weights

    def looking(*given):
        active, tile, person = given[5:8]
        started = time.thread_time()
        told = look(*given)
        counts["scanning"] += time.thread_time() - started
        counts["back"] += told[0]
        counts["scanned"] += 0 if tile or person else int(active.sum()) * LANES
        return told

    # Measured from outside, so that nothing is slowed.
    scanning.total_weights, scanning.scan = counting, looking
    return counts


def bare_sum(rows_of_table, width):
    """Measure what a sum of rows costs a pair where nothing survives."""
    draw = np.random.default_rng(1)
    table = draw.integers(-100, 50, (TILES, rows_of_table, 32)).astype(np.int16)
    rows = (draw.integers(0, rows_of_table, (PEOPLE, width)) * 32).astype(np.uint32)
    empty, bars = np.zeros(PEOPLE, np.int32), np.full(PEOPLE, NOBODY, np.int16)
    found = np.empty((3, 64), np.int32)
    nothing = np.zeros(1, np.int32)

    def once():
        scan(
            rows, np.full(PEOPLE, width, np.int32), bars, table, bars[: TILES * 32],
            np.full(TILES, PEOPLE, np.int32), 0, 0, np.zeros(32, np.int16), empty,
            np.zeros(TILES * 32 + 1, np.int32), nothing, nothing, nothing,
            np.zeros(1, np.int16), *found,
        )  # fmt: skip

    once()
    best = min(_timed(once) for _ in range(20))
    return best / (PEOPLE * TILES * 32) * 1e9


@njit
def _plain(rows, table, bars):
    """Sum sixteen rows for each person and tile, and ask whether any lane is above: no more."""
    above = 0
    for tile in range(len(table)):
        flat = table[tile].reshape(-1)
        for person in range(len(rows)):
            own, best = rows[person], np.int16(-NOBODY)
            for lane in range(np.uint64(LANES)):
                score = np.int16(
                    flat[own[0] + lane] + flat[own[1] + lane] + flat[own[2] + lane]
                    + flat[own[3] + lane] + flat[own[4] + lane] + flat[own[5] + lane]
                    + flat[own[6] + lane] + flat[own[7] + lane] + flat[own[8] + lane]
                    + flat[own[9] + lane] + flat[own[10] + lane] + flat[own[11] + lane]
                    + flat[own[12] + lane] + flat[own[13] + lane] + flat[own[14] + lane]
                    + flat[own[15] + lane]
                )  # fmt: skip
                best = max(best, np.int16(score - bars[lane]))
            above += best >= 0
    return above


def plain_sum(rows_of_table):
    """Measure the least that sixteen rows a pair can cost on this machine, in ns a pair."""
    draw = np.random.default_rng(1)
    table = draw.integers(-100, 50, (TILES, rows_of_table, LANES)).astype(np.int16)
    rows = (draw.integers(0, rows_of_table, (PEOPLE, 16)) * LANES).astype(np.uint32)
    bars = np.full(LANES, NOBODY, np.int16)
    _plain(rows, table, bars)
    best = min(_timed(lambda: _plain(rows, table, bars)) for _ in range(20))
    return best / (PEOPLE * TILES * LANES) * 1e9


def _timed(act):
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def main() -> None:
    """Invent, rank a few to compile, rank all to measure, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--missing", type=int, default=NAMUS_MISSING)
    options.add_argument("--remains", type=int, default=NAMUS_REMAINS)
    options.add_argument("--folder", type=Path)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--top", type=int, default=50)
    options.add_argument("--model", default=None)
    asked = options.parse_args()
    missing, remains = invented(asked)
    model = load_model(asked.model)
    print(f"machine     {platform.machine()}, Python {platform.python_version()}")
    print(f"command     python {' '.join(sys.argv)}")
    print(f"model       {model.name} {model.version}, {len(model.kinds)} kinds of evidence")
    started = time.perf_counter()
    rank(missing[:40], remains[:40], model, jobs=1)
    print(f"compile     {time.perf_counter() - started:.1f} s (or read from the cache)")
    gc.collect()
    gc.freeze()  # the records belong to the caller, and are no garbage
    report(missing, remains, model, asked)


def report(missing, remains, model, asked) -> None:
    """Rank all, step by step, and print what each cost."""
    counts, watch, on_the_wall = counted(), Watch(), time.perf_counter()
    evidence = evidence_of(model)
    with watch.step("rarity"):
        judged = Judged(model, registry_of(missing, remains, model).rarity)
    counts_of_sides = len(missing), len(remains)
    with watch.step("lay"):
        comparisons = lay(missing, remains, evidence, judged)
    with watch.step("search"):
        wanted = Wanted(asked.top, -np.inf, asked.jobs)
        found = guessing.search(comparisons, counts_of_sides, wanted)
    with watch.step("merge"):
        pairings = merged(found)
    seconds, work = time.perf_counter() - on_the_wall, watch.seconds
    pairs, whole = found.scored + found.skipped, sum(work.values())
    steps = ", ".join(f"{name} {spent:.2f}" for name, spent in work.items())
    print(
        f"wall        {seconds:.2f} s on {asked.jobs} threads, {pairs / 1e6:,.0f} million pairs"
    )
    print(f"processor   {whole:.2f} s: {steps}")
    print(f"scored      {found.scored:,}; impossible, skipped {found.skipped:,}")
    print(
        f"a pair      {work['search'] / pairs * 1e9:.2f} ns of search and core, "
        f"{whole / pairs * 1e9:.2f} with packing; {work['search'] / found.scored * 1e9:.2f} "
        "a scored pair"
    )
    print(
        f"weighed     {counts['pairs']:,} exactly "
        f"({counts['pairs'] / (len(missing) + len(remains)):.0f} a record), "
        f"{counts['seconds'] / max(counts['pairs'], 1) * 1e9:.0f} ns each"
    )
    print(
        f"scanned     {counts['scanned']:,} pairs with the samples, "
        f"{counts['scanning'] / counts['scanned'] * 1e9:.2f} ns each; "
        f"{counts['back']:,} handed back"
    )
    print(f"pairings    {len(pairings.left):,}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak        {peak:.0f} MB, the records included")
    for rows, where in ((256, "near"), (7000, "of the usual size")):
        floors = ", ".join(
            f"{bare_sum(rows, width):.2f} ns ({width} rows)"
            for width in (LEAST_WIDTH, LEAST_WIDTH + WIDTH)
        )
        print(f"bare sum    {floors} a pair, table {where}")
        print(f"plain loop  {plain_sum(rows):.2f} ns (16 rows) a pair, nothing else done")


if __name__ == "__main__":
    main()
