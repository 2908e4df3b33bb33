# ruff: noqa: T201 - a script that prints
"""What a cluster of machines costs and gains, on this machine: a scheduler and two workers.

    python -m tests.benchmarks.cluster [--missing 20000] [--remains 10000]

Ranks one invented world on one machine (two threads) and on the cluster (two workers with one
thread each), in turns, and prints the clock of each turn, the ratio, what travels, and what it
takes to put the blocks together. `docs/methods/several-machines.md` plans with these figures.
"""

import argparse
import pickle
import platform
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from casework.batch.cluster import RECORDS_A_BLOCK, rank_on
from matching.model_file import load_model
from matching.search import rank, registry_of
from matching.search.divided import (
    Asked,
    Gathered,
    blocks_of,
    search_block,
    to_travel,
    without_counted_names,
)
from tests.benchmarks.all_pairs import invented
from tests.casework.batch.a_cluster import Cluster

TURNS = 3


def main() -> None:
    """Invent, start a cluster, take turns, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--missing", type=int, default=20_000)
    options.add_argument("--remains", type=int, default=10_000)
    options.add_argument("--folder", type=Path)
    options.add_argument("--top", type=int, default=50)
    asked = options.parse_args()
    sides = invented(asked)
    model = load_model(None)
    print(f"machine     {platform.machine()}, Python {platform.python_version()}")
    print(f"command     python {' '.join(sys.argv)}")
    print(f"model       {model.name} {model.version}")
    what_travels(*sides, Asked(model, registry_of(*sides, model), asked.top, None))
    with tempfile.TemporaryDirectory() as folder:
        cluster = Cluster(Path(folder))
        try:
            cluster.a_worker()
            cluster.a_worker()
            take_turns(cluster.address, sides, model, asked.top)
        finally:
            cluster.stop()


def take_turns(address, sides, model, top) -> None:
    """Rank on one machine and on the cluster, in turns; the first turn compiles."""
    seconds = {"one": [], "cluster": []}
    for turn in range(TURNS + 1):
        alone, found_alone = timed(lambda: rank(*sides, model, top=top, jobs=2))
        there, found_there = timed(
            lambda: rank_on(
                address, *sides, model, top=top, progress=lambda *_: None, min_log10_lr=None
            )
        )
        assert np.array_equal(found_alone.log10_lr, found_there.log10_lr)
        if turn:
            seconds["one"].append(alone)
            seconds["cluster"].append(there)
            print(f"turn {turn}      one machine {alone:.1f} s, cluster {there:.1f} s")
    ratio = np.median(seconds["cluster"]) / np.median(seconds["one"])
    print(f"ratio       the cluster takes {ratio:.2f} times as long; the digits are equal")


def what_travels(missing, remains, asked) -> None:
    """Print bytes a record, and seconds of one block on one core."""
    some = missing[:RECORDS_A_BLOCK], remains[:RECORDS_A_BLOCK]
    for named in (False, True):
        sizes = [len(pickle.dumps(to_travel(side, named=named))) / len(side) for side in some]
        print(f"travels     {sizes[0]:.0f} + {sizes[1]:.0f} bytes a record, names {named}")
    print(
        f"travels     {len(pickle.dumps(without_counted_names(asked))) / 1e6:.1f} MB of counts"
    )
    lean = [to_travel(side, named=False) for side in some]
    search_block(lean[0][:40], lean[1][:40], asked)
    block, found = timed(lambda: search_block(*lean, asked))
    pairs = len(some[0]) * len(some[1])
    size = len(pickle.dumps(found)) / 1e6
    print(f"block       {len(some[0])} x {len(some[1])}: {block:.1f} s on one core,")
    print(f"            {block / pairs * 1e9:.1f} ns a pair;")
    print(f"            {len(found.left)} pairs come back, {size:.1f} MB")
    one = blocks_of(len(some[0]), lean[1], RECORDS_A_BLOCK)[0]
    gathered = Gathered(len(some[0]), len(some[1]), asked.top)
    gathering, _ = timed(lambda: gathered.add(one, found))
    print(f"gathering   {gathering:.2f} s a block")


def timed(act):
    started = time.perf_counter()
    result = act()
    return time.perf_counter() - started, result


if __name__ == "__main__":
    main()
