"""Two packed records compared: levels, and what it costs that chance agrees so far.

The same as `comparing.definition`, which is to be read first, and whole, as that is: levels
are told apart in one order. ``whole``, ``costs`` and ``bits``
are the tables of `layout`; a and b are rows of them.
"""
# ruff: noqa: PLR0913, PLR0917 - arrays are handed on one by one, see `matching.names.kernels`
# ruff: noqa: PLR0911, PLR1714, C901 - levels are told apart in the order of the definition, and
# a tuple made to look something up in would be made for every pair

import numpy as np

from matching.linking import layout as at
from matching.linking.layout import GIVEN, NOTHING, NUMBERS, OTHERS, PARENT
from matching.linking.screening import kernels as screen
from matching.names.kernels import may_be_alike, spelt_alike
from matching.packing.compiling import compiled, within

BOTH, CLOSE, NEITHER = 2, 1, 0
KINDS = 9
SURNAMES, GIVEN_NAMES, BIRTH, SEX, ORIGIN, MOTHER, FATHER, ID_NUMBERS, PHONES = range(KINDS)
ZERO, A_LETTER = np.float32(0), np.float32(1)
TWO_WAYS = np.float32(np.log10(2))
"""What agrees in one of two places had two chances to agree."""
FEMALE, MALE = 0, 1
A_DAY, A_DAY_OR_MONTH = np.float32(2.56), np.float32(0.93)
AROUND, WIDER = np.float32(0.6), np.float32(0.8)
ONE, MODULO = np.uint64(1), np.uint64(63)
MOST_TOGETHER = 10_000
"""Records of one block that are compared with each other; a larger block is cut."""
WORTH_A_LOOK = 10
"""In smaller blocks a first look takes longer than it saves."""


@within()
def _spelt_alike(a, b, words, letters):  # pragma: no cover - compiled
    return spelt_alike(
        words[a, at.WORD_START], words[a, at.WORD_LENGTH], np.uint64(words[a, at.WORD_BAG]),
        words[b, at.WORD_START], words[b, at.WORD_LENGTH], np.uint64(words[b, at.WORD_BAG]),
        letters,
    )  # fmt: skip


@within()
def _near(a, b, words, letters):  # pragma: no cover - compiled
    """Say how near two words are: the same, close, neither."""
    if a == b:
        return BOTH
    if words[a, at.WORD_SOUND] == words[b, at.WORD_SOUND]:
        return CLOSE
    bag_a, bag_b = np.uint64(words[a, at.WORD_BAG]), np.uint64(words[b, at.WORD_BAG])
    if may_be_alike(bag_a, bag_b) and _spelt_alike(a, b, words, letters):
        return CLOSE
    return NEITHER


@within()
def _surname_near(whole, bits, a, i, b, j, words, letters):  # pragma: no cover - compiled
    """Say how near two surnames are; -1 where there is none."""
    one, other = whole[a, at.SURNAME_WORDS + i], whole[b, at.SURNAME_WORDS + j]
    if one == NOTHING or other == NOTHING:
        return -1
    if one == other:
        return BOTH
    if whole[a, at.SURNAME_SOUNDS + i] == whole[b, at.SURNAME_SOUNDS + j]:
        return CLOSE
    bag_a, bag_b = bits[a, at.SURNAME_BAGS + i], bits[b, at.SURNAME_BAGS + j]
    if may_be_alike(bag_a, bag_b) and _spelt_alike(one, other, words, letters):
        return CLOSE
    return NEITHER


@within()
def _surname_cost(costs, a, i, b, j, near):  # pragma: no cover - compiled
    """Give what it costs that chance agrees so far; the likelier of two names counts."""
    if near == BOTH:
        return min(costs[a, at.SURNAME_COSTS + i], costs[b, at.SURNAME_COSTS + j])
    if near == CLOSE:
        return min(costs[a, at.SURNAME_LOOSE + i], costs[b, at.SURNAME_LOOSE + j])
    return ZERO


