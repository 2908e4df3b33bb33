"""Lists told of missing people: what each thing weighs at each level, and its words."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from math import ceil, log10

import numpy as np
from numpy.typing import NDArray

from matching.evidence.listed import (
    Level,
    ListParameters,
    Thing,
    group_share,
    ratios_by_level,
    word_ratios,
)
from matching.evidence.marks import IN_BONE
from matching.evidence.rarity import ListRarity
from matching.packing.comparison import NOTHING, Floats, Integers
from matching.packing.steps import STEPS, Steps
from matching.packing.things.classes import Classes, Occurring, Structured, classes_of
from matching.packing.things.layout import ABSENT, TOLD, UNKNOWN

SIDES = {"left": 1, "right": 2}
_IN_BONE = frozenset(kind.value for kind in IN_BONE)


class Numbers:
    """Small numbers for distinct texts, in the order in which they first appear."""

    def __init__(self) -> None:
        self.of_text: dict[Hashable, int] = {}

    def of(self, text: Hashable) -> int:
        return self.of_text.setdefault(text, len(self.of_text))


@dataclass(frozen=True, slots=True)
class Told:
    """Lists told.

    Attributes
    ----------
    at, length : int32 arrays, one for each record
        ``occurring[at:at + length]`` are the things told, in their order; a length is
        `ABSENT` or `UNKNOWN` where nothing is listed.
    first : bool array, like `occurring`
        Whether no thing of its group was told before it.
    things : array of `TOLD`
    words, word_ratios : of all things, rarest first
    texts, word_numbers : what the numbers of codes and of words stand for
    classes : Classes
    key_at, keys, gains
        Words of each record with their groups, as `matching.packing.comparison.Keys` has them.
    key_numbers : mapping of (group, word) to the number of the key
    """

    at: Integers
    length: Integers
    occurring: Integers
    first: NDArray[np.bool_]
    things: Structured
    words: Integers
    word_ratios: Floats
    texts: dict[Hashable, int]
    word_numbers: dict[Hashable, int]
    classes: Classes
    key_at: Integers
    keys: Integers
    gains: Steps
    key_numbers: dict[Hashable, int]


class Teller:
    """Writes lists down, thing by thing; equal things once."""

    def __init__(self, parameters: ListParameters, rarity: ListRarity) -> None:
        self._parameters, self._rarity = parameters, rarity
        self._texts, self._words = Numbers(), Numbers()
        self._numbers: dict[Thing, int] = {}
        self._rows: list[tuple[object, ...]] = []
        self._plain: dict[Thing, tuple[object, ...]] = {}
        self._plain_number: list[int] = []
        self._plain_numbers: dict[Thing, int] = {}
        self._word_list: list[int] = []
        self._ratios: list[float] = []
        self._keys: list[list[int]] = []
        self._gains: list[list[int]] = []
        self._key_numbers: dict[Hashable, int] = {}
        self._worst: list[tuple[float, float]] = []

    def tell(self, lists: Sequence[tuple[Thing, ...]], absent: Sequence[bool]) -> Told:
        """Write all lists down."""
        number = self._number
        occurring = [[number(thing) for thing in things] for things in lists]
        lengths = np.fromiter(map(len, occurring), dtype=np.int32, count=len(lists))
        at = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        flat = np.fromiter(chain.from_iterable(occurring), dtype=np.int32, count=int(at[-1]))
        things = np.array(self._rows, dtype=TOLD)
        first = _first_of_group(flat, at, things)
        length = np.where(lengths > 0, lengths, np.where(absent, ABSENT, UNKNOWN))
        plain = np.array(self._plain_number, dtype=np.int64)
        occurring_in = Occurring(flat, first, np.repeat(np.arange(len(at) - 1), np.diff(at)))
        classes = classes_of(
            occurring_in, at, things, plain, length == ABSENT, self._parameters
        )
        keys = [self._keys[one] for one in flat]
        key_counts = np.fromiter(map(len, keys), dtype=np.int64, count=len(keys))
        key_at = np.concatenate([[0], np.cumsum(key_counts)])[at].astype(np.int32)
        return Told(
            at=at[:-1],
            length=length.astype(np.int32),
            occurring=flat,
            first=first,
            things=things,
            words=np.array(self._word_list, dtype=np.int32),
            word_ratios=np.array(self._ratios),
            texts=self._texts.of_text,
            word_numbers=self._words.of_text,
            classes=classes,
            key_at=key_at,
            keys=np.fromiter(chain.from_iterable(keys), dtype=np.int32),
            gains=np.fromiter(
                chain.from_iterable(self._gains[one] for one in flat), dtype=np.int16
            ),
            key_numbers=self._key_numbers,
        )

    def _number(self, thing: Thing) -> int:
        number = self._numbers.get(thing)
        if number is None:
            number = self._numbers[thing] = len(self._rows)
            self._write(thing)
        return number

    def _write(self, thing: Thing) -> None:
        wordless = replace(thing, words=()) if thing.words else thing
        if wordless not in self._plain:
            self._plain_numbers[wordless] = len(self._plain)
            self._plain[wordless] = self._weighed(wordless)
        group, kind, region, detail, side, bone, *weighed = self._plain[wordless]
        words = word_ratios(thing, self._parameters, self._rarity)
        at = len(self._word_list)
        self._word_list.extend(self._words.of(word) for word in words.words)
        self._ratios.extend(words.ratios)
        row = (group, kind, region, detail, side, bone, at, len(words.words), *weighed)
        self._rows.append(row)
        self._plain_number.append(self._plain_numbers[wordless])
        key_of = self._key_numbers
        pairs = [(thing.group, word) for word in words.words]
        self._keys.append([key_of.setdefault(pair, len(key_of)) for pair in pairs])
        self._gains.append([_gain(ratio / words.none) for ratio in words.ratios])

    def _weighed(self, thing: Thing) -> tuple[object, ...]:
        share = group_share(thing, self._parameters, self._rarity)
        levels = ratios_by_level(thing, self._parameters, self._rarity)
        of, no = self._texts.of, NOTHING
        return (
            of(f"group {thing.group}"),
            of(f"kind {thing.kind}"),
            no if thing.region is None else of(f"region {thing.region}"),
            no if thing.detail is None else of(f"detail {thing.detail}"),
            SIDES.get(thing.side or "", 0),
            thing.kind in _IN_BONE,
            share,
            self._parameters.listed / share,
            tuple(levels.get(level, 0.0) for level in Level),
        )


def _gain(ratio: float) -> int:
    return max(ceil(log10(ratio) * STEPS + 1e-6), 0)


def _first_of_group(flat: Integers, at: Integers, things: Structured) -> NDArray[np.bool_]:
    """Whether each thing is the first of its group on its list."""
    owner = np.repeat(np.arange(len(at) - 1), np.diff(at)).astype(np.int64)
    groups = int(things["group"].max(initial=0)) + 1
    first = np.zeros(len(flat), dtype=np.bool_)
    first[np.unique(owner * groups + things["group"][flat], return_index=True)[1]] = True
    return first
