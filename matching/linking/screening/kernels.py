"""A first look: how much a pair may weigh at most, many at a time.

One record is held against all that follow it in its block, one column after another: plain
loops without branches, which the processor takes eight or sixteen at a time. What is found is
never below the weight, as similar names are taken for similar wherever their letters leave it
open and each agreement costs the most it may; so nothing is lost here (a test holds that).
"""
# ruff: noqa: PLR0913, PLR0917 - arrays are handed on one by one, see `matching.names.kernels`

import numpy as np

from matching.linking import layout as at
from matching.linking.layout import GIVEN, NOTHING, SURNAMES
from matching.names.kernels import ones
from matching.packing.compiling import compiled, within

SOUNDS_S, SOUNDS_G, COUNT_S, COUNT_G, INITIALS = 0, 2, 5, 6, 7
YEAR_1, YEAR_2, DAY, SEX = 8, 9, 10, 11
SOUNDS_P, PLACE, COUNTRY, AT = 12, 16, 17, 18
WHOLE_COLUMNS = 19
YEAR_COST, DAY_COST, REST = 0, 1, 2
COST_COLUMNS = 3
BAGS_S, BAGS_G, CALLED, CALLABLE, BAGS_P, BAG_PLACE = 0, 2, 5, 6, 7, 11
BIT_COLUMNS = 12
KIND_S, KIND_G, KIND_B, KIND_X, KIND_O, KIND_P = 0, 1, 2, 3, 4, 5
PARENTS = 4
"""Parts of the mother's and of the father's name: their columns stand side by side."""
MARK_CALLED, MARK_PARENTS, MARK_PLACE = 32, 64, 1024
TWO_SLIPS = 4
TWO, FIVE = 2, 5
ROUNDING = np.float32(1e-3)


@within()
def gather(
    whole, costs, bits, some, words, seen_whole, seen_costs, seen_bits
):  # pragma: no cover - compiled
    """Write what the first look needs of the records of a block, a column after another."""
    for n in range(len(some)):
        one = some[n]
        for i in range(SURNAMES):
            seen_whole[SOUNDS_S + i, n] = whole[one, at.SURNAME_SOUNDS + i]
            seen_bits[BAGS_S + i, n] = bits[one, at.SURNAME_BAGS + i]
        for i in range(GIVEN):
            seen_whole[SOUNDS_G + i, n] = whole[one, at.GIVEN_SOUNDS + i]
            seen_bits[BAGS_G + i, n] = bits[one, at.GIVEN_BAGS + i]
        for i in range(PARENTS):
            word = whole[one, at.MOTHER_WORDS + i]
            seen_whole[SOUNDS_P + i, n] = words[word, at.WORD_SOUND] if word >= 0 else NOTHING
            seen_bits[BAGS_P + i, n] = np.uint64(words[word, at.WORD_BAG] if word >= 0 else 0)
        place = whole[one, at.PLACE_WORD]
        seen_bits[BAG_PLACE, n] = np.uint64(words[place, at.WORD_BAG] if place >= 0 else 0)
        seen_whole[PLACE, n] = words[place, at.WORD_SOUND] if place >= 0 else NOTHING
        seen_whole[COUNTRY, n], seen_whole[AT, n] = whole[one, at.COUNTRY], one
        seen_whole[COUNT_S, n] = whole[one, at.SURNAME_COUNT]
        seen_whole[COUNT_G, n] = whole[one, at.GIVEN_COUNT]
        seen_whole[INITIALS, n] = whole[one, at.INITIALS]
        seen_whole[YEAR_1, n] = whole[one, at.FIRST_YEAR]
        seen_whole[YEAR_2, n] = whole[one, at.LAST_YEAR]
        seen_whole[DAY, n] = whole[one, at.DAY]
        seen_whole[SEX, n] = whole[one, at.SEX]
        seen_costs[YEAR_COST, n] = costs[one, at.YEAR_COST]
        seen_costs[DAY_COST, n] = costs[one, at.DAY_COST]
        seen_costs[REST, n] = costs[one, at.REST]
        seen_bits[CALLED, n] = bits[one, at.CALLED]
        seen_bits[CALLABLE, n] = bits[one, at.CALLABLE]


