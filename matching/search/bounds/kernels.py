"""Fills a tile: for each distinct thing told, one row of scores for 32 remains.

Scores are whole steps of 1/512 decade, never below the weight they stand for, and 0 for what
cannot be compared. Coverage cannot follow compiled code, hence the pragmas; the tests check
that no score is ever below its weight.
"""
# ruff: noqa: PLR0913, PLR0917, PLR1714 - packed arrays are handed on one by one: a tuple of
# arrays costs 150 ns a call.

from math import ceil, log10

import numpy as np

from matching.packing.layout import ABSENT, LANES, MARKS, NOTHING, PLACE, TABLE_KINDS, TIME
from matching.packing.steps import LOWEST, STEPS
from matching.search.bounds.tables import (
    CHORD_OCTAVES,
    CHORD_SHIFT,
    LOG_OCTAVES,
    LOG_SHIFT,
    SPREAD_OCTAVES,
    SPREAD_SHIFT,
    SUMS,
)
from matching.search.compiling import within
from matching.search.exact.kernels import level

IMPOSSIBLE = -16000
LARGEST_STEPS = 7 * STEPS
ONE = 127 << 23
"""Bits of the single-precision 1.0; an octave is 2^23 of them."""
LOG_FIRST = (ONE - (LOG_OCTAVES << 23)) >> LOG_SHIFT
LOG_LAST = ((ONE + (LOG_OCTAVES << 23)) >> LOG_SHIFT) - 1
CHORD_FIRST = (ONE + (CHORD_OCTAVES[0] << 23)) >> CHORD_SHIFT
CHORD_LAST = ((ONE + (CHORD_OCTAVES[1] << 23)) >> CHORD_SHIFT) - 1
CHORDS = CHORD_LAST - CHORD_FIRST + 1
SPREAD_FIRST = (ONE + (SPREAD_OCTAVES[0] << 23)) >> SPREAD_SHIFT
SPREAD_LAST = ((ONE + (SPREAD_OCTAVES[1] << 23)) >> SPREAD_SHIFT) - 1
SUM_FIRST, SUM_LAST = SUMS


@within()
def _to_steps(bits, log_steps, row):  # pragma: no cover - compiled
    for lane in range(LANES):
        entry = min(max(bits[lane] >> LOG_SHIFT, LOG_FIRST), LOG_LAST)
        row[lane] = log_steps[entry - LOG_FIRST]


@within()
def _fill_time(
    row, m, lanes, remains, rule, tables, log_steps, ratio, bits
):  # pragma: no cover
    last, unrelated = rule.last_day, rule.time_unrelated
    for lane in range(lanes):
        r = remains[lane]
        shortest, longest = r.earliest - m.latest, r.latest - m.earliest
        if r.dated == 0:
            ratio[lane] = 1.0
            continue
        if longest < 0:
            ratio[lane] = 1.0
            continue
        until = tables[r.curve + min(longest + 1, last)]
        inside = until - tables[r.curve + min(max(shortest, 0), last)]
        chance = inside / (longest - shortest + 1) / r.found_per_day
        ratio[lane] = unrelated + (1 - unrelated) * chance
    _to_steps(bits, log_steps, row)
    for lane in range(lanes):
        r = remains[lane]
        if r.dated == 0:
            row[lane] = 0
        elif r.latest < m.earliest:
            row[lane] = IMPOSSIBLE


@within()
def _fill_place(
    row, m, lanes, remains, rule, tables, log_steps, journeys, ratio, bits
):  # pragma: no cover - compiled
    unrelated = rule.place_unrelated
    if m.placed == 1:
        for lane in range(lanes):
            ratio[lane] = m.variance + remains[lane].variance
        spread = np.empty(LANES, dtype=np.int32)
        for lane in range(LANES):
            entry = min(max(bits[lane] >> SPREAD_SHIFT, SPREAD_FIRST), SPREAD_LAST)
            spread[lane] = (entry - SPREAD_FIRST) * CHORDS
        for lane in range(lanes):
            r = remains[lane]
            ratio[lane] = (m.x - r.x) ** 2 + (m.y - r.y) ** 2 + (m.z - r.z) ** 2
        for lane in range(lanes):
            chord = min(max(bits[lane] >> CHORD_SHIFT, CHORD_FIRST), CHORD_LAST) - CHORD_FIRST
            density = journeys[spread[lane] + chord]
            ratio[lane] = unrelated + (1 - unrelated) * density / (
                remains[lane].crowd * m.reach
            )
        _to_steps(bits, log_steps, row)
    for lane in range(lanes):
        r = remains[lane]
        if m.placed == 0 or r.placed == 0:
            row[lane] = 0
            if m.region != NOTHING and r.region != NOTHING:
                row[lane] = max(ceil(tables[m.region + r.region] * STEPS), LOWEST)


