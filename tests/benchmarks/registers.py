"""Registers of the same deaths, held against each other by the commands alone.

    python -m tests.benchmarks.registers --folder DIR

DIR holds `pcome_shifted.csv`, `usbp_foia_shifted.csv` and `mmp_shifted.csv`: three registers of
one border, of which nobody here knows which rows are one person. So recall and precision are
measured without a truth:

- *recall*: rows whose point is the same to 50 m and whose days lie within 40 are taken as true
  and looked for by their days alone (`w_recovery`) and by all kinds; and those of the same day
  within 217 km;
- *precision*: the same registers once more with one of them dated 97 days later, and once more
  moved by 0.4 degrees too. Every pair that is then believed for its day is a false one, and
  rows that reach a weight by chance say how many do among the rows that have no true pair.

Nothing of a row is printed or kept. Without the folder it says so and ends.
"""

import argparse
import csv
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, hypot, radians
from pathlib import Path

REGISTERS = ("usbp_foia_shifted.csv", "pcome_shifted.csv", "mmp_shifted.csv")
PAIRS = ((0, 1), (2, 1), (2, 0))
KM_A_DEGREE = 111.2
BELIEVED = (0.9, 0.5, 0.1)
WEIGHTS = (4.0, 3.5, 3.0, 2.5)


@dataclass(frozen=True, slots=True)
class Row:
    """Where and when a register puts a death."""

    lat: float
    lon: float
    day: date


def main() -> None:
    """Read the arguments, run the commands, print the tables."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--folder", type=Path, default=Path())
    folder = asked.parse_args().folder
    lacking = [name for name in REGISTERS if not (folder / name).is_file()]
    if lacking:
        sys.stdout.write(f"Skipped: {folder} has no {', '.join(lacking)}.\n")
        return
    with tempfile.TemporaryDirectory() as scratch:
        for left, right in PAIRS:
            report(folder / REGISTERS[left], folder / REGISTERS[right], Path(scratch))


def report(left: Path, right: Path, scratch: Path) -> None:
    """Print how many rows of two registers are linked, and how many when they cannot be."""
    here, there = rows_of(left), rows_of(right)
    sys.stdout.write(f"\n{left.stem} ({len(here)}) × {right.stem} ({len(there)})\n")
    pairs = matched(left, right, scratch)
    believed = {least: {p["left_id"] for p in surer(pairs, least)} for least in BELIEVED}
    say("rows of a pair that weighs", reached(pairs))
    mutual = [p for p in pairs if p["rank_for_left"] == p["rank_for_right"] == "1"]
    say("rows believed at", " ".join(f"{b}: {len(ids)}" for b, ids in believed.items()))
    say("each the other's best", str(len(mutual)))
    say("sum of the posteriors", f"{sum(float(p['posterior']) for p in pairs):.0f}")
    distances(surer(pairs, 0.5), here, there)
    for name, true in proxies(here, there).items():
        recall(name, pairs, true)
    for name, degrees in (("97 days later", 0.0), ("97 days later, 0.4° north", 0.4)):
        false = matched(changed(left, scratch, days=97, degrees=degrees), right, scratch)
        counts = (f"{least}: {len(surer(false, least))}" for least in BELIEVED)
        say(f"falsely, {name}", " ".join(counts))
        say("  rows of such a weight", reached(false))


def matched(left: Path, right: Path, scratch: Path) -> list[dict[str, str]]:
    """Run the command as anybody would."""
    out = scratch / "pairs.csv"
    command = [sys.executable, "-m", "casework.cli", "match", str(left), str(right)]
    options = ["--kind", "remains-remains", "--out", str(out), "--top", "10"]
    subprocess.run([*command, *options], check=True, capture_output=True)
    with out.open(newline="") as file:
        return list(csv.DictReader(file))


def surer(pairs: list[dict[str, str]], least: float) -> list[dict[str, str]]:
    """Pairs believed at least so much."""
    return [pair for pair in pairs if float(pair["posterior"]) >= least]


def reached(pairs: list[dict[str, str]]) -> str:
    """Say how many rows have a pair at least so heavy."""
    rows = (
        {p["left_id"] for p in pairs if float(p["log10_lr"]) >= weight} for weight in WEIGHTS
    )
    return " ".join(f"{weight}: {len(ids)}" for weight, ids in zip(WEIGHTS, rows, strict=True))


def rows_of(path: Path) -> dict[str, Row]:
    """Read where and when; rows whose point is impossible are left out."""
    with path.open(newline="") as file:
        return dict(_read(csv.DictReader(file)))


def _read(rows: Iterator[dict[str, str]]) -> Iterator[tuple[str, Row]]:
    for row in rows:
        if row["lat"] and row["lon"] and -130 < float(row["lon"]) < -80:
            day = date.fromisoformat(row["date"])
            yield row["ID"], Row(float(row["lat"]), float(row["lon"]), day)


def apart(one: Row, other: Row) -> tuple[float, int]:
    """Kilometres and days between two rows."""
    east = (one.lon - other.lon) * cos(radians((one.lat + other.lat) / 2))
    km = hypot(one.lat - other.lat, east) * KM_A_DEGREE
    return km, abs((one.day - other.day).days)


def proxies(here: dict[str, Row], there: dict[str, Row]) -> dict[str, set[tuple[str, str]]]:
    """Pairs that are likely by one kind alone, to be found although the other differs."""
    both = {(a, b): apart(one, other) for a, one in here.items() for b, other in there.items()}
    spot = {pair for pair, (km, days) in both.items() if km < 0.05 and days <= 40}
    slow = {pair for pair in spot if both[pair][1] > 3}
    day = {pair for pair, (km, days) in both.items() if 3 < km <= 217 and days == 0}
    placed = {a for a, _ in spot} | {b for _, b in spot}
    moved = {pair for pair in alone(day) if placed.isdisjoint(pair)}
    return {
        "same spot": alone(spot),
        "same spot, over 3 days apart": alone(slow),
        "same day, over 3 km apart": moved,
    }


def alone(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Pairs both of whose rows stand in no other one."""
    left, right = [a for a, _ in pairs], [b for _, b in pairs]
    return {(a, b) for a, b in pairs if left.count(a) == right.count(b) == 1}


