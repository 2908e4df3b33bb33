"""What a family could say: by closed forms, and as others simulated it."""

import csv
import json
import math
from pathlib import Path

import pytest

from matching.errors import MatchingError, UndefinedRatio
from matching.kinship import planning as planned
from matching.kinship import read_tables
from matching.kinship.planning import Planning, cheapest, cost_of
from matching.kinship.plans import read_plan
from tests.matching.kinship.relatives import family_of, loci_of
from tests.matching.kinship.written import CASE, TABLES

REFERENCE = Path(__file__).parent / "reference"
SET = "NIST1036rev_Hisp"
SIMULATED = 250

COIN = read_tables({"S": {"L": {"1": 0.5, "2": 0.5}, "M": {"1": 0.2, "2": 0.3, "3": 0.5}}})
SISTER = {"id": "S", "father": "FA", "mother": "MO", "sex": "female"}


def a_plan(tables=COIN, **changes):
    family = {
        "family": "F",
        "pedigree": [*CASE["pedigree"], SISTER],
        "missing_id": "MP",
        "loci": ["L"],
        "available": {"FA": 3, "MO": 2, "S": 2.5},
    }
    return read_plan(family | changes, tables)


def planning_of(plan, **options):
    return Planning(plan.sought, "MP", plan.loci, **options)


def test_a_parent_excludes_who_shares_no_allele():
    power = planning_of(a_plan()).power(["MO"])

    # Mother 1/1 and a stranger 2/2, or the reverse: 2 · ¼ · ¼.
    assert power.excluded_by_chance == pytest.approx(1 / 8)
    # 1/1 and 1/1: 1 / p; 1/1 and 1/2: 1 / 2p; 1/2 and anybody: 1.
    expected = 2 * (1 / 4) * (1 / 4) * 2
    assert power.law.reached_if_true(0.2) == pytest.approx(expected, rel=0.1)
    assert power.law.if_true.sum() == pytest.approx(1)


def test_nobody_typed_says_nothing_and_who_is_typed_already_counts():
    nobody = planning_of(a_plan())
    mother = planning_of(a_plan(genotypes={"MO": {"L": ["1", "1"]}}, available=["FA"]))

    assert nobody.power().law.reached_if_true(0.06) == 0
    assert mother.power().excluded_by_chance == pytest.approx(1 / 4)
    assert mother.power(["FA"]).excluded_by_chance > 1 / 4
    assert nobody.power(["MO", "FA"]) is nobody.power(["FA", "MO"])


def test_a_locus_at_which_a_relative_is_typed_is_not_spread_out_again():
    plan = a_plan(loci=["L", "M"], genotypes={"MO": {"L": ["1", "1"]}}, available=["FA"])
    planning = planning_of(plan)

    both, one = planning.power(["MO"]), planning.power()

    assert both.excluded_by_chance > one.excluded_by_chance == pytest.approx(1 / 4)


def test_ways_that_are_thinned_stand_for_all():
    plan = a_plan(loci=["M"], silent_freq=0.01)
    whole = planning_of(plan, ways=100_000).power(["FA", "MO", "S"])
    thinned = planning_of(plan, ways=40).power(["FA", "MO", "S"])

    assert thinned.excluded_by_chance == pytest.approx(whole.excluded_by_chance, abs=0.03)
    assert thinned.law.mean_if_true == pytest.approx(whole.law.mean_if_true, abs=0.03)


def test_an_own_sample_is_a_family_too():
    plan = a_plan(genotypes={"MP": {"L": ["1", "2"]}}, group="direct_match", available=["MO"])

    power = planning_of(plan).power(["MO"])

    assert power.law.reached_if_true(math.log10(2)) == pytest.approx(1)


