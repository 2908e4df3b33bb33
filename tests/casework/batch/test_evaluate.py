import gzip
import json
import re

import pytest
from click.testing import CliRunner

from casework.batch.evaluate import evaluate
from casework.batch.groups import MOST_GROUPS, NOT_RECORDED, OTHERS, group_names

HEADER = "left_id,right_id,log10_lr,posterior,rank_for_left,rank_for_right,w_sex,model"
PAIRS = [
    "m1,r1,2.0,0.5,1,1,0.3,a-model",
    "m1,r2,1.0,0.25,2,,,a-model",
    "m2,r2,1.0,0.125,6,1,,a-model",
]
TRUTH = ["m1,r1", "m2,r2", "m4,r4"]


@pytest.fixture
def folder(tmp_path):
    put(tmp_path / "pairs.csv", HEADER, *PAIRS)
    put(tmp_path / "truth.csv", "left_id,right_id", *TRUTH)
    put(
        tmp_path / "missing.csv",
        "record_id,sex,age_min",
        "m1,female,20",
        "m2,male,31",
        "m4,,44",
    )
    return tmp_path


def put(path, *lines):
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def run(folder, *options, pairs="pairs.csv"):
    named = [str(folder / o) if o.endswith((".csv", ".json")) else o for o in options]
    return CliRunner().invoke(
        evaluate, [str(folder / pairs), str(folder / "truth.csv"), *named]
    )


def line_of(outcome, label):
    return next(line for line in outcome.stdout.splitlines() if line.startswith(label)).split()


def test_recall_is_printed_for_both_sides(folder):
    outcome = run(folder)

    assert outcome.exit_code == 0
    assert line_of(outcome, "recall at 1 ")[-4:] == ["33.3", "%", "66.7", "%"]  # 1/3 and 2/3
    assert line_of(outcome, "recall at 10 ")[-4:] == ["66.7", "%", "66.7", "%"]


def test_nobody_has_to_count_what_was_not_listed(folder):
    outcome = run(folder)

    assert line_of(outcome, "true pairs ")[-1] == "3"
    assert line_of(outcome, "of them listed")[-3:] == ["2", "(66.7", "%)"]


def test_the_same_numbers_are_written_for_programs(folder):
    run(folder, "--json", "judged.json")

    judged = json.loads((folder / "judged.json").read_text())
    assert judged["recall"]["left"] == {
        "1": pytest.approx(1 / 3),
        "5": pytest.approx(1 / 3),
        "10": pytest.approx(2 / 3),
        "50": pytest.approx(2 / 3),
    }
    assert judged["expected_true"] == 0.5 + 0.25 + 0.125


def test_what_has_no_value_is_null_in_json(folder):
    put(folder / "pairs.csv", HEADER)

    run(folder, "--json", "judged.json")

    assert json.loads((folder / "judged.json").read_text())["log_loss"] is None


def test_an_empty_list_finds_nothing_and_is_no_error(folder):
    put(folder / "pairs.csv", HEADER)

    outcome = run(folder)

    assert outcome.exit_code == 0
    assert line_of(outcome, "recall at 50")[-4:] == ["0.0", "%", "0.0", "%"]


def test_groups_are_judged_apart_and_the_gap_is_named(folder):
    women, men = [f"f{i},r{i}" for i in range(10)], [f"m{i},s{i}" for i in range(10)]
    put(folder / "truth.csv", "left_id,right_id", *women, *men)
    put(folder / "pairs.csv", HEADER, *(f"{pair},1.0,0.5,1,1,,a" for pair in women + men[:5]))
    who = [f"f{i},female" for i in range(10)] + [f"m{i},male" for i in range(10)]
    put(folder / "missing.csv", "record_id,sex", *who)

    outcome = run(folder, "--by", "sex", "--records", "missing.csv")

    assert outcome.exit_code == 0
    assert "By sex of the left records" in outcome.stdout
    # 10 of 10 and 5 of 10; all are recorded alike, which therefore explains nothing
    assert re.search(r"50\.0 points \(.*\), male behind female", outcome.stdout)
    assert "Expected from recorded: 0.0 points; left: 50.0." in outcome.stdout
    assert "look at the model" in outcome.stdout


