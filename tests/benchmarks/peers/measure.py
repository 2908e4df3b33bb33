# ruff: noqa: T201 - a script that prints, and starts the programs it is told of
"""reunir beside other programs, one after the other in one run: `make bench-peers` runs this.

    python -m tests.benchmarks.peers.measure [--quick] [--only linking|searching]
        [--page docs/explanation/measured-against-peers.md]

Every program works in a process of its own, which reads its table before its clock starts.
reunir is measured before and after the others, so that a machine that slows down is seen.
`--page` puts the tables between the marks of that page.
"""

import argparse
import csv
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from casework.batch.people import load_missing, load_remains
from casework.demonstration.invention import Sizes, invent_world
from matching.judgement import judge
from matching.linking.keys import KEYS, USUAL_KEYS
from matching.model_file import load_model
from matching.search import rank
from tests.benchmarks import linking
from tests.benchmarks.peers.features import features_of
from tests.benchmarks.peers.judging import judged_lists

HERE = Path(__file__).parent
OURS = "tests.benchmarks.peers.measure"
SEEDS = {"names": 4177, "trained": 4178, "world": 4179}
"""Not used for choosing any number of the engine."""
LINKERS = ("splink", "recordlinkage", "similarities", "agreement")
SEARCHERS = ("splink", "recordlinkage", "numpy", "similarities")
MARKS = ("<!-- measured -->", "<!-- end -->")
TOP = 50


@dataclass(frozen=True)
class Size:
    """What is measured: records to link, and sides to search."""

    names: tuple[int, ...]
    missing: int
    remains: int


FULL = Size((100_000, 1_000_000), 20_000, 10_000)
QUICK = Size((100_000,), 6_000, 3_000)


