"""The search over all pairs: bounded first, weighed exactly where the bound leaves a doubt.

A tile of 32 remains gets one row of 32 scores for each distinct thing told of a block of
missing people, in whole steps of 1/512 decade, never below the weight (`bounds`). The score
of a pair is the sum of at most nine rows, and so never below its true weight: a pair whose
score is below the last place of both its records cannot belong there. All others are weighed
exactly, in double precision (`exact`).

Why 16 bits suffice: no kind exceeds 7 decades = 3584 steps, and 9 × 3584 = 32256 < 32767.
No score of a kind is below -4 decades but that of impossible dates, -16000 steps, and
8 × -2048 - 16000 = -32384 > -32768.
"""
# ruff: noqa: PLR0913, PLR0917 - packed arrays are handed on one by one: a tuple
# of arrays costs 150 ns a call; and the compiler takes no arguments by name at full speed.

from math import floor, inf

import numpy as np

from matching.packing.layout import LANES
from matching.packing.steps import STEPS
from matching.search.bounds.kernels import fill_codes, fill_tile, note_words
from matching.search.compiling import compiled, within
from matching.search.exact.kernels import total_weight

EVERYBODY = -32768
NOBODY = 32767


@within()
def _last_place(scores, held, least):  # pragma: no cover - compiled
    """Give the steps below which no pair can be kept; one step spare for rounding."""
    bar = least if held < len(scores) else max(scores[0], least)
    return EVERYBODY if bar == -inf else max(floor(bar * STEPS) - 1, EVERYBODY)


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
def _score(score, rows, tile):  # pragma: no cover - compiled
    score[:] = 0
    for at in range(len(rows)):
        row = tile[rows[at]]
        for lane in range(LANES):
            score[lane] += row[lane]


@within()
def _near(score, own, bar):  # pragma: no cover - compiled
    """Whether any lane may reach the last place of either record."""
    near = 0
    for lane in range(LANES):
        near |= (score[lane] >= own) | (score[lane] >= bar[lane])
    return near != 0


@compiled()
def search_block(
    missing, rows_at, rows, row_kind, row_of, mark_codes, cloth_codes, remains, least,
    left_scores, left_who, left_held, right_scores, right_who, right_held, rules, tables,
    table_steps, log_steps, journeys, mark_steps, cloth_steps, things, examples, words,
    word_ratios, n_words,
):  # fmt: skip  # pragma: no cover - compiled
    """Search one block of missing people against all remains.

    ``rows[rows_at[i]:rows_at[i + 1]]`` are the rows of person i; row k was told of person
    ``row_of[k]``, the first of the block of whom it is true. The best of each record stand
    in ``…_scores``, ``…_who`` and ``…_held``; those of the right are this worker's own.
    Returns pairs scored and pairs skipped. Whole, as its loops share arrays that would be
    handed on one by one, at a cost for each pair.
    """
    rule = rules[0]
    tile = np.zeros((len(row_kind), LANES), dtype=np.int16)
    mark_rows = np.zeros((len(examples), LANES), dtype=np.int32)
    cloth_rows = np.zeros((len(examples), LANES), dtype=np.int32)
    mark_words = np.zeros(n_words, dtype=np.uint32)
    cloth_words = np.zeros(n_words, dtype=np.uint32)
    score = np.zeros(LANES, dtype=np.int16)
    bar = np.zeros(LANES, dtype=np.int16)
    scored = skipped = 0
    active = 0
    last = (len(remains) - 1) // LANES * LANES
    for first in range(last, -1, -LANES):
        lanes = min(LANES, len(remains) - first)
        some = remains[first : first + lanes]
        # Tiles are taken oldest first, people stand oldest first: whoever was last heard of
        # after every recovery of this tile is skipped. The tiles that follow soon after the
        # last contact come before later ones: they hold the best pairings of most, and what
        # is held early spares weighing what comes later.
        while active < len(missing) and missing[active].earliest <= some[0].latest:
            active += 1
        scored += active * lanes
        skipped += (len(missing) - active) * lanes
        if active == 0:
            continue
        note_words(mark_words, some.marks_at, some.marks, things, words)
        note_words(cloth_words, some.clothes_at, some.clothes, things, words)
        fill_codes(
            mark_rows, mark_codes, examples, some.marks_at, some.marks, some.skin, some.bone,
            rule.marks_listed, rule.marks_listed_when_none, things,
        )  # fmt: skip
        fill_codes(
            cloth_rows, cloth_codes, examples, some.clothes_at, some.clothes, some.recovered,
            some.recovered, rule.clothing_listed, rule.clothing_listed, things,
        )  # fmt: skip
        fill_tile(
            tile, lanes, active, row_kind, row_of, missing, some, rule, tables, table_steps,
            log_steps, journeys, mark_steps, cloth_steps, mark_rows, cloth_rows, mark_words,
            cloth_words, things, words, word_ratios,
        )  # fmt: skip
        bar[:] = NOBODY
        for lane in range(lanes):
            j = first + lane
            bar[lane] = _last_place(right_scores[j], right_held[j], least)
        for i in range(active):
            _score(score, rows[rows_at[i] : rows_at[i + 1]], tile)
            own = _last_place(left_scores[i], left_held[i], least)
            if not _near(score, own, bar):
                continue
            for lane in range(lanes):
                if score[lane] < own and score[lane] < bar[lane]:
                    continue
                j = first + lane
                exact = total_weight(
                    missing[i], remains[j], rule, tables, things, words, word_ratios
                )
                if exact == -inf or exact < least:
                    continue
                left_held[i] = hold(
                    left_scores[i], left_who[i], left_held[i], exact, remains[j].at
                )
                right_held[j] = hold(
                    right_scores[j], right_who[j], right_held[j], exact, missing[i].at
                )
                own = _last_place(left_scores[i], left_held[i], least)
                bar[lane] = _last_place(right_scores[j], right_held[j], least)
    return scored, skipped