def test_a_gap_between_groups_of_few_is_not_named(folder):
    outcome = run(folder, "--by", "sex", "--records", "missing.csv")

    assert "No gap can be named" in outcome.stdout


def test_groups_stand_in_json_too(folder):
    run(folder, "--by", "sex", "--records", "missing.csv", "--json", "judged.json")

    (by,) = json.loads((folder / "judged.json").read_text())["by"]
    assert (by["column"], by["side"], by["given"]) == ("sex", "left", ["recorded"])
    assert set(by["groups"]) == {"female", "male", NOT_RECORDED}
    assert by["groups"]["female"]["recall"]["1"]["value"] == 1
    assert by["gap"] is None


def test_a_column_without_its_file_is_a_mistake_of_usage(folder):
    outcome = run(folder, "--by", "sex")

    assert outcome.exit_code == 2
    assert "belong together" in outcome.stderr


def test_a_column_that_is_not_there_is_named(folder):
    outcome = run(folder, "--by", "colour", "--records", "missing.csv")

    assert outcome.exit_code == 2
    assert "No file of records has a column colour" in outcome.stderr
    assert "missing.csv has sex, age_min, age_group, recorded." in outcome.stderr


def test_several_columns_of_both_sides_are_judged_at_once(folder):
    put(folder / "remains.csv", "record_id,sex,condition", "r1,female,1", "r2,,6", "r9,male,7")
    files = ["--records", "missing.csv", "--records", "remains.csv"]

    outcome = run(folder, "--by", "sex", "--by", "condition_group", *files)

    assert outcome.exit_code == 0
    for told in ("sex of the left", "sex of the right", "condition_group of the right"):
        assert f"By {told} records" in outcome.stdout
    assert line_of(outcome, "1 whole")[2] == "1"


def test_true_pairs_whose_record_the_file_lacks_are_counted(folder):
    put(folder / "missing.csv", "record_id,sex", "m1,female")

    outcome = run(folder, "--by", "sex", "--records", "missing.csv")

    assert "2 true pairs are of records the file does not hold: left out." in outcome.stdout


def test_the_columns_that_may_explain_a_gap_can_be_named(folder):
    asked = ["--by", "sex", "--records", "missing.csv", "--given", "age_min"]

    outcome = run(folder, *asked, "--json", "judged.json")

    (by,) = json.loads((folder / "judged.json").read_text())["by"]
    assert outcome.exit_code == 0
    assert by["given"] == ["age_min"]


def test_an_explanation_of_nothing_is_a_mistake_of_usage(folder):
    outcome = run(folder, "--given", "age_min")

    assert outcome.exit_code == 2
    assert "name them with --by" in outcome.stderr


@pytest.mark.parametrize(
    ("rows", "column"), [(["m8,r1", "m9,r2"], "left_id"), (["m1,r8", "m2,r9"], "right_id")]
)
def test_a_truth_about_other_records_is_refused(folder, rows, column):
    put(folder / "truth.csv", "left_id,right_id", *rows)

    outcome = run(folder)

    assert outcome.exit_code == 4
    assert f"No {column} of" in outcome.stderr
    assert "they are of different records" in outcome.stderr


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("m1,male,30", "“m1” already stands in line 2"),
        (",male,30", "the row has no record_id"),
        ("m7,male", "the row has 2 cells, the header 3"),
    ],
)
def test_a_record_that_cannot_be_grouped_is_said(folder, row, reason):
    with (folder / "missing.csv").open("a", encoding="utf-8") as file:
        file.write(row + "\n")

    asked = ["--by", "sex", "--records", "missing.csv", "--rejects", "rejects.csv"]
    outcome = run(folder, *asked)

    assert outcome.exit_code == 3
    assert f"missing.csv, line 5: {reason}" in outcome.stderr


def test_records_without_ids_are_refused(folder):
    put(folder / "missing.csv", "sex", "female")

    outcome = run(folder, "--by", "sex", "--records", "missing.csv")

    assert outcome.exit_code == 4
    assert "has no column record_id" in outcome.stderr


