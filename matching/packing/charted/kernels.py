"""The weight of two dental charts, compiled; agrees with `matching.evidence.teeth`."""
# ruff: noqa: PLR0913, PLR0917, PLR1714 - arrays are handed on one by one: a tuple of arrays
# costs 150 ns a call, and `in` over a tuple is slower than two comparisons.

from math import log10, nan

import numpy as np

from matching.packing.comparison import NOTHING
from matching.packing.compiling import compiled, within

POSITIONS = 7
"""Teeth of a quadrant; the position of a tooth repeats with it."""


@within()
def _weigh(
    told, seen, told_shares, seen_shares, least, step, long_step, common, position, rules
):  # pragma: no cover - compiled
    person = anybody = 0.0
    compared = False
    for sort in range(len(told_shares)):
        soon = later = chance = 1.0
        for at in range(len(told)):
            before, after = told[at], seen[at]
            if before == NOTHING or after == NOTHING:
                continue
            compared = True
            soon *= step[sort, before, after]
            later *= long_step[sort, before, after]
            chance *= common[sort, position[at % POSITIONS], after]
        person += told_shares[sort] * ((1 - rules.old) * soon + rules.old * later)
        anybody += seen_shares[sort] * chance
    if not compared:
        return nan
    ratio = person / max(anybody, least)
    return min(log10(rules.unrelated + (1 - rules.unrelated) * ratio), rules.largest)


@compiled()
def weigh_charts(
    left, right, told_of, seen_of, told, seen, told_shares, seen_shares, least, step, long_step,
    common, position, rules,
):  # fmt: skip  # pragma: no cover - compiled
    """Weights of pairs of positions; ``nan`` where no tooth is known on both sides."""
    weights = np.empty(len(left))
    rule = rules[0]
    for k in range(len(left)):
        i, j = told_of[left[k]], seen_of[right[k]]
        weights[k] = nan
        if i != NOTHING and j != NOTHING:
            weights[k] = _weigh(
                told[i], seen[j], told_shares[i], seen_shares[j], least[j], step, long_step,
                common, position, rule,
            )  # fmt: skip
    return weights
