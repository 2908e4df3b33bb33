"""Files of people and remains, in our columns or in those of a register we know."""

import csv

import pytest

from casework.batch.files import SURPLUS, UnreadableTable
from casework.batch.people import (
    OWN_LAYOUT,
    WORTH_A_PROCESS,
    load_both,
    load_missing,
    load_remains,
)
from casework.imports.profiles import PROFILES


def a_file(folder, *lines, name="people.csv"):
    path = folder / name
    path.write_text("\n".join(lines) + "\n")
    return path


def a_foreign_file(folder, *rows):
    """Write a file with every column of the register's layout, filled where said."""
    layout = PROFILES["namus-unidentified"].layouts
    header = sorted(next(iter(layout.values())).known)
    path = folder / "foreign.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        writer.writerows({"kind": "UP", "date_found": "2002-01-24"} | row for row in rows)
    return path


def test_our_own_columns_are_read(tmp_path):
    loaded = load_missing(a_file(tmp_path, "record_id,sex,shoe", "a,male,42", "b,x,41"))

    assert (loaded.layout, loaded.rows, loaded.unknown_columns) == (OWN_LAYOUT, 2, ("shoe",))
    assert [each.record_id for each in loaded.records] == ["a"]
    assert [(each.line, each.rules) for each in loaded.rejected.rows] == [(3, "not_a_code")]


def test_a_row_of_a_known_register_is_translated(tmp_path):
    path = a_foreign_file(tmp_path, {"row_id": "invented-1", "sex": "Male"})

    loaded = load_remains(path)

    assert loaded.layout == "namus-unidentified"
    assert [(each.record_id, each.sex) for each in loaded.records] == [("invented-1", "male")]


def test_a_row_a_register_calls_impossible_is_rejected_as_it_stood(tmp_path):
    path = a_foreign_file(tmp_path, {"row_id": "invented-1"}, {"row_id": ""})

    loaded = load_remains(path)

    (rejected,) = loaded.rejected.rows
    assert (rejected.line, loaded.rows) == (3, 2)
    assert rejected.cells["date_found"] == "2002-01-24"
    assert rejected.rules


def test_a_cell_that_makes_no_sense_is_counted_as_a_warning(tmp_path):
    path = a_foreign_file(tmp_path, {"row_id": "invented-1", "age_from": "50", "age_to": "25"})

    loaded = load_remains(path)

    assert (loaded.rows_with_warning, loaded.records[0].age) == (1, None)


def test_a_foreign_row_that_does_not_fit_its_header_is_rejected(tmp_path):
    path = a_foreign_file(tmp_path, {"row_id": "invented-1"})
    path.write_text(path.read_text().rstrip("\n") + ",,surplus\n")

    loaded = load_remains(path)

    assert [each.rules for each in loaded.rejected.rows] == ["cells_do_not_fit_header"]


def test_a_file_about_the_other_side_is_refused_by_name(tmp_path):
    path = a_foreign_file(tmp_path, {"row_id": "invented-1"})

    with pytest.raises(UnreadableTable, match="looks like namus-unidentified, not missing"):
        load_missing(path)


def test_a_header_of_no_layout_is_refused(tmp_path):
    with pytest.raises(UnreadableTable, match="no column record_id"):
        load_missing(a_file(tmp_path, "name,age", "a,3"))


def test_the_name_of_the_surplus_is_no_column(tmp_path):
    loaded = load_missing(a_file(tmp_path, "record_id,sex", "a,male,x"))

    assert loaded.rejected.header == ("record_id", "sex")
    assert loaded.rejected.rows[0].cells[SURPLUS] == "x"


def test_two_large_files_read_side_by_side_say_the_same(tmp_path):
    rows = [f"{n},male,{'x' * 50}" for n in range(WORTH_A_PROCESS // 50)]
    path = a_file(tmp_path, "record_id,sex,place", *rows, "bad,x,")

    alone = load_both(path, path, jobs=1)
    together = load_both(path, path, jobs=2)

    assert together == alone
    assert [each.line for each in together[1].rejected.rows] == [len(rows) + 2]
