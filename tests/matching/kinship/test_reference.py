"""What pedprobr, Familias and formulas computed, locus by locus (reference/README.md)."""

import json
import math
from pathlib import Path

import pytest

from matching.kinship import read_case, read_tables

REFERENCE = Path(__file__).parent / "reference"
CASES = [json.loads(line) for line in (REFERENCE / "cases.jsonl").read_text().splitlines()]
TABLES = read_tables(json.loads((REFERENCE / "frequencies.json").read_text()))

AGREES = 1e-11
"""A hundred times closer than asked; what was found is 6e-14 (docs/methods/kinship.md)."""


@pytest.mark.parametrize("case", CASES, ids=[case["case_id"] for case in CASES])
def test_every_locus_agrees_with_the_programs_of_others(case):
    ratios = read_case(case, TABLES).weighed().ratios

    expected = {name: float(ratio) for name, ratio in case["lr_per_locus"].items()}
    assert ratios.by_locus == pytest.approx(expected, rel=AGREES, abs=0)
    logs = [math.log10(ratio) if ratio else -math.inf for ratio in expected.values()]
    assert ratios.total_log10 == pytest.approx(math.fsum(logs), rel=AGREES)


def test_every_kind_of_case_is_there():
    kinds = {case["group"].removesuffix("_consistent") for case in CASES}

    assert {
        "base_no_mutation",
        "partial_profile",
        "mutation_equal",
        "mutation_proportional",
        "mutation_stepwise",
        "mutation_stepwise_inbred_loop",
        "mutation_st_stationary_PM",
        "silent_allele",
        "allele_dropout",
        "theta",
        "x_chromosomal_unlinked",
        "two_relationship_hypotheses",
        "direct_match",
    } <= kinds
