"""How two records compare, written to be read: the level of each comparison.

The kernels do the same for millions and must always agree with this (a test holds them to it
on invented people and clumsy copies of them). What each level weighs stands in
`docs/methods/linking.md`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from matching.linking.births import Birth
from matching.names.nearness import Nearness, nearness
from matching.names.nicknames import nickname_pairs
from matching.names.parts import Name

SAME, SIMILAR, DIFFERENT = Nearness.SAME, Nearness.SIMILAR, Nearness.DIFFERENT
RANK = {DIFFERENT: 0, SIMILAR: 1, SAME: 2}
NEAR_YEARS, FAR_YEARS = 2, 5


@dataclass(frozen=True, slots=True)
class Said:
    """What one record says, taken apart; empty where it says nothing.

    ``mother`` and ``father`` hold at most two words, without the record's own surnames.
    """

    name: Name = field(default=Name())
    other_names: tuple[str, ...] = ()
    birth: Birth = field(default=Birth())
    mother: tuple[str, ...] = ()
    father: tuple[str, ...] = ()


def surnames_level(left: Name, right: Name, *, woman: bool = False) -> str:
    """Compare surnames: in their places first, then crosswise; empty if a side has none.

    ``woman``: one is said to be a woman, and none to be a man; she may have married.
    """
    if not left.surname_1 or not right.surname_1:
        return ""
    straight = (_near(left.surname_1, right.surname_1), _near(left.surname_2, right.surname_2))
    crossed = (_near(left.surname_1, right.surname_2), _near(left.surname_2, right.surname_1))
    if left.surname_2 and right.surname_2:
        return _two_surnames(straight, crossed, woman=woman)
    if straight[0] and straight[0] >= max(crossed):
        return "only_same" if straight[0] == RANK[SAME] else "only_similar"
    return "only_moved" if max(crossed) else "only_different"


def _two_surnames(straight: tuple[int, int], crossed: tuple[int, int], *, woman: bool) -> str:
    if min(straight):
        return ("both_similar", "one_same_one_similar", "both_same")[sum(straight) - 2]
    if min(crossed):
        return "swapped"
    if max(straight) == RANK[SAME]:
        return "married" if woman and straight[0] == RANK[SAME] else "one_same"
    if max(crossed) == RANK[SAME]:
        return "moved"
    if max(straight):
        return "one_similar"
    return "moved" if max(crossed) else "different"


def _near(left: str, right: str) -> int:
    """Rank how near two words are: 2 the same, 1 similar, 0 different or one not said."""
    return RANK[nearness(left, right)] if left and right else 0


def given_names_level(left: Said, right: Said) -> str:
    """Compare given names, whatever their order; empty if a side has none."""
    one, other = left.name.given, right.name.given
    if not one or not other:
        return ""
    pairs = _paired(one, other)
    fewer, agreed = min(len(one), len(other)), len(pairs)
    found = [how for _, _, how in pairs]
    alike = not found.count("same") and agreed < fewer and called_alike(left, right)
    first = any(i == j == 0 for i, j, _ in pairs)
    if len(one) == len(other):
        return _as_many(found, fewer, alike=alike)
    return _fewer(found, fewer, alike=alike, first=first)


def _paired(one: tuple[str, ...], other: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """Pair names off, each once: equal ones first, then similar ones, then initials."""
    pairs: list[tuple[int, int, str]] = []
    rules: tuple[tuple[str, Callable[[str, str], bool]], ...] = (
        ("same", lambda a, b: a == b and len(a) > 1),
        ("similar", lambda a, b: min(len(a), len(b)) > 1 and nearness(a, b) is SIMILAR),
        ("initial", lambda a, b: min(len(a), len(b)) == 1 and a[0] == b[0]),
    )
    for how, fits in rules:
        for i, a in enumerate(one):
            for j, b in enumerate(other):
                free = all(i != x and j != y for x, y, _ in pairs)
                if free and fits(a, b):
                    pairs.append((i, j, how))
    return pairs


def _as_many(found: list[str], fewer: int, *, alike: bool) -> str:
    if len(found) == fewer:
        if "initial" in found:
            return "initials"
        return "all_similar" if "similar" in found else "all_same"
    if "same" in found:
        return "some_same"
    if alike:
        return "nickname"
    return "some_similar" if "similar" in found else "different"


def _fewer(found: list[str], fewer: int, *, alike: bool, first: bool) -> str:
    if len(found) == fewer:
        if "initial" in found:
            return "fewer_initials"
        if not first:
            return "other_same"
        return "first_similar" if "similar" in found else "first_same"
    if alike:
        return "fewer_nickname"
    return "some_shared" if {"same", "similar"} & set(found) else "fewer_different"


def called_alike(left: Said, right: Said) -> bool:
    """Whether a name of one is a nickname of, or the same as, a further name of the other."""
    pairs = set(nickname_pairs())
    for a, a_is_other in _all_names(left):
        for b, b_is_other in _all_names(right):
            if a_is_other and b_is_other:
                continue
            same = a == b and (a_is_other or b_is_other)
            if same or (a, b) in pairs or (b, a) in pairs:
                return True
    return False


def _all_names(said: Said) -> Iterable[tuple[str, bool]]:
    yield from ((name, False) for name in said.name.given)
    yield from ((name, True) for name in said.other_names[:2])


def birth_level(left: Birth, right: Birth) -> str:
    """Compare births, by the day where both know it; empty if a side knows no year."""
    if not left.first_year or not right.first_year:
        return ""
    if left.day and right.day:
        return _days_level(left, right)
    gap = max(left.first_year - right.last_year, right.first_year - left.last_year)
    if gap <= 0:
        return "year_same"
    if gap <= NEAR_YEARS:
        return "year_within_two"
    return "year_within_five" if gap <= FAR_YEARS else "year_further"


def _days_level(left: Birth, right: Birth) -> str:
    one, other = divmod(left.day, 32), divmod(right.day, 32)
    if left.first_year == right.first_year:
        if one == other:
            return "same_day"
        if one == other[::-1]:
            return "day_month_swapped"
        part = one[0] == other[0] or one[1] == other[1]
        return "day_or_month_same" if part else "same_year"
    if one == other:
        return "same_day_other_year"
    near = abs(left.first_year - right.first_year) <= NEAR_YEARS
    return "years_near" if near else "years_apart"


def parent_level(left: tuple[str, ...], right: tuple[str, ...]) -> str:
    """Compare what two names of a parent say beyond the own surnames."""
    if not left or not right:
        return ""
    nearest = max(_near(a, b) for a in left for b in right)
    return ("different", "similar", "same")[nearest]
