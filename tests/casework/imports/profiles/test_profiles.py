"""A profile is found by the header, or refused with the columns that are absent."""

import csv
import io

import pytest

from casework.imports.errors import UnreadableFile
from casework.imports.problems import rules_of
from casework.imports.profiles import PROFILES, open_as, open_file, recognise
from casework.imports.reading import open_bytes

HEADERS = [
    (profile.name, layout, sorted(known.known))
    for profile in PROFILES.values()
    for layout, known in profile.layouts.items()
]


def a_table(header, *rows):
    written = io.StringIO()
    csv.writer(written).writerows([header, *rows])
    return open_bytes(written.getvalue().encode(), "a.csv")


@pytest.mark.parametrize(("profile", "layout", "header"), HEADERS)
def test_every_layout_is_recognised_and_by_one_profile_alone(profile, layout, header):
    assert recognise(header) is PROFILES[profile]
    assert PROFILES[profile].layout_of(header) == layout


@pytest.mark.parametrize(("profile", "layout", "header"), HEADERS)
def test_no_layout_is_recognised_once_a_column_it_needs_is_gone(profile, layout, header):
    needed = PROFILES[profile].layouts[layout].required

    for column in needed:
        rest = [each for each in header if each != column]
        assert PROFILES[profile].layout_of(rest) != layout


def test_a_header_of_nobody_is_refused():
    assert recognise(["a", "b"]) is None
    with pytest.raises(UnreadableFile, match="ningún perfil conocido"):
        open_as(a_table(["a", "b"], ["1", "2"]))


def test_a_wrong_profile_is_refused_with_the_columns_that_are_absent():
    table = a_table(["record_id", "date_from", "dead"], ["x", "2024", "1"])

    with pytest.raises(UnreadableFile, match="falta missing"):
        open_as(table, "plain-incidents")


def test_a_profile_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(UnreadableFile, match="Los que hay: iom,"):
        open_as(a_table(["a"], ["1"]), "mmp")


def test_an_unknown_column_is_said_once_and_the_file_is_read(tmp_path):
    file = tmp_path / "incidentes.csv"
    file.write_text("record_id,date_from,dead,missing,color\nx,2024,1,,azul\n", "utf-8")

    opened = open_file(file)
    rows = list(opened.rows)

    assert (opened.profile.name, opened.layout) == ("plain-incidents", "incidents")
    assert [(p.rule, p.column) for p in opened.problems] == [("unknown_column", "color")]
    assert [row.outcome for row in rows] == ["accepted"]
    assert rows[0].original["color"] == "azul"


@pytest.mark.parametrize("name", PROFILES)
def test_a_row_that_does_not_fit_stands_aside_in_every_profile(name):
    profile = PROFILES[name]
    layout, known = next(iter(profile.layouts.items()))
    header = sorted(known.known)
    table = a_table(header, ["x"], ["x"] * (len(header) + 2))

    rows = list(profile.read(layout, table.rows))

    assert {row.outcome for row in rows} == {"quarantined"}
    assert {tuple(rules_of(row.problems)) for row in rows} == {("cells_do_not_fit_header",)}
    assert len(rows[1].original) == len(header) + 2
