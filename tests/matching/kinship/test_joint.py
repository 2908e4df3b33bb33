"""Several remains and several missing at once: as dvir has it, and every way added up."""

import csv
import itertools
import json
import math
from pathlib import Path

import pytest

from matching.errors import (
    ImpossiblePedigree,
    MatchingError,
    TooMuchToSum,
    UndefinedRatio,
    UnreadableCase,
    UnusableProfile,
)
from matching.kinship import assigning, joint, read_tables
from matching.kinship.assigning import alike, best_assignments, every_assignment, posteriors
from matching.kinship.joint import Scales
from matching.kinship.network import alleles_of, likelihood_of
from matching.kinship.pedigree import Pedigree, Person
from matching.kinship.problems import read_problem

REFERENCE = Path(__file__).parent / "reference"
TABLES = read_tables(json.loads((REFERENCE / "frequencies.json").read_text()))
SMALL = read_tables(
    {"S": {"L": {"1": 0.1, "2": 0.2, "3": 0.3, "4": 0.4}, "M": {"1": 0.5, "2": 0.5}}}
)


def a_family(name, *profiles, missing=("M",), sexes=None):
    """A couple whose mother is typed, with missing children (sons unless said otherwise)."""
    sexes = sexes or {}
    people = [{"id": f"FA{name}", "sex": "male"}, {"id": f"MO{name}", "sex": "female"}]
    for each in missing:
        child = {"id": each + name, "father": f"FA{name}", "mother": f"MO{name}"}
        people.append(child | {"sex": sexes.get(each, "male")})
    return {
        "family": name,
        "pedigree": people,
        "genotypes": {f"{who}{name}": {"L": list(of)} for who, of in profiles},
    }


def remains(name, *alleles, sex="male", **other):
    return {"id": name, "sex": sex, "genotypes": {"L": list(alleles)} | other}


def a_problem(**changes):
    return {
        "frequency_set": "S",
        "pm": [remains("V1", "1", "2"), remains("V2", "1", "3", M=["1", "1"])],
        "am": [
            a_family("1", ("MO", ("1", "4"))),
            a_family("2", ("MO", ("3", "4")), missing=("M", "N")),
        ],
        "missing": ["M1", "M2", "N2"],
    } | changes


def weighed(problem):
    scales = Scales(problem.found, problem.loci, problem.settings)
    return scales, [scales.weigh(family) for family in problem.families]


def solved(written, tables=SMALL):
    problem = read_problem(written, tables)
    scales, families = weighed(problem)
    base = math.fsum([*(each.base for each in families), *scales.alone])
    return problem, families, base


@pytest.mark.parametrize("name", ["joint_three_families", "joint_three_brothers"])
def test_every_assignment_has_the_likelihood_dvir_gives_it(name):
    written = json.loads((REFERENCE / f"{name}.json").read_text())
    problem, families, base = solved(written, TABLES)
    ids = [each.id for each in problem.found]
    found = {
        tuple(sorted((ids[at], who) for at, who in each.given)): base + each.gain
        for each in every_assignment(families)
    }

    rows = list(csv.DictReader((REFERENCE / f"{name}.csv").read_text().splitlines()))
    expected = {
        tuple(sorted((each, row[each]) for each in ids if row[each] != "*")): float(
            row["loglik"]
        )
        for row in rows
    }

    assert found == pytest.approx(expected, rel=1e-13)
    best = best_assignments(families, 1000)
    assert best.gap == 0
    assert [base + each.gain for each in best.assignments] == pytest.approx(
        sorted((each for each in expected.values() if each > -math.inf), reverse=True)
    )


def test_brothers_whom_nothing_tells_apart_are_equally_probable():
    written = json.loads((REFERENCE / "joint_three_brothers.json").read_text())
    _, families, _ = solved(written, TABLES)
    best = best_assignments(families, 6).assignments

    assert len({each.gain for each in best}) == 1
    assert len({alike(each, families) for each in best}) == 1
    assert posteriors(families, 1.0).pairs[0, "M1"] == pytest.approx(1 / 3)


def test_a_whole_problem_is_a_product_over_families_put_together_by_hand():
    problem, families, base = solved(
        a_problem(
            mutation={"model": "equal", "rate_male": 0.01, "rate_female": 0.02},
            silent_freq=0.01,
        )
    )

    for each in every_assignment(families):
        total = 0.0
        named = {who: problem.found[at] for at, who in each.given}
        strangers = [f for f in problem.found if f not in named.values()]
        people = [person for family in problem.families for person in family.pedigree.people]
        pedigree = Pedigree((*people, *(Person(f.id) for f in strangers)))
        profiles = {
            who: own for family in problem.families for who, own in family.profiles.items()
        }
        profiles |= {who: one.profile for who, one in named.items()}
        profiles |= {one.id: one.profile for one in strangers}
        for locus in problem.loci:
            seen = {
                who: [own[locus.name]] for who, own in profiles.items() if locus.name in own
            }
            shown = {a for looks in seen.values() for look in looks for a in look.seen}
            total += math.log(
                likelihood_of(pedigree, seen, alleles_of(locus, problem.settings, shown))
            )
        assert base + each.gain == pytest.approx(total, rel=1e-12)


