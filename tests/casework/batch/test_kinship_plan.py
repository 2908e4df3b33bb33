import json
import stat

import pytest
from click.testing import CliRunner

from casework.batch.kinship_plan import kinship_plan

FREQUENCIES = {
    "HERE": {
        name: {str(n): 0.1 for n in range(10, 20)}
        for name in ("L1", "L2", "L3", "L4", "L5", "L6")
    }
}
FAMILY = {
    "family": "F1",
    "pedigree": [
        {"id": "FA", "sex": "male"},
        {"id": "MO", "sex": "female"},
        {"id": "MP", "father": "FA", "mother": "MO", "sex": "female"},
    ],
    "missing_id": "MP",
    "available": {"FA": 5, "MO": 2},
    "genotypes": {},
}


@pytest.fixture
def plan(tmp_path):
    def run(*families, options=()):
        lines = [each if isinstance(each, str) else json.dumps(each) for each in families]
        (tmp_path / "families.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        (tmp_path / "f.json").write_text(json.dumps(FREQUENCIES), "utf-8")
        out = tmp_path / "plans.jsonl"
        named = [str(tmp_path / "families.jsonl"), "--frequencies", str(tmp_path / "f.json")]
        outcome = CliRunner().invoke(kinship_plan, [*named, "--out", str(out), *options])
        written = out.read_text("utf-8").splitlines() if out.exists() else []
        return outcome, [json.loads(line) for line in written]

    return run


def test_a_plan_says_whom_to_ask_next_and_which_set_is_enough(plan, tmp_path):
    outcome, (found,) = plan(FAMILY, options=("--log10-lr", "2", "--probability", "0.6"))

    assert outcome.exit_code == 0, outcome.output
    assert (found["case_id"], found["missing_id"]) == ("F1", "MP")
    assert found["now"]["log10_lr_if_true"]["median"] == 0
    assert [each["relatives"] for each in found["next"]] in ([["FA"], ["MO"]], [["MO"], ["FA"]])
    assert found["next"][0]["excluded_by_chance"] > 0.9
    assert found["next"][0]["log10_lr_by_chance"]["median"] == "-Infinity"
    assert found["cheapest"]["relatives"] == ["MO"]
    assert found["cheapest"]["reached_if_true"] >= 0.6
    assert found["cheapest"]["cost"] == 2
    assert found["advice"][0].startswith("As the family is typed now, 0 of 100")
    assert found["advice"][2].endswith("costs 2: MO.")
    assert stat.S_IMODE((tmp_path / "plans.jsonl").stat().st_mode) == 0o600


def test_where_no_set_is_enough_or_nobody_is_needed_that_is_said(plan):
    more, enough = ("--log10-lr", "9"), ("--log10-lr", "0", "--probability", "0.5")

    _, (beyond,) = plan(FAMILY | {"theta": 0.02}, options=more)
    _, (there,) = plan(FAMILY | {"available": []}, options=enough)

    assert beyond["cheapest"] is None
    assert "other relatives are needed" in beyond["advice"][-1]
    assert any("asks for theta 0.02" in each for each in beyond["warnings"])
    assert there["cheapest"]["relatives"] == []
    assert there["advice"][-1].startswith("Nobody more is needed")


def test_a_family_that_cannot_be_planned_says_why_and_the_others_go_on(plan):
    outcome, (one, two, three) = plan("{", FAMILY | {"available": ["X"]}, FAMILY)

    assert outcome.exit_code == 3
    assert "not JSON" in one["error"]
    assert two == {
        "case_id": "F1",
        "line": 2,
        "error": "X is available and stands in no pedigree.",
    }
    assert "error" not in three