def run(python, *words):
    """Start a program and read the one line of JSON it ends with."""
    done = subprocess.run(
        [str(python), *(["-m"] if words[0] == OURS else []), *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines:
        said = done.stderr.strip().splitlines()[-1:] or [f"ended with {done.returncode}"]
        return {"program": words[1], "failed": said[0][:120]}
    report = json.loads(lines[-1])
    print(
        f"    {report['program']}: {report['processor_seconds']} processor s", file=sys.stderr
    )
    return report


def ours_linked(path, keys):
    """Link by reunir, in this process."""
    table = pq.read_table(path)
    linking.measured("compile", table.slice(0, 3000), KEYS, 2)
    named = {"all": ("reunir", KEYS), "usual": ("reunir, usual keys", USUAL_KEYS)}[keys]
    print(json.dumps(linking.measured(named[0], table, named[1], 2)))


def ours_searched(folder):
    """Search by reunir, all kinds of evidence, in this process."""
    folder, model = Path(folder), load_model()
    people = load_missing(folder / "missing.csv").records
    remains = load_remains(folder / "remains.csv").records
    rank(people[:40], remains[:40], model)
    began, worked = time.perf_counter(), time.process_time()
    found = rank(people, remains, model, top=TOP)
    judged = judge(found, model, counts=(len(people), len(remains)))
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    listed = found.rank_for_right > 0
    table = {
        "left": found.left[listed],
        "right": found.right[listed],
        "posterior": judged.posterior[listed],
        "rank": found.rank_for_right[listed],
    }
    pq.write_table(pa.table(table), folder / "reunir.parquet")
    report = {
        "program": "reunir",
        "pairs": len(people) * len(remains),
        "seconds": round(seconds, 2),
        "processor_seconds": round(work, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "kinds": len(model.kinds),
        "model": f"{model.name} {model.version}",
    }
    print(json.dumps(report))


def link_all(python, path, programs):
    """Let all link one table, reunir first and last."""
    reports = [run(sys.executable, OURS, "ours", "linked", path, "all")]
    reports += [run(python, HERE / "linking.py", name, path) for name in programs]
    reports += [
        run(sys.executable, OURS, "ours", "linked", path, keys) for keys in ("all", "usual")
    ]
    return reports


def links_table(title, reports):
    """Lay out what each program found, beside reunir's mean."""
    ours = np.mean(
        [each["processor_seconds"] for each in reports if each["program"] == "reunir"]
    )
    rows = [
        f"**{title}**",
        "",
        (
            "| | processor s | times reunir | by the clock | peak MB | precision, recall at .5 "
            "| at .95 | best F1 | calibration error |"
        ),
    ]
    rows += ["|---|---|---|---|---|---|---|---|---|"]
    for each in reports:
        if "failed" in each:
            rows.append(f"| {each['program']} | stopped: {each['failed']} | | | | | | | |")
            continue
        half, sure = (each["by_threshold"][at] for at in ("0.5", "0.95"))
        rows.append(
            f"| {each['program']} | {each['processor_seconds']:.1f} "
            f"| {each['processor_seconds'] / ours:.1f} | {each['seconds']:.1f} "
            f"| {each['peak_mb']:,} | {_two(half)} | {_two(sure)} | {each['best_f1']:.3f} "
            f"| {each['calibration_error']:.3f} |"
        )
    return [*rows, ""]


def _two(at):
    return f"{at['precision']:.4f}, {at['recall']:.4f}"


def make_world(folder, size, seed):
    """Invent a world; as files for reunir, as features for the others."""
    folder.mkdir()
    world = invent_world(Sizes(*size, max(size[1] // 4, 10)), seed)
    for name, rows in (("missing", world.missing), ("remains", world.remains)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(
                file, list(dict.fromkeys(key for row in rows for key in row))
            )
            writer.writeheader()
            writer.writerows(rows)
        pq.write_table(features_of(rows, found=name == "remains"), folder / f"{name}.parquet")
    left, right = (list(side) for side in zip(*world.truth, strict=True))
    pq.write_table(pa.table({"left": left, "right": right}), folder / "truth.parquet")


def truth_of(folder):
    """Give the true pairs by position, and how many remains there are."""
    truth = pq.read_table(folder / "truth.parquet")
    found, sizes = [], []
    for side, name in (("left", "missing"), ("right", "remains")):
        ids = pq.read_table(folder / f"{name}.parquet", columns=["record_id"])[0].to_pylist()
        place = {each: at for at, each in enumerate(ids)}
        found.append(np.array([place[each] for each in truth[side].to_pylist()]))
        sizes.append(len(ids))
    return tuple(found), sizes[1]


def search_all(python, folder, trained):
    """Let all search one world, reunir first and last, and judge each list."""
    reports = [run(sys.executable, OURS, "ours", "searched", folder)]
    reports += [run(python, HERE / "searching.py", name, trained, folder) for name in SEARCHERS]
    reports += [run(sys.executable, OURS, "ours", "searched", folder)]
    truth, n_remains = truth_of(folder)
    for report in reports:
        if "failed" not in report:
            table = pq.read_table(folder / f"{report['program']}.parquet")
            columns = {name: table[name].to_numpy() for name in table.column_names}
            report.update(judged_lists(columns, truth, n_remains))
    return reports


def lists_table(title, reports):
    """Lay out how fast each program searched, and where the true pairs stand."""
    ours = np.mean(
        [each["processor_seconds"] for each in reports if each["program"] == "reunir"]
    )
    rows = [
        f"**{title}**",
        "",
        (
            "| | processor s | million pairs a processor s | times reunir | by the clock "
            "| peak MB | recall at 1, 10, 50 | precision at .5 (said) "
            "| log-loss for each of the remains | calibration error | expected, true |"
        ),
    ]
    rows += ["|---" * 11 + "|"]
    for each in reports:
        if "failed" in each:
            rows.append(f"| {each['program']} | stopped: {each['failed']} " + "| " * 9 + "|")
            continue
        recall = ", ".join(f"{each[f'recall_at_{k}']:.3f}" for k in (1, 10, 50))
        believed = "| | | | |"
        if "log_loss" in each:
            believed = (
                f"| {each['precision']:.3f} ({each['said_at_half']}) | {each['log_loss']:.3f} "
                f"| {each['calibration_error']:.3f} "
                f"| {each['expected_true']:.0f}, {each['true']} |"
            )
        rows.append(
            f"| {each['program']} | {each['processor_seconds']:.1f} "
            f"| {each['pairs'] / each['processor_seconds'] / 1e6:,.1f} "
            f"| {each['processor_seconds'] / ours:.1f} | {each['seconds']:.1f} "
            f"| {each['peak_mb']:,} | {recall} {believed}"
        )
    return [*rows, ""]


def measure_links(python, folder, size):
    """Link FEBRL4 with and without its numbers, then invented people."""
    path = folder / "febrl4.parquet"
    subprocess.run([str(python), str(HERE / "linking.py"), "febrl4", str(path)], check=True)
    table, names = pq.read_table(path), folder / "febrl4_names.parquet"
    at = table.column_names.index("id_numbers")
    pq.write_table(table.set_column(at, "id_numbers", pa.array([""] * len(table))), names)
    yield from links_table(
        "FEBRL4, 10,000 records, 5,000 true pairs, without its numbers of social security",
        link_all(python, names, LINKERS),
    )
    with_numbers = [run(sys.executable, OURS, "ours", "linked", path, "all")]
    yield from links_table("FEBRL4 with them (the others have no key of numbers)", with_numbers)
    for count in size.names:
        path = folder / f"names-{count}.parquet"
        linking.invented(count, SEEDS["names"], path)
        programs = LINKERS if count <= 100_000 else ("splink",)
        yield from links_table(
            f"Invented Spanish-speaking people, {count:,} records",
            link_all(python, path, programs),
        )


def measure_lists(python, folder, size):
    """Search a world; what the others learn from is another one."""
    # Large enough to count levels among true pairs; another seed of the same generator.
    make_world(folder / "trained", (6_000, 3_000), SEEDS["trained"])
    make_world(folder / "world", (size.missing, size.remains), SEEDS["world"])
    reports = search_all(python, folder / "world", folder / "trained")
    ours = reports[0]
    title = (
        f"{size.missing:,} missing persons × {size.remains:,} remains, the best {TOP} for "
        f"each; reunir with all {ours.get('kinds', '?')} kinds of {ours.get('model', '?')}"
    )
    yield from lists_table(title, reports)


def machine():
    """Say where and when this was measured."""
    processor = [
        line.split(":")[1].strip()
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        if line.startswith("model name")
    ]
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {processor[0] if processor else '?'}, "
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}; "
        f"load before {os.getloadavg()[0]:.1f}."
    )


def main() -> None:
    """Measure what is asked for and print tables in Markdown."""
    if sys.argv[1:2] == ["ours"]:
        {"linked": ours_linked, "searched": ours_searched}[sys.argv[2]](*sys.argv[3:])
        return
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--peers", default=".venv-peers/bin/python")
    options.add_argument("--quick", action="store_true", help="Smaller: about ten minutes.")
    options.add_argument("--only", choices=["linking", "searching"])
    options.add_argument("--page", type=Path)
    asked = options.parse_args()
    size, parts = (
        QUICK if asked.quick else FULL,
        {"linking": measure_links, "searching": measure_lists},
    )
    lines = [machine(), ""]
    with tempfile.TemporaryDirectory() as folder:
        for name, part in parts.items():
            if asked.only in (None, name):
                lines += part(asked.peers, Path(folder), size)
    print("\n".join(lines))
    if asked.page:
        write_page(asked.page, lines)


def write_page(page, lines):
    """Put what was measured between the marks of a page."""
    before, rest = page.read_text("utf-8").split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    body = "\n".join(lines)
    page.write_text(f"{before}{MARKS[0]}\n{body}\n{MARKS[1]}{after}", "utf-8")


if __name__ == "__main__":
    main()
