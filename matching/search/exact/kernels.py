"""The definitions of `matching.evidence`, compiled.

Each ``_weigh_…`` must agree with the definition of its kind on every pair; the tests compare
them on generated near-misses. Coverage cannot follow compiled code, hence the pragmas.
"""
# ruff: noqa: PLR0913, PLR0917, PLR1714 - packed arrays are handed on one by one: a tuple of
# arrays costs 150 ns a call, and `in` over a tuple is slower than two comparisons.

from math import asin, exp, inf, isnan, log10, nan, pi, sqrt

import numpy as np

from matching.packing.layout import (
    ABSENT,
    AGE,
    CLOTHING,
    EYES,
    HAIR,
    KINDS,
    MARKS,
    NOTHING,
    PLACE,
    SEX,
    STATURE,
    TABLE_KINDS,
    TIME,
)
from matching.search.compiling import compiled, within

EARTH_RADIUS_KM = 6371.0088
LARGEST = 7.0
LEFT_AND_RIGHT = 3
REGION_DIFFERS, DETAIL_DIFFERS, AGREES, REGION_UNKNOWN = 1, 2, 3, 4


@within()
def _weigh_time(m, r, rules, tables):  # pragma: no cover - compiled
    if m.dated == 0 or r.dated == 0:
        return nan
    shortest, longest = r.earliest - m.latest, r.latest - m.earliest
    if longest < 0:
        return -inf
    last = rules.last_day
    until = tables[r.curve + min(longest + 1, last)]
    inside = until - tables[r.curve + min(max(shortest, 0), last)]
    ratio = inside / (longest - shortest + 1) / r.found_per_day
    return min(log10(rules.time_unrelated + (1 - rules.time_unrelated) * ratio), LARGEST)


@within()
def _weigh_place(m, r, rules, tables):  # pragma: no cover - compiled
    if m.placed == 0 or r.placed == 0:
        if m.region == NOTHING or r.region == NOTHING:
            return nan
        return tables[m.region + r.region]
    chord = sqrt((m.x - r.x) ** 2 + (m.y - r.y) ** 2 + (m.z - r.z) ** 2)
    km = 2 * EARTH_RADIUS_KM * asin(min(chord / 2, 1.0))
    spread = m.variance + r.variance
    journeys = 0.0
    for scale in range(rules.scales):
        share = tables[rules.scales_at + 2 * scale]
        variance = tables[rules.scales_at + 2 * scale + 1] + spread
        journeys += share * (exp(-(km**2) / (2 * variance)) / (2 * pi * variance))
    ratio = journeys / (r.crowd * m.reach)
    return min(log10(rules.place_unrelated + (1 - rules.place_unrelated) * ratio), LARGEST)


@within()
def level(told, seen):  # pragma: no cover - compiled
    """Say how well two things of one group agree, as `matching.evidence.listed.level_of`."""
    if told.region == NOTHING or seen.region == NOTHING:
        return REGION_UNKNOWN
    if told.region != seen.region:
        return REGION_DIFFERS
    opposite = told.side + seen.side == LEFT_AND_RIGHT and told.side != 0 and seen.side != 0
    if told.detail != seen.detail or told.kind != seen.kind or opposite:
        return DETAIL_DIFFERS
    return AGREES


@within()
def _word_ratio(told, seen, words, word_ratios, none):  # pragma: no cover - compiled
    if told.words == 0 or seen.words == 0:
        return 1.0
    for t in range(told.words_at, told.words_at + told.words):
        for s in range(seen.words_at, seen.words_at + seen.words):
            if words[t] == words[s]:
                return word_ratios[t]
    return none


