"""The weight of two lists, compiled: exactly for a pair, and from above for one thing told.

`weigh_lists` must agree with `matching.evidence.listed` on every pair; the tests compare them.
"""
# ruff: noqa: PLR0913, PLR0917, PLR1714 - arrays are handed on one by one: a tuple of arrays
# costs 150 ns a call; `in` over a tuple is slower than two comparisons.

from math import ceil, isnan, log10, nan

import numpy as np

from matching.packing.comparison import LANES, NOTHING
from matching.packing.compiling import compiled, within
from matching.packing.steps import LOWEST, STEPS
from matching.packing.things.layout import ABSENT, UNKNOWN

LEFT_AND_RIGHT = 3
REGION_DIFFERS, DETAIL_DIFFERS, AGREES, REGION_UNKNOWN = 1, 2, 3, 4
SPARE = 1e-6


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
def _word_ratio(told, seen, words_told, word_ratios, words_seen, none):  # pragma: no cover
    if told.words == 0 or seen.words == 0:
        return 1.0
    for t in range(told.words_at, told.words_at + told.words):
        for s in range(seen.words_at, seen.words_at + seen.words):
            if words_told[t] == words_seen[s]:
                return word_ratios[t]
    return none


@within()
def _product(
    told_at, told_n, seen_at, seen_n, skin, bone, listed, none, occurring, first, told_things,
    words_told, word_ratios, seen_in, seen_things, words_seen,
):  # fmt: skip  # pragma: no cover - compiled
    """Product of the ratios of all things told; ``nan`` if none could be compared."""
    product, comparable, used = 1.0, False, 0
    for t in range(told_at, told_at + told_n):
        told = told_things[occurring[t]]
        visible = bone if told.in_bone else skin
        best, chosen, total, candidates = -1.0, -1, 0.0, 0
        for s in range(seen_n):
            seen = seen_things[seen_in[seen_at + s]]
            if seen.group != told.group or used & (1 << s):
                continue
            ratio = told.ratio[level(told, seen)]
            ratio *= _word_ratio(told, seen, words_told, word_ratios, words_seen, none)
            total += ratio
            candidates += 1
            if ratio > best:
                best, chosen = ratio, s
        if chosen >= 0:
            used |= 1 << chosen
            product *= total / candidates * (told.there if first[t] else 1.0)
            comparable = True
        elif visible > 0:
            if first[t]:
                product *= (1 - visible * listed) / (1 - visible * told.share)
            comparable = True
    return product if comparable else nan


@compiled()
def weigh_lists(
    left, right, told_at, told_n, occurring, first, told_things, words_told, word_ratios,
    seen_at, seen_n, seen_in, seen_things, words_seen, skin, bone, rules,
):  # fmt: skip  # pragma: no cover - compiled
    """Weights of pairs of positions."""
    weights = np.empty(len(left))
    rule = rules[0]
    for k in range(len(left)):
        i, j = left[k], right[k]
        weights[k] = nan
        if told_n[i] == UNKNOWN or seen_n[j] == UNKNOWN:
            continue
        if told_n[i] == ABSENT:
            if seen_n[j] > 0:
                weights[k] = rule.none_but_seen
            elif skin[j] > 0:
                weights[k] = rule.none_on_both
            continue
        listed = rule.listed if seen_n[j] > 0 else rule.listed_when_none
        product = _product(
            told_at[i], told_n[i], seen_at[j], seen_n[j], skin[j], bone[j], listed,
            rule.words_none, occurring, first, told_things, words_told, word_ratios, seen_in,
            seen_things, words_seen,
        )  # fmt: skip
        if not isnan(product):
            mixed = rule.unrelated + (1 - rule.unrelated) * product
            weights[k] = min(log10(mixed), rule.ceiling)
    return weights


@within()
def _steps(ratio, damping):  # pragma: no cover - compiled
    weight = log10(ratio)
    if weight < 0:
        weight *= damping
    return max(ceil(weight * STEPS + SPARE), LOWEST)


@compiled()
def bound_present(
    examples, firsts, worded, damping, told_things, seen_examples, seen_worded, seen_things,
    words_none,
):  # fmt: skip  # pragma: no cover - compiled
    """Give steps of each class against each code of things seen, words shared apart.

    ``LOWEST`` for another group, which is never looked at.
    """
    steps = np.full((len(examples), len(seen_examples)), LOWEST, dtype=np.int16)
    for c in range(len(examples)):
        told = told_things[examples[c]]
        there = told.there if firsts[c] else 1.0
        for s in range(len(seen_examples)):
            seen = seen_things[seen_examples[s]]
            if seen.group == told.group:
                words = words_none if worded[c] and seen_worded[s] else 1.0
                ratio = told.ratio[level(told, seen)] * there * words
                steps[c, s] = _steps(ratio, damping[c])
    return steps


@compiled()
def bound_unseen(
    examples, firsts, damping, told_things, skin, bone, state, rules
):  # pragma: no cover - compiled
    """Give steps of each class where no thing of its group was seen; shape (looks, classes).

    ``skin``, ``bone`` and ``state`` describe each look of remains; an example `NOTHING` is
    the class of those who "have none".
    """
    steps = np.zeros((len(state), len(examples)), dtype=np.int16)
    rule = rules[0]
    for look in range(len(state)):
        listed = rule.listed if state[look] > 0 else rule.listed_when_none
        for c in range(len(examples)):
            if examples[c] == NOTHING:
                if state[look] > 0:
                    steps[look, c] = max(ceil(rule.none_but_seen * STEPS + SPARE), LOWEST)
                elif skin[look] > 0:
                    steps[look, c] = max(ceil(rule.none_on_both * STEPS + SPARE), LOWEST)
            elif firsts[c]:
                told = told_things[examples[c]]
                visible = bone[look] if told.in_bone else skin[look]
                ratio = (1 - visible * listed) / (1 - visible * told.share)
                steps[look, c] = _steps(ratio, damping[c])
    return steps


@compiled()
def fill_seen(
    classes, right, table, at, firsts, group_from, seen_at, seen_n, seen_in,
    seen_code, seen_group, present,
):  # fmt: skip  # pragma: no cover - compiled
    """Raise or lower the rows of the groups that each lane has, to the best of its things.

    ``classes`` are sorted, and classes of one group stand together, from ``group_from``.
    """
    local = np.searchsorted(classes, group_from)
    for tile in range(len(right) // LANES):
        rows = table[tile]
        for lane in range(LANES):
            r = right[tile * LANES + lane]
            if r == NOTHING or seen_n[r] <= 0:
                continue
            for s in range(seen_at[r], seen_at[r] + seen_n[r]):
                group = seen_group[seen_in[s]]
                if group < 0:
                    continue
                again = False
                for before in range(seen_at[r], s):
                    again |= seen_group[seen_in[before]] == group
                bounds = present[seen_code[seen_in[s]]]
                for c in range(local[group], local[group + 1]):
                    bound = bounds[classes[c]]
                    # What was told second may find its counterpart taken: that weighs 0.
                    if not firsts[classes[c]] and bound < 0:
                        bound = np.int16(0)
                    if again:
                        bound = max(bound, rows[at + c, lane])
                    rows[at + c, lane] = bound
