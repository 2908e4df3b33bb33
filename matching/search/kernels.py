"""The search over all pairs: bounded first, weighed exactly where the bound leaves a doubt.

A person is a few numbers of rows; a tile of 32 remains is a table with one row of 32 bounds
for each class, in whole steps of 1/256 decade, never below the weight. The score of a pair is
the sum of its rows, and so never below its true weight: a pair whose score is below the last
place of both its records cannot belong there. All others are handed back to be weighed
exactly, in double precision.

Why 16 bits suffice: a record is scanned only if its rows cannot sum beyond ±`MOST_STEPS`; a
bar lies between -16000 and 16000, and 15000 + 16000 < 32767. The others are never scanned
out: their own bar stays at `EVERYBODY`, which no score is below.
"""
# ruff: noqa: PLR0913, PLR0917 - packed arrays are handed on one by one: a tuple
# of arrays costs 150 ns a call; and the compiler takes no arguments by name at full speed.

from math import ceil, floor, inf, isnan

import numpy as np

from matching.packing.comparison import LANES
from matching.packing.compiling import compiled, within
from matching.packing.steps import STEPS

EVERYBODY, NOBODY = -16000, 16000
BITS = (np.uint32(1) << np.arange(LANES, dtype=np.uint32)).astype(np.int32)
WIDTH = 8
"""Rows summed at a time: as many as the processor keeps at hand."""
LEAST_WIDTH = 2 * WIDTH
"""Nobody has fewer rows: one width for nearly all lets the processor guess its way."""
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
    left_bars, left_always, right_scores, right_who, right_held, right_bars,
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
            if left_held[i] == left_scores.shape[1] and not left_always[i]:
                left_bars[i] = max(left_bars[i], bar_of(left_scores[i], least))
        if steps >= right_bars[j]:
            right_held[j] = hold(
                right_scores[j], right_who[j], right_held[j], weight, left_at[i]
            )
            if right_held[j] == right_scores.shape[1]:
                right_bars[j] = max(right_bars[j], bar_of(right_scores[j], least))


