"""What the kinds share that speak only where both sides name the same rare thing."""

from collections.abc import Sequence

import numpy as np

from matching.packing.comparison import LANES, NOTHING, Integers, Keys
from matching.packing.rare.words import Held, by_record, flat, keys_of_records, starts
from matching.packing.steps import STEPS, Steps
from matching.packing.valued import Coded


def classes_of(told: Coded, held: Held) -> tuple[Integers, Steps]:
    """Classes by what sharing nothing weighs at most, and that in steps."""
    most, classes = np.unique(np.ceil(held.nothing * STEPS), return_inverse=True)
    rows = np.append(classes.ravel().astype(np.int32), np.int32(NOTHING))[told.codes]
    return rows[:, None], most.astype(np.int16)


def keys_between(told: Coded, held: Held, seen: tuple[Integers, Integers]) -> Keys:
    """Give the keys of both sides, record by record; on the right those of `keys_seen`."""
    return Keys(*keys_of_records(told.codes, held), *seen)


def keys_seen(seen: Coded, of_value: Sequence[Sequence[int]]) -> tuple[Integers, Integers]:
    """Write the keys of the value that each record has, record after record."""
    return by_record(seen.codes, starts(of_value), flat(of_value))


def fill_sparse(most: Steps, seen: Integers, right: Integers, rows: Steps) -> None:
    """Bound each class by what sharing nothing weighs at most, where something was found.

    ``rows``: those of the classes, shape (n_tiles, n_classes, LANES).
    """
    found = (seen[right] != NOTHING) & (right != NOTHING)
    rows[:] = most[None, :, None] * found.reshape(-1, 1, LANES)
