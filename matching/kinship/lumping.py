"""Alleles that nobody showed are summed as one, wherever that changes nothing.

The chance of becoming *one of* a class of alleles must not depend on which allele of another
class it started from (Kemeny & Snell: strong lumpability). Then the classes are inherited as
alleles are, and the sum over them is the sum over alleles, term by term.
"""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

ALIKE = 1e-12
"""Rows that differ by less, relative to their size, differ by rounding."""

Classes = NDArray[np.int64]


def lumped(n: int, shown: Collection[int], matrices: Sequence[NDArray[np.float64]]) -> Classes:
    """Find the fewest classes of alleles that are inherited as alleles are.

    Parameters
    ----------
    n
        How many alleles there are.
    shown
        Those that somebody showed: each stays a class of its own.
    matrices : float arrays, shape (n_alleles, n_alleles)
        Chances of being handed on as another allele; none where nothing mutates.

    Returns
    -------
    int array, shape (n_alleles,)
        The class of each allele, numbered in the order of their first alleles.
    """
    classes = _numbered([at if at in shown else -1 for at in range(n)])
    while True:
        finer = classes
        for matrix in matrices:
            finer = _split(finer, matrix)
        if finer.max(initial=-1) == classes.max(initial=-1):
            return classes
        classes = finer


def gathered(values: NDArray[np.float64], classes: Classes) -> NDArray[np.float64]:
    """Sum what belongs to each class; shape (n_classes,)."""
    sums: NDArray[np.float64] = np.bincount(classes, weights=values).astype(np.float64)
    return sums


def gathered_moves(matrix: NDArray[np.float64], classes: Classes) -> NDArray[np.float64]:
    """Give the chances from class to class; shape (n_classes, n_classes)."""
    _, first = np.unique(classes, return_index=True)
    into = np.zeros((len(classes), len(first)))
    into[np.arange(len(classes)), classes] = 1.0
    moves: NDArray[np.float64] = matrix[first] @ into
    return moves


def _split(classes: Classes, matrix: NDArray[np.float64]) -> Classes:
    """Part alleles of one class that do not move into some class with the same chance."""
    count = int(classes.max()) + 1
    into = np.zeros((len(classes), count))
    into[np.arange(len(classes)), classes] = 1.0
    # What stays in the own class is one less the rest, so it needs no comparing.
    moves = matrix @ into
    moves[np.arange(len(classes)), classes] = 0.0
    apart = np.abs(moves[:, None, :] - moves[None, :, :])
    largest = np.maximum(moves[:, None, :], moves[None, :, :])
    is_alike = (apart <= ALIKE * largest).all(axis=2) & (classes[:, None] == classes[None, :])
    return _numbered(is_alike.argmax(axis=1).tolist())


def _numbered(keys: Sequence[object]) -> Classes:
    order = {key: at for at, key in enumerate(dict.fromkeys(keys))}
    return np.array([order[key] for key in keys], dtype=np.int64)