@within()
def _two_surnames(costs, a, b, s00, s11, s01, s10, woman):  # pragma: no cover - compiled
    """Level and cost where both have two surnames."""
    straight = _surname_cost(costs, a, 0, b, 0, s00) + _surname_cost(costs, a, 1, b, 1, s11)
    crossed = _surname_cost(costs, a, 0, b, 1, s01) + _surname_cost(costs, a, 1, b, 0, s10)
    if s00 > 0 and s11 > 0:
        if s00 + s11 == BOTH + BOTH:
            return at.BOTH_SAME, straight
        one = s00 + s11 == BOTH + CLOSE
        return (at.ONE_SAME_ONE_SIMILAR if one else at.BOTH_SIMILAR), straight
    if s01 > 0 and s10 > 0:
        return at.SWAPPED, crossed
    if s00 == BOTH and woman:
        return at.MARRIED, straight
    if s00 == BOTH or s11 == BOTH:
        return at.ONE_SAME, straight - TWO_WAYS
    if s01 == BOTH or s10 == BOTH:
        return at.MOVED, crossed - TWO_WAYS
    if s00 > 0 or s11 > 0:
        return at.ONE_SIMILAR, straight - TWO_WAYS
    if s01 > 0 or s10 > 0:
        return at.MOVED, crossed - TWO_WAYS
    return at.NO_SURNAME, ZERO


@within()
def _surnames(whole, costs, bits, a, b, words, letters):  # pragma: no cover - compiled
    if whole[a, at.SURNAME_COUNT] == 0 or whole[b, at.SURNAME_COUNT] == 0:
        return 0, ZERO
    s00 = _surname_near(whole, bits, a, 0, b, 0, words, letters)
    s11 = _surname_near(whole, bits, a, 1, b, 1, words, letters)
    s01 = s10 = np.int64(0)
    if s00 <= 0 or s11 <= 0:
        s01 = _surname_near(whole, bits, a, 0, b, 1, words, letters)
        s10 = _surname_near(whole, bits, a, 1, b, 0, words, letters)
    if whole[a, at.SURNAME_COUNT] + whole[b, at.SURNAME_COUNT] == 4:  # noqa: PLR2004 - two each
        one, other = whole[a, at.SEX], whole[b, at.SEX]
        woman = (one == FEMALE or other == FEMALE) and one != MALE and other != MALE
        return _two_surnames(costs, a, b, s00, s11, s01, s10, woman)
    if s00 > 0 and s00 >= s01 and s00 >= s10:
        level = at.ONLY_SAME if s00 == BOTH else at.ONLY_SIMILAR
        return level, _surname_cost(costs, a, 0, b, 0, s00)
    if s01 > 0 or s10 > 0:
        if s01 >= s10:
            return at.ONLY_MOVED, _surname_cost(costs, a, 0, b, 1, s01)
        return at.ONLY_MOVED, _surname_cost(costs, a, 1, b, 0, s10)
    return at.ONLY_DIFFERENT, ZERO


@within()
def _goes_with(one, other, words, nicknames):  # pragma: no cover - compiled
    """Whether one word is a nickname of the other."""
    for n in range(words[one, at.NICKNAMES_FROM], words[one, at.NICKNAMES_TO]):
        if nicknames[n] == other:
            return True
    return False


@within()
def called_alike(whole, a, b, words, nicknames):  # pragma: no cover - compiled
    """Whether a given name of one is a nickname, or a further name, of the other."""
    for i in range(GIVEN + OTHERS):
        one = whole[a, (at.GIVEN_WORDS + i) if i < GIVEN else at.OTHER_WORDS + i - GIVEN]
        for j in range(GIVEN + OTHERS):
            other = whole[b, (at.GIVEN_WORDS + j) if j < GIVEN else at.OTHER_WORDS + j - GIVEN]
            if one == NOTHING or other == NOTHING or (i >= GIVEN and j >= GIVEN):
                continue
            if (one == other and i + j >= GIVEN) or _goes_with(one, other, words, nicknames):
                return True
    return False


@within()
def _initial_fits(whole, a, i, b, j, words, letters):  # pragma: no cover - compiled
    """Whether one is the first letter of the other."""
    initials = (whole[a, at.INITIALS] >> i) | (whole[b, at.INITIALS] >> j)
    one, other = whole[a, at.GIVEN_WORDS + i], whole[b, at.GIVEN_WORDS + j]
    start, other_start = words[one, at.WORD_START], words[other, at.WORD_START]
    return (initials & 1) == 1 and letters[start] == letters[other_start]


