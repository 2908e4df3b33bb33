"""Files on a real disk: read as they are, or refused in one sentence."""

import gzip

import pyarrow as pa
import pyarrow.parquet
import pytest

from casework.batch.files import SURPLUS, NoSuchTable, UnreadableTable, read_rows
from matching.tables import Rule

TABLE = "record_id,sex,place\na,male,Altar\nb,,\n"
CELLS = [
    {"record_id": "a", "sex": "male", "place": "Altar"},
    {"record_id": "b", "sex": "", "place": ""},
]


def a_file(folder, content, name="missing.csv"):
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def cells_of(path):
    return [dict(row.cells) for row in read_rows(path).rows]


def test_a_csv_file_is_read(tmp_path):
    source = read_rows(a_file(tmp_path, TABLE))

    assert source.header == ("record_id", "sex", "place")
    assert [dict(row.cells) for row in source.rows] == CELLS


def test_the_three_formats_say_the_same(tmp_path):
    plain = a_file(tmp_path, TABLE)
    packed = a_file(tmp_path, gzip.compress(TABLE.encode(), mtime=0), "missing.csv.gz")
    columns = pa.table({name: [row[name] for row in CELLS] for name in CELLS[0]})
    pyarrow.parquet.write_table(columns, tmp_path / "missing.parquet")

    assert cells_of(packed) == cells_of(plain) == cells_of(tmp_path / "missing.parquet")


def test_a_mark_of_byte_order_is_no_part_of_the_first_column(tmp_path):
    path = a_file(tmp_path, b"\xef\xbb\xbf\xef\xbb\xbf" + TABLE.encode())

    assert read_rows(path).header[0] == "record_id"


def test_line_breaks_within_quotes_do_not_shift_the_line_numbers(tmp_path):
    path = a_file(tmp_path, 'record_id,place\r\na,"El\r\nSásabe"\r\n\r\nb,Altar\r\n')

    read = list(read_rows(path).rows)

    assert [row.line for row in read] == [2, 5]
    assert read[0].cells["place"] == "El\r\nSásabe"


def test_a_row_too_long_keeps_its_surplus_and_is_a_misfit(tmp_path):
    (row,) = read_rows(a_file(tmp_path, "record_id,sex\na,male,x,y\n")).rows

    assert row.cells[SURPLUS] == "x|y"
    assert (row.misfit.rule, row.misfit.value) == (Rule.CELLS_DO_NOT_FIT_HEADER, "4")


def test_a_row_too_short_is_a_misfit(tmp_path):
    (row,) = read_rows(a_file(tmp_path, "record_id,sex\na\n")).rows

    assert row.misfit.rule is Rule.CELLS_DO_NOT_FIT_HEADER


def test_typed_columns_of_parquet_are_read_as_text(tmp_path):
    table = pa.table(
        {
            "record_id": [1, 2],
            "age_min": [30.0, None],
            "lat": [30.5, float("nan")],
            "nationality": [["HN", "GT"], []],
        }
    )
    pyarrow.parquet.write_table(table, tmp_path / "missing.parquet")

    assert cells_of(tmp_path / "missing.parquet") == [
        {"record_id": "1", "age_min": "30", "lat": "30.5", "nationality": "HN|GT"},
        {"record_id": "2", "age_min": "", "lat": "", "nationality": ""},
    ]


@pytest.mark.parametrize("name", ["missing.xlsx", "missing", "missing.gz"])
def test_a_name_that_does_not_say_the_format_is_refused(tmp_path, name):
    with pytest.raises(NoSuchTable, match=r"must end in \.csv"):
        read_rows(a_file(tmp_path, TABLE, name))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(NoSuchTable, match="There is no file"):
        read_rows(tmp_path / "missing.csv")


def test_a_folder_is_refused(tmp_path):
    (tmp_path / "missing.csv").mkdir()

    with pytest.raises(NoSuchTable, match="is a folder"):
        read_rows(tmp_path / "missing.csv")


PACKED = gzip.compress(TABLE.encode() * 1000, mtime=0)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("missing.csv", b"", "no header"),
        ("missing.csv", b"\n", "no header"),
        ("missing.csv", b"record_id,sex,sex\n", "“sex” twice"),
        ("missing.csv", b"record_id\na\nb\xf1o\n", "not UTF-8 in line 3"),
        ("missing.csv", b"record_id\na\xc3", "not UTF-8 in line 2"),
        ("missing.csv", TABLE.encode("utf-16"), "UTF-16"),
        ("missing.csv", PACKED, "gzip"),
        ("missing.csv", b"PK\x03\x04 and more", "workbook"),
        ("missing.csv", b"%PDF-1.7", "PDF"),
        ("missing.csv", b'record_id,place\na,"Altar\nb,Sonora\n', "quote"),
        ("missing.csv.gz", TABLE.encode(), "not gzip inside"),
        ("missing.csv.gz", PACKED[:-20], "cut short"),
        ("missing.csv.gz", PACKED[:40] + b"\xff" * 20 + PACKED[60:], "cut short|not gzip"),
        (
            "missing.csv.gz",
            gzip.compress(b"record_id\nb\xf1o\n", mtime=0),
            "not UTF-8 in line 2",
        ),
        ("missing.parquet", TABLE.encode(), "cannot be read"),
        ("missing.parquet", b"", "cannot be read"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(tmp_path, name, content, sentence):
    path = a_file(tmp_path, content, name)

    with pytest.raises(UnreadableTable, match=sentence) as refusal:
        list(read_rows(path).rows)

    assert "\n" not in str(refusal.value)
