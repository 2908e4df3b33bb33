# ruff: noqa: T201 - a script that prints
"""How long exact DNA likelihood ratios take, beside the figures of dvir and forrel.

`python -m tests.benchmarks.kinship` weighs invented remains against invented families as
`reunir kinship` does, reading included: every pair from the beginning, nothing kept from one
to the next. The anchors are milliseconds a pair of dvir 3.4.2 `pairwiseLR` (13 or 24 loci, one
thread of an AMD EPYC), measured by those who made the reference numbers; another machine, so
only the order of magnitude can be compared.
"""

import json
import random
import statistics
import time
from pathlib import Path

import numpy as np

from matching.kinship import read_case, read_tables
from matching.kinship.assigning import best_assignments, posteriors
from matching.kinship.joint import Scales
from matching.kinship.problems import read_problem

REFERENCE = Path(__file__).parents[1] / "matching" / "kinship" / "reference"
SET = "NIST1036rev_Hisp"
PAIRS = 20
STEPWISE = {
    "model": "stepwise",
    "rate_male": 0.002,
    "rate_female": 0.0005,
    "range": 0.1,
    "rate2": 1e-6,
}
MODELS = {
    "none": None,
    "proportional": STEPWISE | {"model": "proportional"},
    "stepwise": STEPWISE,
}
DVIR = {
    ("parents", 13): (3.11, 3.81, 3.90),
    ("parents", 24): (5.14, 7.12, 6.35),
    ("sibs2", 13): (5.42, 8.21, 13.69),
    ("sibs2", 24): (10.05, 15.51, 56.69),
    ("gp", 13): (4.09, 7.63, 3.87),
    ("gp", 24): (8.29, 11.23, 8.69),
}
"""Milliseconds a pair without mutation, proportional, stepwise."""

FOUNDERS = [("FA", None, None, "male"), ("MO", None, None, "female")]
CHILD = ("MP", "FA", "MO", "male")
FAMILIES = {
    "parents": ([*FOUNDERS, CHILD], ["FA", "MO"]),
    "sibs2": (
        [*FOUNDERS, CHILD, ("S1", "FA", "MO", "male"), ("S2", "FA", "MO", "female")],
        ["S1", "S2"],
    ),
    "gp": (
        [
            ("GF", None, None, "male"),
            ("GM", None, None, "female"),
            ("FA", "GF", "GM", "male"),
            ("MO", None, None, "female"),
            CHILD,
        ],
        ["GF", "GM"],
    ),
    "cousins' child, sib": (
        [
            ("GGF", None, None, "male"),
            ("GGM", None, None, "female"),
            ("P1", "GGF", "GGM", "male"),
            ("P2", None, None, "female"),
            ("Q1", "GGF", "GGM", "male"),
            ("Q2", None, None, "female"),
            ("FA", "P1", "P2", "male"),
            ("MO", "Q1", "Q2", "female"),
            CHILD,
            ("S1", "FA", "MO", "female"),
        ],
        ["S1"],
    ),
}


def main():
    written = json.loads((REFERENCE / "frequencies.json").read_text("utf-8"))
    tables, ladder = read_tables(written), written[SET]
    print(f"{'family':20} loci  model          ms a pair     dvir")
    for name, family in FAMILIES.items():
        for count in (13, 24):
            for at, (model, mutation) in enumerate(MODELS.items()):
                loci = dict(list(ladder.items())[:count])
                spent = [
                    seconds(a_case(family, loci, mutation, seed), tables)
                    for seed in range(PAIRS)
                ]
                anchor = DVIR.get((name, count))
                shown = f"{anchor[at]:6.2f}" if anchor else "     –"
                typical = 1000 * statistics.median(spent)
                print(f"{name:20} {count:4}  {model:12} {typical:9.2f}   {shown}")
    print("\nthe longest ladder, SE33, stepwise, cousins' child and sibling:")
    case = a_case(FAMILIES["cousins' child, sib"], {"SE33": ladder["SE33"]}, STEPWISE, 1)
    print(f"{len(ladder['SE33'])} alleles: {1000 * seconds(case, tables):.1f} ms")
    print("\nseveral at once, 13 loci               seconds   dvir")
    loci = dict(list(ladder.items())[:13])
    for name, (families, brothers, mutation, anchor) in JOINT.items():
        spent, gap = joint_seconds(a_problem(families, brothers, loci, mutation), tables)
        print(f"{name:36} {spent:9.2f}   {anchor}" + (f"   gap {gap:.1f}" if gap else ""))


