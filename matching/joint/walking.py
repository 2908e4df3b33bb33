"""Walking from one assignment to the next, compiled.

This file imports nothing of ours (a test holds it to that), so numba's own rule for kernels
kept on disk is enough: an edit of this file compiles it anew, and nothing else can change what
it computes. Hence it needs no `matching.packing.compiling`.
"""
# mypy: disable-error-code="no-untyped-def,no-untyped-call,untyped-decorator"
# Compiled by numba, which infers types, takes plain arrays, and is fastest where nothing is
# called or built:
# ruff: noqa: ANN001, ANN201, ANN202, C901, PLR0912, PLR0913, PLR0917, PLR1714, SIM109

import numpy as np
from numba import njit

BATCHES = 32
LISTENED = 40  # times in each batch
FREE = -1
SEED_STEP = np.uint64(0x9E3779B97F4A7C15)


@njit(cache=True, nogil=True, error_model="numpy")
def _number(state):  # pragma: no cover - compiled
    """SplitMix64 (Steele, Lea & Flood 2014): the number in [0, 1) of a state."""
    mixed = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return np.float64(mixed >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@njit(cache=True, nogil=True, error_model="numpy")
def _edge_of(left, right, begins, rights):  # pragma: no cover - compiled
    """Find the edge between two records, or FREE; rights rise within each left."""
    low, high = begins[left], begins[left + 1]
    while low < high:
        middle = (low + high) // 2
        if rights[middle] < right:
            low = middle + 1
        else:
            high = middle
    if low < begins[left + 1] and rights[low] == right:
        return low
    return FREE


@njit(cache=True, nogil=True, error_model="numpy")
def _listen(rights, begins, odds, left_holds, right_holds, heard):  # pragma: no cover
    """Add to each edge how probable it is, all but its left record being where they are."""
    for i in range(len(left_holds)):
        own = left_holds[i]
        whole = 1.0
        for e in range(begins[i], begins[i + 1]):
            holder = right_holds[rights[e]]
            if holder == FREE or holder == own:
                whole += odds[e]
        for e in range(begins[i], begins[i + 1]):
            holder = right_holds[rights[e]]
            if holder == FREE or holder == own:
                heard[e] += odds[e] / whole


@njit(cache=True, nogil=True, error_model="numpy")
def _take(e, lefts, rights, left_holds, right_holds, since, now):  # pragma: no cover
    left_holds[lefts[e]] = right_holds[rights[e]] = e
    since[e] = now


@njit(cache=True, nogil=True, error_model="numpy")
def _let_go(e, lefts, rights, left_holds, right_holds, since, held, now):  # pragma: no cover
    left_holds[lefts[e]] = right_holds[rights[e]] = FREE
    held[e] += now - since[e]


@njit(cache=True, nogil=True, error_model="numpy")
def _stretch(
    web, accept, alias, left_holds, right_holds, since, held, steps, state
):  # pragma: no cover - compiled
    """Draw an edge, and add, remove, move or swap it in so that its odds are kept; and again.

    Metropolis 1953; the moves are those of Jerrum & Sinclair 1989, and a swap. `steps`: the
    first and the end. Gives the state of the next draw. All steps stand in one loop: called
    one by one, with everything handed over each time, they took three times as long.
    """
    lefts, rights, begins, odds, proposed = web
    for now in range(*steps):
        e = np.int64(_number(state) * len(lefts))
        state += SEED_STEP
        if _number(state) >= accept[e]:
            e = alias[e]
        state += SEED_STEP
        a, b, f = left_holds[lefts[e]], right_holds[rights[e]], np.int64(FREE)
        if a == e:
            if _number(state) * odds[e] < 1.0:
                _let_go(e, lefts, rights, left_holds, right_holds, since, held, now)
            state += SEED_STEP
            continue
        ratio = odds[e]
        if a != FREE and b != FREE:
            f = _edge_of(lefts[b], rights[a], begins, rights)
            if f == FREE:
                continue
            ratio = odds[e] / odds[a] * (odds[f] / odds[b])
            ratio *= (proposed[a] + proposed[b]) / (proposed[e] + proposed[f])
        elif a != FREE:
            ratio *= proposed[a] / proposed[e] / odds[a]
        elif b != FREE:
            ratio *= proposed[b] / proposed[e] / odds[b]
        if _number(state) < ratio:
            for old in (a, b):
                if old != FREE:
                    _let_go(old, lefts, rights, left_holds, right_holds, since, held, now)
            for new in (e, f):
                if new != FREE:
                    _take(new, lefts, rights, left_holds, right_holds, since, now)
        state += SEED_STEP
    return state


@njit(cache=True, nogil=True, error_model="numpy")
def _put_down(shares, length, sums):  # pragma: no cover - compiled
    """Add a batch to the sums of shares and of their squares, and begin anew."""
    for e in range(len(shares)):
        share = shares[e] / length
        sums[0, e] += share
        sums[1, e] += share * share
        shares[e] = 0.0


@njit(cache=True, nogil=True, error_model="numpy")
def walk(web, accept, alias, left_holds, right_holds, steps, seed):  # pragma: no cover
    """Walk through assignments; give how long each edge was held, and what was heard of it.

    Both as sums, over the batches, of shares and of their squares. One batch more than
    `BATCHES` is walked first and forgotten. `steps` lie between two times of listening.
    """
    lefts, rights, begins, odds, _ = web
    held, heard = np.zeros(len(lefts)), np.zeros(len(lefts))
    held_sums, heard_sums = np.zeros((2, len(lefts))), np.zeros((2, len(lefts)))
    since = np.zeros(len(lefts), np.int64)
    state = np.uint64(seed) + SEED_STEP
    for batch in range(-1, BATCHES):
        since[:] = 0
        for time in range(LISTENED):
            span = (time * steps, (time + 1) * steps)
            state = _stretch(
                web, accept, alias, left_holds, right_holds, since, held, span, state
            )
            _listen(rights, begins, odds, left_holds, right_holds, heard)
        for e in left_holds:
            if e != FREE:
                held[e] += steps * LISTENED - since[e]
        _put_down(held, steps * LISTENED, held_sums)
        _put_down(heard, LISTENED, heard_sums)
        if batch < 0:
            held_sums[:] = 0.0
            heard_sums[:] = 0.0
    return held_sums, heard_sums
