"""The verb that links the records of one file, from file to files."""

import csv
import json

import pytest
from click.testing import CliRunner

from casework.batch.link import link_file
from casework.batch.link_reasons import SENTENCES
from matching.linking.kinds import LEVELS
from tests.benchmarks.invented_names import invented_records

JOSUE = {"record_id": "a", "given_names": "Wilmer Josué", "surname_1": "Quintanilla"}
JOSUE |= {"surname_2": "Orellana", "birth_from": "1994-03-07", "birth_to": "1994-03-07"}
AGAIN = JOSUE | {"record_id": "b", "surname_1": "KINTANILLA", "given_names": "wilmer"}


def write(path, rows):
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def folder(tmp_path):
    rows, _ = invented_records(80, seed=11)
    write(tmp_path / "people.csv", [JOSUE, AGAIN, *rows])
    return tmp_path


def run(folder, *options, name="people.csv"):
    asked = [str(folder / name), "--out", str(folder / "pairs.csv"), "--jobs", "1", *options]
    return CliRunner().invoke(link_file, asked)


def table(folder, name):
    with (folder / name).open(newline="") as file:
        return list(csv.DictReader(file))


def test_pairs_are_written_in_the_columns_of_the_format(folder):
    result = run(folder)

    assert (result.exit_code, result.output) == (0, "")
    columns = list(table(folder, "pairs.csv")[0])
    assert columns[:4] == ["left_id", "right_id", "log10_lr", "posterior"]
    assert columns[4:6] == ["rank_for_left", "rank_for_right"]
    assert all(name.startswith("w_") for name in columns[6:-3])
    assert columns[-3:] == ["reasons", "model", "model_version"]


def test_the_same_person_is_found_and_the_weights_add_up(folder):
    run(folder)

    (pair,) = [row for row in table(folder, "pairs.csv") if row["left_id"] == "a"]
    weights = [float(cell) for name, cell in pair.items() if name.startswith("w_") and cell]
    assert pair["right_id"] == "b"
    assert sum(weights) == pytest.approx(float(pair["log10_lr"]), abs=0.001)
    assert pair["w_phones"] == ""


def test_each_link_says_why_in_words_with_the_weight_behind(folder):
    run(folder)

    (pair,) = [row for row in table(folder, "pairs.csv") if row["left_id"] == "a"]
    reasons = pair["reasons"].split("; ")
    assert reasons[0].startswith("one surname is the same, the other similar (+")
    assert any(reason.startswith("both were born on the same day (+") for reason in reasons)
    assert "telephone" not in pair["reasons"]
    said = sum(float(reason.rsplit("(", 1)[1].rstrip(")")) for reason in reasons)
    assert said == pytest.approx(float(pair["log10_lr"]), abs=0.05 * (len(reasons) + 2))


def test_each_record_of_a_group_but_the_first_says_what_joins_it(folder):
    again = [JOSUE | {"record_id": name, "given_names": "Wilmer"} for name in ("c", "d")]
    write(folder / "people.csv", [JOSUE, AGAIN, *again, *invented_records(80, seed=11)[0]])

    run(folder, "--groups", str(folder / "groups.csv"))

    rows = table(folder, "groups.csv")
    (group,) = {row["group"] for row in rows if row["record_id"] == "a"}
    members = [row for row in rows if row["group"] == group]
    assert [row["record_id"] for row in members] == ["a", "b", "c", "d"]
    assert [row["joined_to"] == "" for row in members] == [True, False, False, False]
    assert all(float(row["posterior"]) >= 0.9 for row in members[1:])
    assert all("born on the same day" in row["reasons"] for row in members[1:])


def test_no_level_is_without_words():
    named = {kind: {level.name for level in levels} for kind, levels in LEVELS.items()}

    assert {kind: set(words) for kind, words in SENTENCES.items()} == named


def test_groups_hold_whoever_is_linked_and_nobody_else(folder):
    run(folder, "--groups", str(folder / "groups.csv"))

    groups = {row["record_id"]: row["group"] for row in table(folder, "groups.csv")}
    assert groups["a"] == groups["b"]
    assert len(groups) < 82


def test_the_report_says_what_was_believed_and_learnt(folder):
    run(folder, "--report", str(folder / "report.json"))

    report = json.loads((folder / "report.json").read_text())
    assert report["records"]["read"] == 82
    assert report["pairs_written"] == len(table(folder, "pairs.csv"))
    assert report["prior"]["basis"] == "the model's own: too few likely pairs to learn from"
    assert len(report["model"]["sha256"]) == 64


def test_a_world_large_enough_is_learnt_from(tmp_path):
    write(tmp_path / "people.csv", invented_records(900, seed=12)[0])

    run(tmp_path, "--report", str(tmp_path / "report.json"))

    report = json.loads((tmp_path / "report.json").read_text())
    assert report["prior"]["basis"] == "learnt from these records"


def test_unreadable_rows_are_put_aside_with_the_reason(folder):
    rows = [JOSUE, AGAIN, {"record_id": "c", "sex": "purple"}]
    write(folder / "bad.csv", rows)

    result = run(folder, name="bad.csv")

    assert result.exit_code == 3
    assert "not_a_code" in (folder / "pairs.rejects.csv").read_text()


def test_unknown_and_none_say_nothing_and_age_stands_for_birth(folder):
    known = {"age_min": "25", "age_max": "26", "last_contact_from": "2020-05-01"}
    unsaid = {"birth_from": "", "birth_to": "", "mother_name": "unknown", "phones": "none"}
    write(folder / "aged.csv", [JOSUE, AGAIN | known | unsaid])

    result = run(folder, "--min-posterior", "0", name="aged.csv")

    (pair,) = table(folder, "pairs.csv")
    assert result.exit_code == 0
    assert pair["w_birth"]
    assert (pair["w_mother"], pair["w_phones"]) == ("", "")


def test_an_age_without_a_last_contact_says_no_year(folder):
    unsaid = {"birth_from": "", "birth_to": "", "age_min": "25"}
    write(folder / "aged.csv", [JOSUE, AGAIN | unsaid])

    run(folder, "--min-posterior", "0", name="aged.csv")

    (pair,) = table(folder, "pairs.csv")
    assert pair["w_birth"] == ""


def test_remains_are_linked_by_the_papers_found(folder):
    papers = {"given_names": "Wilmer", "surname_1": "Quintanilla", "surname_2": "Orellana"}
    found = [papers | {"record_id": name, "sex": "probable_male"} for name in ("r1", "r2")]
    write(folder / "remains.csv", [*found, {"record_id": "r3", "sex": "unknown"}])

    result = run(folder, "--kind", "remains-remains", name="remains.csv")

    assert result.exit_code == 0
    assert [row["left_id"] for row in table(folder, "pairs.csv")] == ["r1"]


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (["--model", "linking-1999.1"], 2, "no linking model"),
        (["--rejects", "pairs.parquet"], 2, "written as .csv"),
        (["--groups", "groups.txt"], 2, "told apart by its name"),
    ],
)
def test_what_cannot_be_done_is_said_before_the_work(folder, options, code, sentence):
    result = run(folder, *options)

    assert result.exit_code == code
    assert sentence in result.stderr


def test_one_record_alone_is_refused(folder):
    write(folder / "one.csv", [JOSUE])

    result = run(folder, name="one.csv")

    assert result.exit_code == 4
    assert "not two rows" in result.stderr


def test_a_file_of_rejects_left_by_an_earlier_run_is_made_new(folder):
    (folder / "pairs.rejects.csv").write_text("of an earlier run")

    run(folder)

    assert "earlier" not in (folder / "pairs.rejects.csv").read_text()
