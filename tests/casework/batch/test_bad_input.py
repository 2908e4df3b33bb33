"""What a laboratory may hand in by mistake, through the command: named, and never weighed."""

import csv
import datetime as dt
import gzip
import json
from importlib.resources import files

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from casework.cli import cli

COLUMNS = (
    "record_id,sex,age_min,age_max,birth_from,last_contact_from,last_contact_to,lat,lon,"
    "country,stature_cm_min,stature_cm_max,marks"
)
GOOD = {
    "record_id": "good", "sex": "male", "age_min": "20", "age_max": "30",
    "last_contact_from": "2020-01-01", "lat": "15", "lon": "-88", "country": "HN",
    "stature_cm_min": "170", "stature_cm_max": "175",
}  # fmt: skip
MODEL = files("matching.models").joinpath("remains-remains-2026.2.toml").read_text("utf-8")
REMAINS = "record_id,sex,found_from,lat,lon,country\nr1,male,2020-03-01,15.1,-88.1,HN\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "remains.csv").write_text(REMAINS)
    return tmp_path


def row(**changed):
    said = GOOD | changed
    return ",".join(said.get(name, "") for name in COLUMNS.split(","))


def people(folder, *rows, name="missing.csv"):
    text = "\n".join([COLUMNS, *rows, ""])
    path = folder / name
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(text.encode()))
    elif name.endswith(".parquet"):
        read = list(csv.DictReader(text.splitlines()))
        pq.write_table(pa.Table.from_pylist(read), path)
    else:
        path.write_text(text)
    return path


def run(folder, left, *options, right="remains.csv", kind="missing-remains"):
    asked = ["match", str(left), str(folder / right), "--kind", kind, "--jobs", "1"]
    out = ["--out", str(folder / "pairs.csv"), "--report", str(folder / "report.json")]
    return CliRunner().invoke(cli, [*asked, *out, *options])


def rejected(folder):
    with (folder / "pairs.rejects.csv").open(newline="") as file:
        return {line["record_id"]: line["rules"] for line in csv.DictReader(file)}


def weighed(folder):
    with (folder / "pairs.csv").open(newline="") as file:
        return {pair["left_id"] for pair in csv.DictReader(file)}


BAD_ROWS = [
    ("ends_reversed", {"age_min": "40"}),
    ("ends_reversed", {"last_contact_to": "2019-01-01"}),
    ("ends_reversed", {"stature_cm_min": "180"}),
    ("out_of_bounds|out_of_bounds", {"age_min": "180", "age_max": "180"}),
    ("out_of_bounds", {"age_min": "-5"}),
    ("out_of_bounds", {"last_contact_from": "0020-01-01"}),
    ("out_of_bounds|out_of_bounds", {"stature_cm_min": "1.70", "stature_cm_max": "1.75"}),
    ("not_a_code", {"sex": "male|female"}),
    ("not_a_code", {"marks": "tatto:arm"}),
    ("not_a_number", {"age_min": "twenty"}),
    ("not_a_number", {"age_min": "nan"}),
    ("not_a_number", {"age_max": "inf"}),
    ("not_a_date", {"last_contact_from": "01/02/2020"}),
    ("not_a_date", {"last_contact_from": "2020-02-30"}),
    ("not_a_country", {"country": "Honduras"}),
    ("born_later", {"birth_from": "2021"}),
    ("place_zero", {"lat": "0", "lon": "0"}),
    ("place_incomplete", {"lon": ""}),
    ("out_of_bounds", {"lat": "95", "country": ""}),
    ("place_swapped", {"lat": "-88", "lon": "15"}),
    ("place_sign_lost", {"lon": "88"}),
    ("place_sign_lost", {"lat": "-15"}),
]


@pytest.mark.parametrize("name", ["missing.csv", "missing.csv.gz", "missing.parquet"])
def test_each_bad_row_is_rejected_by_the_name_of_its_fault_in_every_format(folder, name):
    bad = [row(record_id=f"b{at}", **changed) for at, (_, changed) in enumerate(BAD_ROWS)]
    left = people(folder, row(), *bad, row(), name=name)

    result = run(folder, left)

    assert result.exit_code == 3
    expected = {f"b{at}": rule for at, (rule, _) in enumerate(BAD_ROWS)}
    assert rejected(folder) == expected | {"good": "record_id_repeated"}
    assert weighed(folder) == {"good"}
    report = json.loads((folder / "report.json").read_text())["left"]
    assert report["rows"] == len(BAD_ROWS) + 2
    assert (report["read"], report["rejected"]) == (1, len(BAD_ROWS) + 1)


def test_a_point_at_sea_is_a_point(folder):
    # Between Haiti and Cuba, some 90 km off either coast.
    left = people(folder, row(lat="19.9", lon="-74.0", country="HT"))

    result = run(folder, left)

    assert (result.exit_code, result.stderr) == (0, "")


def test_a_point_far_from_its_country_is_taken_and_said(folder):
    (folder / "remains.csv").write_text(REMAINS + "r2,male,2020-03-01,36,-30,MR\n")

    result = run(folder, people(folder, row()))

    assert result.exit_code == 0
    assert "1 points lie far from the country" in result.stderr
    report = json.loads((folder / "report.json").read_text())
    assert report["right"]["far_from_country"] == 1


