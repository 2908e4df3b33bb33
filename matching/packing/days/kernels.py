"""The weight of the dates, compiled: exactly for a pair, and from above for a class.

`weigh_days` must agree with `matching.evidence.time` on every pair; the tests compare them.
"""
# ruff: noqa: PLR0913, PLR0917 - arrays are handed on one by one: a tuple of arrays costs
# 150 ns a call.

from math import inf, log10, nan

import numpy as np

from matching.packing.comparison import LANES, NOTHING
from matching.packing.compiling import compiled, within
from matching.packing.logs import LOG_FIRST, LOG_LAST, LOG_SHIFT, SPARE
from matching.packing.steps import IMPOSSIBLE, STEPS

LARGEST = 7.0
FIRST = -10 * STEPS
"""Tables of logs begin at -10 decades; what is below weighs like this."""
WIDE = 8
"""Days from which the mean over a range says more than its highest day."""
LEVELS = 6
"""Highest chances are kept for 1, 2, … 32 days, and for all that follow."""
EVERY_BIT = -1
"""Leaves a bound as it is; none of them makes it nought."""


@compiled()
def weigh_days(
    left, right, told, seen, interval, per_day, curves, unrelated, slip
):  # pragma: no cover - compiled
    """Weights of pairs of positions; ``told`` and ``seen`` hold earliest and latest days.

    ``slip``: how many days too early a recovery may be dated by an error.
    """
    weights = np.empty(len(left))
    last = curves.shape[1] - 1
    for k in range(len(left)):
        i, j = left[k], right[k]
        if interval[j] == NOTHING or told[i, 0] > told[i, 1]:
            weights[k] = nan
            continue
        shortest, longest = seen[j, 0] - told[i, 1], seen[j, 1] - told[i, 0]
        if longest < -slip:
            weights[k] = -inf
            continue
        until = curves[interval[j], min(max(longest + 1, 0), last)]
        inside = until - curves[interval[j], min(max(shortest, 0), last)]
        ratio = inside / (longest - shortest + 1) / per_day[j]
        weights[k] = min(log10(unrelated + (1 - unrelated) * ratio), LARGEST)
    return weights


@within()
def _level(length):  # pragma: no cover - compiled
    """Give the power of two of which two cover so many days, or that of all later days."""
    level = 0
    while (2 << level) < length:
        level += 1
    return min(level, LEVELS)


@within()
def _fill_one_day(
    rows, at, narrow, first, lengths, levels, found, peaks, begins, usual, mixed, last
):  # pragma: no cover - compiled
    """Bound classes of narrow ranges as if all remains had been found on one day.

    Row after row: what it asks of the curves lies next to what the row before asked.
    ``begins``: where the curves of each lane begin in `peaks`, one after the other.
    """
    for n in range(len(narrow)):
        of_level = levels[n] * (last + 1)
        further = lengths[n] - (1 << levels[n])
        row = rows[at + narrow[n]]
        for lane in range(np.uint64(LANES)):
            begin = min(max(found[lane, 0] - first[n], 0), last)
            steps = np.int64(peaks[np.uint64(begins[lane] + of_level + begin)])
            if further > 0:
                end = min(max(found[lane, 0] - first[n] + further, 0), last)
                steps = max(steps, np.int64(peaks[np.uint64(begins[lane] + of_level + end)]))
            row[lane] = mixed[np.uint64(min(max(steps - usual[lane], FIRST), -FIRST) - FIRST)]


@within()
def _fill_peaks(
    rows, at, narrow, first, lengths, levels, found_from, found_to, of_level, usual,
    mixed, lane, last,
):  # fmt: skip  # pragma: no cover - compiled
    """Bound classes of narrow ranges by the highest chance per day of their days.

    ``first``: the last latest day of each class; ``lengths``: how many gaps in days there
    are, for remains found on one day; ``levels``: of which powers of two two cover them.
    """
    longer = found_to - found_from
    for n in range(len(narrow)):
        begin = found_from - first[n]
        level, length = levels[n], lengths[n]
        if longer > 0:
            length += longer
            level = _level(length)
        end = begin + length - (1 << level)
        begin, end = min(max(begin, 0), last), min(max(end, 0), last)
        steps = max(of_level[level, begin], of_level[level, end])
        entry = min(max(steps - usual, FIRST), -FIRST) - FIRST
        rows[at + narrow[n], lane] = mixed[entry]


@within()
def _settle(
    rows, at, classes, spans, latest, dated, slip, lowest
):  # pragma: no cover - compiled
    """Mend the bounds of undated lanes, and of those found before the last contact."""
    earliest, known = latest.min(), dated.all()
    for c in range(len(classes)):
        opens = spans[classes[c], 0]
        if known and earliest >= opens:
            continue
        too_early = opens - slip
        for lane in range(LANES):
            bound = rows[at + c, lane]
            bound = lowest if latest[lane] < opens else bound
            bound = np.int16(IMPOSSIBLE) if latest[lane] < too_early else bound
            rows[at + c, lane] = bound & dated[lane]