@within()
def _note_alike(hits, mark, sound, bag, sounds, bags):  # pragma: no cover - compiled
    """Set a bit where a name is heard alike, or its letters leave it open."""
    for n in range(len(hits)):
        apart = bags[n] ^ bag
        near = (ones(apart) <= TWO_SLIPS) | ((apart & bag) == 0) | ((apart & bags[n]) == 0)
        alike = (sounds[n] == sound) | (near & (sounds[n] != NOTHING))
        hits[n] |= mark if alike else 0


@within()
def _surnames_at_most(most, hits, counts, own, table):  # pragma: no cover - compiled
    """Begin with what the surnames may weigh; ``own``: how many, and their costs."""
    two = max(table[at.ONE_SAME], table[at.MARRIED], table[at.ONE_SIMILAR], table[at.MOVED])
    none_of_two, none_of_one = table[at.NO_SURNAME], table[at.ONLY_DIFFERENT]
    cost_1, cost_2, has_two = own[0], own[1], own[2] == 2  # noqa: PLR2004 - two surnames
    for n in range(len(most)):
        one, other = (hits[n] & 1) != 0, (hits[n] & 2) != 0
        gain = (cost_1 if one else 0.0) + (cost_2 if other else 0.0)
        loss_two = 0.0 if one & other else (two if one | other else none_of_two)
        loss_one = 0.0 if one | other else none_of_one
        loss = loss_two if (counts[n] == 2) & has_two else loss_one  # noqa: PLR2004 - two
        most[n] = (gain + loss) if (counts[n] > 0) & (own[2] > 0) else 0.0


@within()
def _given_at_most(most, hits, counts, initials, own, table):  # pragma: no cover - compiled
    """Add what the given names may weigh; ``own``: costs, how many, whether initials."""
    nickname = max(table[at.NICKNAME], table[at.FEWER_NICKNAME]) + own[4]
    some = max(table[at.SOME_SAME], table[at.SOME_SIMILAR], nickname)
    none_alike = max(table[at.NO_GIVEN], table[at.FEWER_DIFFERENT])
    everything = own[0] + own[1] + own[2]
    for n in range(len(most)):
        found = hits[n]
        gain = own[0] if (found & 4) != 0 else 0.0
        gain += own[1] if (found & 8) != 0 else 0.0
        gain += own[2] if (found & 16) != 0 else 0.0
        agreed = ((found >> 2) & 1) + ((found >> 3) & 1) + ((found >> 4) & 1)
        # As many names on both sides, and not all alike: some are the same, at best.
        partly = (agreed < own[3]) & (counts[n] == own[3])
        weight = gain + (some if partly & (agreed > 0) else 0.0)
        nobody = max(none_alike, nickname) if (found & 32) != 0 else none_alike
        weight = max(weight, nickname if (found & 32) != 0 else weight)
        weight = nobody if agreed == 0 else weight
        weight = max(weight, everything + 2.0) if (initials[n] != 0) | (own[5] != 0) else weight
        most[n] += weight if (counts[n] > 0) & (own[3] > 0) else 0.0


@within()
def _birth_at_most(
    most, years, ends, days, year_cost, own, table
):  # pragma: no cover - compiled
    """Add what births may weigh; ``own``: first and last year, day, costs of year and day."""
    near_days = max(table[at.SAME_YEAR], table[at.YEARS_NEAR])
    for n in range(len(most)):
        cost = min(year_cost[n], own[3])
        same_year, same_day = years[n] == own[0], days[n] == own[2]
        gap = max(years[n] - own[1], own[0] - ends[n])
        part = max(table[at.DAY_OR_MONTH] + 0.93, table[at.DAY_SWAPPED] + 2.56)
        dated = cost + (own[4] + table[at.SAME_DAY] if same_day else part)
        other = max(cost - 0.6, 0.0) + near_days if gap <= TWO else table[at.YEARS_APART]
        other = own[4] + table[at.OTHER_YEAR] if same_day else other
        dated = dated if same_year else other
        within_five = max(cost - 0.8, 0.0) + table[at.YEAR_WITHIN_FIVE]
        undated = within_five if gap <= FIVE else table[at.YEAR_FURTHER]
        undated = max(cost - 0.6, 0.0) + table[at.YEAR_WITHIN_TWO] if gap <= TWO else undated
        undated = cost + table[at.YEAR_SAME] if gap <= 0 else undated
        weight = dated if (days[n] != 0) & (own[2] != 0) else undated
        most[n] += weight if (years[n] != 0) & (own[0] != 0) else 0.0