@within()
def _given_close(whole, bits, a, i, b, j, words, letters):  # pragma: no cover - compiled
    """Whether two different given names are similar."""
    if whole[a, at.GIVEN_SOUNDS + i] == whole[b, at.GIVEN_SOUNDS + j]:
        return True
    if not may_be_alike(bits[a, at.GIVEN_BAGS + i], bits[b, at.GIVEN_BAGS + j]):
        return False
    one, other = whole[a, at.GIVEN_WORDS + i], whole[b, at.GIVEN_WORDS + j]
    return _spelt_alike(one, other, words, letters)


@within()
def _pair_same(whole, costs, a, b):  # pragma: no cover - compiled
    """Pair off equal given names: how many, which (bits; of b from 8 on), at what cost."""
    n, taken, cost = 0, 0, ZERO
    for i in range(whole[a, at.GIVEN_COUNT]):
        for j in range(whole[b, at.GIVEN_COUNT]):
            free = ((taken >> i) | (taken >> (8 + j))) & 1 == 0
            if free and whole[a, at.GIVEN_WORDS + i] == whole[b, at.GIVEN_WORDS + j]:
                if (whole[a, at.INITIALS] >> i) & 1:
                    continue
                taken |= (1 << i) | (1 << (8 + j))
                n += 1
                cost += min(costs[a, at.GIVEN_COSTS + i], costs[b, at.GIVEN_COSTS + j])
    return n, taken, cost


@within()
def _pair_close(whole, costs, bits, a, b, taken, words, letters):  # pragma: no cover - compiled
    """Pair off similar given names of those that are left, as `_pair_same`."""
    n, cost = 0, ZERO
    initials = whole[a, at.INITIALS] | (whole[b, at.INITIALS] << 8)
    for i in range(whole[a, at.GIVEN_COUNT]):
        for j in range(whole[b, at.GIVEN_COUNT]):
            left = taken | initials
            if ((left >> i) | (left >> (8 + j))) & 1:
                continue
            if _given_close(whole, bits, a, i, b, j, words, letters):
                taken |= (1 << i) | (1 << (8 + j))
                n += 1
                cost += min(costs[a, at.GIVEN_LOOSE + i], costs[b, at.GIVEN_LOOSE + j])
    return n, taken, cost


@within()
def _pair_initials(whole, a, b, taken, words, letters):  # pragma: no cover - compiled
    """Pair off initials with the names that begin so; how many, and which."""
    n = 0
    for i in range(whole[a, at.GIVEN_COUNT]):
        for j in range(whole[b, at.GIVEN_COUNT]):
            if ((taken >> i) | (taken >> (8 + j))) & 1:
                continue
            if _initial_fits(whole, a, i, b, j, words, letters):
                taken |= (1 << i) | (1 << (8 + j))
                n += 1
    return n, taken


@within()
def _together(costs, a, taken):  # pragma: no cover - compiled
    """Say how much oftener than by chance the agreeing names of a record stand together."""
    most = ZERO
    if taken & 3 == 3:  # noqa: PLR2004 - bits of the first and second name
        most = max(most, costs[a, at.TOGETHER])
    if taken & 5 == 5:  # noqa: PLR2004 - the first and third
        most = max(most, costs[a, at.TOGETHER + 1])
    if taken & 6 == 6:  # noqa: PLR2004 - the second and third
        most = max(most, costs[a, at.TOGETHER + 2])
    return most


@within()
def _given_level(
    fewer, as_many, same, close, initials, first, alike
):  # pragma: no cover - compiled
    """Name what the pairing off of given names came to."""
    agreed = same + close + initials
    if as_many:
        if agreed == fewer:
            level = at.ALL_SAME if same == fewer else at.ALL_SIMILAR
            return at.INITIAL_FITS if initials else level
        if same:
            return at.SOME_SAME
        if alike:
            return at.NICKNAME
        return at.SOME_SIMILAR if close else at.NO_GIVEN
    if agreed == fewer:
        if initials:
            return at.FEWER_INITIALS
        if not first:
            return at.OTHER_SAME
        return at.FIRST_SAME if same == fewer else at.FIRST_SIMILAR
    if alike:
        return at.FEWER_NICKNAME
    return at.SOME_SHARED if same + close else at.FEWER_DIFFERENT


