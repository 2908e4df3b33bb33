"""Given names that stand together oftener than chance would have it: Juan Carlos, María Luisa.

Who shares both names of such a pair shares little more than one of them. How much oftener is
counted in the table itself, and only ever takes weight off.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int32]

PAIRS = ((0, 1), (0, 2), (1, 2))
"""Places of a record's given names that are taken two by two."""
BELIEVED_AFTER = 3.0
"""So many records are added to what is counted and to what chance gives: the copies of one
person's record make no custom. Our choice."""


def togetherness(given: Indices, countries: Indices) -> NDArray[np.float32]:
    """Say how much oftener than by chance the given names of records stand together.

    Parameters
    ----------
    given : int32 array, shape (n_records, 3)
        Words by number, -1 for none.
    countries : int32 array, shape (n_records,)
        Chance is taken within a country, as the customs of two make no custom.

    Returns
    -------
    float32 array, shape (n_records, 3)
        log10 by pair of `PAIRS`, 0 or more; 0 where a name is not said.
    """
    found = np.zeros((len(given), len(PAIRS)), dtype=np.float32)
    records, places, lower, upper = _pairs_said(given)
    if len(records):
        size = np.int64(given.max()) + 1
        keys, which, count = np.unique(
            lower * size + upper, return_inverse=True, return_counts=True
        )
        expected = _by_chance(lower, upper, countries[records], np.divmod(keys, size))
        oftener = np.log10((count + BELIEVED_AFTER) / (expected + BELIEVED_AFTER))
        found[records, places] = np.maximum(oftener, 0.0)[which]
    return found


def _pairs_said(given: Indices) -> tuple[NDArray[np.int64], ...]:
    """Give record, place in `PAIRS`, and the two words in the order of their numbers."""
    said = []
    for place, (i, j) in enumerate(PAIRS):
        at = np.flatnonzero((given[:, i] >= 0) & (given[:, j] >= 0))
        two = np.sort(given[at][:, [i, j]].astype(np.int64), axis=1)
        said.append((at, np.full(len(at), place), two[:, 0], two[:, 1]))
    return tuple(np.concatenate(column) for column in zip(*said, strict=True))


def _by_chance(
    lower: NDArray[np.int64],
    upper: NDArray[np.int64],
    countries: Indices,
    pairs: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> Floats:
    """Count how often each pair would be met if names were drawn one by one in each country."""
    expected = np.zeros(len(pairs[0]))
    size = int(upper.max()) + 1
    for country in np.unique(countries):
        here = countries == country
        n = np.bincount(lower[here], minlength=size) + np.bincount(upper[here], minlength=size)
        share = n / (2.0 * here.sum())
        expected += 2.0 * here.sum() * share[pairs[0]] * share[pairs[1]]
    return expected