def recall(name: str, pairs: list[dict[str, str]], true: set[tuple[str, str]]) -> None:
    """Print how many of some pairs stand first, in the list, and believed."""
    listed = {(p["left_id"], p["right_id"]): p for p in pairs}
    found = [listed[pair] for pair in true if pair in listed]
    first = sum(p["rank_for_left"] == "1" for p in found)
    sure = len(surer(found, 0.5))
    say(f"{name}: of {len(true)}", f"listed {len(found)}, first {first}, believed {sure}")


def distances(pairs: list[dict[str, str]], here: dict[str, Row], there: dict[str, Row]) -> None:
    """Print how far apart what is believed lies."""
    known = [p for p in pairs if p["left_id"] in here and p["right_id"] in there]
    gaps = [apart(here[p["left_id"]], there[p["right_id"]]) for p in known]
    beyond = sum(km > 25 or days > 3 for km, days in gaps)
    km, days = (max((gap[at] for gap in gaps), default=0) for at in (0, 1))
    figures = f"{beyond} of {len(gaps)}; most {km:.0f} km, {days} days"
    say("believed beyond 25 km or 3 days", figures)


def changed(path: Path, scratch: Path, *, days: int, degrees: float) -> Path:
    """Write a register with every day and every latitude moved."""
    moved = scratch / "moved.csv"
    with path.open(newline="") as file, moved.open("w", newline="") as out:
        rows = csv.DictReader(file)
        writer = csv.DictWriter(out, rows.fieldnames or ())
        writer.writeheader()
        for row in rows:
            day = date.fromisoformat(row["date"]) + timedelta(days)
            lat = str(float(row["lat"]) + degrees) if row["lat"] else ""
            writer.writerow(row | {"date": day.isoformat(), "lat": lat})
    return moved


def say(what: str, figures: str) -> None:
    """Print one line of the table."""
    sys.stdout.write(f"  {what:<36} {figures}\n")


if __name__ == "__main__":
    main()
