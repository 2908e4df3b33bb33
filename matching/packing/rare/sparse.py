"""What the kinds share that speak only where both sides name the same rare thing."""

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


def keys_between(told: Coded, held: Held, seen: Coded, of_seen: list[list[int]]) -> Keys:
    """Give the keys of both sides, record by record; ``of_seen`` lists those of each value."""
    right_at, right = by_record(seen.codes, starts(of_seen), flat(of_seen))
    return Keys(*keys_of_records(told.codes, held), right_at, right)


def fill_sparse(most: Steps, seen: Integers, right: Integers, rows: Steps) -> None:
    """Bound each class by what sharing nothing weighs at most, where something was found.

    ``rows``: those of the classes, shape (n_tiles, n_classes, LANES).
    """
    found = (seen[right] != NOTHING) & (right != NOTHING)
    rows[:] = most[None, :, None] * found.reshape(-1, 1, LANES)