@within()
def _narrow(classes, spans):  # pragma: no cover - compiled
    """List the classes of narrow ranges, and what is asked of them."""
    narrow = np.empty(len(classes), dtype=np.int32)
    first, lengths, levels = narrow.copy(), narrow.copy(), narrow.copy()
    count = 0
    for c in range(len(classes)):
        span = spans[classes[c]]
        if span[4] < WIDE:
            narrow[count], first[count], lengths[count] = c, span[3], span[3] - span[0] + 1
            levels[count] = _level(lengths[count])
            count += 1
    return narrow[:count], first[:count], lengths[:count], levels[:count]


@within()
def _fill_means(
    rows, at, span, lanes, found, interval, per_day, curves, ratios, bits, log_steps, last
):  # pragma: no cover - compiled
    """Bound a class by what all its days hold, spread over the fewest days, in some lanes.

    A class of wide ranges is bounded by nothing else, one of narrow ranges by this as well.
    """
    for k in range(len(lanes)):
        lane = lanes[k]
        first = min(max(found[lane, 0] - span[3], 0), last)
        final = min(max(found[lane, 1] - span[0], -1) + 1, last)
        of_lane = interval[lane]
        days = span[4] + found[lane, 1] - found[lane, 0] + 1
        inside = max(curves[of_lane, final] - curves[of_lane, first], 0.0)
        ratios[k] = inside / days / per_day[lane] * (1 + SPARE)
    for k in range(len(lanes)):
        entry = min(max(bits[k] >> LOG_SHIFT, LOG_FIRST), LOG_LAST) - LOG_FIRST
        mean = log_steps[entry]
        rows[at, lanes[k]] = mean if span[4] >= WIDE else min(rows[at, lanes[k]], mean)


@compiled()
def fill_days(
    classes, right, table, at, spans, seen, interval, per_day, usual, curves, peaks, mixed,
    log_steps, slip,
):  # fmt: skip  # pragma: no cover - compiled
    """Write the bounds of classes of days of last contact.

    ``spans[class]``: first and last of the earliest days, first and last of the latest days,
    fewest days between both. ``peaks[interval, level, day]``: steps of the highest chance on
    one of 2^level days, and at last on any later day. ``mixed[s - FIRST]``: steps of the
    weight where the ratio is not above s steps; ``log_steps``: by the ratio itself. Whole, as
    its loops share arrays of 32 lanes.
    """
    last = curves.shape[1] - 1
    found = np.zeros((LANES, 2), dtype=np.int32)
    latest, of_lane = np.zeros(LANES, dtype=np.int32), np.zeros(LANES, dtype=np.int32)
    seldom, chance = np.zeros(LANES, dtype=np.int32), np.ones(LANES)
    dated = np.zeros(LANES, dtype=np.int16)
    ratios = np.ones(LANES, dtype=np.float32)
    bits = ratios.view(np.int32)
    every_peak, begins = peaks.reshape(-1), np.zeros(LANES, dtype=np.int64)
    every, wide = np.arange(LANES), np.arange(LANES)
    narrow, first, lengths, levels = _narrow(classes, spans)
    for tile in range(len(right) // LANES):
        rows = table[tile]
        n_wide = 0
        for lane in range(LANES):
            r = right[tile * LANES + lane]
            dated[lane] = EVERY_BIT if r != NOTHING and interval[r] != NOTHING else 0
            if dated[lane]:
                found[lane], of_lane[lane], chance[lane] = seen[r], interval[r], per_day[r]
                latest[lane], seldom[lane] = found[lane, 1], usual[r]
                begins[lane] = interval[r] * peaks.shape[1] * peaks.shape[2]
                if found[lane, 1] - found[lane, 0] >= WIDE:
                    wide[n_wide] = lane
                    n_wide += 1
        _fill_one_day(
            rows, at, narrow, first, lengths, levels, found, every_peak, begins, seldom, mixed,
            last,
        )  # fmt: skip
        for lane in range(LANES):
            begin, end = found[lane]
            if dated[lane] and begin < end:
                _fill_peaks(
                    rows, at, narrow, first, lengths, levels, begin, end, peaks[of_lane[lane]],
                    seldom[lane], mixed, lane, last,
                )  # fmt: skip
        for c in range(len(classes)):
            span = spans[classes[c]]
            lanes = every if span[4] >= WIDE else wide[:n_wide]
            if len(lanes):
                _fill_means(
                    rows, at + c, span, lanes, found, of_lane, chance, curves, ratios, bits,
                    log_steps, last,
                )  # fmt: skip
        _settle(rows, at, classes, spans, latest, dated, slip, mixed[0])