@within()
def _sex_at_most(most, sexes, rests, sex, sex_cost, rest, table):  # pragma: no cover - compiled
    """Add what sex, and numbers of papers and telephones, may weigh."""
    for n in range(len(most)):
        same = sexes[n] == sex
        weight = sex_cost + table[at.SAME] if same else table[at.SEX_DIFFERS]
        weight = weight if (sexes[n] != NOTHING) & (sex != NOTHING) else 0.0
        most[n] += weight + min(rests[n], rest) + ROUNDING


@within()
def _parent_at_most(
    most, hits, mark, first_part, cost_1, cost_2, table
):  # pragma: no cover - compiled
    """Add what one parent's name may weigh, where both records say it."""
    loss = table[at.DIFFERENT]
    for n in range(len(most)):
        weight = (cost_1 if (hits[n] & mark) != 0 else 0.0) + (
            cost_2 if (hits[n] & (2 * mark)) != 0 else 0.0
        )
        weight = weight if (hits[n] & (3 * mark)) != 0 else loss
        most[n] += weight if first_part[n] != NOTHING else 0.0


@within()
def _origin_at_most(most, hits, places, countries, own, table):  # pragma: no cover - compiled
    """Add what birth place and nationality may weigh; ``own``: place?, costs, country."""
    abroad = max(table[at.COUNTRY_DIFFERS], table[at.BOTH_DIFFER])
    for n in range(len(most)):
        home = (countries[n] == own[3]) & (own[3] > 0)
        both = (places[n] != NOTHING) & (own[0] > 0)
        unlike = (
            max(own[2] + table[at.PLACE_DIFFERS], table[at.BOTH_DIFFER]) if home else abroad
        )
        weight = own[1] if (hits[n] & MARK_PLACE) != 0 else unlike
        known = (countries[n] > 0) & (own[3] > 0)
        apart = table[at.COUNTRY_DIFFERS] if known else 0.0
        most[n] += weight if both else (own[2] if home else apart)


@within()
def _note_called(
    hits, called, callable_, own_called, own_callable
):  # pragma: no cover - compiled
    for n in range(len(hits)):
        alike = ((called[n] & own_callable) | (callable_[n] & own_called)) != 0
        hits[n] |= MARK_CALLED if alike else 0