@pytest.mark.parametrize("odds", [1, 0.01])
def test_posteriors_are_shares_of_all_assignments(odds):
    _, families, _ = solved(a_problem(prior_odds=odds))

    believed = posteriors(families, odds)

    every = [
        (each, math.exp(each.gain) * odds ** len(each.given))
        for each in every_assignment(families)
    ]
    total = math.fsum(share for _, share in every)
    assert believed.total == pytest.approx(math.log(total))
    for pair in itertools.product(range(2), ["M1", "M2", "N2"]):
        holding = math.fsum(share for each, share in every if pair in each.given)
        assert believed.pairs.get(pair, 0.0) == pytest.approx(holding / total)


def test_who_is_missing_stands_by_family():
    assert read_problem(a_problem(missing=["N2", "M2", "M1"]), SMALL).missing == (
        "M1",
        "N2",
        "M2",
    )


def test_remains_of_another_sex_are_given_to_nobody():
    _, families, _ = solved(a_problem(pm=[remains("V1", "1", "2", sex="female")]))

    assert [each.given for each in every_assignment(families)] == [()]


def test_remains_whose_sex_is_not_known_may_be_anybodys():
    _, families, _ = solved(a_problem(pm=[remains("V1", "1", "2", sex=None)]))

    assert len(list(every_assignment(families))) == 4


def test_a_sister_and_a_brother_are_told_apart():
    family = a_family("1", ("MO", ("1", "4")), missing=("M", "N"), sexes={"N": "female"})
    problem = read_problem(a_problem(am=[family], missing=["M1", "N1"]), SMALL)

    assert problem.families[0].alike == {"M1": ("M1",), "N1": ("N1",)}


def test_a_missing_parent_of_a_missing_person_is_like_nobody():
    family = a_family("1", ("MO", ("1", "4")))
    problem = read_problem(a_problem(am=[family], missing=["FA1", "M1"]), SMALL)

    assert problem.families[0].alike == {"FA1": ("FA1",), "M1": ("M1",)}


def test_a_list_cut_short_says_what_the_rest_could_be():
    _, families, _ = solved(a_problem())
    whole = best_assignments(families, 1000).assignments

    cut = best_assignments(families, 2)

    assert cut.assignments == whole[:2]
    assert cut.gap == 0
    assert whole[2].gain <= cut.rest <= whole[1].gain


def test_a_search_that_is_stopped_gives_a_way_and_a_proven_gap():
    _, families, _ = solved(a_problem())
    (best,) = best_assignments(families, 1).assignments

    stopped = best_assignments(families, 1, parts=0)

    (found,) = stopped.assignments
    assert best.gain <= found.gain + stopped.gap
    assert assigning.Best((), 0.0).gap == math.inf


def test_too_many_sets_to_carry_give_no_posteriors(monkeypatch):
    _, families, _ = solved(a_problem())
    monkeypatch.setattr(assigning, "MOST_STATES", 1)

    assert posteriors(families, 1.0) is None


def test_too_many_ways_for_one_family_are_refused(monkeypatch):
    monkeypatch.setattr(joint, "MOST_OPTIONS", 4)

    with pytest.raises(TooMuchToSum, match="more than 4 ways to give remains to family 2"):
        solved(a_problem())


def test_a_family_that_contradicts_itself_is_named():
    torn = a_family("1", ("MO", ("1", "1")), missing=("M", "S"))
    torn["genotypes"]["S1"] = {"L": ["2", "2"]}

    with pytest.raises(UndefinedRatio, match="family 1 contradict its pedigree"):
        solved(a_problem(am=[torn], missing=["M1"]))


@pytest.mark.parametrize(
    ("changes", "refusal", "names"),
    [
        ({"theta": 0.01}, UnreadableCase, "theta is 0.01"),
        ({"chromosome": "X"}, UnreadableCase, "autosomal"),
        ({"prior_odds": 0}, UnreadableCase, "prior_odds is 0"),
        ({"prior_odds": True}, UnreadableCase, "prior_odds is True"),
        ({"pm": []}, UnreadableCase, "pm is not a list"),
        ({"am": None}, UnreadableCase, "am is not a list"),
        ({"pm": [{}]}, UnreadableCase, "have no id"),
        ({"pm": [remains("V", "1", "2", sex="m")]}, ImpossiblePedigree, "sex of V is “m”"),
        ({"pm": [{"id": "V"}]}, UnusableProfile, "V has no allele"),
        ({"pm": [remains("V", "1", "2")] * 2}, UnreadableCase, "V stands for two"),
        ({"pm": [remains("M1", "1", "2")]}, UnreadableCase, "M1 stands for two"),
        ({"pm": [remains("*", "1", "2")]}, UnreadableCase, r"\* stands for two"),
        ({"missing": ["M1", "X"]}, ImpossiblePedigree, "X is missing and stands in no"),
        ({"missing": ["MO1"]}, UnusableProfile, "MO1 is missing and has a profile"),
        ({"am": [a_family("1", ("X", ("1", "2")))]}, ImpossiblePedigree, "X1 is typed and"),
    ],
)
def test_a_problem_that_cannot_be_is_refused_by_name(changes, refusal, names):
    with pytest.raises(refusal, match=names):
        read_problem(a_problem(**changes), SMALL)


def test_something_that_is_no_problem_is_refused():
    with pytest.raises(MatchingError, match="The problem is not written as an object"):
        read_problem([], SMALL)
