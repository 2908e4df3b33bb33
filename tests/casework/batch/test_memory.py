"""A run within the memory it is allowed: the same list, in less room."""

import hashlib
import json
import subprocess
import sys

import click
import numpy as np
import pytest

from casework.batch import memory
from casework.batch.apart import Asked, read_apart
from casework.batch.files import NoSuchTable, rows_in
from casework.batch.memory import (
    MEGABYTE,
    MOST_ROWS,
    Memory,
    Room,
    TooLittleMemory,
    Way,
    rows_within,
)
from casework.batch.people import load_both
from matching.model_file import load_model
from matching.packing.days.comparison import Days
from matching.search import dates_take, lay_out, rank, rank_laid_out

COMMAND = "from casework.cli import main; main()"
LITTLE, MUCH = "405M", "1.5G"
PLENTY = Room(1 << 40, (0, 0), 50, 1)


def some_people(folder, missing, remains):
    """Write two files whose records differ; nobody is excluded, so that many are listed."""
    told = "record_id,sex,age_min,age_max,last_contact_from,stature_cm_min,eyes\n"
    seen = "record_id,sex,age_min,age_max,found_from,stature_cm_min,condition\n"
    sexes, eyes = ("female", "male"), ("brown", "black", "green")
    told += "".join(
        f"m{n},{sexes[n % 2]},{18 + n % 50},{20 + n % 50},2019-0{1 + n % 9}-1{n % 10},"
        f"{150 + n % 40},{eyes[n % 3]}\n"
        for n in range(missing)
    )
    seen += "".join(
        f"r{n},{sexes[n % 2]},{15 + n % 45},{30 + n % 45},2021-0{1 + n % 9}-1{n % 10},"
        f"{148 + n % 41},{1 + n % 8}\n"
        for n in range(remains)
    )
    (folder / "missing.csv").write_text(told)
    (folder / "remains.csv").write_text(seen)


# A process begins with the most that its parent holds, and these tests hold much. So between
# them and the command stands one that holds little, and says what the system counted.
BETWEEN = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True);"
    " print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


def within(folder, allowed):
    """Run the command by itself; its list, its report, and the most it held, in MB."""
    out, report = folder / f"{allowed}.csv", folder / f"{allowed}.json"
    files = [str(folder / name) for name in ("missing.csv", "remains.csv")]
    options = ["--kind", "missing-remains", "--top", "600", "--jobs", "1", "--memory", allowed]
    asked = [*files, *options, "--out", str(out), "--report", str(report)]
    command = [sys.executable, "-c", COMMAND, "match", *asked]
    between = ["/bin/sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-c", BETWEEN, *command]
    ran = subprocess.run(between, check=True, capture_output=True, text=True)
    listed = hashlib.sha256(out.read_bytes()).hexdigest()
    return listed, json.loads(report.read_text()), int(ran.stdout.split()[-1]) / 1024


@pytest.mark.skipif(sys.platform != "linux", reason="counts in kilobytes, as Linux does")
def test_less_memory_gives_the_same_list_in_less_room(tmp_path):
    some_people(tmp_path, 700, 600)

    for allowed in (LITTLE, MUCH):
        within(tmp_path, allowed)  # what is not compiled yet is compiled; that takes its own
    listed, report, held = within(tmp_path, LITTLE)

    same, freely, more = within(tmp_path, MUCH)
    assert listed == same
    assert report["pairs_written"] == freely["pairs_written"] > MOST_ROWS
    assert report["peak_memory_mb"] == pytest.approx(held, abs=1)
    assert held <= float(LITTLE.removesuffix("M"))
    assert held < more - 25


def test_what_is_read_apart_is_ranked_as_what_is_read_here(tmp_path):
    some_people(tmp_path, 20, 15)
    model = load_model("missing-remains-2026.4")
    files = tmp_path / "missing.csv", tmp_path / "remains.csv"

    found = read_apart(Asked(*files, model, PLENTY))

    sides = load_both(*files, 1)
    here = rank(sides[0].records, sides[1].records, model)
    ranking = rank_laid_out(found.laid.out)
    for column in ("left", "right", "log10_lr", "posterior"):
        np.testing.assert_array_equal(getattr(ranking, column), getattr(here, column))
    assert [side.rows for side in found.sides] == [20, 15]
    assert [side.records for side in found.sides] == [[], []]
    assert found.laid.ids[1].to_pylist() == [f"r{n}" for n in range(15)]
    assert found.laid.shared.count == 0
    assert found.peak > 0