@within()
def look(  # noqa: C901 - one column after another, each by its own loop
    whole, costs, bits, words, a, first, last, seen_whole, seen_costs, seen_bits, weight, hits,
    most,
):  # fmt: skip  # pragma: no cover - compiled
    """Write into ``most[first:last]`` what record a and each of these may weigh at most.

    Each loop gets its columns cut to length: only from 0 on does the compiler see that no
    index is negative, and takes many at a time. Whole, as it is one list of columns.
    """
    seen, price = seen_whole[:, first:last], seen_costs[:, first:last]
    letters, found, most = seen_bits[:, first:last], hits[first:last], most[first:last]
    found[:] = 0
    for i in range(whole[a, at.SURNAME_COUNT]):
        sound, bag = whole[a, at.SURNAME_SOUNDS + i], bits[a, at.SURNAME_BAGS + i]
        for j in range(SURNAMES):
            _note_alike(found, 1 << i, sound, bag, seen[SOUNDS_S + j], letters[BAGS_S + j])
    for i in range(whole[a, at.GIVEN_COUNT]):
        sound, bag = whole[a, at.GIVEN_SOUNDS + i], bits[a, at.GIVEN_BAGS + i]
        for j in range(GIVEN):
            _note_alike(found, 4 << i, sound, bag, seen[SOUNDS_G + j], letters[BAGS_G + j])
    _note_called(
        found, letters[CALLED], letters[CALLABLE], bits[a, at.CALLED], bits[a, at.CALLABLE]
    )
    own = np.empty(6, dtype=np.float32)
    for i in range(SURNAMES):
        own[i] = max(costs[a, at.SURNAME_COSTS + i], costs[a, at.SURNAME_LOOSE + i])
    own[2] = whole[a, at.SURNAME_COUNT]
    _surnames_at_most(most, found, seen[COUNT_S], own, weight[KIND_S])
    for i in range(GIVEN):
        own[i] = max(costs[a, at.GIVEN_COSTS + i], costs[a, at.GIVEN_LOOSE + i])
    own[3], own[4], own[5] = whole[a, at.GIVEN_COUNT], 2.0, whole[a, at.INITIALS]
    _given_at_most(most, found, seen[COUNT_G], seen[INITIALS], own, weight[KIND_G])
    own[0], own[1], own[2] = whole[a, at.FIRST_YEAR], whole[a, at.LAST_YEAR], whole[a, at.DAY]
    own[3], own[4] = costs[a, at.YEAR_COST], costs[a, at.DAY_COST]
    _birth_at_most(
        most, seen[YEAR_1], seen[YEAR_2], seen[DAY], price[YEAR_COST], own, weight[KIND_B]
    )
    _sex_at_most(
        most, seen[SEX], price[REST], whole[a, at.SEX], costs[a, at.SEX_COST],
        costs[a, at.REST], weight[KIND_X],
    )  # fmt: skip
    for i in range(PARENTS):
        word = whole[a, at.MOTHER_WORDS + i]
        if word == NOTHING:
            continue
        sound, bag = np.int32(words[word, at.WORD_SOUND]), np.uint64(words[word, at.WORD_BAG])
        for j in range(2):
            column = i // 2 * 2 + j
            _note_alike(
                found, MARK_PARENTS << i, sound, bag, seen[SOUNDS_P + column],
                letters[BAGS_P + column],
            )  # fmt: skip
    for parent in range(2):
        if whole[a, at.MOTHER_WORDS + 2 * parent] == NOTHING:
            continue
        _parent_at_most(
            most, found, MARK_PARENTS << (2 * parent), seen[SOUNDS_P + 2 * parent],
            costs[a, at.MOTHER_COSTS + 2 * parent], costs[a, at.MOTHER_COSTS + 2 * parent + 1],
            weight[KIND_P + parent],
        )  # fmt: skip
    place = whole[a, at.PLACE_WORD]
    if place != NOTHING:
        sound, bag = np.int32(words[place, at.WORD_SOUND]), np.uint64(words[place, at.WORD_BAG])
        _note_alike(found, MARK_PLACE, sound, bag, seen[PLACE], letters[BAG_PLACE])
    own[0], own[1], own[2] = (
        place != NOTHING,
        costs[a, at.PLACE_COST],
        costs[a, at.COUNTRY_COST],
    )
    own[3] = whole[a, at.COUNTRY]
    _origin_at_most(most, found, seen[PLACE], seen[COUNTRY], own, weight[KIND_O])


@compiled()
def most_of_block(
    whole, costs, bits, words, some, first, weight
):  # pragma: no cover - compiled
    """Give what one record of a block and each that follows may weigh at most, to be tested."""
    n = len(some)
    seen_whole = np.empty((WHOLE_COLUMNS, n), dtype=np.int32)
    seen_costs = np.empty((COST_COLUMNS, n), dtype=np.float32)
    seen_bits = np.empty((BIT_COLUMNS, n), dtype=np.uint64)
    hits, most = np.zeros(n, dtype=np.int32), np.zeros(n, dtype=np.float32)
    gather(whole, costs, bits, some, words, seen_whole, seen_costs, seen_bits)
    look(
        whole, costs, bits, words, some[first], first + 1, n, seen_whole, seen_costs, seen_bits,
        weight, hits, most,
    )  # fmt: skip
    return most