def test_records_of_neither_side_are_refused(folder):
    put(folder / "missing.csv", "record_id,sex", "x1,female")

    outcome = run(folder, "--by", "sex", "--records", "missing.csv")

    assert outcome.exit_code == 4
    assert "holds no record of the truth" in outcome.stderr


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("m3,r3,1.0,likely,1,1,,a", "“likely” in posterior is not a number"),
        ("m3,r3,1.0,1.5,1,1,,a", "1.5 in posterior is not a probability"),
        ("m3,r3,1.0,nan,1,1,,a", "nan in posterior is not a probability"),
        ("m3,r3,1.0,0.5,first,1,,a", "“first” in rank_for_left is not a rank"),
        ("m3,r3,1.0,0.5,-1,1,,a", "“-1” in rank_for_left is not a rank"),
        (",r3,1.0,0.5,1,1,,a", "left_id or right_id is empty"),
        ("m1,r1,1.0,0.5,1,1,,a", "the pair already stands in line 2"),
        ("m3,r3", "the row has 2 cells, the header 8"),
    ],
)
def test_a_row_that_cannot_be_read_is_said_and_the_others_count(folder, row, reason):
    put(folder / "pairs.csv", HEADER, *PAIRS, row)

    outcome = run(folder, "--rejects", "rejects.csv")

    assert outcome.exit_code == 3
    assert f"pairs.csv, line 5: {reason}" in outcome.stderr
    assert reason in (folder / "rejects.csv").read_text(encoding="utf-8").replace('""', '"')
    assert line_of(outcome, "pairs listed")[-1] == "3"


def test_a_list_without_a_readable_row_is_refused(folder):
    put(folder / "pairs.csv", HEADER, "m3,r3,1.0,likely,1,1,,a")

    outcome = run(folder)

    assert outcome.exit_code == 4
    assert "has no row that could be read" in outcome.stderr


def test_a_truth_without_pairs_is_refused(folder):
    put(folder / "truth.csv", "left_id,right_id")

    outcome = run(folder)

    assert outcome.exit_code == 4
    assert "holds no pair" in outcome.stderr


def test_a_missing_file_is_a_mistake_of_usage(folder):
    assert run(folder, pairs="nowhere.csv").exit_code == 2


def test_a_file_of_something_else_names_the_column_it_lacks(folder):
    outcome = run(folder, pairs="missing.csv")

    assert outcome.exit_code == 4
    assert "has no column left_id; it needs left_id, right_id, posterior" in outcome.stderr


def test_a_compressed_list_is_judged_alike(folder):
    plain = (folder / "pairs.csv").read_bytes()
    (folder / "pairs.csv.gz").write_bytes(gzip.compress(plain))

    assert run(folder, pairs="pairs.csv.gz").stdout == run(folder).stdout


def test_many_numbers_are_grouped_in_tens():
    ages = {f"m{age}": str(age) for age in range(15, 40)} | {"m0": "unknown", "m1": ""}

    names = group_names(ages)

    assert names["m19"] == "10–19"
    assert names["m20"] == "20–29"
    assert (names["m0"], names["m1"]) == ("unknown", NOT_RECORDED)


def test_few_numbers_stay_as_they_are():
    assert group_names({"r1": "1", "r2": "7"}) == {"r1": "1", "r2": "7"}


def test_dates_are_grouped_by_year():
    assert group_names({"m1": "2019-05-03", "m2": "2020-01"}) == {"m1": "2019", "m2": "2020"}


def test_groups_beyond_what_a_table_holds_are_put_together():
    names = group_names({f"m{i}": f"place {i}" for i in range(MOST_GROUPS + 5)})

    assert len(set(names.values())) == MOST_GROUPS
    assert OTHERS in names.values()


@pytest.mark.parametrize(
    "options",
    [
        ["--json", "pairs.csv"],
        ["--rejects", "truth.csv"],
        ["--json", "missing.csv", "--by", "sex", "--records", "missing.csv"],
        ["--json", "judged.json", "--rejects", "judged.json"],
    ],
)
def test_nothing_is_written_over_an_input_or_another_output(folder, options):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    outcome = run(folder, *options)

    assert outcome.exit_code == 2
    assert "must be different files" in outcome.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