@within()
def _fill_table(row, kind, m, lanes, remains, table_steps):  # pragma: no cover - compiled
    start = m.row[kind]
    for lane in range(lanes):
        column = remains[lane].column[kind]
        row[lane] = 0 if column == NOTHING else table_steps[start + column]


@within()
def _ratio_steps(ratio):  # pragma: no cover - compiled
    return max(ceil(log10(ratio) * STEPS), LOWEST)


@within()
def fill_codes(
    rows, codes, examples, at, length, skin, bone, listed, listed_when_none, things
):  # pragma: no cover - compiled
    """Score each distinct thing told, words apart: the best it can be worth to each lane.

    The weight averages over candidates; the best of them is never below their average.

    ``at``, ``length``, ``skin`` and ``bone`` hold one value for each of the remains.
    """
    for code in codes:
        told = things[examples[code]]
        for lane in range(len(at)):
            if length[lane] == NOTHING:
                rows[code, lane] = 0
                continue
            visible = bone[lane] if told.in_bone else skin[lane]
            likely = listed if length[lane] > 0 else listed_when_none
            best = (1 - visible * likely) / (1 - visible * told.share) if told.first else 1.0
            for s in range(at[lane], at[lane] + length[lane]):
                if things[s].group == told.group:
                    best = max(best, told.ratio[level(told, things[s])])
            rows[code, lane] = _ratio_steps(best)


@within()
def note_words(word_lanes, at, length, things, words):  # pragma: no cover - compiled
    """Note which lanes hold each word, one bit for each."""
    word_lanes[:] = 0
    for lane in range(len(at)):
        for s in range(at[lane], at[lane] + max(length[lane], 0)):
            for w in range(things[s].words_at, things[s].words_at + things[s].words):
                word_lanes[words[w]] |= 1 << lane


@within()
def _fill_list(
    row, at, n, code_rows, word_lanes, list_steps, things, words, word_ratios, sums
):  # pragma: no cover - compiled
    """Sum the rows of the things told, and the gain of each word that a lane holds."""
    sums[:] = 0
    for t in range(at, at + n):
        code_row = code_rows[things[t].code]
        for lane in range(LANES):
            sums[lane] += code_row[lane]
        for w in range(things[t].words_at, things[t].words_at + things[t].words):
            held = word_lanes[words[w]]
            if held != 0 and word_ratios[w] > 1:
                gain = _ratio_steps(word_ratios[w])
                for lane in range(LANES):
                    if held & (1 << lane):
                        sums[lane] += gain
    for lane in range(LANES):
        row[lane] = list_steps[min(max(sums[lane], SUM_FIRST), SUM_LAST) - SUM_FIRST]


@within()
def _fill_none(row, lanes, remains, rule):  # pragma: no cover - compiled
    """Score "has no marks" against each lane."""
    for lane in range(lanes):
        r = remains[lane]
        row[lane] = 0
        if r.marks > 0:
            row[lane] = ceil(rule.marks_none_but_seen * STEPS)
        elif r.marks == ABSENT and r.skin > 0:
            row[lane] = ceil(rule.marks_none_on_both * STEPS)


@within()
def fill_tile(
    tile, lanes, active, row_kind, row_of, missing, remains, rule, tables, table_steps,
    log_steps, journeys, mark_steps, cloth_steps, mark_rows, cloth_rows, mark_words,
    cloth_words, things, words, word_ratios,
):  # fmt: skip  # pragma: no cover - compiled
    """Write one row of scores for each distinct thing told of the people still active."""
    ratio = np.ones(LANES, dtype=np.float32)
    bits = ratio.view(np.int32)
    sums = np.zeros(LANES, dtype=np.int32)
    for k in range(1, len(row_kind)):
        if row_of[k] >= active:
            continue
        m, kind, row = missing[row_of[k]], row_kind[k], tile[k]
        if kind < TABLE_KINDS:
            _fill_table(row, kind, m, lanes, remains, table_steps)
        elif kind == TIME:
            _fill_time(row, m, lanes, remains, rule, tables, log_steps, ratio, bits)
        elif kind == PLACE:
            _fill_place(row, m, lanes, remains, rule, tables, log_steps, journeys, ratio, bits)
        elif kind == MARKS and m.marks == ABSENT:
            _fill_none(row, lanes, remains, rule)
        elif kind == MARKS:
            _fill_list(
                row, m.marks_at, m.marks, mark_rows, mark_words, mark_steps, things, words,
                word_ratios, sums,
            )  # fmt: skip
        else:
            _fill_list(
                row, m.clothes_at, m.clothes, cloth_rows, cloth_words, cloth_steps, things,
                words, word_ratios, sums,
            )  # fmt: skip