def test_a_thousand_records_alike_are_weighed_and_none_is_believed(folder):
    rows = "".join(f"s{at},male,2020-03-01,15.1,-88.1,HN\n" for at in range(1000))
    (folder / "remains.csv").write_text(REMAINS.splitlines()[0] + "\n" + rows)

    result = run(folder, people(folder, row()), "--top", "3")

    assert result.exit_code == 0
    report = json.loads((folder / "report.json").read_text())
    assert report["pairs_scored"] == 1000
    # Each fits as well as a thousand others do.
    assert report["expected_true_matches_in_list"] < 1


@pytest.mark.parametrize(
    ("content", "code", "sentence"),
    [
        (b"", 4, "is empty: it has no header"),
        (COLUMNS.encode(), 4, "no row that could be read"),
        ((COLUMNS + "\n" + row(sex="dog")).encode(), 4, "no row that could be read"),
        ((COLUMNS + "\n" + row()).encode("utf-16"), 4, "UTF-16"),
        ((COLUMNS + "\n" + row(record_id="muñoz")).encode("latin-1"), 4, "not UTF-8 in line 2"),
        ((COLUMNS + "\n" + row()).replace(",", ";").encode(), 4, "separated by semicolons"),
        ((COLUMNS + "\n" + row()).replace(",", "\t").encode(), 4, "separated by tabs"),
        ((COLUMNS + ",sex\n" + row()).encode(), 4, "the column “sex” twice"),
        ((COLUMNS + '\n"' + row()).encode(), 4, "a quote that is not closed"),
        (b"\x1f\x8b\x08", 4, "a gzip file"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(folder, content, code, sentence):
    (folder / "missing.csv").write_bytes(content)

    result = run(folder, folder / "missing.csv")

    assert (result.exit_code, sentence in result.stderr) == (code, True)
    assert result.stderr.count("reunir: ") == 1
    assert not (folder / "pairs.csv").exists()


def test_a_packed_file_cut_short_is_refused(folder):
    whole = people(folder, *[row(record_id=f"m{at}") for at in range(99)], name="all.csv.gz")
    (folder / "cut.csv.gz").write_bytes(whole.read_bytes()[:150])

    result = run(folder, folder / "cut.csv.gz")

    assert (result.exit_code, "cut short or damaged" in result.stderr) == (4, True)


def test_one_record_on_each_side_is_enough(folder):
    result = run(folder, people(folder, row()))

    assert result.exit_code == 0
    assert weighed(folder) == {"good"}


def test_typed_columns_of_a_table_are_read_as_their_text(folder):
    days = [dt.datetime(2020, 1, 1), dt.datetime(2020, 2, 3)]  # noqa: DTZ001 - as files have them
    table = pa.table(
        {
            "record_id": [7, 8],
            "sex": pa.array(["male", "female"]).dictionary_encode(),
            "age_min": [20.0, None],
            "last_contact_from": pa.array(days, pa.timestamp("ns")),
            "last_contact_to": pa.array([day.date() for day in days]),
            "marks": [["tattoo:arm", "scar:knee"], None],
            "country": pa.array([b"HN", None], pa.binary()),
        }
    )
    pq.write_table(table, folder / "typed.parquet")

    result = run(folder, folder / "typed.parquet")

    assert (result.exit_code, result.stderr) == (0, "")
    assert weighed(folder) == {"7", "8"}


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("wrong_report = 0.08", "wrong_report = 5", "“sex.wrong_report” is 5, outside"),
        ("wrong_report = 0.08", 'wrong_report = "x"', "“sex.wrong_report” must be a number"),
        ("wrong_report = 0.08", "foo = 1", "does not know: “sex.foo”"),
        ("days = 0.3, ", "", "has no number for “recovery.scales[0].days”"),
        ("unrelated = 0.02\nsource", "unrelated = 0.02\nwhy", "“recovery” need a source"),
        ("kind = ", "sort = ", "does not know: “sort”"),
        ("missing-remains-2026.3", "tarot", "there is no model “tarot”"),
        ('version = "2026.2"', "version = ", "is not TOML"),
    ],
)
def test_a_model_file_is_refused_by_its_name_and_that_of_the_number(
    folder, before, after, sentence
):
    path = folder / "mine.toml"
    path.write_text(MODEL.replace(before, after, 1))

    result = run(folder, folder / "remains.csv", "--model", str(path), kind="remains-remains")

    assert (result.exit_code, f"{path}: " in result.stderr) == (2, True)
    assert sentence in result.stderr


def test_a_model_file_of_ones_own_weighs(folder):
    path = folder / "mine.toml"
    path.write_text(MODEL.replace('version = "2026.2"', 'version = "mine"'))
    (folder / "others.csv").write_text(REMAINS.replace("r1", "x1"))

    result = run(
        folder, folder / "remains.csv", "--model", str(path),
        right="others.csv", kind="remains-remains",
    )  # fmt: skip

    assert result.exit_code == 0
    report = json.loads((folder / "report.json").read_text())
    assert report["model"]["version"] == "mine"
