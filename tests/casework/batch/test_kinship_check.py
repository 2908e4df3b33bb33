import json
import stat

import pytest
from click.testing import CliRunner

from casework.batch.kinship_check import kinship_check

LOCI = [f"L{n}" for n in range(12)]
FREQUENCIES = {"HERE": {name: {"A": 0.1, "B": 0.2, "C": 0.3, "D": 0.4} for name in LOCI}}


def everywhere(first, second):
    return {name: [first, second] for name in LOCI}


def a_case(name="c1", **changes):
    return {
        "case_id": name,
        "frequency_set": "HERE",
        "pedigree": [
            {"id": "FA", "sex": "male"},
            {"id": "MO", "sex": "female"},
            {"id": "MP", "father": "FA", "mother": "MO", "sex": "male"},
            {"id": "S", "father": "FA", "mother": "MO", "sex": "female"},
        ],
        "missing_id": "MP",
        "genotypes": {
            "FA": everywhere("A", "A"),
            "S": everywhere("B", "C"),
            "MP": everywhere("A", "C"),
        },
    } | changes


@pytest.fixture
def look(tmp_path):
    def run(*cases, staff=None):
        lines = [each if isinstance(each, str) else json.dumps(each) for each in cases]
        (tmp_path / "cases.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        (tmp_path / "f.json").write_text(json.dumps(FREQUENCIES), "utf-8")
        options = []
        if staff is not None:
            written = "\n".join(map(json.dumps, staff))
            (tmp_path / "staff.jsonl").write_text(written, "utf-8")
            options = ["--staff", str(tmp_path / "staff.jsonl")]
        out = tmp_path / "checks.jsonl"
        named = [str(tmp_path / "cases.jsonl"), "--frequencies", str(tmp_path / "f.json")]
        outcome = CliRunner().invoke(kinship_check, [*named, "--out", str(out), *options])
        written = out.read_text("utf-8").splitlines() if out.exists() else []
        return outcome, [json.loads(line) for line in written]

    return run


def test_a_case_is_checked_for_what_would_mislead(look, tmp_path):
    handler = {"id": "P7", "genotypes": everywhere("A", "C")}

    sound = {"FA": everywhere("A", "B"), "MP": everywhere("A", "D")}

    outcome, (found, other) = look(a_case(), a_case("c2", genotypes=sound), staff=[handler])

    assert outcome.exit_code == 0, outcome.output
    assert found["contradicted_loci"] == LOCI
    assert found["doubts"][0]["log10_times"] > 2
    assert found["alternatives"] == []
    assert "cannot be under either hypothesis" in found["sensitivity"][0]["refusal"]
    assert {"who", "log10_lr"} == set(other["alternatives"][0])
    assert [each["theta"] for each in other["sensitivity"]] == [0, 0.01, 0.03]
    assert other["sensitivity"][0]["log10_lr"] > other["sensitivity"][2]["log10_lr"] > 0
    assert found["alike"] == [
        {
            "who": "MP",
            "other": "P7",
            "where": "staff",
            "loci": 12,
            "differing": 0,
            "is_part": False,
            "says": found["findings"][0],
        }
    ]
    assert found["findings"][0].startswith("MP has the profile of P7 (staff) at 12 of 12 loci")
    assert stat.S_IMODE((tmp_path / "checks.jsonl").stat().st_mode) == 0o600


def test_profiles_are_held_against_those_of_other_cases_and_of_nobody_twice(look):
    lossy = {name: ["A"] for name in LOCI}
    again = a_case("c2", family="F", pm_observed=lossy, dropout_d=0.1)
    families = [a_case("c3", family="F"), a_case("c4", family="F", missing_id=["MP"])]
    del families[1]["genotypes"]["MP"]

    _, found = look(again, *families)

    first, second, third = found
    assert {(each["who"], each["is_part"]) for each in first["alike"]} == {
        ("FA", False),
        ("MP", False),
        ("MP", True),
    }
    says = [each["says"] for each in first["alike"]]
    assert any(each.startswith("MP has the profile of FA (F)") for each in says)
    assert all(each["who"] != "S" for each in second["alike"])
    assert third["alternatives"] == third["sensitivity"] == []


def test_what_cannot_be_checked_says_why_and_the_others_go_on(look):
    outcome, (one, two, three) = look("{", a_case("c2", pedigree=[]), a_case("c3"))

    assert outcome.exit_code == 3
    assert "not JSON" in one["error"]
    assert "not a list of people" in two["error"]
    assert three["case_id"] == "c3"


@pytest.mark.parametrize("staff", [[{"id": "P"}], [["P"]]])
def test_staff_whose_profiles_cannot_be_read_end_the_command(look, staff):
    outcome, found = look(a_case(), staff=staff)

    assert outcome.exit_code == 2
    assert "staff.jsonl, line 1: a profile needs id and genotypes" in outcome.stderr
    assert found == []
