import csv

import pytest
from click.testing import CliRunner

from casework.demonstration.commands import invent_cases

FEW = ["--missing", "40", "--remains", "30", "--incidents", "5"]


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(invent_cases, [*FEW, *map(str, arguments)])


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_four_files_are_written_and_nothing_else(run, tmp_path):
    outcome = run("--out", tmp_path / "world")

    assert outcome.exit_code == 0
    assert set(contents(tmp_path / "world")) == {
        "missing.csv",
        "remains.csv",
        "incidents.csv",
        "truth.csv",
    }


def test_the_same_seed_writes_the_same_bytes(run, tmp_path):
    for name in ("one", "two"):
        run("--seed", 5, "--out", tmp_path / name)

    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_another_seed_writes_other_bytes(run, tmp_path):
    for seed in (5, 6):
        run("--seed", seed, "--out", tmp_path / str(seed))

    assert contents(tmp_path / "5") != contents(tmp_path / "6")


def test_the_sizes_are_those_asked_for(run, tmp_path):
    run("--out", tmp_path)

    with (tmp_path / "missing.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 40


def test_a_file_where_the_folder_should_be_is_refused_in_one_sentence(run, tmp_path):
    (tmp_path / "taken").write_text("something else")

    outcome = run("--out", tmp_path / "taken" / "world")

    assert outcome.exit_code == 4
    assert "cannot be made" in outcome.stderr
    assert (tmp_path / "taken").read_text() == "something else"


def test_a_share_beyond_one_is_a_mistake_of_usage(run, tmp_path):
    assert run("--true-pairs", 2, "--out", tmp_path).exit_code == 2
