import csv
import json

import pytest
from click.testing import CliRunner

from casework.batch.kinship_joint import _times, kinship_joint
from matching.kinship import assigning

FREQUENCIES = {"S": {"L": {"1": 0.1, "2": 0.2, "3": 0.3, "4": 0.4}, "M": {"1": 0.5, "2": 0.5}}}
COUPLE = [{"id": "FA", "sex": "male"}, {"id": "MO", "sex": "female"}]
PROBLEM = {
    "frequency_set": "S",
    "pm": [
        {"id": "V1", "sex": "male", "genotypes": {"L": ["1", "2"]}},
        {"id": "V2", "sex": "male", "genotypes": {"l": ["1", "3"]}},
    ],
    "am": [
        {
            "family": "F",
            "pedigree": [
                *COUPLE,
                {"id": "M1", "father": "FA", "mother": "MO", "sex": "male"},
                {"id": "M2", "father": "FA", "mother": "MO", "sex": "male"},
            ],
            "genotypes": {"MO": {"L": ["2", "3"]}},
        }
    ],
    "missing": ["M1", "M2"],
}


@pytest.fixture
def solve(tmp_path):
    def run(*options, problem=PROBLEM, frequencies=None):
        (tmp_path / "problem.json").write_text(json.dumps(problem), "utf-8")
        if frequencies is not None:
            (tmp_path / "table.json").write_text(json.dumps(frequencies), "utf-8")
            options = ("--frequencies", "table.json", *options)
        named = [
            str(tmp_path / o) if o.endswith((".json", ".csv", ".txt")) else o for o in options
        ]
        if "--out" not in named:
            named += ["--out", str(tmp_path / "ways.csv")]
        outcome = CliRunner().invoke(kinship_joint, [str(tmp_path / "problem.json"), *named])
        return outcome, rows(tmp_path / "ways.csv"), rows(tmp_path / "pairs.csv")

    return run


def rows(path):
    return list(csv.DictReader(path.read_text("utf-8").splitlines())) if path.exists() else []


def test_all_ways_are_listed_with_who_is_whom_and_how_probable(solve):
    outcome, ways, pairs = solve("--pairs", "pairs.csv", frequencies=FREQUENCIES)

    assert outcome.exit_code == 0, outcome.output
    assert list(ways[0]) == ["V1", "V2", "loglik", "LR", "M1", "M2", "posterior", "alike"]
    assert len(ways) == 7
    assert (ways[0]["alike"], ways[1]["alike"], ways[2]["alike"]) == ("1", "1", "2")
    assert ways[0]["loglik"] == ways[1]["loglik"]
    assert float(ways[0]["LR"]) == 1
    assert sum(float(each["posterior"]) for each in ways) == pytest.approx(1)
    of_first = {
        each["missing"]: float(each["posterior"]) for each in pairs if each["remains"] == "V1"
    }
    assert list(of_first) == ["M1", "M2", "*"]
    assert sum(of_first.values()) == pytest.approx(1)
    assert "2 ways are the most probable and cannot be told apart" in outcome.stderr
    assert "prior odds of 1" in outcome.stderr
    assert "l was read as L" in outcome.stderr


def test_a_way_that_cannot_be_is_listed_as_such(solve):
    child = {"id": "V1", "sex": "male", "genotypes": {"L": ["1", "4"]}}

    _, ways, _ = solve(problem=PROBLEM | {"pm": [child]}, frequencies=FREQUENCIES)

    assert [each["V1"] for each in ways] == ["*", "M1", "M2"]
    assert (ways[1]["loglik"], ways[1]["LR"], ways[1]["posterior"]) == ("-Inf", "Inf", "0.0")


def test_how_many_times_is_written_beyond_what_a_number_holds():
    assert _times(2000.0) == "3.8811801943e+868"


def test_frequencies_may_stand_in_the_problem_or_beside_it(solve, tmp_path):
    inside, _, _ = solve(problem=PROBLEM | {"frequencies": FREQUENCIES})
    nowhere, _, _ = solve()
    (tmp_path / "frequencies.json").write_text(json.dumps(FREQUENCIES), "utf-8")
    beside, _, _ = solve()

    assert (inside.exit_code, nowhere.exit_code, beside.exit_code) == (0, 2, 0)
    assert "Name the allele frequencies with --frequencies" in nowhere.stderr
    assert f"Frequencies are those of {tmp_path / 'frequencies.json'}" in beside.stderr


def test_a_list_cut_short_says_how_much_less_probable_the_rest_is(solve):
    outcome, ways, _ = solve("--top", "2", frequencies=FREQUENCIES)

    assert len(ways) == 2
    assert "an unlisted one is at least 10^" in outcome.stderr


def test_a_search_that_is_stopped_says_how_far_it_may_be_from_the_best(solve, monkeypatch):
    monkeypatch.setattr(assigning.best_assignments, "__defaults__", (0,))
    monkeypatch.setattr(assigning, "MOST_STATES", 0)
    two = [*PROBLEM["am"], _second_family()]

    outcome, ways, _ = solve(
        "--top",
        "1",
        problem=PROBLEM | {"am": two, "missing": ["M1", "M2", "X2"]},
        frequencies=FREQUENCIES,
    )

    assert outcome.exit_code == 0
    assert ways[0]["posterior"] == ""
    assert "The search was stopped" in outcome.stderr
    refused, _, _ = solve("--pairs", "pairs.csv", frequencies=FREQUENCIES)
    assert refused.exit_code == 4
    assert "leave --pairs out" in refused.stderr


def _second_family():
    people = [
        {"id": "FB", "sex": "male"},
        {"id": "MB", "sex": "female"},
        {"id": "X2", "father": "FB", "mother": "MB", "sex": "male"},
    ]
    return {"family": "G", "pedigree": people, "genotypes": {"MB": {"L": ["1", "3"]}}}


@pytest.mark.parametrize(
    ("options", "changes", "code", "names"),
    [
        (("--out", "ways.txt"), {}, 2, "are written as .csv|must end in"),
        ((), {"theta": 0.1}, 4, "problem.json: theta is 0.1"),
        ((), {"frequency_set": "T"}, 4, "No frequency set is called “T”"),
        ((), {"frequencies": []}, 2, "problem.json: Frequencies are read as"),
    ],
)
def test_what_cannot_be_computed_is_refused(solve, options, changes, code, names):
    frequencies = None if "frequencies" in changes else FREQUENCIES
    outcome, ways, _ = solve(*options, problem=PROBLEM | changes, frequencies=frequencies)

    assert outcome.exit_code == code
    assert ways == []
    assert any(each in outcome.stderr for each in names.split("|"))
