"""The kind of evidence `Kind.MEDICAL` as the search sees it.

Few have an implant, and fewer its number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.evidence.medical import seen_serials, told_serials
from matching.evidence.weight import Kind
from matching.packing.comparison import Floats, Integers, Judged, Keys, Possible
from matching.packing.rare.kernels import RULE, weigh_serials
from matching.packing.rare.numbers import (
    Listed,
    Numbered,
    Structured,
    held_numbers,
    listed,
    numbered,
)
from matching.packing.rare.sparse import classes_of, fill_sparse, keys_between, keys_seen
from matching.packing.steps import LOWEST, Steps
from matching.packing.valued import Coded, coded


@dataclass(frozen=True, slots=True)
class Told:
    """Serial numbers of each distinct list told."""

    records: Coded
    numbers: Listed


@dataclass(frozen=True, slots=True)
class Seen:
    """Serial numbers of each distinct list seen, and the keys of each record."""

    records: Coded
    numbers: Listed
    keys: tuple[Integers, Integers]


class Serials:
    """How the serial numbers of implants are read and laid together."""

    kind = Kind.MEDICAL

    def tell(self, left: Sequence[Any], judged: Judged) -> Told:
        del judged
        told = coded([told_serials(one) or None for one in left])
        return Told(told, listed(told.values))

    def see(self, right: Sequence[Any], judged: Judged) -> Seen:
        del judged
        seen = coded([seen_serials(one) or None for one in right])
        numbers = listed(seen.values)
        return Seen(seen, numbers, keys_seen(seen, list(numbers.words.lists())))

    def compare(self, told: Told, seen: Seen, judged: Judged) -> "SerialsCompared":
        parameters: Any = judged.model.medical
        serial = parameters.serial
        shares = np.full(len(told.numbers.words.distinct), serial.unshared)
        numbers = numbered(told.numbers, shares, seen.numbers)
        held = held_numbers(numbers, serial, 0)
        rows, most = classes_of(told.records, held)
        rules = np.array([(serial.same, serial.near, serial.chance_near)], dtype=RULE)
        return SerialsCompared(
            kind=Kind.MEDICAL,
            rows=rows,
            most=most,
            keys=keys_between(told.records, held, seen.keys),
            told=told.records.codes,
            seen=seen.records.codes,
            numbers=numbers,
            rules=rules,
            unrelated=parameters.unrelated,
        )


@dataclass(frozen=True, slots=True)
class SerialsCompared:
    """A `Comparison` of few classes; what both sides name is known by its keys."""

    kind: Kind
    rows: Integers
    most: Steps
    keys: Keys
    told: Integers
    seen: Integers
    numbers: Numbered
    rules: Structured
    unrelated: float
    least: int = LOWEST
    possible: Possible | None = None
    shared: bool = False

    def fill(self, classes: Integers, right: Integers, table: Steps, at: int) -> None:
        fill_sparse(self.most[classes], self.seen, right, table[:, at : at + len(classes)])

    def weigh(self, left: Integers, right: Integers) -> Floats:
        numbers = self.numbers
        weights: Floats = weigh_serials(
            left, right, self.told, self.seen, numbers.told_at, numbers.told, numbers.shares,
            numbers.seen_at, numbers.seen, *numbers.near, self.rules, self.unrelated,
        )  # fmt: skip
        return weights