@compiled()
def tighten(scores, left, right, rows, table, weights):  # pragma: no cover - compiled
    """Put what one kind weighs exactly in place of its bound; ``rows``: of each left record."""
    for k in range(len(scores)):
        j = right[k]
        scores[k] -= table[j // LANES, rows[left[k]], j % LANES]
        if weights[k] == -inf:
            scores[k] = 2 * EVERYBODY
        elif not isnan(weights[k]):
            scores[k] += ceil(weights[k] * STEPS)


@compiled()
def still_possible(
    left, right, scores, left_bars, right_bars, kept
):  # pragma: no cover - compiled
    """List the pairs that may still reach a last place; returns how many."""
    count = 0
    for k in range(len(left)):
        own, theirs = left_bars[left[k]], right_bars[right[k]]
        if scores[k] >= min(own, theirs) or own == EVERYBODY:
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
    for tile in range(len(table)):
        for c in range(len(classes)):
            for lane in range(LANES):
                table[tile, at + c, lane] = shared[tile, classes[c], lane]


@compiled()
def add_bundles(table, bundles, at):  # pragma: no cover - compiled
    """Write the sums of rows that are always needed together; row 0 stands for none."""
    for tile in range(len(table)):
        rows = table[tile]
        for b in range(len(bundles)):
            for lane in range(LANES):
                rows[at + b, lane] = rows[bundles[b, 0], lane]
            for k in range(1, bundles.shape[1]):
                for lane in range(LANES):
                    rows[at + b, lane] += rows[bundles[b, k], lane]


@within()
def _eight(table, rows, at, lane):  # pragma: no cover - compiled
    return (
        table[rows[at] + lane]
        + table[rows[at + 1] + lane]
        + table[rows[at + 2] + lane]
        + table[rows[at + 3] + lane]
        + table[rows[at + 4] + lane]
        + table[rows[at + 5] + lane]
        + table[rows[at + 6] + lane]
        + table[rows[at + 7] + lane]
    )


@within()
def _score(table, rows, width, gains, gain, lane):  # pragma: no cover - compiled
    score = np.int32(gains[gain + lane])
    for at in range(width):
        score += table[rows[at] + lane]
    return score


@within()
def _best_of_sixteen(table, rows, gains, gain, own, bars):  # pragma: no cover - compiled
    """How far the best lane lies above the lower of both bars."""
    best = np.int16(EVERYBODY)
    for lane in range(np.uint64(LANES)):
        score = np.int16(
            _eight(table, rows, 0, lane) + _eight(table, rows, WIDTH, lane) + gains[gain + lane]
        )
        best = max(best, np.int16(score - min(own, bars[lane])))
    return best


@within()
def _best_of_more(table, rows, gains, gain, own, bars):  # pragma: no cover - compiled
    best = np.int16(EVERYBODY)
    for lane in range(np.uint64(LANES)):
        score = np.int16(
            _eight(table, rows, 0, lane)
            + _eight(table, rows, WIDTH, lane)
            + _eight(table, rows, 2 * WIDTH, lane)
            + gains[gain + lane]
        )
        best = max(best, np.int16(score - min(own, bars[lane])))
    return best


@within()
def _best_of_many(table, rows, width, gains, gain, own, bars):  # pragma: no cover - compiled
    best = np.int16(EVERYBODY)
    for lane in range(np.uint64(LANES)):
        score = np.int16(_score(table, rows, width, gains, gain, lane))
        best = max(best, np.int16(score - min(own, bars[lane])))
    return best


@within()
def _reaching_of_sixteen(table, rows, gains, gain, own, bars):  # pragma: no cover - compiled
    """One bit for each lane that reaches the lower of both bars."""
    bits = np.int32(0)
    for lane in range(np.uint64(LANES)):
        score = np.int16(
            _eight(table, rows, 0, lane) + _eight(table, rows, WIDTH, lane) + gains[gain + lane]
        )
        bits = np.int32(bits | (BITS[lane] if score >= min(own, bars[lane]) else np.int32(0)))
    return bits


@within()
def _reaching_of_many(
    table, rows, width, gains, gain, own, bars
):  # pragma: no cover - compiled
    bits = np.int32(0)
    for lane in range(np.uint64(LANES)):
        score = np.int16(_score(table, rows, width, gains, gain, lane))
        bits = np.int32(bits | (BITS[lane] if score >= min(own, bars[lane]) else np.int32(0)))
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
def scan(  # noqa: C901, PLR0912 - see below
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
    room = len(found_left) - LANES
    while tile < len(table):
        first = tile * LANES
        lanes = min(LANES, len(right_bars) - first)
        flat = table[tile].reshape(-1)
        bars[:] = NOBODY
        for lane in range(lanes):
            bars[lane] = right_bars[first + lane]
        used = _note_gains(
            gains, slots, used, active[tile], first, lanes, right_at, right_keys, key_at,
            holders, holder_gain,
        )  # fmt: skip
        stopped = False
        while person < active[tile]:
            own, width, gain = left_bars[person], widths[person], np.uint64(slots[person])
            own_rows = rows[person]
            if width == LEAST_WIDTH:
                best = _best_of_sixteen(flat, own_rows, gains, gain, own, bars)
            elif width == LEAST_WIDTH + WIDTH:
                best = _best_of_more(flat, own_rows, gains, gain, own, bars)
            else:
                best = _best_of_many(flat, own_rows, width, gains, gain, own, bars)
            if best >= 0 or own == EVERYBODY:
                if found > room:
                    stopped = True
                    break
                if width == LEAST_WIDTH:
                    bits = _reaching_of_sixteen(flat, own_rows, gains, gain, own, bars)
                else:
                    bits = _reaching_of_many(flat, own_rows, width, gains, gain, own, bars)
                for lane in range(np.uint64(lanes)):
                    if bits & BITS[lane] or own == EVERYBODY:
                        found_left[found], found_right[found] = person, first + lane
                        found_score[found] = _score(flat, own_rows, width, gains, gain, lane)
                        found += 1
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
