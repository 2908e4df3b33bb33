import csv

import pytest
from click.testing import CliRunner

from casework.cli import main
from casework.demonstration.commands import invent_cases

FEW = ["--missing", "40", "--remains", "30", "--incidents", "5"]


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(invent_cases, [*FEW, *map(str, arguments)])


@pytest.fixture
def run_whole(monkeypatch, capsys):
    """Run the whole command line, and give its exit code and what it said on stderr."""

    def run(*arguments):
        argv = ["reunir", "invent-cases", *FEW, *map(str, arguments)]
        monkeypatch.setattr("sys.argv", argv)
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code, capsys.readouterr().err

    return run


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


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


@pytest.mark.parametrize("name", ["missing.csv", "remains.csv", "incidents.csv", "truth.csv"])
@pytest.mark.parametrize(
    "theirs", ["record_id,sex\nINV-M-1,female\nlab-7,male\n", "record_id,sex\n", "", "\xff,"]
)
def test_a_laboratorys_own_file_is_not_written_over(run_whole, tmp_path, name, theirs):
    (tmp_path / name).write_bytes(theirs.encode("latin-1"))
    before = contents(tmp_path)

    code, said = run_whole("--out", tmp_path)

    assert code == 2
    assert said == f"reunir: {tmp_path / name} was not invented here; name another folder.\n"
    assert contents(tmp_path) == before


def test_invented_files_are_replaced(run, tmp_path):
    for seed in (5, 6, 7):
        assert run("--seed", seed, "--true-pairs", seed % 2, "--out", tmp_path).exit_code == 0

    run("--seed", 7, "--true-pairs", 1, "--out", tmp_path / "new")
    new = contents(tmp_path / "new")
    assert {name: (tmp_path / name).read_bytes() for name in new} == new


def test_a_file_where_the_folder_should_be_is_refused_in_one_sentence(run_whole, tmp_path):
    (tmp_path / "taken").write_text("something else")

    code, said = run_whole("--out", tmp_path / "taken" / "world")

    assert code == 1
    assert said.startswith("reunir: The folder")
    assert "cannot be made" in said
    assert (tmp_path / "taken").read_text() == "something else"


def test_a_place_that_cannot_be_written_to_is_refused_in_one_sentence(run_whole, tmp_path):
    (tmp_path / "truth.csv").mkdir()

    code, said = run_whole("--out", tmp_path)

    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith("reunir: ")
    assert [each.name for each in tmp_path.iterdir()] == ["truth.csv"]


def test_a_share_beyond_one_is_a_mistake_of_usage(run, tmp_path):
    assert run("--true-pairs", 2, "--out", tmp_path).exit_code == 2
