"""Files are written whole or not at all."""

import csv
import gzip
import stat
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet
import pytest

from casework.batch.files import NoSuchTable, read_rows
from casework.batch.writing import (
    CannotWrite,
    RejectedFrom,
    RejectedLine,
    check_writable,
    replacing,
    write_rejects,
    write_table,
    write_text,
)

TABLE = pa.table({"left_id": ["a", 'b",'], "w_sex": [0.25, None]})
CELLS = [{"left_id": "a", "w_sex": "0.25"}, {"left_id": 'b",', "w_sex": ""}]


@pytest.mark.parametrize("name", ["pairs.csv", "pairs.csv.gz", "pairs.parquet"])
def test_what_is_written_is_read_back(tmp_path, name):
    write_table(tmp_path / name, TABLE)

    assert [dict(row.cells) for row in read_rows(tmp_path / name).rows] == CELLS


def test_the_same_result_gives_the_same_packed_file(tmp_path):
    for name in ("first.csv.gz", "second.csv.gz"):
        write_table(tmp_path / name, TABLE)

    first, second = (tmp_path / "first.csv.gz"), (tmp_path / "second.csv.gz")
    assert first.read_bytes() == second.read_bytes()
    assert gzip.decompress(first.read_bytes()).startswith(b'"left_id"')


def test_a_file_takes_its_place_only_when_complete(tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text("before")

    with pytest.raises(TypeError), replacing(path) as file:
        file.writelines([b"half", "text where bytes belong"])

    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path):
    (tmp_path / "usual").touch()

    write_text(tmp_path / "report.json", "{}")

    usual = (tmp_path / "usual").stat().st_mode
    assert (tmp_path / "report.json").stat().st_mode == usual


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_rows_of_people_are_their_writers_alone_to_read(tmp_path):
    path = tmp_path / "rejects.csv"
    path.touch(mode=0o644)

    write_rejects(path, [])

    assert mode_of(path) == 0o600


@pytest.mark.parametrize("is_private", [True, False])
def test_a_replaced_file_is_never_opened_to_more(tmp_path, is_private):
    path = tmp_path / "report.json"
    path.touch()
    path.chmod(0o400)

    write_text(path, "{}", is_private=is_private)

    assert (mode_of(path), path.read_text()) == (0o400, "{}")


def test_a_folder_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(CannotWrite, match="There is no folder"):
        write_text(tmp_path / "nowhere" / "report.json", "{}")


def test_a_place_is_checked_before_the_long_work(tmp_path):
    check_writable(tmp_path / "pairs.csv")

    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_files_place_is_refused(tmp_path):
    (tmp_path / "pairs.csv").mkdir()

    with pytest.raises(CannotWrite, match="is a folder"):
        check_writable(tmp_path / "pairs.csv")


def test_a_table_of_an_unknown_format_is_refused(tmp_path):
    with pytest.raises(NoSuchTable):
        write_table(tmp_path / "pairs.txt", TABLE)


WRITE_A_LOT = """
import pathlib, resource, signal, sys
import pyarrow as pa
from casework.batch.writing import CannotWrite, write_table
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))
try:
    write_table(pathlib.Path(sys.argv[1]), pa.table({"n": range(10_000)}))
except CannotWrite as refusal:
    print(refusal)
"""


def test_a_full_disk_is_one_sentence_and_leaves_nothing(tmp_path):
    # A process that may write no file larger than a kilobyte meets what a full disk gives.
    command = [sys.executable, "-c", WRITE_A_LOT, str(tmp_path / "pairs.csv")]

    run = subprocess.run(command, capture_output=True, text=True, check=True)

    assert run.stdout.startswith("There is no room")
    assert list(tmp_path.iterdir()) == []


def test_rejected_rows_keep_every_cell_of_both_files(tmp_path):
    left = RejectedFrom(
        tmp_path / "missing.csv",
        ("record_id", "sex"),
        [RejectedLine(2, "not_a_code", "no code", {"record_id": "a", "sex": "x"})],
    )
    right = RejectedFrom(
        tmp_path / "remains.csv",
        ("record_id", "found_from"),
        [RejectedLine(7, "r|s", "why; why", {"record_id": "b", "found_from": "x", "+1": "y"})],
    )

    write_rejects(tmp_path / "rejects.csv", [left, right])

    with (tmp_path / "rejects.csv").open(newline="") as file:
        first, second = csv.DictReader(file)
    assert (first["file"], first["line"], first["sex"]) == ("missing.csv", "2", "x")
    assert (second["rules"], second["found_from"], second["+1"]) == ("r|s", "x", "y")
    assert second["sex"] == ""