def test_what_goes_wrong_apart_is_said_here(tmp_path):
    some_people(tmp_path, 1, 1)
    model = load_model("missing-remains-2026.4")

    with pytest.raises(NoSuchTable, match=r"There is no file .*nobody\.csv"):
        read_apart(Asked(tmp_path / "missing.csv", tmp_path / "nobody.csv", model, PLENTY))


@pytest.mark.parametrize(("told", "megabytes"), [("800M", 800), ("1.5G", 1536), ("900mb", 900)])
def test_an_amount_is_told_in_megabytes_or_gigabytes(told, megabytes):
    assert Memory().convert(told, None, None) == megabytes * MEGABYTE


@pytest.mark.parametrize("told", ["", "800", "0.5 kB", "-1G", "1T", "much"])
def test_what_is_no_amount_is_refused(told):
    with pytest.raises(click.BadParameter, match="is no amount of memory"):
        Memory().convert(told, None, None)


def room(megabytes):
    return Room(megabytes * MEGABYTE, (130_000, 72_000), 50, 2)


def test_records_are_read_here_where_they_fit_and_apart_where_only_that_fits(monkeypatch):
    monkeypatch.setattr(memory, "held", lambda: 190 * MEGABYTE)

    assert [room(size).way() for size in (4000, 1300)] == [Way.AT_HAND, Way.APART]
    assert Room(None, (130_000, 72_000), 50, 2).way() is Way.AT_HAND


def test_what_cannot_fit_is_refused_with_what_would(monkeypatch):
    monkeypatch.setattr(memory, "held", lambda: 190 * MEGABYTE)

    with pytest.raises(TooLittleMemory, match=r"best 50 of each: some (\d+)M are") as refused:
        room(300).way()

    least = int(str(refused.value).split("some ")[1].split("M")[0])
    assert room(least).way() is Way.APART
    with pytest.raises(TooLittleMemory):
        room(least - 1).way()


def test_what_dates_of_many_years_take_is_demanded_once_the_files_are_read(tmp_path):
    some_people(tmp_path, 40, 30)
    seen = (tmp_path / "remains.csv").read_text().replace("2021-0", "1921-0", 15)
    (tmp_path / "remains.csv").write_text(seen.replace("2021-0", "2091-0"))
    files = [tmp_path / "missing.csv", tmp_path / "remains.csv"]
    told = (tmp_path / "missing.csv").read_text()
    (tmp_path / "missing.csv").write_text(told.replace("2019-0", "1919-0", 20))
    model = load_model("missing-remains-2026.4")
    left, right = (side.records for side in load_both(*files, 1))
    taken = dates_take(left, right, model)
    little = Room(372 * MEGABYTE, (40, 30), 50, 1)
    assert little.way() is Way.AT_HAND

    dated = next(
        one for one in lay_out(left, right, model).comparisons if one.kind is Days.kind
    )

    assert taken == dated.curves.nbytes + dated.peaks.nbytes > MEGABYTE
    with pytest.raises(TooLittleMemory, match="372M is too little"):
        little.demand(Way.AT_HAND, 20 * MEGABYTE)
    with pytest.raises(TooLittleMemory, match="is too little"):
        read_apart(Asked(*files, model, Room(MEGABYTE, (40, 30), 50, 1)))


def test_pairs_are_written_in_pieces_that_fit(monkeypatch):
    monkeypatch.setattr(memory, "held", lambda: 400 * MEGABYTE)

    rows = [rows_within(size * MEGABYTE) for size in (300, 500, 2000)]

    assert rows[0] == memory.FEWEST_ROWS < rows[1] < rows[2] == MOST_ROWS == rows_within(None)
    assert 400 * MEGABYTE + memory.WRITER + rows[1] * memory.BYTES_A_ROW <= 500 * MEGABYTE


def test_rows_are_counted_before_they_are_read(tmp_path):
    some_people(tmp_path, 7, 0)

    assert (rows_in(tmp_path / "missing.csv"), rows_in(tmp_path / "remains.csv")) == (7, 0)
