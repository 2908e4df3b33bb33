"""The exact sum over everything nobody saw, one unknown at a time.

A likelihood is a sum of products of small tables, over the alleles that nobody typed. Taking
the unknowns out one by one, always the one that leaves the smallest table behind, never lists
all combinations: a family of ten with a loop is a handful of small matrices. The order changes
the work and nothing else.

Tables have a first axis for terms of a polynomial in the founders' frequencies (`founders`);
it has length one where these are known numbers.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.errors import TooMuchToSum
from matching.kinship.founders import products

MOST_NUMBERS = 1 << 26
"""No table of more numbers is made: half a gigabyte of them; our choice."""

LARGE = 1 << 20
"""From so many multiplications on, the cost of planning a matrix product is repaid."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A table over some unknowns.

    ``table`` has the shape (n_terms, size of each unknown in ``scope``); ``degree`` is that of
    its terms.
    """

    scope: tuple[int, ...]
    table: NDArray[np.float64]
    degree: int = 0


def eliminate(
    factors: Iterable[Factor],
    sizes: Mapping[int, int],
    n_alleles: int,
    *,
    keep: Sequence[int] = (),
    order: Sequence[int] | None = None,
) -> Factor:
    """Multiply all factors and sum over every unknown that is not kept.

    Parameters
    ----------
    factors
        The tables.
    sizes
        How many values each unknown has.
    n_alleles
        How many alleles the terms are made of.
    keep
        Unknowns to leave; they become the scope of the result, in this order.
    order
        The others, in the order to sum over them; else the cheapest that greed finds.

    Raises
    ------
    TooMuchToSum
        If a table on the way would not fit.
    """
    waiting = list(factors)
    if order is None:
        order = _order(tuple(f.scope for f in waiting), tuple(sizes.items()), tuple(keep))
    for unknown in order:
        touching = [factor for factor in waiting if unknown in factor.scope]
        waiting = [factor for factor in waiting if unknown not in factor.scope]
        waiting.append(_summed(touching, unknown, n_alleles))
    return _arranged(_product(waiting, n_alleles), keep)


@lru_cache(maxsize=4096)
def _order(
    scopes: tuple[tuple[int, ...], ...],
    sizes: tuple[tuple[int, int], ...],
    keep: tuple[int, ...],
) -> tuple[int, ...]:
    """Choose greedily: next goes whatever leaves the smallest table behind."""
    size = dict(sizes)
    neighbours: dict[int, set[int]] = {each: set() for each in size}
    for scope in scopes:
        for each in scope:
            neighbours[each].update(scope)
    for each, near in neighbours.items():
        near.discard(each)
    left = [each for each in size if each not in keep]
    order = []
    while left:
        best = min(left, key=lambda each: (math.prod(size[n] for n in neighbours[each]), each))
        left.remove(best)
        order.append(best)
        near = neighbours.pop(best)
        for each in near:
            neighbours[each] |= near
            neighbours[each] -= {each, best}
    return tuple(order)


def _summed(factors: Sequence[Factor], unknown: int, n_alleles: int) -> Factor:
    """Multiply, and sum over one unknown without laying the whole product out."""
    if len(factors) == 1:
        (alone,) = factors
        axis = alone.scope.index(unknown)
        scope = (*alone.scope[:axis], *alone.scope[axis + 1 :])
        return Factor(scope, alone.table.sum(axis=axis + 1), alone.degree)
    scope = _joined(*(factor.scope for factor in factors))
    left = tuple(each for each in scope if each != unknown)
    if sum(factor.degree > 0 for factor in factors) <= 1 and _space(factors) <= LARGE:
        return _contracted(factors, scope, left, is_large=False)
    *rest, last = sorted(factors, key=lambda factor: factor.table.size)
    product = _product(rest, n_alleles)
    if product.degree and last.degree:
        return _summed([_times(product, last, n_alleles)], unknown, n_alleles)
    _refuse_too_many((product, last), left)
    return _contracted((product, last), scope, left, is_large=True)


def _contracted(
    factors: Sequence[Factor], scope: Sequence[int], left: tuple[int, ...], *, is_large: bool
) -> Factor:
    """Multiply and sum in one go; at most one of the tables has terms."""
    letter = {each: at for at, each in enumerate(scope, start=1)}
    operands: list[Any] = []
    degree = 0
    for factor in factors:
        letters = [letter[each] for each in factor.scope]
        operands += (
            [factor.table, [0, *letters]] if factor.degree else [factor.table[0], letters]
        )
        degree = max(degree, factor.degree)
    result = [letter[each] for each in left]
    table = np.einsum(*operands, [0, *result] if degree else result, optimize=is_large)
    return Factor(left, table if degree else table[None], degree)


def _product(factors: Iterable[Factor], n_alleles: int) -> Factor:
    return reduce(lambda left, right: _times(left, right, n_alleles), factors, ONE)


def _times(left: Factor, right: Factor, n_alleles: int) -> Factor:
    scope = _joined(left.scope, right.scope)
    _refuse_too_many((left, right), scope)
    one, other = _arranged(left, scope).table, _arranged(right, scope).table
    degree = left.degree + right.degree
    if not left.degree or not right.degree:
        return Factor(scope, one * other, degree)
    if left.degree < right.degree:
        one, other = other, one
    made = products(n_alleles, max(left.degree, right.degree), min(left.degree, right.degree))
    shape = np.broadcast_shapes(one.shape[1:], other.shape[1:])
    table = np.zeros((math.comb(n_alleles + degree - 1, degree), *shape))
    for at, part in enumerate(other):
        # No two terms become one by the same factor, so each row is added to once.
        table[made[:, at]] += one * part
    return Factor(scope, table, degree)


def _arranged(factor: Factor, scope: Sequence[int]) -> Factor:
    """Bring a table into the order of a wider scope, of length one along what it lacks."""
    own = [each for each in scope if each in factor.scope]
    table = factor.table.transpose(0, *(factor.scope.index(each) + 1 for each in own))
    for at, each in enumerate(scope, start=1):
        if each not in factor.scope:
            table = np.expand_dims(table, at)
    return Factor(tuple(scope), table, factor.degree)


def _joined(*scopes: Sequence[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(scopes)))


def _sizes(factors: Iterable[Factor]) -> dict[int, int]:
    return {
        each: size
        for factor in factors
        for each, size in zip(factor.scope, factor.table.shape[1:], strict=True)
    }


def _space(factors: Sequence[Factor]) -> int:
    """Count the products that are added up."""
    terms = math.prod(len(factor.table) for factor in factors)
    return terms * math.prod(_sizes(factors).values())


def _refuse_too_many(factors: Sequence[Factor], scope: Sequence[int]) -> None:
    sizes = _sizes(factors)
    numbers = math.prod(len(factor.table) for factor in factors)
    numbers *= math.prod(sizes[each] for each in scope)
    if numbers > MOST_NUMBERS:
        raise TooMuchToSum(
            f"the exact sum would need a table of {numbers:.1e} numbers; fewer untyped "
            "ancestors, a smaller ladder or theta 0 make it possible"
        )


ONE = Factor((), np.ones(1))
