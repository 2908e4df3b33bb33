"""Lists of marks and of articles, packed: what each thing weighs at each level of agreement."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matching.evidence.listed import (
    MOST_THINGS,
    Level,
    ListParameters,
    Thing,
    commonness_of,
    ratios_by_level,
    word_ratios,
)
from matching.evidence.marks import IN_BONE
from matching.evidence.rarity import ListRarity
from matching.packing.layout import THING
from matching.packing.tables import Codes

SIDES = {"left": 1, "right": 2}
_IN_BONE = frozenset(kind.value for kind in IN_BONE)


class Things:
    """All things of both sides in one array, and their words in another.

    Equal lists are stored once, so that people described alike share them. `examples` holds
    one thing told of each code.
    """

    def __init__(self) -> None:
        self._rows: list[tuple[object, ...]] = []
        self._words: list[int] = []
        self._ratios: list[float] = []
        self._codes = Codes()
        self._told_codes = Codes()
        self.examples: list[int] = []
        self._told: dict[object, int] = {}
        self._seen: dict[object, int] = {}

    def told(
        self, things: tuple[Thing, ...], parameters: ListParameters, rarity: ListRarity
    ) -> tuple[int, int]:
        """Store a list of a missing person; say where it begins and how long it is.

        The ratios of every level and word are computed here, from how common they are.
        """
        key = (id(parameters), things)
        if key not in self._told:
            self._told[key] = len(self._rows)
            for thing in things:
                common = commonness_of(thing, parameters, rarity)
                levels = ratios_by_level(parameters.listed, common, parameters.agreement)
                words = word_ratios(thing.words, parameters, rarity)
                by_level = tuple(levels.get(level, 0.0) for level in Level)
                weights, told_code = (common.group, by_level), self._told_code(thing)
                self._store(thing, words.words, words.ratios, weights, told=told_code)
        return self._told[key], len(things)

    def seen(self, things: tuple[Thing, ...]) -> tuple[int, int]:
        """Store a list of remains; say where it begins and how long it is."""
        things = things[:MOST_THINGS]
        if things not in self._seen:
            self._seen[things] = len(self._rows)
            for thing in things:
                self._store(thing, thing.words, (0.0,) * len(thing.words), (0.0, (0.0,) * 5))
        return self._seen[things], len(things)

    def _told_code(self, thing: Thing) -> int:
        """Equal for things that differ in words only; remember one of each."""
        code = self._told_codes.of(replace(thing, words=()))
        if code == len(self.examples):
            self.examples.append(len(self._rows))
        return code

    def _store(
        self,
        thing: Thing,
        words: Sequence[str],
        ratios: Sequence[float],
        weights: tuple[float, tuple[float, ...]],
        *,
        told: int = -1,
    ) -> None:
        code = self._codes.of
        row = (
            code(("group", thing.group)),
            code(("kind", thing.kind)),
            -1 if thing.region is None else code(("region", thing.region)),
            -1 if thing.detail is None else code(("detail", thing.detail)),
            SIDES.get(thing.side or "", 0),
            thing.kind in _IN_BONE,
            told,
            len(self._words),
            len(words),
            *weights,
        )
        self._rows.append(row)
        self._words.extend(code(("word", word)) for word in words)
        self._ratios.extend(ratios)

    def packed(self) -> tuple[NDArray[np.void], NDArray[np.int32], NDArray[np.float64]]:
        """Give all things, all words, and the ratio of each word told."""
        things: NDArray[np.void] = np.array(self._rows, dtype=THING)
        words = np.array(self._words, dtype=np.int32)
        return things, words, np.array(self._ratios, dtype=np.float64)