@within()
def _product(
    told_at, told_n, seen_at, seen_n, skin, bone, listed, none, things, words, word_ratios
):  # pragma: no cover - compiled
    """Product of the ratios of all things told; ``nan`` if none could be compared."""
    product, comparable, used = 1.0, False, 0
    for t in range(told_at, told_at + told_n):
        told = things[t]
        visible = bone if told.in_bone else skin
        best, chosen, total, candidates = -1.0, -1, 0.0, 0
        for s in range(seen_n):
            seen = things[seen_at + s]
            if seen.group != told.group or used & (1 << s):
                continue
            ratio = told.ratio[level(told, seen)]
            ratio *= _word_ratio(told, seen, words, word_ratios, none)
            total += ratio
            candidates += 1
            if ratio > best:
                best, chosen = ratio, s
        if chosen >= 0:
            used |= 1 << chosen
            product *= total / candidates
            comparable = True
        elif visible > 0:
            if told.first:
                product *= (1 - visible * listed) / (1 - visible * told.share)
            comparable = True
    return product if comparable else nan


@within()
def _weigh_marks(m, r, rules, things, words, word_ratios):  # pragma: no cover - compiled
    if m.marks == NOTHING or r.marks == NOTHING:
        return nan
    if m.marks == ABSENT:
        if r.marks > 0:
            return rules.marks_none_but_seen
        return rules.marks_none_on_both if r.skin > 0 else nan
    listed = rules.marks_listed if r.marks > 0 else rules.marks_listed_when_none
    product = _product(
        m.marks_at,
        m.marks,
        r.marks_at,
        r.marks,
        r.skin,
        r.bone,
        listed,
        rules.marks_words_none,
        things,
        words,
        word_ratios,
    )
    if isnan(product):
        return nan
    mixed = rules.marks_unrelated + (1 - rules.marks_unrelated) * product
    return min(log10(mixed), rules.marks_ceiling)


@within()
def _weigh_clothing(m, r, rules, things, words, word_ratios):  # pragma: no cover - compiled
    if m.clothes == NOTHING or r.clothes == NOTHING:
        return nan
    product = _product(
        m.clothes_at,
        m.clothes,
        r.clothes_at,
        r.clothes,
        r.recovered,
        r.recovered,
        rules.clothing_listed,
        rules.clothing_words_none,
        things,
        words,
        word_ratios,
    )
    if isnan(product):
        return nan
    mixed = rules.clothing_unrelated + (1 - rules.clothing_unrelated) * product
    return min(log10(mixed), rules.clothing_ceiling)


@within()
def weigh(kind, m, r, rules, tables, things, words, word_ratios):  # pragma: no cover - compiled
    """Weight of one kind; ``nan`` where nothing can be compared."""
    if kind < TABLE_KINDS:
        row, column = m.row[kind], r.column[kind]
        if row == NOTHING or column == NOTHING:
            return nan
        return tables[row + column]
    if kind == TIME:
        return _weigh_time(m, r, rules, tables)
    if kind == PLACE:
        return _weigh_place(m, r, rules, tables)
    if kind == MARKS:
        return _weigh_marks(m, r, rules, things, words, word_ratios)
    return _weigh_clothing(m, r, rules, things, words, word_ratios)


@within()
def total_weight(
    m, r, rules, tables, things, words, word_ratios
):  # pragma: no cover - compiled
    """Sum of the weights, in the order in which they are shown."""
    total = 0.0
    for kind in (SEX, AGE, STATURE, TIME, PLACE, MARKS, HAIR, EYES, CLOTHING):
        weight = weigh(kind, m, r, rules, tables, things, words, word_ratios)
        if not isnan(weight):
            total += weight
    return total


@compiled()
def weigh_pairs(
    left, right, missing, remains, rules, tables, things, words, word_ratios
):  # pragma: no cover - compiled
    """Weights of the pairs ``left[k]``, ``right[k]`` (packed positions), shape (n, KINDS)."""
    weights = np.empty((len(left), KINDS))
    rule = rules[0]
    for k in range(len(left)):
        m, r = missing[left[k]], remains[right[k]]
        for kind in range(KINDS):
            weights[k, kind] = weigh(kind, m, r, rule, tables, things, words, word_ratios)
    return weights
