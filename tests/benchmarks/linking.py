# ruff: noqa: T201 - a script that prints, and starts the peers it is told of
"""How fast and how well the records of one person are found among many.

    python tests/benchmarks/linking.py [--records 100000] [--write people.parquet]
    python tests/benchmarks/linking.py --records 1000000 --peers peers/bin/python

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

from matching.linking.keys import KEYS, USUAL_KEYS
from matching.linking.parameters import load_linking_model
from matching.linking.records import COLUMNS, Records
from matching.linking.search import link
from tests.benchmarks.invented_names import invented_records

PEERS = ("splink", "recordlinkage")
PEER = Path(__file__).parent / "peers" / "linking.py"
THRESHOLDS = (0.2, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99)


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
    """Precision and recall at each threshold."""
    size = np.unique(persons, return_counts=True)[1]
    true = int((size * (size - 1) // 2).sum())
    is_one = persons[links.left] == persons[links.right]
    rows = {}
    for threshold in THRESHOLDS:
        kept = links.posterior >= threshold
        hits = int((is_one & kept).sum())
        rows[threshold] = {"precision": hits / max(int(kept.sum()), 1), "recall": hits / true}
    return rows


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
        "by_threshold": judged(links, persons),
    }


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
        show(measured("reunir", table, KEYS, asked.jobs))
        show(measured("reunir, usual keys", table, USUAL_KEYS, asked.jobs))
        for name in PEERS if asked.peers else ():
            show(peer(asked.peers, name, path))


if __name__ == "__main__":
    main()
