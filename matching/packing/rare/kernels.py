"""The weight of names, numbers and telephones on papers, compiled.

`weigh_papers` and `weigh_serials` must agree with `matching.evidence.papers` and
`matching.evidence.medical` on every pair; the tests compare them.
"""
# ruff: noqa: PLR0913, PLR0917, PLR1714, SIM109 - arrays are handed on one by one: a tuple of arrays
# costs 150 ns a call; `in` over a tuple is slower than two comparisons.

from math import isnan, log10, nan

import numpy as np

from matching.packing.comparison import NOTHING
from matching.packing.compiling import compiled, within

LARGEST = 7.0
"""As `matching.evidence.numbers` has it."""
NOT, NEARLY, WHOLLY = 0, 1, 2
"""As `matching.evidence.papers` has them; a test holds them together."""
NO_SCHEME = 0
"""The number of the scheme that was not said; it may be any."""
GIVEN, SURNAME = 0, 1
"""Sections of a name that are only looked for where some of them were found."""
PARTS = np.dtype(
    [("word", np.int32), ("section", np.int32), ("expected", np.float64)], align=True
)
"""A part told: its number, its section, and the share of papers that it stands on."""
NUMBERS = np.dtype([("scheme", np.int32), ("word", np.int32)])
"""A number told or found, in the numbers of its own side."""
FOUND = np.dtype([("given", np.bool_), ("surnames", np.bool_)])
"""Whether there are given names, and surnames, among what was found."""
RULE = np.dtype([("same", np.float64), ("near", np.float64), ("chance_near", np.float64)])
"""Shares of what is found the same and nearly so, and of what is near by chance."""


@within()
def _level(
    word, first, last, seen, near_at, near_right, near_level
):  # pragma: no cover - compiled
    """How well a word agrees with any of those found."""
    best = NOT
    for k in range(near_at[word], near_at[word + 1]):
        if near_level[k] > best:
            for s in range(first, last):
                if seen[s] == near_right[k]:
                    best = near_level[k]
    return best


@within()
def _outcome(level, same, near, chance, chance_near):  # pragma: no cover - compiled
    """As `matching.evidence.papers.outcome_ratio`."""
    if level == WHOLLY:
        return same / chance
    if level == NEARLY:
        return (1 - same) * near / ((1 - chance) * chance_near)
    return (1 - same) * (1 - near) / ((1 - chance) * (1 - chance_near))


@within()
def _names(
    first, last, parts, chances, seen_first, seen_last, seen, found, near_at, near_right,
    near_level, rule,
):  # fmt: skip  # pragma: no cover - compiled
    """Product of what all parts told weigh, in their order; ``nan`` if none is comparable."""
    product, compared = 1.0, False
    if seen_first == seen_last:
        return nan
    for p in range(first, last):
        part = parts[p]
        if part.section == GIVEN and not found.given:
            continue
        if part.section == SURNAME and not found.surnames:
            continue
        level = _level(part.word, seen_first, seen_last, seen, near_at, near_right, near_level)
        chance = chances[part.word]
        product *= _outcome(level, part.expected, rule.near, chance, rule.chance_near)
        compared = True
    return product if compared else nan


@within()
def _rival(told, scheme):  # pragma: no cover - compiled
    """Whether a number told may be of the scheme of one found."""
    return told == scheme or told == NO_SCHEME or scheme == NO_SCHEME


@within()
def _told_before(told, first, t, scheme):  # pragma: no cover - compiled
    """Whether a rival was told before, under another scheme."""
    for earlier in range(first, t):
        if told[earlier].word == told[t].word and _rival(told[earlier].scheme, scheme):
            return True
    return False


@within()
def _numbers(
    first, last, told, shares, seen_first, seen_last, seen, near_at, near_right, near_level,
    rule,
):  # fmt: skip  # pragma: no cover - compiled
    """Mean of what the numbers found weigh; ``nan`` if none is comparable."""
    total, compared = 0.0, 0
    for s in range(seen_first, seen_last):
        rivals, level, chance, share = 0, NOT, 0.0, 1.0
        for t in range(first, last):
            if not _rival(told[t].scheme, seen[s].scheme):
                continue
            rivals += 1
            if not _told_before(told, first, t, seen[s].scheme):
                chance += shares[told[t].word]
            for k in range(near_at[told[t].word], near_at[told[t].word + 1]):
                if near_right[k] == seen[s].word and near_level[k] > level:
                    level = near_level[k]
                    share = shares[told[t].word]
        if rivals == 0:
            continue
        compared += 1
        if level == WHOLLY:  # which of those told it is: each is as likely
            total += rule.same / rivals / share
        else:
            chance = min(chance, 0.5)
            total += _outcome(level, rule.same, rule.near, chance, rule.chance_near)
    return total / compared if compared > 0 else nan


