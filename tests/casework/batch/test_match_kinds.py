"""Every kind of pairing on the command line, and one file against itself."""

import csv
import json

import pytest
from click.testing import CliRunner

from casework.batch.match import match

MISSING = """record_id,sex,birth_from,last_contact_from,lat,lon,country,nationality,marks
ana,female,1990-03-02,2020-05-01,15.5,-88.0,HN,HN,tattoo:forearm:left:mariposa azul
luis,male,1978,2020-06-10,14.6,-90.5,GT,GT,
ana2,female,1990-03-02,2020-04-20,15.5,-88.1,HN,HN,tattoo:forearm:left:mariposa azul
"""
LIVING = """record_id,sex,birth_from,found_from,lat,lon,country,marks
h1,female,1990-03-02,2021-01-05,19.4,-99.1,MX,tattoo:forearm:left:mariposa azul
h2,male,1950,2021-02-01,19.4,-99.1,MX,
"""
REMAINS = """record_id,sex,age_min,age_max,found_from,lat,lon,country,condition
r1,male,30,30,2014-05-07,31.9,-112.5,US,2
r2,male,20,50,2014-06-16,32.1,-111.0,US,6
r3,female,20,50,2012-01-01,32.1,-111.0,US,6
"""
OTHERS = """record_id,sex,age_min,age_max,found_from,lat,lon
x1,male,30,30,2014-05-08,31.9,-112.5
x2,male,,,2013-02-01,31.2,-110.0
"""
FILES = {"missing": MISSING, "living": LIVING, "remains": REMAINS, "others": OTHERS}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        (tmp_path / f"{name}.csv").write_text(text)
    return tmp_path


def run(folder, kind, left, right, *options):
    files = [str(folder / f"{left}.csv"), str(folder / f"{right}.csv")]
    out = ["--out", str(folder / "pairs.csv"), "--report", str(folder / "report.json")]
    return CliRunner().invoke(match, [*files, "--kind", kind, "--jobs", "1", *out, *options])


def pairs_in(folder):
    with (folder / "pairs.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def report_in(folder):
    return json.loads((folder / "report.json").read_text())


@pytest.mark.parametrize(
    ("kind", "left", "right", "best"),
    [
        ("missing-living", "missing", "living", ("ana2", "h1")),
        ("missing-missing", "missing", "missing", ("ana", "ana2")),
        ("remains-remains", "remains", "others", ("r1", "x1")),
    ],
)
def test_each_kind_is_weighed_by_its_newest_model(folder, kind, left, right, best):
    result = run(folder, kind, left, right)

    assert result.exit_code == 0
    pairs = pairs_in(folder)
    first = max(pairs, key=lambda pair: float(pair["log10_lr"]))
    assert {first["left_id"], first["right_id"]} == set(best)
    assert {pair["model"] for pair in pairs} == {kind}
    assert report_in(folder)["model"]["name"] == kind


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        ("missing-living", "missing", "living"),
        ("missing-missing", "missing", "missing"),
        ("remains-remains", "remains", "remains"),
        ("remains-remains", "remains", "others"),
    ],
)
def test_the_report_accounts_for_every_pair_of_every_kind(folder, kind, left, right):
    run(folder, kind, left, right)

    report = report_in(folder)
    parts = ("scored", "skipped", "of_one_record", "the_other_way_round")
    counted = sum(report[f"pairs_{part}"] for part in parts)
    assert counted == report["left"]["read"] * report["right"]["read"]
    assert report["pairs_written"] == len(pairs_in(folder))
    total = sum(float(pair["posterior"]) for pair in pairs_in(folder))
    assert report["expected_true_matches_in_list"] == pytest.approx(total, rel=1e-5)


def test_the_weights_of_a_pair_add_up_where_each_is_listed_once(folder):
    run(folder, "remains-remains", "remains", "remains")

    for pair in pairs_in(folder):
        weights = [float(cell) for name, cell in pair.items() if name.startswith("w_") and cell]
        rounding = 0.00005 * (len(weights) + 1)
        assert sum(weights) == pytest.approx(float(pair["log10_lr"]), abs=rounding)


def test_in_one_file_nobody_is_paired_with_themselves_and_no_pair_stands_twice(folder):
    result = run(folder, "remains-remains", "remains", "remains")

    pairs = [frozenset((pair["left_id"], pair["right_id"])) for pair in pairs_in(folder)]
    assert sorted(map(sorted, pairs)) == [["r1", "r2"], ["r1", "r3"], ["r2", "r3"]]
    assert "3 records stand on both sides" in result.stderr


def test_a_copy_of_the_file_is_the_same_records(folder):
    (folder / "copy.csv").write_text(REMAINS)

    run(folder, "remains-remains", "remains", "copy")

    assert len(pairs_in(folder)) == 3 * 2 / 2


def test_two_institutions_that_number_alike_are_compared(folder):
    (folder / "others.csv").write_text(OTHERS.replace("x1", "r1"))

    result = run(folder, "remains-remains", "remains", "others")

    assert ("r1", "r1") in {(pair["left_id"], pair["right_id"]) for pair in pairs_in(folder)}
    assert "1 record_ids stand on both sides and say different things" in result.stderr


def test_two_registers_of_one_death_are_linked_a_day_apart(folder):
    run(folder, "remains-remains", "remains", "others")

    pair = next(one for one in pairs_in(folder) if one["rank_for_left"] == "1")
    assert (pair["left_id"], pair["right_id"]) == ("r1", "x1")
    assert float(pair["w_recovery"]) > 1


def test_one_record_has_nobody_to_be_compared_with(folder):
    (folder / "remains.csv").write_text("\n".join(REMAINS.splitlines()[:2]))

    result = run(folder, "remains-remains", "remains", "remains")

    assert (result.exit_code, "nobody else" in result.stderr) == (4, True)
    assert not (folder / "pairs.csv").exists()


@pytest.mark.parametrize(
    ("kind", "left", "right", "column"),
    [
        ("remains-remains", "missing", "remains", "last_contact_from"),
        ("missing-remains", "remains", "missing", "condition"),
        ("missing-living", "missing", "remains", "condition"),
        ("missing-living", "missing", "missing", "last_contact_from"),
    ],
)
def test_a_file_of_another_kind_is_refused_and_not_read_without_its_dates(
    folder, kind, left, right, column
):
    result = run(folder, kind, left, right)

    assert (result.exit_code, f"it has the column {column}" in result.stderr) == (4, True)


def test_a_model_of_another_pairing_is_refused(folder):
    result = run(
        folder, "remains-remains", "remains", "others", "--model", "missing-remains-2026.3"
    )

    assert (result.exit_code, "not remains-remains" in result.stderr) == (2, True)


def test_the_rows_that_one_file_rejects_are_said_once(folder):
    (folder / "remains.csv").write_text(REMAINS + "r4,two,30,30,2014,,,,\n")

    result = run(folder, "remains-remains", "remains", "remains")

    assert result.exit_code == 3
    assert result.stderr.count("1 of 4 rows could not be read") == 1
    assert len((folder / "pairs.rejects.csv").read_text().splitlines()) == 2
