"""Which pairs are looked at: the keys.

A key is broad where it asks for little: of a million records "both surnames" brings together
tens of millions of pairs. Years of birth, where both are known, thin the broad keys out; a
birth written wrong altogether is met by the keys that ask for more. The broadest of all grows
with the square of the table, and gives way to a narrower one when it would bring more than
`PAIRS_A_RECORD`. What all that loses is measured in `tests/benchmarks/linking.py`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.linking.blocking import kernels
from matching.linking.blocking.kernels import ANY, BOTH, DAY, EITHER_DAY, FIRST, YEAR
from matching.linking.comparing.kernels import MOST_TOGETHER
from matching.linking.layout import FATHER_WORDS as FATHER
from matching.linking.layout import MOTHER_WORDS as MOTHER
from matching.linking.layout import NUMBER_WORDS as ID_NUMBER
from matching.linking.layout import PHONE_WORDS as PHONE
from matching.linking.layout import PLACE_WORD as PLACE


@dataclass(frozen=True, slots=True)
class Key:
    """What two records must have alike to be compared: names as they are heard.

    Attributes
    ----------
    name : str
    surnames, given, birth, further : int
        0 where nothing is asked; otherwise a code of `blocking.kernels` or a column above.
    years : int
        Records whose years of birth are known to lie further apart are not compared; -1 where
        that is not asked.
    most : int
        The key is left out of a table for whose records it would bring more pairs than these
        each; 0: it is always used.
    """

    name: str
    surnames: int = 0
    given: int = 0
    birth: int = 0
    further: int = 0
    years: int = -1
    most: int = 0

    @property
    def recipe(self) -> NDArray[np.int64]:
        return np.array([self.surnames, self.given, self.birth, self.further])


AROUND = 2
"""Years within which a clerk's guess, or the heaping of ages, puts a birth; our choice."""
AFFORDABLE = 10
"""Pairs for each record that a key may bring which asks for one thing only: such keys find
whose whole name was written wrong, in tables that are small enough. Our choice."""
BROADEST = "a surname and a given name"
SUFFICIENT = Key("first surname and a given name", surnames=FIRST, given=ANY, years=AROUND)
KEYS = (
    Key("an identity number", further=ID_NUMBER),
    Key("a telephone", further=PHONE),
    Key(BROADEST, surnames=ANY, given=ANY, years=AROUND),
    Key("both surnames", surnames=BOTH, years=AROUND),
    Key("both surnames and a given name", surnames=BOTH, given=ANY),
    Key("a surname, a given name and the birthday", surnames=ANY, given=ANY, birth=DAY),
    Key("a surname, a given name and the mother", surnames=ANY, given=ANY, further=MOTHER),
    Key("a surname, a given name and the father", surnames=ANY, given=ANY, further=FATHER),
    Key("a surname, a given name and the birth place", surnames=ANY, given=ANY, further=PLACE),
    Key("a surname and the birth date", surnames=ANY, birth=EITHER_DAY),
    Key("a given name and the birth date", given=ANY, birth=EITHER_DAY),
    Key("a surname, the year and the birth place", surnames=ANY, birth=YEAR, further=PLACE),
    Key("a surname, the year and the mother", surnames=ANY, birth=YEAR, further=MOTHER),
    Key("a surname, the year and the father", surnames=ANY, birth=YEAR, further=FATHER),
    Key("the birth date", birth=EITHER_DAY, most=AFFORDABLE),
    Key("the first surname", surnames=FIRST, years=AROUND, most=AFFORDABLE),
    Key("a given name and the birth place", given=ANY, further=PLACE, most=AFFORDABLE),
)
PAIRS_A_RECORD = 50
"""Pairs that the broadest key may bring for each record; our choice of time against loss."""

USUAL_KEYS = (
    Key("both surnames", surnames=BOTH),
    Key("first surname and first name", surnames=FIRST, given=FIRST),
    Key("birth date", birth=EITHER_DAY),
)
"""What is usual elsewhere, for comparison."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Records that share a key: block k is ``order[begins[k]:begins[k + 1]]``."""

    order: NDArray[np.int32]
    begins: NDArray[np.int64]
    years: int = -1
    parted: int = 0

    @property
    def n_pairs(self) -> int:
        sizes = np.diff(self.begins)
        return int((sizes * (sizes - 1) // 2).sum())


NO_BLOCKS = Blocks(np.empty(0, dtype=np.int32), np.zeros(1, dtype=np.int64))


def blocks_of(whole: NDArray[np.int32], key: Key, most: int = MOST_TOGETHER) -> Blocks:
    """Bring together the records that share a key.

    Parameters
    ----------
    whole : int32 array, the table of whole numbers of `layout`
    key : Key
    most : int
        Records that are compared with each other.

    Returns
    -------
    Blocks
        Of two records and more; one of more than `most` is cut, and ``parted`` counts
        the pairs that this key no longer brings together.
    """
    room = 2 * len(whole)
    while True:
        keys, who = np.empty(room, dtype=np.uint32), np.empty(room, dtype=np.int32)
        needed = int(kernels.keys_of(whole, key.recipe, room, keys, who))
        if needed <= room:
            break
        room = needed
    keys, who = keys[:needed], who[:needed]
    in_order, order = np.empty_like(keys), np.empty_like(who)
    kernels.sort_by_key(whole, keys, who, in_order, order)
    begins = np.empty(needed // 2 + needed // most + 2, dtype=np.int64)
    n_blocks, parted = kernels.blocks_of(in_order, order, most, who, begins)
    return Blocks(who, begins[: n_blocks + 1], key.years, int(parted))


def pairs_within(whole: NDArray[np.int32], blocks: Blocks, years: int) -> int:
    """Count the pairs of blocks that a key's limit of years leaves."""
    return int(kernels.pairs_within(whole, blocks.order, blocks.begins, years))