@compiled()
def weigh_papers(
    left, right, told_codes, seen_codes, part_at, parts, chances, found_at, found_parts,
    found, part_near_at, part_near, part_level, number_at, numbers, number_shares,
    found_number_at, found_numbers, number_near_at, number_near, number_level, phone_at,
    phones, phone_shares, found_phone_at, found_phones, phone_near_at, phone_near,
    phone_level, rules, borrowed,
):  # fmt: skip  # pragma: no cover - compiled
    """Weights of pairs of positions; ``rules``: of names, of numbers, of telephones."""
    weights = np.empty(len(left))
    for k in range(len(left)):
        seen = seen_codes[right[k]]
        weights[k] = nan
        if seen == NOTHING:
            continue
        told = told_codes[left[k]]
        if told == NOTHING:
            continue
        by_name = _names(
            part_at[told], part_at[told + 1], parts, chances, found_at[seen],
            found_at[seen + 1], found_parts, found[seen], part_near_at, part_near, part_level,
            rules[0],
        )  # fmt: skip
        by_number = _numbers(
            number_at[told], number_at[told + 1], numbers, number_shares,
            found_number_at[seen], found_number_at[seen + 1], found_numbers, number_near_at,
            number_near, number_level, rules[1],
        )  # fmt: skip
        by_phone = _numbers(
            phone_at[told], phone_at[told + 1], phones, phone_shares, found_phone_at[seen],
            found_phone_at[seen + 1], found_phones, phone_near_at, phone_near, phone_level,
            rules[2],
        )  # fmt: skip
        ratio, compared = 1.0, False
        if not isnan(by_name):
            ratio, compared = ratio * by_name, True
        if not isnan(by_number):
            ratio, compared = ratio * by_number, True
        if compared:
            ratio = borrowed + (1 - borrowed) * ratio
        if not isnan(by_phone):
            ratio, compared = ratio * by_phone, True
        if compared:
            weights[k] = min(log10(ratio), LARGEST)
    return weights


@compiled()
def weigh_serials(
    left, right, told_codes, seen_codes, told_at, told, shares, seen_at, seen, near_at,
    near_right, near_level, rules, unrelated,
):  # fmt: skip  # pragma: no cover - compiled
    """Weights of pairs of positions."""
    weights = np.empty(len(left))
    for k in range(len(left)):
        i, j = told_codes[left[k]], seen_codes[right[k]]
        weights[k] = nan
        if i == NOTHING or j == NOTHING:
            continue
        ratio = _numbers(
            told_at[i], told_at[i + 1], told, shares, seen_at[j], seen_at[j + 1], seen,
            near_at, near_right, near_level, rules[0],
        )  # fmt: skip
        if not isnan(ratio):
            weights[k] = min(log10(unrelated + (1 - unrelated) * ratio), LARGEST)
    return weights


@within()
def _same_or_another(told, seen, weights):  # pragma: no cover - compiled
    if told == NOTHING or seen == NOTHING:
        return nan
    return weights[1 if told == seen else 0, seen]


@compiled()
def weigh_companies(
    left, right, told_incident, seen_incident, incidents, told_group, seen_group, groups
):  # pragma: no cover - compiled
    """Weigh pairs of positions: their incidents, or their groups where these say nothing.

    ``incidents`` and ``groups``: what another one weighs, and the same one, by number seen.
    """
    weights = np.empty(len(left))
    for k in range(len(left)):
        i, j = left[k], right[k]
        weights[k] = _same_or_another(told_incident[i], seen_incident[j], incidents)
        if isnan(weights[k]):
            weights[k] = _same_or_another(told_group[i], seen_group[j], groups)
    return weights
