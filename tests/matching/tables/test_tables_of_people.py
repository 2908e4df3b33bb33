"""A file: every row is among the records or among the rejected, never in neither."""

from datetime import date

import pytest

from matching.codes import Sex
from matching.errors import UnusableTable
from matching.tables import (
    NumberedRow,
    Problem,
    Rule,
    living_table,
    missing_table,
    read_living,
    remains_table,
)

HEADER = ("record_id", "sex")


def rows(*cells):
    return [NumberedRow(line, row) for line, row in enumerate(cells, start=2)]


@pytest.mark.parametrize("read", [missing_table, remains_table, living_table])
def test_records_keep_the_order_of_the_file(read):
    table = read(HEADER, rows({"record_id": "b"}, {"record_id": "a"}))

    assert [each.record_id for each in table.records] == ["b", "a"]


@pytest.mark.parametrize("read", [missing_table, remains_table, living_table])
def test_a_row_that_cannot_be_read_is_kept_with_its_line_and_text(read):
    table = read(HEADER, rows({"record_id": "a"}, {"record_id": "b", "sex": "x"}))

    (rejected,) = table.rejected
    assert (rejected.line, rejected.cells) == (3, {"record_id": "b", "sex": "x"})
    assert [problem.rule for problem in rejected.problems] == [Rule.NOT_A_CODE]


def test_the_second_row_with_an_id_is_rejected_and_points_to_the_first():
    table = missing_table(HEADER, rows({"record_id": "a"}, {"record_id": " a "}))

    ((problem,),) = (each.problems for each in table.rejected)
    assert (problem.rule, problem.hint) == (Rule.RECORD_ID_REPEATED, "line 2")
    assert len(table.records) == 1


def test_rows_without_id_are_not_each_others_repetition():
    table = missing_table(HEADER, rows({"record_id": ""}, {"record_id": ""}))

    assert [each.problems[0].rule for each in table.rejected] == [Rule.RECORD_ID_MISSING] * 2


def test_a_row_whose_cells_do_not_fit_is_rejected_for_that_alone():
    misfit = Problem("", "3", Rule.CELLS_DO_NOT_FIT_HEADER, "2")
    row = NumberedRow(2, {"record_id": "a", "sex": "x"}, misfit)

    table = missing_table(HEADER, [row])

    assert [each.problems for each in table.rejected] == [(misfit,)]


def test_unknown_columns_are_named_once_and_ignored():
    header = ("record_id", "colour_of_car", "sex_method")

    assert missing_table(header, []).unknown_columns == ("colour_of_car", "sex_method")
    assert remains_table(header, []).unknown_columns == ("colour_of_car",)


@pytest.mark.parametrize("read", [missing_table, remains_table, living_table])
def test_a_file_without_ids_is_refused(read):
    with pytest.raises(UnusableTable):
        read(("sex",), [])


def test_people_alive_are_read_with_the_day_they_were_seen():
    row = NumberedRow(
        2, {"record_id": "L1", "sex": "female", "found_from": "2021-05", "birth_from": "1990"}
    )

    table = living_table(["record_id", "sex", "found_from", "birth_from", "condition"], [row])

    (record,) = table.records
    assert (record.sex, record.found.latest, record.birth.earliest) == (
        Sex.FEMALE,
        date(2021, 5, 31),
        date(1990, 1, 1),
    )
    assert table.unknown_columns == ("condition",)


def test_a_row_about_somebody_alive_is_refused_with_its_reasons():
    record, problems = read_living({"record_id": "L1", "sex": "probable_male"})

    assert record is None
    assert [problem.rule for problem in problems] == [Rule.NOT_A_CODE]
