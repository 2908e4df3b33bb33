"""Founders' alleles that come from one subpopulation, jointly.

With theta the alleles of founders are not independent: each one drawn makes its like more
likely (Balding & Nichols 1994). Given the subpopulation's own frequencies q they *are*
independent, and q is Dirichlet around the table's frequencies. So the likelihood is computed as
a polynomial in q, exactly, and each of its terms is then replaced by its expectation:

``E[Π q_a^n_a] = Π_a Π_{k < n_a} (kθ + (1-θ) p_a)  /  Π_{k < n} (1 + (k-1)θ)``

A term of degree d is a sorted row of d alleles; tables over terms have these rows, in
lexicographic order, as their first axis.
"""

from functools import lru_cache
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

Terms = NDArray[np.int64]
Values = NDArray[np.float64]


@lru_cache(maxsize=256)
def terms(n_alleles: int, degree: int) -> Terms:
    """List all products of `degree` of the alleles; shape (n_terms, degree)."""
    rows = list(combinations_with_replacement(range(n_alleles), degree))
    return np.array(rows, dtype=np.int64).reshape(len(rows), degree)


@lru_cache(maxsize=256)
def products(n_alleles: int, degree: int, other: int) -> Terms:
    """Say which term each two terms make; shape (n_terms of degree, n_terms of other)."""
    left, right = terms(n_alleles, degree), terms(n_alleles, other)
    shape = (len(left), len(right))
    rows = np.empty((*shape, degree + other), dtype=np.int64)
    rows[:, :, :degree] = left[:, None, :]
    rows[:, :, degree:] = right[None, :, :]
    rows.sort(axis=2)
    found: Terms = np.searchsorted(
        _keys(terms(n_alleles, degree + other), n_alleles), _keys(rows, n_alleles)
    )
    return found


def _keys(rows: Terms, n_alleles: int) -> Terms:
    """Read sorted rows as numbers whose order is that of the rows."""
    keys = np.zeros(rows.shape[:-1], dtype=np.int64)
    for column in range(rows.shape[-1]):
        keys = keys * n_alleles + rows[..., column]
    return keys


def expectations(degree: int, seen: NDArray[np.int64], p: Values, theta: float) -> Values:
    """Give the expectation of each term, times that of the alleles already `seen`.

    Parameters
    ----------
    degree
        Of the terms.
    seen : int array, shape (n_alleles,)
        How often founders whose two alleles are certain have each allele.
    p : float array, shape (n_alleles,)
        The table's frequencies, summing to one.
    theta
        In (0, 1).

    Returns
    -------
    float array, shape (n_terms,)
    """
    n = len(p)
    rows = terms(n, degree)
    counts = np.zeros((len(rows), n), dtype=np.int64) + seen
    for column in range(degree):
        counts[np.arange(len(rows)), rows[:, column]] += 1
    total = int(seen.sum()) + degree
    steps = np.arange(total)
    rising = np.ones((n, total + 1))
    rising[:, 1:] = np.cumprod(steps * theta + (1 - theta) * p[:, None], axis=1)
    below = np.prod(1 + (steps - 1) * theta)
    values: Values = rising[np.arange(n), counts].prod(axis=1) / below
    return values
