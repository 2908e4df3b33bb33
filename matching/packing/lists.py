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
    group_share,
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
        self._code_weights: list[tuple[float, tuple[float, ...]]] = []
        self._levels: dict[tuple[int, Thing], dict[Level, float]] = {}
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
            groups: set[str] = set()
            for thing in things:
                first = thing.group not in groups
                groups.add(thing.group)
                words = word_ratios(thing, parameters, rarity)
                told = self._told_code(thing, parameters, first=first)
                weights = self._weights(told, (thing, first), parameters, rarity)
                self._store(thing, words.words, words.ratios, weights, told=(first, told))
        return self._told[key], len(things)

    def seen(self, things: tuple[Thing, ...]) -> tuple[int, int]:
        """Store a list of remains; say where it begins and how long it is."""
        things = things[:MOST_THINGS]
        if things not in self._seen:
            self._seen[things] = len(self._rows)
            for thing in things:
                self._store(thing, thing.words, (0.0,) * len(thing.words), (0.0, (0.0,) * 5))
        return self._seen[things], len(things)

    def _told_code(self, thing: Thing, parameters: ListParameters, *, first: bool) -> int:
        """Equal for things that differ in words only; remember one of each."""
        code = self._told_codes.of((id(parameters), first, replace(thing, words=())))
        if code == len(self.examples):
            self.examples.append(len(self._rows))
        return code

    def _weights(
        self,
        code: int,
        told: tuple[Thing, bool],
        parameters: ListParameters,
        rarity: ListRarity,
    ) -> tuple[float, tuple[float, ...]]:
        """Share of lists with the group, and the ratio of each level; once for each code."""
        if code == len(self._code_weights):
            thing, first = told
            share = group_share(thing, parameters, rarity)
            there = parameters.listed / share if first else 1.0
            key = (id(parameters), replace(thing, words=()))
            if key not in self._levels:
                self._levels[key] = ratios_by_level(thing, parameters, rarity)
            levels = self._levels[key]
            ratios = tuple(levels.get(level, 0.0) * there for level in Level)
            self._code_weights.append((share, ratios))
        return self._code_weights[code]

    def _store(
        self,
        thing: Thing,
        words: Sequence[str],
        ratios: Sequence[float],
        weights: tuple[float, tuple[float, ...]],
        *,
        told: tuple[bool, int] = (False, -1),
    ) -> None:
        code = self._codes.of
        row = (
            code(("group", thing.group)),
            code(("kind", thing.kind)),
            -1 if thing.region is None else code(("region", thing.region)),
            -1 if thing.detail is None else code(("detail", thing.detail)),
            SIDES.get(thing.side or "", 0),
            thing.kind in _IN_BONE,
            *told,
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
