"""The kinds of evidence `Kind.PAPERS` and `Kind.MEDICAL` as the search sees them.

Nearly every pair shares no name and no number, and then weighs little or less than nothing. So
classes are few, by what not finding anything weighs at most, and there is a key for each name
and each number that both sides may share.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import ceil, log10
from typing import Any

import numpy as np

from matching.evidence.medical import seen_serials, told_serials, weigh_serials
from matching.evidence.papers import (
    NEARLY,
    NOT,
    WHOLLY,
    FoundAgain,
    ShareOf,
    ToldPapers,
    outcome_ratio,
    seen_papers,
    told_papers,
    weigh_found,
)
from matching.evidence.rarity import PaperRarity
from matching.evidence.weight import Kind, Weight
from matching.evidence.written import near_number, near_part
from matching.packing.comparison import LANES, NOTHING, Floats, Integers, Judged, Keys, Possible
from matching.packing.rare.slips import Near
from matching.packing.steps import STEPS, Steps
from matching.packing.valued import Coded, coded

Word = tuple[str, str]
"""What a key is of ("part", "number", "phone"), and the text itself."""


@dataclass(frozen=True, slots=True)
class Gains:
    """What a left record may weigh: sharing nothing at most, and what each word adds."""

    nothing: float
    of: dict[Word, float]


NEARNESS = {"part": near_part, "number": near_number, "phone": near_number}
MOST_REMEMBERED = 1_000_000


class Papers:
    """How names, numbers and telephones are read and laid together."""

    kind = Kind.PAPERS

    def tell(self, left: Sequence[Any], judged: Judged) -> Coded:
        del judged
        return coded([told_papers(one) for one in left])

    def see(self, right: Sequence[Any], judged: Judged) -> Coded:
        del judged
        return coded([seen_papers(one) for one in right])

    def compare(self, told: Coded, seen: Coded, judged: Judged) -> "RareCompared":
        parameters: Any = judged.model.papers
        rarity = judged.rarity.papers
        words = [_words_on_papers(one) for one in seen.values]
        reach = {
            kind: Reach((word for of, word in _distinct(words) if of == kind), near)
            for kind, near in NEARNESS.items()
        }
        gains = [_gains(one, reach, parameters, rarity) for one in told.values]
        return _compared(
            Kind.PAPERS,
            (told, seen),
            (gains, words),
            lambda one, other: weigh_found(one, other, parameters, rarity),
        )


class Serials:
    """How the serial numbers of implants are read and laid together."""

    kind = Kind.MEDICAL

    def tell(self, left: Sequence[Any], judged: Judged) -> Coded:
        del judged
        return coded([told_serials(one) or None for one in left])

    def see(self, right: Sequence[Any], judged: Judged) -> Coded:
        del judged
        return coded([seen_serials(one) or None for one in right])

    def compare(self, told: Coded, seen: Coded, judged: Judged) -> "RareCompared":
        parameters: Any = judged.model.medical
        serial = parameters.serial
        words = [[("number", number) for _, number in one] for one in seen.values]
        reach = Reach((word for _, word in _distinct(words)), near_number)
        gains = []
        for one in told.values:
            counted = _Counted()
            numbers = [number for _, number in one]
            counted.add_numbers("number", numbers, reach, (serial, lambda _: serial.unshared))
            gains.append(counted.gains())
        return _compared(
            Kind.MEDICAL,
            (told, seen),
            (gains, words),
            lambda one, other: weigh_serials(one, other, parameters),
        )


@dataclass(frozen=True, slots=True)
class RareCompared:
    """A `Comparison` of few classes; what both sides name is known by its keys."""

    kind: Kind
    rows: Integers
    most: Steps
    keys: Keys
    told: Coded
    seen: Coded
    definition: Callable[[Any, Any], Weight | None]
    possible: Possible | None = None
    shared: bool = False
    remembered: dict[tuple[int, int], float] = field(default_factory=dict)

    def fill(self, classes: Integers, right: Integers, table: Steps, at: int) -> None:
        """Bound each class by what sharing nothing weighs at most, where papers were found."""
        found = (self.seen.codes[right] != NOTHING).reshape(-1, 1, LANES)
        table[:, at : at + len(classes), :] = self.most[classes][None, :, None] * found

    def weigh(self, left: Integers, right: Integers) -> Floats:
        """Ask the definition, once for each pair of what was told and what was found."""
        told, seen = self.told.codes[left], self.seen.codes[right]
        weights = np.full(len(left), np.nan)
        for at in np.flatnonzero((told != NOTHING) & (seen != NOTHING)).tolist():
            weights[at] = self._weight(int(told[at]), int(seen[at]))
        return weights

    def _weight(self, told: int, seen: int) -> float:
        known = self.remembered.get((told, seen))
        if known is None:
            weight = self.definition(self.told.values[told], self.seen.values[seen])
            known = np.nan if weight is None else weight.log10_lr
            if len(self.remembered) < MOST_REMEMBERED:
                self.remembered[told, seen] = known
        return known


def _words_on_papers(one: Any) -> list[Word]:
    return [
        *(("part", part) for part in sorted(one.parts)),
        *(("number", number) for number in dict.fromkeys(n for _, n in one.numbers)),
        *(("phone", phone) for phone in one.phones),
    ]


def _distinct(words: Iterable[Iterable[Word]]) -> list[Word]:
    return list(dict.fromkeys(chain.from_iterable(words)))


class Reach:
    """The words of one kind on the right, and which of them a word told is or nearly is."""

    def __init__(self, words: Iterable[str], near: Callable[[str, str], bool]) -> None:
        distinct = list(words)
        self.words = frozenset(distinct)
        self._near = Near(distinct, near)
        self._of_part: dict[tuple[str, float], tuple[float, list[tuple[str, float]]]] = {}

    def levels(self, word: str) -> list[tuple[str, int]]:
        """List the words on the right that are this one or nearly, and how far they agree."""
        same = [(word, WHOLLY)] if word in self.words else []
        return same + [(other, NEARLY) for other in self._near.of(word)]

    def of_part(
        self, part: str, share: float, names: Any, rarity: PaperRarity
    ) -> tuple[float, list[tuple[str, float]]]:
        """Weigh not finding a part, and each word on the right that it may be; once a part."""
        known = self._of_part.get((part, share))
        if known is None:
            outcomes = ((share, names.near), (rarity.part_share(part), names.chance_near))
            weights = [
                (word, _more_than_nothing(outcome_ratio(level, *outcomes)))
                for word, level in self.levels(part)
            ]
            known = _more_than_nothing(outcome_ratio(NOT, *outcomes)), weights
            self._of_part[part, share] = known
        return known


def _more_than_nothing(ratio: float) -> float:
    return max(log10(ratio), 0.0)


class _Counted:
    """Adds up what a left record may weigh.

    Whatever parts, numbers and telephones weigh together is at most the sum of what each of
    them weighs for itself, where that is more than nothing: papers that are borrowed, several
    of them, and their mean only lower it.
    """

    def __init__(self) -> None:
        self._nothing = 0.0
        self._of: dict[Word, float] = {}

    def gains(self) -> Gains:
        return Gains(self._nothing, self._of)

    def add_part(self, nothing: float, words: Iterable[tuple[str, float]]) -> None:
        self._nothing += nothing
        for word, weight in words:
            self._add("part", word, weight)

    def add_numbers(
        self,
        kind: str,
        numbers: Sequence[str],
        reach: Reach,
        by: tuple[FoundAgain, ShareOf],
    ) -> None:
        if not numbers or not reach.words:
            return
        found, share = by
        # By chance it is one of those told in half of cases at most: then others weigh most.
        outcomes = ((found.same, found.near), (1 / 2, found.chance_near))
        self._nothing += _more_than_nothing(outcome_ratio(NOT, *outcomes))
        for number in numbers:
            for word, level in reach.levels(number):
                same = found.same / share(number) if level == WHOLLY else 0.0
                ratio = same or outcome_ratio(NEARLY, *outcomes)
                self._add(kind, word, _more_than_nothing(ratio))

    def _add(self, kind: str, word: str, weight: float) -> None:
        self._of[kind, word] = self._of.get((kind, word), 0.0) + weight


def _gains(
    told: ToldPapers, reach: dict[str, Reach], parameters: Any, rarity: PaperRarity
) -> Gains:
    counted, numbers, phones = _Counted(), parameters.numbers, parameters.phones
    if reach["part"].words:
        for part, share in _parts(told, parameters.names):
            counted.add_part(*reach["part"].of_part(part, share, parameters.names, rarity))
    given = [number for _, number in told.numbers]
    shared = (
        (numbers, lambda one: rarity.number_share(one, numbers.unshared)),
        (phones, lambda one: rarity.phone_share(one, phones.unshared)),
    )
    counted.add_numbers("number", given, reach["number"], shared[0])
    counted.add_numbers("phone", told.phones, reach["phone"], shared[1])
    return counted.gains()


def _parts(told: ToldPapers, names: Any) -> list[tuple[str, float]]:
    ranked = [
        (part, names.further if rank else names.first)
        for parts in (told.given, told.surnames)
        for rank, part in enumerate(parts)
    ]
    return [*ranked, *((part, names.other) for part in told.other)]


def _compared(
    kind: Kind,
    sides: tuple[Coded, Coded],
    words: tuple[Sequence[Gains], Sequence[Sequence[Word]]],
    definition: Callable[[Any, Any], Weight | None],
) -> RareCompared:
    told, seen = sides
    gains, found = words
    numbers = {word: at for at, word in enumerate(_distinct(found))}
    told_of = [[(numbers[word], gain) for word, gain in one.of.items()] for one in gains]
    left_at, left = _by_record(told.codes, told_of)
    right_at, right = _by_record(seen.codes, [[numbers[word] for word in one] for one in found])
    keys = np.array([number for number, _ in left], dtype=np.int32)
    steps = np.array([int(gain * STEPS) + 1 for _, gain in left], dtype=np.int16)
    nothing = np.array([ceil(one.nothing * STEPS) for one in gains], dtype=np.int16)
    most, classes = np.unique(nothing, return_inverse=True)
    rows = np.append(classes.ravel().astype(np.int32), np.int32(NOTHING))[told.codes]
    return RareCompared(
        kind=kind,
        rows=rows[:, None],
        most=most,
        keys=Keys(left_at, keys, steps, right_at, np.array(right, dtype=np.int32)),
        told=told,
        seen=seen,
        definition=definition,
    )


def _by_record(codes: Integers, of_value: Sequence[list[Any]]) -> tuple[Integers, list[Any]]:
    """Lay out what each record's value holds, record after record."""
    lists = [of_value[code] if code != NOTHING else [] for code in codes]
    at = np.concatenate([[0], np.cumsum([len(one) for one in lists], dtype=np.int64)])
    return at.astype(np.int32), list(chain.from_iterable(lists))