@within()
def _given(
    whole, costs, bits, a, b, words, letters, nicknames, nick
):  # pragma: no cover - compiled
    n_a, n_b = whole[a, at.GIVEN_COUNT], whole[b, at.GIVEN_COUNT]
    if n_a == 0 or n_b == 0:
        return 0, ZERO
    fewer = min(n_a, n_b)
    same, taken, cost = _pair_same(whole, costs, a, b)
    close = initials = 0
    if same < fewer:
        close, taken, added = _pair_close(whole, costs, bits, a, b, taken, words, letters)
        cost += added
        if same + close < fewer and (whole[a, at.INITIALS] | whole[b, at.INITIALS]):
            initials, taken = _pair_initials(whole, a, b, taken, words, letters)
            cost += initials * A_LETTER
    if same + close > 1:
        cost -= max(_together(costs, a, taken), _together(costs, b, taken >> 8))
        cost = max(cost, ZERO)
    alike = False
    if same == 0 and close + initials < fewer:
        open_ = bits[a, at.CALLED] & bits[b, at.CALLABLE]
        open_ |= bits[b, at.CALLED] & bits[a, at.CALLABLE]
        alike = open_ != 0 and called_alike(whole, a, b, words, nicknames)
    first = (taken & (taken >> 8)) & 1
    level = _given_level(fewer, n_a == n_b, same, close, initials, first, alike)
    return level, (nick if level in (at.NICKNAME, at.FEWER_NICKNAME) else cost)


@within()
def _days(whole, costs, a, b):  # pragma: no cover - compiled
    """Level and cost where both births are known to the day."""
    year = min(costs[a, at.YEAR_COST], costs[b, at.YEAR_COST])
    one, other = whole[a, at.DAY], whole[b, at.DAY]
    apart = abs(whole[a, at.FIRST_YEAR] - whole[b, at.FIRST_YEAR])
    if apart == 0:
        if one == other:
            return at.SAME_DAY, year + min(costs[a, at.DAY_COST], costs[b, at.DAY_COST])
        if (one >> 5) == (other & 31) and (one & 31) == (other >> 5):
            return at.DAY_SWAPPED, year + A_DAY
        if (one >> 5) == (other >> 5) or (one & 31) == (other & 31):
            return at.DAY_OR_MONTH, year + A_DAY_OR_MONTH
        return at.SAME_YEAR, year
    if one == other:
        return at.OTHER_YEAR, min(costs[a, at.DAY_COST], costs[b, at.DAY_COST])
    if apart <= 2:  # noqa: PLR2004 - years
        return at.YEARS_NEAR, max(year - AROUND, ZERO)
    return at.YEARS_APART, ZERO


@within()
def _birth(whole, costs, a, b):  # pragma: no cover - compiled
    if whole[a, at.FIRST_YEAR] == 0 or whole[b, at.FIRST_YEAR] == 0:
        return 0, ZERO
    if whole[a, at.DAY] and whole[b, at.DAY]:
        return _days(whole, costs, a, b)
    year = min(costs[a, at.YEAR_COST], costs[b, at.YEAR_COST])
    gap = max(
        whole[a, at.FIRST_YEAR] - whole[b, at.LAST_YEAR],
        whole[b, at.FIRST_YEAR] - whole[a, at.LAST_YEAR],
    )
    if gap <= 0:
        return at.YEAR_SAME, year
    if gap <= 2:  # noqa: PLR2004 - years
        return at.YEAR_WITHIN_TWO, max(year - AROUND, ZERO)
    if gap <= 5:  # noqa: PLR2004 - years
        return at.YEAR_WITHIN_FIVE, max(year - WIDER, ZERO)
    return at.YEAR_FURTHER, ZERO


@within()
def _origin(whole, costs, a, b, words, letters):  # pragma: no cover - compiled
    home, other_home = whole[a, at.COUNTRY], whole[b, at.COUNTRY]
    known = home > 0 and other_home > 0
    country = min(costs[a, at.COUNTRY_COST], costs[b, at.COUNTRY_COST])
    one, other = whole[a, at.PLACE_WORD], whole[b, at.PLACE_WORD]
    if one != NOTHING and other != NOTHING:
        near = _near(one, other, words, letters)
        if near > 0:
            level = at.SAME_PLACE if near == BOTH else at.SIMILAR_PLACE
            return level, min(costs[a, at.PLACE_COST], costs[b, at.PLACE_COST])
        if known and home == other_home:
            return at.PLACE_DIFFERS, country
        return at.BOTH_DIFFER, ZERO
    if not known:
        return 0, ZERO
    if home == other_home:
        return at.SAME_COUNTRY, country
    return at.COUNTRY_DIFFERS, ZERO


