"""A file is read by what it contains, or refused in one sentence before anything is taken."""

import gzip
import io
import json
import zipfile
from datetime import date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from casework.errors import CaseworkError
from casework.imports import reading
from casework.imports.errors import UnreadableFile
from casework.imports.problems import rules_of
from casework.imports.reading import open_bytes, open_table

TABLE = "nombre,edad\nÑandú,3\n"


def a_workbook(*sheets):
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"hoja {number}")
        for row in rows:
            sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def a_broken_workbook():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    return written.getvalue()


def a_parquet(columns):
    written = io.BytesIO()
    pq.write_table(pa.table(columns), written)
    return written.getvalue()


def cells_of(table):
    return [dict(row.cells) for row in table.rows]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", TABLE.encode()),
        ("a.csv", TABLE.encode("utf-8-sig")),
        ("a.csv", TABLE.encode("utf-16")),
        ("a.csv", TABLE.encode("utf-16-le")),
        ("a.csv", TABLE.encode("utf-16-be")),
        ("a.csv", TABLE.replace(",", ";").encode()),
        ("a.tsv", TABLE.replace(",", "\t").encode()),
        ("a.csv", TABLE.replace("\n", "\r\n").encode()),
        ("a.csv.gz", gzip.compress(TABLE.encode(), mtime=0)),
        ("upload", TABLE.encode()),
        ("a.xlsx", a_workbook([["nombre", "edad"], ["Ñandú", 3]])),
        ("a.json", json.dumps([{"nombre": "Ñandú", "edad": 3}]).encode()),
        ("a.json", json.dumps({"data": [{"nombre": "Ñandú", "edad": "3"}]}).encode()),
        ("a.parquet", a_parquet({"nombre": ["Ñandú"], "edad": [3.0]})),
    ],
)
def test_every_format_and_encoding_gives_the_same_rows(name, data):
    table = open_bytes(data, name)

    assert table.header == ("nombre", "edad")
    assert cells_of(table) == [{"nombre": "Ñandú", "edad": "3"}]
    assert table.problems == ()


def test_a_file_in_windows_letters_is_read_with_a_warning():
    table = open_bytes(TABLE.encode("cp1252"), "a.csv")

    assert cells_of(table) == [{"nombre": "Ñandú", "edad": "3"}]
    assert rules_of(table.problems) == ["encoding_guessed"]


def test_a_row_knows_the_line_it_began_on_even_after_a_break_inside_quotes():
    table = open_bytes(b'a,b\n"uno\ndos",1\n\ntres,2\n', "a.csv")

    assert [(row.line, row.cells["a"]) for row in table.rows] == [
        (2, "uno\ndos"),
        (5, "tres"),
    ]


def test_a_row_with_too_many_or_too_few_cells_says_so():
    table = open_bytes(b"a,b\n1,2,3\n1\n1,2\n1,2,\n", "a.csv")

    assert [row.fits for row in table.rows] == [False, False, True, True]


def test_columns_without_a_name_at_the_end_are_no_columns():
    table = open_bytes(b"a,b,,\n1,2,,\n", "a.csv")

    assert cells_of(table) == [{"a": "1", "b": "2"}]


def test_a_workbook_may_have_gaps_in_header_and_rows():
    table = open_bytes(a_workbook([["a", None, "b"], [], [1, "x", None]]), "a.xlsx")

    assert [(row.line, dict(row.cells)) for row in table.rows] == [(3, {"a": "1", "b": ""})]


def test_a_mark_of_byte_order_inside_a_column_name_is_taken_out():
    table = open_bytes("a, \ufeffb \n1,2\n".encode(), "a.csv")

    assert table.header == ("a", "b")


def test_a_workbook_with_several_filled_sheets_says_which_was_read():
    data = a_workbook([["a"], [1]], [["b"], [2]])

    table = open_bytes(data, "a.xlsx")

    assert cells_of(table) == [{"a": "1"}]
    assert [p.detail for p in table.problems] == ["hoja 0"]


def test_typed_cells_become_the_text_a_person_would_read():
    row = {"a": None, "b": True, "c": False, "d": 2.5, "e": ["x"]}

    table = open_bytes(json.dumps([row]).encode(), "a.json")

    assert cells_of(table) == [{"a": "", "b": "true", "c": "false", "d": "2.5", "e": '["x"]'}]