JOINT = {
    "3 families, 2 siblings each": (3, 1, None, "0.40"),
    "5 families, 2 siblings each": (5, 1, None, "23.8"),
    "one family, 3 missing brothers": (1, 3, None, "0.10"),
    "one family, 5 missing brothers": (1, 5, None, "7.4"),
    "5 families, stepwise": (5, 1, STEPWISE, "–"),
    "20 families": (20, 1, None, "–"),
    "20 families, stepwise": (20, 1, STEPWISE, "–"),
    "50 families": (50, 1, None, "–"),
}
"""Families, missing brothers in each, mutation; seconds of `dviJoint` (dvir 3.4.2)."""


def a_problem(families, brothers, loci, mutation):
    """Invent families of two typed siblings whose missing brothers are all found."""
    found, told, missing = [], [], []
    for at in range(families):
        names = [f"M{at}.{n}" for n in range(brothers)]
        people = [(f"{who}.{at}", None, None, sex) for who, _, _, sex in FOUNDERS]
        parents = (people[0][0], people[1][0])
        siblings = [f"S{at}.{n}" for n in range(2)]
        people += [(who, *parents, "male") for who in (*names, *siblings)]
        case = a_case((people, siblings), loci, mutation, at, remains=names)
        told.append(
            {
                "family": f"F{at}",
                "pedigree": case["pedigree"],
                "genotypes": {who: case["genotypes"][who] for who in siblings},
            }
        )
        missing += names
        found += [
            {"id": f"V.{who}", "sex": "male", "genotypes": case["genotypes"][who]}
            for who in names
        ]
    return {
        "frequency_set": SET,
        "pm": found,
        "am": told,
        "missing": missing,
        "mutation": as_written(mutation),
    }


def joint_seconds(written, tables):
    began = time.process_time()
    problem = read_problem(written, tables)
    scales = Scales(problem.found, problem.loci, problem.settings)
    weighed = [scales.weigh(family) for family in problem.families]
    best = best_assignments(weighed, 100)
    posteriors(weighed, problem.prior_odds)
    return time.process_time() - began, best.gap


def a_case(family, loci, mutation, seed, remains=("MP",)):
    """Invent a family whose remains are theirs, by dropping alleles down the pedigree."""
    people, typed = family
    chance = random.Random(seed)  # noqa: S311 - invented families
    genotypes = {person[0]: {} for person in people}
    for locus, frequencies in loci.items():
        for who, father, mother, _ in people:
            if father is None:
                pair = chance.choices(list(frequencies), list(frequencies.values()), k=2)
            else:
                pair = [chance.choice(genotypes[parent][locus]) for parent in (father, mother)]
            genotypes[who][locus] = pair
    return {
        "case_id": str(seed),
        "frequency_set": SET,
        "loci": list(loci),
        "pedigree": [
            {"id": who, "father": father, "mother": mother, "sex": sex}
            for who, father, mother, sex in people
        ],
        "missing_id": "MP",
        "typed": [*typed, "MP"],
        "genotypes": {who: genotypes[who] for who in (*typed, *remains)},
        "mutation": as_written(mutation),
    }


def as_written(mutation):
    """Only the stepwise model has a range."""
    if mutation and mutation["model"] != "stepwise":
        return {key: mutation[key] for key in ("model", "rate_male", "rate_female")}
    return mutation


def seconds(case, tables):
    began = time.process_time()
    found = read_case(case, tables).weighed()
    spent = time.process_time() - began
    assert np.isfinite(found.ratios.total_log10)
    return spent


if __name__ == "__main__":
    main()
