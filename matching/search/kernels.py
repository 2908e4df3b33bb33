"""The search over all pairs: bounded first, weighed exactly where the bound leaves a doubt.

A person is a few numbers of rows; a tile of 32 remains is a table with one row of 32 bounds
for each class, in whole steps of 1/256 decade, never below the weight. The score of a pair is
the sum of its rows, and so never below its true weight: a pair whose score is below the last
place of both its records cannot belong there. All others are handed back to be weighed
exactly, in double precision.

Why 16 bits suffice: the rows of a record cannot sum beyond ±`MOST_STEPS`; a bar lies between
-16000 and 16000, and 15000 + 16000 < 32767. Records whose rows could sum to more, and those
that have very many, are summed in 32 bits.
"""
# ruff: noqa: PLR0913, PLR0917 - packed arrays are handed on one by one: a tuple
# of arrays costs 150 ns a call; and the compiler takes no arguments by name at full speed.

from math import ceil, floor, inf, isnan

import numpy as np

from matching.packing.comparison import LANES
from matching.packing.compiling import compiled, within
from matching.packing.steps import STEPS
from matching.search.lanes import add_row, copy_row, reaching

EVERYBODY, NOBODY = -16000, 16000
DE_BRUIJN = 0x077CB531
"""Multiplied by a single bit, its five bits from the 27th on say which it was: `LANE_OF`."""
LANE_OF = np.empty(LANES, dtype=np.int64)
LANE_OF[[(DE_BRUIJN << lane >> 27) & (LANES - 1) for lane in range(LANES)]] = np.arange(LANES)
WIDTH = 8
"""Rows summed at a time: as many as the processor keeps at hand."""
LEAST_WIDTH = 2 * WIDTH
"""Nobody has fewer rows: one width for nearly all lets the processor guess its way."""
WIDEST = LEAST_WIDTH + WIDTH
"""Whoever has more rows is summed in 32 bits."""
KEYED_KINDS = 5
"""So many kinds may have keys."""
WIDEST_GAIN = KEYED_KINDS * (19 * STEPS // 2)
"""What shared keys can add: for each kind from its lowest bound, -2.5 decades, to 7."""


@within()
def _worse(scores, who, a, b):  # pragma: no cover - compiled
    """Whether place `a` ranks below place `b`; equal weights rank by position."""
    return scores[a] < scores[b] or (scores[a] == scores[b] and who[a] > who[b])


@within()
def _swap(scores, who, a, b):  # pragma: no cover - compiled
    scores[a], scores[b] = scores[b], scores[a]
    who[a], who[b] = who[b], who[a]


@within()
def hold(scores, who, held, score, one):  # pragma: no cover - compiled
    """Keep a pairing if it is among the best: a heap with the last place on top."""
    if len(scores) == 0:  # nobody asks for the best of this side
        return held
    at = np.int64(held)
    if held < len(scores):
        scores[at], who[at] = score, one
        while at > 0 and _worse(scores, who, at, (at - 1) // 2):
            _swap(scores, who, at, (at - 1) // 2)
            at = (at - 1) // 2
        return held + 1
    if score < scores[0] or (score == scores[0] and one > who[0]):
        return held
    scores[0], who[0] = score, one
    at = np.int64(0)  # not a literal, for which the compiler would compile its own copies
    while True:
        worst = at
        for child in (2 * at + 1, 2 * at + 2):
            if child < held and _worse(scores, who, child, worst):
                worst = child
        if worst == at:
            return held
        _swap(scores, who, at, worst)
        at = worst


@within()
def bar_of(scores, least):  # pragma: no cover - compiled
    """Give the steps below which no pair can be kept; one step spare for rounding."""
    if len(scores) == 0:
        return EVERYBODY
    bar = max(scores[0], least)
    return min(max(floor(bar * STEPS) - 1, EVERYBODY), NOBODY)


@compiled()
def keep(
    left, right, left_at, right_at, weights, least, left_scores, left_who, left_held,
    left_bars, right_scores, right_who, right_held, right_bars,
):  # fmt: skip  # pragma: no cover - compiled
    """Offer weighed pairs to the best of both their records, and raise the bars.

    What lies below a record's bar is not offered to it: whoever misses a pairing for that is
    searched again, as its guess failed.

    ``left_at`` and ``right_at`` give positions in the input, by which equal weights rank.
    """
    for k in range(len(left)):
        i, j, weight = left[k], right[k], weights[k]
        if weight == -inf or weight < least:
            continue
        steps = weight * STEPS
        if steps >= left_bars[i]:
            left_held[i] = hold(left_scores[i], left_who[i], left_held[i], weight, right_at[j])
            if left_held[i] == left_scores.shape[1]:
                left_bars[i] = max(left_bars[i], bar_of(left_scores[i], least))
        if steps >= right_bars[j]:
            right_held[j] = hold(
                right_scores[j], right_who[j], right_held[j], weight, left_at[i]
            )
            if right_held[j] == right_scores.shape[1]:
                right_bars[j] = max(right_bars[j], bar_of(right_scores[j], least))


@compiled()
def tighten(
    scores, left, right, rows, table, weights, left_bars, right_bars, kept
):  # pragma: no cover - compiled
    """Put what one kind weighs exactly in place of its bound; list who is still possible.

    ``rows``: of each left record. Returns how many may still reach a last place.
    """
    count = 0
    for k in range(len(scores)):
        i, j = left[k], right[k]
        scores[k] -= table[j // LANES, rows[i], j % LANES]
        if weights[k] == -inf:
            continue
        if not isnan(weights[k]):
            scores[k] += ceil(weights[k] * STEPS)
        bar = min(left_bars[i], right_bars[j])
        if scores[k] >= bar or bar == EVERYBODY:
            kept[count] = k
            count += 1
    return count


@compiled()
def add_weights(total, weights):  # pragma: no cover - compiled
    """Add what can be compared."""
    for k in range(len(total)):
        if not isnan(weights[k]):
            total[k] += weights[k]


@compiled()
def copy_rows(shared, classes, table, at):  # pragma: no cover - compiled
    """Copy the rows of some classes from where those of all are filled."""
    into, every = table.reshape(-1), shared.reshape(-1)
    for tile in range(len(table)):
        for c in range(len(classes)):
            there = (tile * table.shape[1] + at + c) * LANES
            copy_row(into, there, every, (tile * shared.shape[1] + classes[c]) * LANES)


@compiled()
def add_bundles(table, bundles, at):  # pragma: no cover - compiled
    """Write the sums of rows that are always needed together; row 0 stands for none."""
    flat = table.reshape(-1)
    for tile in range(len(table)):
        first = tile * table.shape[1]
        for b in range(len(bundles)):
            there = (first + at + b) * LANES
            copy_row(flat, there, flat, (first + bundles[b, 0]) * LANES)
            for k in range(1, bundles.shape[1]):
                add_row(flat, there, (first + bundles[b, k]) * LANES)


_reaching_of_sixteen, _reaching_of_more = reaching(LEAST_WIDTH), reaching(WIDEST)


@within()
def _reaching_of_many(
    table, rows, start, width, gains, gain, own, bars, scores
):  # pragma: no cover - compiled
    """Sum in 32 bits; what is lower than any bar is as good as the lowest."""
    for lane in range(np.uint64(LANES)):
        scores[lane] = gains[gain + lane]
    for at in range(np.uint64(width)):
        row = rows[start + at]
        for lane in range(np.uint64(LANES)):
            scores[lane] += table[row + lane]
    bits = np.int64(0)
    for lane in range(np.int64(LANES)):
        scores[lane] = max(scores[lane], np.int32(EVERYBODY))
        bits |= np.int64(scores[lane] >= min(own, bars[lane])) << lane
    return bits


@within()
def _note_gains(
    gains, slots, used, active, first, lanes, right_at, right_keys, key_at, holders,
    holder_gain,
):  # fmt: skip  # pragma: no cover - compiled
    """Give each person who shares a key with a lane of this tile a row of gains."""
    for lane in range(lanes):
        for k in range(right_at[first + lane], right_at[first + lane + 1]):
            key = right_keys[k]
            for h in range(key_at[key], key_at[key + 1]):
                i = holders[h]
                if i >= active:
                    break
                if slots[i] == 0:
                    used += 1
                    slots[i] = used * LANES
                    gains[used * LANES : (used + 1) * LANES] = 0
                at = slots[i] + lane
                gains[at] = min(gains[at] + holder_gain[h], WIDEST_GAIN)
    return used


@compiled()
def scan(  # noqa: C901 - see below
    rows, widths, left_bars, table, right_bars, active, tile, person, gains, slots, right_at,
    right_keys, key_at, holders, holder_gain, found_left, found_right, found_score,
):  # fmt: skip  # pragma: no cover - compiled
    """Find pairs that may reach the last place of either record.

    ``rows[i]`` are the first places, in a tile's flat table, of the rows of person i, of
    which ``widths[i]``, a multiple of `WIDTH` and at least `LEAST_WIDTH`, are used. Begins at
    `person` of `tile` and stops early when the arrays of what is found are full. Returns how
    many were found, and where to go on; the tile is past the last when all is done. Whole, as
    its loops share arrays that would be handed on one by one, at a cost for each pair.
    """
    found, used = 0, 0
    bars = np.empty(LANES, dtype=np.int16)
    scores = np.empty(LANES, dtype=np.int32)
    # A view of each person's rows would be counted by the processor's slowest means.
    every_row, most = rows.reshape(-1), rows.shape[1]
    room = len(found_left) - LANES
    while tile < len(table):
        first = tile * LANES
        lanes = min(LANES, len(right_bars) - first)
        flat = table[tile].reshape(-1)
        bars[:] = NOBODY
        there = (np.int64(1) << lanes) - 1
        for lane in range(lanes):
            bars[lane] = right_bars[first + lane]
        used = _note_gains(
            gains, slots, used, active[tile], first, lanes, right_at, right_keys, key_at,
            holders, holder_gain,
        )  # fmt: skip
        stopped = False
        while person < active[tile]:
            own, width, gain = left_bars[person], widths[person], np.uint64(slots[person])
            start = np.uint64(person * most)
            if width == LEAST_WIDTH:
                bits = _reaching_of_sixteen(
                    flat, every_row, start, gains, gain, own, bars, scores
                )
            elif width == WIDEST:
                bits = _reaching_of_more(flat, every_row, start, gains, gain, own, bars, scores)
            else:
                bits = _reaching_of_many(
                    flat, every_row, start, width, gains, gain, own, bars, scores
                )
            if bits:
                if found > room:
                    stopped = True
                    break
                bits &= there
                while bits:
                    lowest = bits & -bits
                    lane = LANE_OF[((lowest * DE_BRUIJN) >> 27) & (LANES - 1)]
                    found_left[found], found_right[found] = person, first + lane
                    found_score[found] = scores[lane]
                    found += 1
                    bits ^= lowest
            person += 1
        if used > 0:
            slots[:] = 0
            used = 0
        if stopped:
            return found, tile, person
        tile, person = tile + 1, 0
    return found, tile, person


@compiled()
def best_first(scores, who, held):  # pragma: no cover - compiled
    """Sort each heap in place: its last place is taken off the top until none is left."""
    for i in range(len(held)):
        for last in range(held[i] - 1, 0, -1):
            _swap(scores[i], who[i], 0, last)
            at = np.int64(0)
            while True:
                worst = at
                for child in (2 * at + 1, 2 * at + 2):
                    if child < last and _worse(scores[i], who[i], child, worst):
                        worst = child
                if worst == at:
                    break
                _swap(scores[i], who[i], at, worst)
                at = worst


@compiled()
def merge(
    places, scores, who, held, at, owners, ranks, weights, seen, left, right, log10_lr,
    rank_for_left, rank_for_right,
):  # fmt: skip  # pragma: no cover - compiled
    """Write the pairings of each left record: its own best, then those only the right hold.

    ``places[position]`` is where its best stand; ``owners[at[i]:at[i + 1]]`` are the right
    records that hold left position i, ascending. Returns how many were written.
    """
    count = 0
    for i in range(len(places)):
        place = places[i]
        for k in range(held[place]):
            left[count + k], right[count + k] = i, who[place, k]
            log10_lr[count + k], rank_for_left[count + k] = scores[place, k], k + 1
            seen[who[place, k]] = k + 1
        own = count + held[place]
        more = own
        # What is not among the own best ranks below all of these.
        order = np.argsort(-weights[at[i] : at[i + 1]], kind="mergesort")
        for step in range(len(order)):
            k = at[i] + order[step]
            if seen[owners[k]] > 0:
                rank_for_right[count + seen[owners[k]] - 1] = ranks[k]
                continue
            left[more], right[more] = i, owners[k]
            log10_lr[more], rank_for_right[more] = weights[k], ranks[k]
            more += 1
        for k in range(held[place]):
            seen[who[place, k]] = 0
        count = more
    return count
