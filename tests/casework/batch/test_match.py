"""The command, from files to files."""

import csv
import json

import pytest
from click.testing import CliRunner

from casework.batch.match import match

MISSING = """record_id,sex,birth_from,last_contact_from,stature_cm_min,stature_cm_max,marks
ana,female,1990-03-02,2020-05-01,158,162,tattoo:forearm:left:mariposa azul
luis,male,1978,2020-06-10,174,178,
old,male,1950,2022-01-01,165,170,
"""
REMAINS = """record_id,sex,age_min,age_max,found_from,stature_cm_min,condition,marks
r1,female,25,35,2020-05-20,155,2,tattoo:forearm:left:mariposa azul
r2,male,35,50,2020-07-01,170,2,
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "missing.csv").write_text(MISSING)
    (tmp_path / "remains.csv").write_text(REMAINS)
    return tmp_path


def run(folder, *options, kind="missing-remains", left="missing.csv", right="remains.csv"):
    files = [str(folder / left), str(folder / right), "--out", str(folder / "pairs.csv")]
    return CliRunner().invoke(match, [*files, "--kind", kind, "--jobs", "1", *options])


def pairs_in(folder):
    with (folder / "pairs.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_pairs_are_written_in_the_columns_of_the_format(folder):
    result = run(folder)

    assert (result.exit_code, result.output) == (0, "")
    columns = list(pairs_in(folder)[0])
    assert columns[:6] == [
        "left_id",
        "right_id",
        "log10_lr",
        "posterior",
        "rank_for_left",
        "rank_for_right",
    ]
    assert all(name.startswith("w_") for name in columns[6:-2])
    assert columns[-2:] == ["model", "model_version"]


def test_the_same_tattoo_stands_first(folder):
    run(folder)

    best = [pair for pair in pairs_in(folder) if pair["rank_for_left"] == "1"]
    assert ("ana", "r1") in {(pair["left_id"], pair["right_id"]) for pair in best}


def test_the_weights_of_a_pair_add_up_to_its_own(folder):
    run(folder)

    for pair in pairs_in(folder):
        weights = [float(cell) for name, cell in pair.items() if name.startswith("w_") and cell]
        rounding = 0.00005 * (len(weights) + 1)
        assert sum(weights) == pytest.approx(float(pair["log10_lr"]), abs=rounding)


def test_someone_alive_long_after_the_recovery_is_not_paired_with_it(folder):
    run(folder)

    assert "old" not in {pair["left_id"] for pair in pairs_in(folder)}


def test_the_report_accounts_for_every_row_and_every_pair(folder):
    run(folder, "--report", str(folder / "report.json"))

    report = json.loads((folder / "report.json").read_text())
    assert report["left"]["rows"] == report["left"]["read"] + report["left"]["rejected"] == 3
    assert report["pairs_scored"] + report["pairs_skipped"] == 3 * 2
    assert report["pairs_written"] == len(pairs_in(folder))
    assert set(report["seconds"]) == {"read", "weigh", "judge", "write"}
    assert report["peak_memory_mb"] > 0


def test_the_expected_matches_are_the_sum_of_the_posteriors(folder):
    run(folder, "--report", str(folder / "report.json"))

    report = json.loads((folder / "report.json").read_text())
    total = sum(float(pair["posterior"]) for pair in pairs_in(folder))
    assert report["expected_true_matches_in_list"] == pytest.approx(total, rel=1e-5)


def test_rejected_rows_stand_beside_the_output_and_the_rest_is_weighed(folder):
    (folder / "missing.csv").write_text(MISSING + "bad,femal,1990,2020-05-01,,,\n")

    result = run(folder)

    assert result.exit_code == 3
    assert "1 of 4 rows could not be read" in result.stderr
    with (folder / "pairs.rejects.csv").open(newline="") as file:
        (rejected,) = csv.DictReader(file)
    assert (rejected["file"], rejected["line"]) == ("missing.csv", "5")
    assert rejected["record_id"] == "bad"
    assert pairs_in(folder)


def test_what_is_said_aloud_names_no_cell(folder):
    (folder / "missing.csv").write_text(MISSING + "bad,María,1990,2020-05-01,,,\n")

    result = run(folder)

    assert "María" not in result.output


def test_rejects_of_an_earlier_run_do_not_stay(folder):
    stale = folder / "pairs.rejects.csv"
    stale.write_text("file,line\nmissing.csv,5\n")

    assert run(folder).exit_code == 0

    assert stale.read_text().splitlines() == ["file,line,rules,reasons"]


def test_corrected_rejects_can_be_weighed_as_they_are(folder):
    (folder / "missing.csv").write_text(MISSING.replace("female", "femal"))
    run(folder)
    rejects = (folder / "pairs.rejects.csv").read_text()
    (folder / "corrected.csv").write_text(rejects.replace("femal,", "female,"))

    result = run(folder, left="corrected.csv")

    assert result.exit_code == 0
    assert {pair["left_id"] for pair in pairs_in(folder)} == {"ana"}


def test_an_unknown_column_is_named_once(folder):
    header, *rows = MISSING.splitlines()
    text = "\n".join([f"shoe,{header}", *(f"42,{row}" for row in rows)])
    (folder / "missing.csv").write_text(text)

    result = run(folder)

    assert result.stderr.count("shoe") == 1


def test_packed_output_is_chosen_by_name(folder):
    result = run(folder, "--out", str(folder / "pairs.parquet"))

    assert result.exit_code == 0
    assert (folder / "pairs.parquet").read_bytes().startswith(b"PAR1")


def test_a_threshold_leaves_out_what_weighs_less(folder):
    run(folder, "--min-log10-lr", "0.5")

    assert all(float(pair["log10_lr"]) >= 0.5 for pair in pairs_in(folder))


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        ({"kind": "remains-remains"}, 4, "is not of remains"),
        ({"kind": "dogs"}, 2, "Invalid value"),
        ({"left": "nobody.csv"}, 2, "There is no file"),
        ({"left": "missing.txt"}, 2, "must end in"),
        ({"left": "pairs.csv"}, 2, "different files"),
        ({"left": "pairs.rejects.csv"}, 2, "different files"),
        ({"left": "nothing.csv"}, 4, "no row that could be read"),
        ({"left": "latin.csv"}, 4, "not UTF-8"),
        ({"left": "nameless.csv"}, 4, "no column record_id"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_a_code(folder, options, code, sentence):
    (folder / "nothing.csv").write_text("record_id,sex\n,male\n")
    (folder / "latin.csv").write_bytes("record_id\nmuñoz\n".encode("latin-1"))
    (folder / "nameless.csv").write_text("sex\nmale\n")

    result = run(folder, **options)

    assert (result.exit_code, sentence in result.stderr) == (code, True)
    assert not (folder / "pairs.csv").exists()


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (["--cluster", "pigeon://loft"], 2, "No scheduler answers"),
        (["--model", "tarot"], 2, "tarot"),
        (["--rejects", "rejects.parquet"], 2, "written as .csv"),
        (["--out", "nowhere/pairs.csv"], 1, "There is no folder"),
        (["--report", "missing.csv/report.json"], 1, "cannot be written"),
    ],
)
def test_an_option_that_cannot_be_met_is_refused_before_the_work(
    folder, monkeypatch, options, code, sentence
):
    monkeypatch.chdir(folder)

    result = run(folder, *options)

    assert (result.exit_code, sentence in result.stderr) == (code, True)
    assert not (folder / "pairs.csv").exists()


def test_a_bound_that_is_no_number_is_asked_wrongly(folder):
    result = run(folder, "--min-log10-lr", "nan")

    assert result.exit_code == 2
    assert "nan is no number" in result.stderr
    assert not (folder / "pairs.csv").exists()