@pytest.mark.parametrize("scenario", ["mother_only", "fullsib1", "halfsib1_pat"])
def test_power_is_what_others_simulated(scenario):
    tables = read_tables(json.loads((REFERENCE / "frequencies.json").read_text()))
    rows = csv.DictReader((REFERENCE / "power.csv").read_text().splitlines())
    row = next(r for r in rows if (r["scenario"], r["loci"]) == (scenario, "13"))
    plan = read_plan(family_of(scenario, loci_of(tables.sets[SET], 13), SET), tables)

    power = Planning(plan.sought, "MP", plan.loci).power(tuple(plan.costs))

    law = power.law
    for column, share in (("true_q05", 0.05), ("true_median", 0.5), ("true_q95", 0.95)):
        assert law.reached_if_true(float(row[column])) == within_chance(1 - share)
    for column, share in (("unrel_median", 0.5), ("unrel_q95", 0.95)):
        value = float(row[column])
        if value > -math.inf:
            assert law.reached_by_chance(value) == within_chance(1 - share)
    assert float(row["true_frac_log10LR_gt4"]) == within_chance(float(law.reached_if_true(4)))
    assert float(row["unrel_LR0_frac"]) == within_chance(power.excluded_by_chance)


def within_chance(share):
    """Four standard errors of what was simulated, and a grid that is no finer."""
    error = math.sqrt(max(share * (1 - share), 1 / SIMULATED) / SIMULATED)
    return pytest.approx(share, abs=4 * error)


def test_the_cheapest_set_that_does_is_found():
    plan = a_plan(loci=["L", "M"])
    planning = planning_of(plan)
    of_parents = float(planning.power(["FA", "MO"]).law.reached_if_true(0.3))
    of_sister = float(planning.power(["S"]).law.reached_if_true(0.3))
    assert of_sister < of_parents

    found = cheapest(planning, plan.costs, 0.3, of_parents)

    assert found.is_complete
    others = [set(s) for s in (("MO",), ("S",), ("FA",), ("MO", "S"))]
    assert set(found.power.relatives) not in others
    assert cost_of(found.power.relatives, plan.costs) <= 5
    assert cheapest(planning, plan.costs, 0.0, 1e-9).power.relatives == ()
    none = cheapest(planning, plan.costs, 50.0, 0.5)
    assert (none.power, none.tried, none.is_complete) == (None, 1, True)


def test_a_search_for_the_cheapest_set_that_is_stopped_says_so(monkeypatch):
    monkeypatch.setattr(planned, "MOST_SETS", 2)
    plan = a_plan(loci=["L", "M"])
    planning = planning_of(plan)
    all_three = float(planning.power(tuple(plan.costs)).law.reached_if_true(0.5))

    found = cheapest(planning, plan.costs, 0.5, all_three)

    assert not found.is_complete
    assert set(found.power.relatives) == {"FA", "MO", "S"}


def test_a_family_that_contradicts_itself_is_named():
    plan = a_plan(genotypes={"MO": {"L": ["1", "1"]}, "S": {"L": ["2", "2"]}}, available=None)

    with pytest.raises(UndefinedRatio, match="At L the profiles of family F contradict"):
        planning_of(plan).power()


def test_loci_are_those_asked_for_else_those_typed_else_all():
    typed = a_plan(loci=None, genotypes={"MO": {"M": ["1", "1"]}}, available=["FA"])

    assert [locus.name for locus in a_plan().loci] == ["L"]
    assert [locus.name for locus in typed.loci] == ["M"]
    assert [locus.name for locus in a_plan(loci=None).loci] == ["L", "M"]
    assert a_plan(TABLES, loci=["vwa"]).loci[0].name == "vWA"


@pytest.mark.parametrize(
    ("available", "says"),
    [
        (["X"], "X is available and stands in no pedigree"),
        (["MP"], "MP is missing and cannot be sampled"),
        (["MO"], "MO is available and has a profile already"),
        ({"FA": -1}, "What sampling FA costs is -1"),
        ({"FA": "much"}, "What sampling FA costs is much"),
        (7, "7 is no list of names"),
        ([str(n) for n in range(13)], "lists 13 relatives"),
    ],
)
def test_relatives_who_cannot_be_asked_are_named(available, says):
    with pytest.raises(MatchingError, match=says):
        a_plan(genotypes={"MO": {"L": ["1", "1"]}}, available=available)
