"""Where everybody of a tree stands on the chart: generations in rows, families together.

Places are in steps, of a row downwards and of a person sideways; `drawing` makes a picture of
them. Within a row people keep the order in which a family is told: the father's side, brothers
and sisters, the mother's side. Then rows move sideways until parents stand over their children.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from casework.pedigree.tree import MISSING, Member, Tree

ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands, in steps."""

    x: float
    row: int


def lay_out(tree: Tree) -> dict[int, Place]:
    """Give everybody a place; nobody stands on somebody else's."""
    rows = _rows(tree)
    order = _told_order(tree)
    by_row: dict[int, list[int]] = {}
    for number in order:
        by_row.setdefault(rows[number], []).append(number)
    across = {
        number: float(place) for row in by_row.values() for place, number in enumerate(row)
    }
    for _ in range(ROUNDS):
        for numbers in by_row.values():
            wanted = [_wanted(tree, number, across) for number in numbers]
            across |= zip(numbers, spread(wanted), strict=True)
    left = min(across.values())
    return {number: Place(across[number] - left, rows[number]) for number in order}


def _rows(tree: Tree) -> dict[int, int]:
    """Put children below both parents, partners and the parents of one child side by side."""
    rows = dict.fromkeys((each.number for each in tree.members), 0)
    # A tree is shallow; each round settles at least one more generation.
    for _ in range(2 * len(tree.members)):
        before = dict(rows)
        for each in tree.members:
            if each.parents:
                rows[each.number] = max(
                    rows[each.number], 1 + max(rows[n] for n in each.parents)
                )
        for one, other in _pairs(tree):
            rows[one] = rows[other] = max(rows[one], rows[other])
        if rows == before:
            break
    _pull_down(tree, rows)
    top = min(rows.values())
    return {number: row - top for number, row in rows.items()}


def _pull_down(tree: Tree, rows: dict[int, int]) -> None:
    """Let those of whom no parents are drawn stand right over their children."""
    for each in sorted(tree.members, key=lambda one: -rows[one.number]):
        children = tree.children(each.number)
        mates = {other for pair in _pairs(tree) if each.number in pair for other in pair}
        if children and not any(
            tree.member(number).parents for number in {each.number, *mates}
        ):
            lowest = min(rows[child.number] for child in children) - 1
            for number in {each.number, *mates}:
                rows[number] = max(rows[number], lowest)


def _pairs(tree: Tree) -> list[tuple[int, int]]:
    couples = [
        (each.father, each.mother)
        for each in tree.members
        if each.father is not None and each.mother is not None
    ]
    partners = [
        (each.partner_of, each.number) for each in tree.members if each.partner_of is not None
    ]
    return list(dict.fromkeys(couples + partners))


def _told_order(tree: Tree) -> list[int]:
    """Tell a family from one side to the other, beginning with the missing person's."""
    told = _Told(tree, {}, spine=_ancestors(tree, MISSING), begun=set())
    told.whole(MISSING)
    for each in tree.members:
        told.whole(each.number)
    return list(told.order)


@dataclass(frozen=True, slots=True)
class _Told:
    """A family being told; those of `spine` come in their own turn, never with others."""

    tree: Tree
    order: dict[int, None]
    spine: frozenset[int]
    begun: set[int]

    def whole(self, number: int, *, is_first: bool = False) -> None:
        """Tell the father's side, brothers and sisters, themselves, then the mother's side.

        On a mother's side she comes first of hers, so that she stands beside the father.
        """
        if number in self.begun or number in self.order:
            return
        self.begun.add(number)
        own = self.tree.member(number)
        if own.father is not None:
            self.whole(own.father, is_first=is_first)
        if is_first:
            self.with_theirs(number)
        for sibling in _siblings(self.tree, own, through=own.father):
            self.with_theirs(sibling)
        self.with_theirs(number)
        for sibling in _siblings(self.tree, own, through=own.mother):
            self.with_theirs(sibling)
        if own.mother is not None:
            self.whole(own.mother, is_first=True)

    def with_theirs(self, number: int) -> None:
        """Tell somebody, whoever they have children with, and those children."""
        if number in self.order:
            return
        self.order[number] = None
        for mate in _mates(self.tree, number):
            if mate not in self.spine:
                self.whole(mate)
        for child in sorted(self.tree.children(number), key=lambda one: len(one.parents)):
            if child.number not in self.spine:
                self.with_theirs(child.number)


def _ancestors(tree: Tree, number: int) -> frozenset[int]:
    """Give somebody and everybody they descend from."""
    found, waiting = set[int](), [number]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += tree.member(each).parents
    return frozenset(found)


def _siblings(tree: Tree, own: Member, *, through: int | None) -> list[int]:
    """Give brothers and sisters by one parent, those by that one alone first."""
    if through is None:
        return []
    found = [each for each in tree.children(through) if each.number != own.number]
    return [each.number for each in sorted(found, key=lambda one: one.parents == own.parents)]


def _mates(tree: Tree, number: int) -> list[int]:
    return [
        other for pair in _pairs(tree) if number in pair for other in pair if other != number
    ]


def _wanted(tree: Tree, number: int, across: Mapping[int, float]) -> float:
    """Say where somebody would stand if they had the row to themselves."""
    own = tree.member(number)
    near = [_mean(across[each] for each in own.parents)] if own.parents else []
    children = tree.children(number)
    for other in {next(iter(set(each.parents) - {number}), None) for each in children}:
        shared = [each for each in children if set(each.parents) - {number} == {other} - {None}]
        middle = _mean(across[each.number] for each in shared)
        # A couple stands to both sides of its children.
        side = 0.0 if other is None else (0.5 if across[number] > across[other] else -0.5)
        near.append(middle + side)
    near += [
        across[mate] + (1.0 if across[number] > across[mate] else -1.0)
        for mate in _mates(tree, number)
    ]
    return _mean(near) if near else across[number]


def spread(wanted: Sequence[float], gap: float = 1.0) -> list[float]:
    """Give places in this order, `gap` apart at least, as near to the wanted as can be.

    Least squares under an order: neighbours that would pass each other are pooled and share
    their mean (pool adjacent violators), after the gaps were taken out.
    """
    pools: list[tuple[float, int]] = []
    for place, value in enumerate(wanted):
        mean, count = value - place * gap, 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean, count = (before * many + mean * count) / (many + count), many + count
        pools.append((mean, count))
    settled = [mean for mean, count in pools for _ in range(count)]
    return [value + place * gap for place, value in enumerate(settled)]


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)
