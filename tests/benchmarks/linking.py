# ruff: noqa: T201 - a script that prints, and starts the peers it is told of
"""How fast and how well the records of one person are found among many.

    python -m tests.benchmarks.linking [--records 100000] [--write people.parquet]
    python -m tests.benchmarks.linking --records 1000000 --peers peers/bin/python

Invented people (`invented_names.py`), so who is who is known; the engine's model shares no
number with that world. With `--peers` the same table is linked by splink and recordlinkage
too, one after the other in the same run, each in a process of its own: a Python in which
`peers/linking-requirements.txt` is installed. Prints what each found at which threshold.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from matching.linking import layout
from matching.linking.blocking import kernels
from matching.linking.keys import (
    BROADEST,
    KEYS,
    PAIRS_A_RECORD,
    SUFFICIENT,
    USUAL_KEYS,
    blocks_of,
    pairs_within,
)
from matching.linking.packing import pack
from matching.linking.parameters import load_linking_model
from matching.linking.records import COLUMNS, Records
from matching.linking.search import link
from tests.benchmarks.invented_names import invented_records
from tests.benchmarks.peers.judging import judged_links

PEERS = ("splink", "recordlinkage")
PEER = Path(__file__).parent / "peers" / "linking.py"


def invented(count, seed, path):
    """Invent a table once; a file that is there already is read again."""
    if path.exists():
        return pq.read_table(path)
    rows, persons = invented_records(count, seed)
    columns = {name: [row.get(name, "") for row in rows] for name in rows[0]}
    table = pa.table(columns | {"person": persons})
    pq.write_table(table, path)
    return table


def records_of(table):
    columns = {name: table[name].to_pylist() for name in COLUMNS if name in table.column_names}
    return Records(table["record_id"].to_pylist(), columns)


def judged(links, persons):
    """Precision and recall at each threshold, and calibration."""
    size = np.unique(persons, return_counts=True)[1]
    true = int((size * (size - 1) // 2).sum())
    is_one = persons[links.left] == persons[links.right]
    return judged_links(links.posterior, is_one, true)


def measured(name, table, keys, jobs):
    """Link once with so many threads, from columns of text to weighed pairs."""
    records, persons = records_of(table), table["person"].to_numpy()
    model = load_linking_model()
    began, worked = time.perf_counter(), time.process_time()
    links = link(records, model, keys=keys, jobs=jobs, least_posterior=0.05)
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    return {
        "program": name,
        "records": len(records),
        "seconds": round(seconds, 2),
        "processor_seconds": round(work, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "pairs_compared": links.n_compared,
        "pairs_parted": links.n_parted,
        "expected_matches": round(links.learnt.expected_matches),
        "rounds": links.learnt.rounds,
        **judged(links, persons),
    }


def true_pairs(persons):
    """Give all pairs of records that are of one person."""
    order = np.argsort(persons, kind="stable")
    pairs = [np.zeros((0, 2), dtype=np.int64)]
    apart = 1
    while (same := persons[order[apart:]] == persons[order[:-apart]]).any():
        pairs.append(np.stack((order[:-apart][same], order[apart:][same]), axis=1))
        apart += 1
    return np.concatenate(pairs)


def brought_together(packed, key, pairs):
    """Say of pairs of rows whether a key brings them together."""
    room = 12 * len(packed)
    keys, who = np.empty(room, dtype=np.uint32), np.empty(room, dtype=np.int32)
    n = kernels.keys_of(packed.whole, key.recipe, room, keys, who)
    starts = np.searchsorted(who[:n], np.arange(len(packed) + 1))
    ways = int(np.diff(starts).max(initial=0))
    table = np.full((len(packed), ways), -1, dtype=np.int64)
    table[who[:n], np.arange(n) - starts[who[:n]]] = keys[:n]
    found = np.zeros(len(pairs), dtype=bool)
    for i in range(ways):
        for j in range(ways):
            one, other = table[pairs[:, 0], i], table[pairs[:, 1], j]
            found |= (one == other) & (one >= 0)
    if key.years >= 0:
        first, last = packed.whole[:, layout.FIRST_YEAR], packed.whole[:, layout.LAST_YEAR]
        gap = np.maximum(
            first[pairs[:, 0]] - last[pairs[:, 1]], first[pairs[:, 1]] - last[pairs[:, 0]]
        )
        found &= (gap <= key.years) | (first[pairs[:, 0]] == 0) | (first[pairs[:, 1]] == 0)
    return found


def show_loss(table, keys):
    """Print what share of the true pairs the keys lose, and what each key alone adds."""
    packed = pack(records_of(table), load_linking_model())
    row = np.argsort(packed.position)
    pairs = row[true_pairs(table["person"].to_numpy())]
    used = [key for key in (_used(packed, key) for key in keys) if key is not None]
    found = {key.name: brought_together(packed, key, pairs) for key in used}
    every = np.logical_or.reduce(list(found.values()))
    print(f"keys lose {100 * (1 - every.mean()):.2f} % of {len(pairs):,} true pairs")
    for name, hits in found.items():
        others = [each for other, each in found.items() if other != name]
        alone = hits & ~np.logical_or.reduce(others)
        print(f"    {name}: {100 * hits.mean():.1f} %, {100 * alone.mean():.2f} % alone")


def _used(packed, key):
    """Give the key that is used for such a table: itself, a narrower one, or none."""
    brought = pairs_within(packed.whole, blocks_of(packed.whole, key), key.years)
    if key.name == BROADEST:
        return SUFFICIENT if brought > PAIRS_A_RECORD * len(packed) else key
    return None if 0 < key.most < brought / len(packed) else key


def peer(python, name, path):
    """Let another program link the same table, in a process of its own."""
    told = subprocess.run(
        [python, str(PEER), name, str(path)], capture_output=True, text=True, check=False
    )
    lines = [line for line in told.stdout.splitlines() if line.startswith("{")]
    return json.loads(lines[-1]) if lines else {"program": name, "failed": told.stderr[-300:]}


def show(report):
    levels = report.pop("by_threshold", {})
    print("  ".join(f"{name} {value}" for name, value in report.items()))
    for threshold, row in levels.items():
        print(f"    {threshold}: precision {row['precision']:.4f}, recall {row['recall']:.4f}")
    sys.stdout.flush()


def main() -> None:
    """Invent, compile on a little, measure, and let the peers do the same."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=2026)
    options.add_argument("--write", type=Path)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--peers", help="Python of the environment of the peers.")
    asked = options.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"Python {platform.python_version()}; {' '.join(sys.argv)}")
    with tempfile.TemporaryDirectory() as folder:
        path = asked.write or Path(folder) / "people.parquet"
        table = invented(asked.records, asked.seed, path)
        measured("compile", table.slice(0, 3000), KEYS, asked.jobs)
        show_loss(table, KEYS)
        show(measured("reunir", table, KEYS, asked.jobs))
        show(measured("reunir, usual keys", table, USUAL_KEYS, asked.jobs))
        for name in PEERS if asked.peers else ():
            show(peer(asked.peers, name, path))


if __name__ == "__main__":
    main()
