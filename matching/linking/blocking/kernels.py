"""Keys of millions of records, and the records in the order of their keys.

A key is 32 bits of a hash: two records whose keys are equal by accident are one pair more to
look at, of 4 thousand million, and nothing else.
"""
# ruff: noqa: PLR0917 - arrays are handed on one by one, see `matching.names.kernels`

import numpy as np

from matching.linking import layout
from matching.linking.layout import GIVEN, NOTHING, SURNAMES
from matching.packing.compiling import compiled, within

ANY, FIRST, BOTH = 1, 2, 3
YEAR, DAY, EITHER_DAY = 1, 2, 3
MIX = np.uint64(0x9E3779B97F4A7C15)
HALF = np.uint64(32)
EARLIEST = 1849
DIGIT = 11
"""Bits of a key sorted at a time: 2,048 piles stay in the nearest cache."""


@within()
def _mixed(digest, number):  # pragma: no cover - compiled
    digest = (digest ^ np.uint64(np.int64(number) + 2)) * MIX
    return digest ^ (digest >> HALF)


@within()
def _surname_codes(whole, a, how, codes):  # pragma: no cover - compiled
    """Write the codes of the surnames a key asks for; gives how many ways there are."""
    one, two = whole[a, layout.SURNAME_SOUNDS], whole[a, layout.SURNAME_SOUNDS + 1]
    if how == 0:
        codes[0] = 0
        return 1
    if how == BOTH:
        codes[0] = np.int64(min(one, two)) * 1_000_003 + max(one, two)
        return np.int64(one >= 0 and two >= 0)
    n = 0
    for slot in range(SURNAMES):
        sound = whole[a, layout.SURNAME_SOUNDS + slot]
        if sound >= 0 and (slot == 0 or one != two):
            codes[n] = sound
            n += 1
    return min(n, 1) if how == FIRST else n


@within()
def _given_codes(whole, a, how, codes):  # pragma: no cover - compiled
    if how == 0:
        codes[0] = 0
        return 1
    n = 0
    for at in range(GIVEN if how == ANY else 1):
        sound = whole[a, layout.GIVEN_SOUNDS + at]
        if sound >= 0 and not (whole[a, layout.INITIALS] >> at) & 1:
            codes[n] = sound
            n += 1
    return n


@within()
def _birth_codes(whole, a, how, codes):  # pragma: no cover - compiled
    if how == 0:
        codes[0] = 0
        return 1
    year = np.int64(whole[a, layout.FIRST_YEAR])
    dated = np.int64(whole[a, layout.DAY])
    month, day = dated >> 5, dated & 31
    if how == YEAR:
        codes[0] = year
        return np.int64(year > 0 and year == whole[a, layout.LAST_YEAR])
    if how == DAY:
        codes[0] = dated
        return np.int64(dated > 0)
    codes[0] = (year * 32 + min(day, month)) * 32 + max(day, month)
    return np.int64(dated > 0)


@within()
def _further_codes(whole, a, column, codes):  # pragma: no cover - compiled
    """Write the words of the further column a key asks for; 0: none."""
    if column == 0:
        codes[0] = 0
        return 1
    n = 0
    for at in range(1 if column == layout.PLACE_WORD else 2):
        word = whole[a, column + at]
        if word != NOTHING:
            codes[n] = word
            n += 1
    return n


