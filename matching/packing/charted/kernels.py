"""The weight of two dental charts, compiled; agrees with `matching.evidence.teeth`."""
# ruff: noqa: PLR0913, PLR0917, PLR1714 - arrays are handed on one by one: a tuple of arrays
# costs 150 ns a call, and `in` over a tuple is slower than two comparisons.

from math import log10, nan

import numpy as np

from matching.packing.comparison import NOTHING
from matching.packing.compiling import compiled, within

POSITIONS = 7
"""Teeth of a quadrant; the position of a tooth repeats with it."""
SORTS = 4
"""Sorts of mouths weighed side by side; shares of nought fill up to a multiple of these."""


@within()
def _of_four(
    told, seen, first, told_shares, seen_shares, step, long_step, common, position, old
):  # pragma: no cover - compiled
    """Ask four sorts of mouths: what for this person, what for anybody, by how many teeth.

    Side by side, as each product waits for its last factor.
    """
    soon_0 = soon_1 = soon_2 = soon_3 = 1.0
    later_0 = later_1 = later_2 = later_3 = 1.0
    chance_0 = chance_1 = chance_2 = chance_3 = 1.0
    teeth = 0
    for at in range(len(told)):
        before, after, place = told[at], seen[at], position[at % POSITIONS]
        if before == NOTHING or after == NOTHING:
            continue
        teeth += 1
        soon_0 *= step[before, after, first]
        soon_1 *= step[before, after, first + 1]
        soon_2 *= step[before, after, first + 2]
        soon_3 *= step[before, after, first + 3]
        later_0 *= long_step[before, after, first]
        later_1 *= long_step[before, after, first + 1]
        later_2 *= long_step[before, after, first + 2]
        later_3 *= long_step[before, after, first + 3]
        chance_0 *= common[place, after, first]
        chance_1 *= common[place, after, first + 1]
        chance_2 *= common[place, after, first + 2]
        chance_3 *= common[place, after, first + 3]
    return (
        (
            told_shares[first] * ((1 - old) * soon_0 + old * later_0),
            told_shares[first + 1] * ((1 - old) * soon_1 + old * later_1),
            told_shares[first + 2] * ((1 - old) * soon_2 + old * later_2),
            told_shares[first + 3] * ((1 - old) * soon_3 + old * later_3),
        ),
        (
            seen_shares[first] * chance_0,
            seen_shares[first + 1] * chance_1,
            seen_shares[first + 2] * chance_2,
            seen_shares[first + 3] * chance_3,
        ),
        teeth,
    )


@within()
def _weigh(
    told, seen, told_shares, seen_shares, least, step, long_step, common, position, rules
):  # pragma: no cover - compiled
    person = anybody = 0.0
    for first in range(np.uint64(0), np.uint64(len(told_shares)), np.uint64(SORTS)):
        of_person, of_anybody, teeth = _of_four(
            told, seen, first, told_shares, seen_shares, step, long_step, common, position,
            rules.old,
        )  # fmt: skip
        if teeth == 0:
            return nan
        for sort in range(SORTS):
            person += of_person[sort]
            anybody += of_anybody[sort]
    ratio = person / max(anybody, least)
    return min(log10(rules.unrelated + (1 - rules.unrelated) * ratio), rules.largest)


@compiled()
def weigh_charts(
    left, right, told_of, seen_of, told, seen, told_shares, seen_shares, least, step, long_step,
    common, position, rules,
):  # fmt: skip  # pragma: no cover - compiled
    """Weights of pairs of positions; ``nan`` where no tooth is known on both sides.

    Sorts of mouths are the last axis of all that tells them apart.
    """
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