def test_dates_of_a_workbook_become_iso_dates():
    day, noon = date(2026, 1, 2), datetime(2026, 1, 2, 12)  # noqa: DTZ001 - Excel has no zone
    data = a_parquet({"dia": pa.array([day]), "hora": pa.array([noon])})

    table = open_bytes(data, "a.parquet")

    assert cells_of(table) == [{"dia": "2026-01-02", "hora": "2026-01-02T12:00:00"}]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.csv", b"", "vacío"),
        ("a.csv", b"\xef\xbb\xbf \n", "vacío"),
        ("a.csv", b"%PDF-1.7 ...", "PDF"),
        ("a.csv", b"<!DOCTYPE html><html>", "página web"),
        ("a.csv", b"\x89PNG\r\n\x1a\n", "imagen"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", ".xls"),
        ("a.csv", b"a\x00b\x00\x01\x02\x00\x00", "no son texto"),
        ("a.csv", gzip.compress(TABLE.encode(), mtime=0), "no es lo que dice su nombre"),
        ("a.xlsx", TABLE.encode(), "no es lo que dice su nombre"),
        ("a.csv", b'[{"a": 1}]', "no es lo que dice su nombre"),
        ("a.xlsx", b"PK\x03\x04 cut short xl/workbook", "cortado o dañado"),
        ("a.csv.gz", gzip.compress(TABLE.encode() * 50, mtime=0)[:-9], "cortado o dañado"),
        (
            "a.csv.gz",
            gzip.compress(gzip.compress(b"a,b\n", mtime=0), mtime=0),
            "comprimido dos veces",
        ),
        ("a.json", b'[{"a": 1}, {"a"', "no es JSON válido"),
        ("a.json", b'{"a": 1}', "no una lista de filas"),
        ("a.json", b"[1, 2]", "elemento 1"),
        ("a.json", b"[]", "ninguna fila"),
        ("a.parquet", b"PAR1 and nothing more", "cortado o dañado"),
        ("a.xlsx", a_workbook([]), "ninguna fila"),
        ("a.xlsx", a_workbook([["a", "a"], [1, 2]]), "mismo nombre"),
        ("a.csv", b"a,a\n1,2\n", "está dos veces"),
        ("a.csv", b"a,b\n", "ninguna fila"),
        ("a.json", b"[" * 100_000 + b"]" * 100_000, "cortado o dañado"),
        ("a.xlsx", a_broken_workbook(), "cortado o dañado"),
        ("a.csv", b'a,b\n1,2\n"3,4\n5,6\n', "línea 3"),
        ("a.csv", b"a,b\n\x81\xff,2\n", "línea 2"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(name, data, says):
    with pytest.raises(UnreadableFile, match=says.replace(".", r"\.")) as refusal:
        list(open_bytes(data, name).rows)

    assert isinstance(refusal.value, CaseworkError)
    assert "\n" not in str(refusal.value)
    assert refusal.value.sentence % refusal.value.details == str(refusal.value)


def test_a_zip_that_is_no_workbook_is_refused():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("foto.jpg", b"...")

    with pytest.raises(UnreadableFile, match="ZIP"):
        open_bytes(written.getvalue(), "a.xlsx")


def test_a_file_larger_than_the_limit_is_refused_packed_or_not(monkeypatch):
    monkeypatch.setattr(reading, "MAX_BYTES", 10_000)
    bomb = b"a,b\n" + b"1,2\n" * 5_000

    for name, data in (
        ("a.csv", bomb),
        ("a.csv.gz", gzip.compress(bomb, mtime=0)),
        ("a.xlsx", a_workbook([["a"], *[["1" * 50]] * 400])),
    ):
        with pytest.raises(UnreadableFile, match="Divídalo"):
            open_bytes(data, name)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match=r"No se pudo abrir «no\.csv»"):
        open_table(tmp_path / "no.csv")


def test_a_file_on_disk_is_read(tmp_path):
    (tmp_path / "a.csv").write_text(TABLE, encoding="utf-8")

    assert cells_of(open_table(tmp_path / "a.csv")) == [{"nombre": "Ñandú", "edad": "3"}]


def test_the_text_of_a_row_stays_out_of_logs():
    table = open_bytes(b"nombre\nMaria\n", "a.csv")

    assert "Maria" not in repr(list(table.rows))