@compiled()
def keys_of(whole, recipe, room, keys, who):  # pragma: no cover - compiled
    """Write each record's keys after `recipe`: surnames, given names, birth, further column.

    A record has a key for each way to take what is asked, and none where something is lacking.
    Gives how many keys there are, though only `room` are written.
    """
    surnames, given = np.empty(4, dtype=np.int64), np.empty(4, dtype=np.int64)
    births, further = np.empty(4, dtype=np.int64), np.empty(4, dtype=np.int64)
    n = 0
    for one in range(len(whole)):
        n_surnames = _surname_codes(whole, one, recipe[0], surnames)
        n_given = _given_codes(whole, one, recipe[1], given)
        n_births = _birth_codes(whole, one, recipe[2], births)
        n_further = _further_codes(whole, one, recipe[3], further)
        for s in range(n_surnames):
            for g in range(n_given):
                start = _mixed(_mixed(MIX, surnames[s]), given[g])
                for b in range(n_births):
                    for f in range(n_further):
                        digest = _mixed(_mixed(start, births[b]), further[f])
                        if n < room:
                            keys[n] = np.uint32(digest >> HALF)
                            who[n] = one
                        n += 1
    return n


@within()
def _sort_digit(keys, who, to_keys, to_who, shift, piles):  # pragma: no cover - compiled
    piles[:] = 0
    for n in range(len(keys)):
        piles[((np.int64(keys[n]) >> shift) & (len(piles) - 2)) + 1] += 1
    for pile in range(1, len(piles)):
        piles[pile] += piles[pile - 1]
    for n in range(len(keys)):
        pile = (np.int64(keys[n]) >> shift) & (len(piles) - 2)
        to_keys[piles[pile]], to_who[piles[pile]] = keys[n], who[n]
        piles[pile] += 1


@compiled()
def sort_by_key(whole, keys, who, to_keys, to_who):  # pragma: no cover - compiled
    """Bring records into the order of their keys, then years, in `to_keys` and `to_who`."""
    piles = np.zeros((1 << DIGIT) + 1, dtype=np.int64)
    years, to_years = np.empty_like(keys), np.empty_like(keys)
    for n in range(len(who)):
        years[n] = max(whole[who[n], layout.FIRST_YEAR] - EARLIEST, 0)
        to_who[n] = n
    order = np.empty_like(who)
    _sort_digit(years, to_who, to_years, order, 0, piles)
    for n in range(len(who)):
        to_keys[n], to_who[n] = keys[order[n]], who[order[n]]
    keys[:], who[:] = to_keys, to_who
    _sort_digit(keys, who, to_keys, to_who, 0, piles)
    _sort_digit(to_keys, to_who, keys, who, DIGIT, piles)
    _sort_digit(keys, who, to_keys, to_who, 2 * DIGIT, piles)


@compiled()
def blocks_of(keys, who, most, order, begins):  # pragma: no cover - compiled
    """Write the records that share a key, one block after another.

    A record that has the key in two ways stands in its block once; a block larger than `most`
    is cut. Gives the number of blocks, and how many pairs were parted by cutting.
    """
    n_blocks, n_order, parted = 0, 0, 0
    start = 0
    for n in range(1, len(keys) + 1):
        if n < len(keys) and keys[n] == keys[start]:
            continue
        first = n_order
        for at in range(start, n):
            if n_order == first or order[n_order - 1] != who[at]:
                order[n_order] = who[at]
                n_order += 1
        size, start = n_order - first, n
        if size == 1:
            n_order = first
            continue
        parted += size * (size - 1) // 2
        for begin in range(first, n_order, most):
            begins[n_blocks] = begin
            n_blocks += 1
            cut = min(most, n_order - begin)
            parted -= cut * (cut - 1) // 2
    begins[n_blocks] = n_order
    return n_blocks, parted


@compiled()
def pairs_within(whole, order, begins, years):  # pragma: no cover - compiled
    """Count the pairs of blocks, in the order of years, that lie so many years apart."""
    total = 0
    for k in range(len(begins) - 1):
        for i in range(begins[k], begins[k + 1]):
            end, latest = begins[k + 1], whole[order[i], layout.LAST_YEAR] + years
            if years >= 0 and whole[order[i], layout.FIRST_YEAR] > 0:
                end = i + 1
                while end < begins[k + 1] and whole[order[end], layout.FIRST_YEAR] <= latest:
                    end += 1
            total += end - i - 1
    return total