@within()
def _parents(whole, costs, a, b, column, price, words, letters):  # pragma: no cover - compiled
    """Level and cost of what two parents' names say beyond the surnames of the records."""
    if whole[a, column] == NOTHING or whole[b, column] == NOTHING:
        return 0, ZERO
    cost, close, best = ZERO, ZERO, NEITHER
    for i in range(PARENT):
        for j in range(PARENT):
            one, other = whole[a, column + i], whole[b, column + j]
            if one == NOTHING or other == NOTHING:
                continue
            near = _near(one, other, words, letters)
            best = max(best, near)
            if near == BOTH:
                cost += min(costs[a, price + i], costs[b, price + j])
            elif near == CLOSE:
                close = max(close, min(costs[a, price + i], costs[b, price + j]))
    if best == BOTH:
        return at.SAME, cost
    if best == CLOSE:
        return at.SIMILAR, close
    return at.DIFFERENT, ZERO


@within()
def _numbers(whole, a, b, column, words, letters):  # pragma: no cover - compiled
    """Compare the nearest two of two lists of numbers."""
    if whole[a, column] == NOTHING or whole[b, column] == NOTHING:
        return 0
    best = at.DIFFERENT
    for i in range(NUMBERS):
        for j in range(NUMBERS):
            one, other = whole[a, column + i], whole[b, column + j]
            if one == NOTHING or other == NOTHING:
                continue
            if one == other:
                return at.SAME
            if _spelt_alike(one, other, words, letters):
                best = at.SIMILAR
    return best


@within()
def _compare_names(
    whole, costs, bits, a, b, words, letters, nicknames, fixed, levels, owed
):  # pragma: no cover - compiled
    """Write levels and costs of names, birth and sex: all that most pairs are judged by."""
    levels[SURNAMES], owed[SURNAMES] = _surnames(whole, costs, bits, a, b, words, letters)
    levels[GIVEN_NAMES], owed[GIVEN_NAMES] = _given(
        whole, costs, bits, a, b, words, letters, nicknames, fixed[0]
    )
    levels[BIRTH], owed[BIRTH] = _birth(whole, costs, a, b)
    levels[SEX], owed[SEX] = 0, ZERO
    if whole[a, at.SEX] != NOTHING and whole[b, at.SEX] != NOTHING:
        same = whole[a, at.SEX] == whole[b, at.SEX]
        levels[SEX] = at.SAME if same else at.SEX_DIFFERS
        # Given names that agree have said already whether of a woman or of a man.
        owed[SEX] = costs[a, at.SEX_COST] if same and owed[GIVEN_NAMES] == ZERO else ZERO


@within()
def _compare_rest(
    whole, costs, a, b, words, letters, fixed, levels, owed
):  # pragma: no cover - compiled
    levels[ORIGIN], owed[ORIGIN] = _origin(whole, costs, a, b, words, letters)
    levels[MOTHER], owed[MOTHER] = _parents(
        whole, costs, a, b, at.MOTHER_WORDS, at.MOTHER_COSTS, words, letters
    )
    levels[FATHER], owed[FATHER] = _parents(
        whole, costs, a, b, at.FATHER_WORDS, at.FATHER_COSTS, words, letters
    )
    number = _numbers(whole, a, b, at.NUMBER_WORDS, words, letters)
    levels[ID_NUMBERS], owed[ID_NUMBERS] = number, (fixed[number] if number else ZERO)
    phone = min(_numbers(whole, a, b, at.PHONE_WORDS, words, letters), at.PHONE_DIFFERS)
    levels[PHONES], owed[PHONES] = phone, (fixed[4] if phone == at.SAME else ZERO)


@compiled()
def compare_pairs(
    whole, costs, bits, left, right, words, letters, nicknames, fixed, levels, owed
):  # pragma: no cover - compiled
    """Compare listed pairs; ``levels`` and ``owed`` have shape (n_pairs, n_kinds)."""
    for n in range(len(left)):
        a, b = left[n], right[n]
        _compare_names(
            whole, costs, bits, a, b, words, letters, nicknames, fixed, levels[n], owed[n]
        )
        _compare_rest(whole, costs, a, b, words, letters, fixed, levels[n], owed[n])


@compiled()
def search_blocks(
    whole, costs, bits, order, begins, years, state, weight, bar, words, letters, nicknames,
    fixed, is_shared, left, right, pattern, cost, shared_cost,
):  # fmt: skip  # pragma: no cover - compiled
    """Compare all pairs of each block and keep those that weigh `bar` or more.

    Block k holds the records ``order[begins[k]:begins[k + 1]]``; ``weight[kind, level]`` is
    log10 of the probability of a level given one person. ``years``: records stand in the order
    of their years of birth, and those further apart than this are passed over; -1: none are.
    ``state``: block to begin with,
    pairs kept, pairs met, pairs that the first look left, record of the block to go on with.
    Stops where there may be too little room; gives whether all is done. Whole, as its loops
    share arrays that would be handed on one by one, at a cost for each pair.
    """
    levels, owed = np.zeros(KINDS, dtype=np.int64), np.zeros(KINDS, dtype=np.float32)
    seen_whole = np.empty((screen.WHOLE_COLUMNS, MOST_TOGETHER), dtype=np.int32)
    seen_costs = np.empty((screen.COST_COLUMNS, MOST_TOGETHER), dtype=np.float32)
    seen_bits = np.empty((screen.BIT_COLUMNS, MOST_TOGETHER), dtype=np.uint64)
    hits, most = np.empty(MOST_TOGETHER, np.int32), np.empty(MOST_TOGETHER, np.float32)
    kept = state[1]
    for k in range(state[0], len(begins) - 1):
        n = begins[k + 1] - begins[k]
        if n >= WORTH_A_LOOK:
            some = order[begins[k] : begins[k + 1]]
            screen.gather(whole, costs, bits, some, words, seen_whole, seen_costs, seen_bits)
        for i in range(state[4], n):
            if kept + n - i > len(left):
                state[0], state[1], state[4] = k, kept, i
                return False
            a, end = order[begins[k] + i], n
            if years >= 0 and whole[a, at.FIRST_YEAR] > 0:
                end = i + 1
                latest = whole[a, at.LAST_YEAR] + years
                while end < n and whole[order[begins[k] + end], at.FIRST_YEAR] <= latest:
                    end += 1
            state[2] += end - i - 1
            if n >= WORTH_A_LOOK:
                screen.look(
                    whole, costs, bits, words, a, i + 1, end, seen_whole, seen_costs, seen_bits,
                    weight, hits, most,
                )  # fmt: skip
            for j in range(i + 1, end):
                if n >= WORTH_A_LOOK and most[j] < bar:
                    continue
                b = order[begins[k] + j]
                state[3] += 1
                _compare_names(
                    whole, costs, bits, a, b, words, letters, nicknames, fixed, levels, owed
                )
                _compare_rest(whole, costs, a, b, words, letters, fixed, levels, owed)
                total = ZERO
                for kind in range(KINDS):
                    total += weight[kind, levels[kind]] + owed[kind]
                if total < bar:
                    continue
                all_owed, shared, found = ZERO, ZERO, np.uint64(0)
                for kind in range(KINDS):
                    all_owed += owed[kind]
                    shared += owed[kind] if is_shared[kind] else ZERO
                    found |= np.uint64(levels[kind]) << np.uint64(at.BITS * kind)
                left[kept], right[kept] = min(a, b), max(a, b)
                pattern[kept], cost[kept], shared_cost[kept] = found, all_owed, shared
                kept += 1
        state[4] = 0
    state[0], state[1] = len(begins) - 1, kept
    return True


@compiled()
def called_bits(whole, words, nicknames, bits):  # pragma: no cover - compiled
    """Note the names a person goes by, and all names that would go with them."""
    for a in range(len(whole)):
        for i in range(GIVEN + OTHERS):
            one = whole[a, (at.GIVEN_WORDS + i) if i < GIVEN else at.OTHER_WORDS + i - GIVEN]
            if one == NOTHING:
                continue
            own = ONE << (np.uint64(one) & MODULO)
            bits[a, at.CALLED] |= own
            if i >= GIVEN:
                bits[a, at.CALLABLE] |= own
            for n in range(words[one, at.NICKNAMES_FROM], words[one, at.NICKNAMES_TO]):
                bits[a, at.CALLABLE] |= ONE << (np.uint64(nicknames[n]) & MODULO)
