"""The kind of evidence `Kind.PAPERS` as the search sees it.

Nearly every pair shares no name and no number, and then weighs little or less than nothing. So
classes are few, by what not finding anything weighs at most, and there is a key for each name
and each number that both sides may share.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.evidence.papers import (
    NEARLY,
    NOT,
    WHOLLY,
    NamesFound,
    SeenPapers,
    ToldPapers,
    outcome_ratio,
    seen_papers,
    told_papers,
)
from matching.evidence.rarity import PaperRarity
from matching.evidence.weight import Kind
from matching.evidence.written import near_part
from matching.packing.comparison import Floats, Integers, Judged, Keys, Possible
from matching.packing.rare.kernels import FOUND, PARTS, RULE, weigh_papers
from matching.packing.rare.numbers import Numbered, Structured, held_numbers, numbered
from matching.packing.rare.slips import slips_in_part
from matching.packing.rare.sparse import classes_of, fill_sparse, keys_between
from matching.packing.rare.words import (
    Held,
    Relation,
    Words,
    picked,
    related,
    together,
    words_of,
)
from matching.packing.steps import LOWEST, Steps
from matching.packing.valued import Coded, coded


class Papers:
    """How names, numbers and telephones are read and laid together."""

    kind = Kind.PAPERS

    def tell(self, left: Sequence[Any], judged: Judged) -> Coded:
        del judged
        return coded([told_papers(one) for one in left])

    def see(self, right: Sequence[Any], judged: Judged) -> Coded:
        del judged
        return coded([seen_papers(one) for one in right])

    def compare(self, told: Coded, seen: Coded, judged: Judged) -> "PapersCompared":
        parameters: Any = judged.model.papers
        rarity = judged.rarity.papers
        names = named(told.values, seen.values, parameters.names, rarity)
        numbers = numbered(
            [one.numbers for one in told.values],
            [one.numbers for one in seen.values],
            lambda one: rarity.number_share(one, parameters.numbers.unshared),
        )
        phones = numbered(
            [[("", phone) for phone in one.phones] for one in told.values],
            [[("", phone) for phone in one.phones] for one in seen.values],
            lambda one: rarity.phone_share(one, parameters.phones.unshared),
        )
        first_phone = names.seen_words + numbers.seen_words
        held = together(
            [
                held_names(names, parameters.names),
                held_numbers(numbers, parameters.numbers, names.seen_words),
                held_numbers(phones, parameters.phones, first_phone),
            ]
        )
        rows, most = classes_of(told, held)
        of_seen = _keys_seen(seen.values, names, numbers, phones)
        return PapersCompared(
            kind=Kind.PAPERS,
            rows=rows,
            most=most,
            keys=keys_between(told, held, seen, of_seen),
            told=told.codes,
            seen=seen.codes,
            names=names,
            numbers=numbers,
            phones=phones,
            rules=_rules(parameters),
            borrowed=parameters.borrowed,
        )


@dataclass(frozen=True, slots=True)
class Named:
    """Parts of the names of both sides: ``told[told_at[value]:told_at[value + 1]]`` and so on.

    ``chances``: of other people whose name has each part told; ``found``: whether there are
    given names, and surnames, among what was seen.
    """

    told_at: Integers
    told: Structured
    chances: Floats
    seen_at: Integers
    seen: Integers
    found: Structured
    near: Relation
    seen_words: int


@dataclass(frozen=True, slots=True)
class PapersCompared:
    """A `Comparison` of few classes; what both sides name is known by its keys."""

    kind: Kind
    rows: Integers
    most: Steps
    keys: Keys
    told: Integers
    seen: Integers
    names: Named
    numbers: Numbered
    phones: Numbered
    rules: Structured
    borrowed: float
    least: int = LOWEST
    possible: Possible | None = None
    shared: bool = False

    def fill(self, classes: Integers, right: Integers, table: Steps, at: int) -> None:
        fill_sparse(self.most[classes], self.seen, right, table[:, at : at + len(classes)])

    def weigh(self, left: Integers, right: Integers) -> Floats:
        names, numbers, phones = self.names, self.numbers, self.phones
        weights: Floats = weigh_papers(
            left, right, self.told, self.seen, names.told_at, names.told, names.chances,
            names.seen_at, names.seen, names.found, *names.near, numbers.told_at, numbers.told,
            numbers.shares, numbers.seen_at, numbers.seen, *numbers.near, phones.told_at,
            phones.told, phones.shares, phones.seen_at, phones.seen, *phones.near, self.rules,
            self.borrowed,
        )  # fmt: skip
        return weights


def named(
    told: Sequence[ToldPapers],
    seen: Sequence[SeenPapers],
    parameters: NamesFound,
    rarity: PaperRarity,
) -> Named:
    """Lay the parts of the names of both sides together."""
    parts = words_of([*one.given, *one.surnames, *one.other] for one in told)
    found = words_of(sorted(one.parts) for one in seen)
    kinds = np.zeros(len(seen), dtype=FOUND)
    kinds["given"] = [one.has_given for one in seen]
    kinds["surnames"] = [one.has_surnames for one in seen]
    return Named(
        parts.at,
        _sections(told, parts, parameters),
        np.array([rarity.part_share(part) for part in parts.distinct]),
        found.at,
        found.which,
        kinds,
        related(parts.distinct, found.distinct, near_part, slips_in_part),
        len(found.distinct),
    )


def _sections(told: Sequence[ToldPapers], parts: Words, names: NamesFound) -> Structured:
    """Say of each part which section it is of, and how often papers have it."""
    lengths = np.array(
        [(len(one.given), len(one.surnames), len(one.other)) for one in told], dtype=np.int64
    ).reshape(-1, 3)
    sections = np.tile(np.arange(3), len(told))
    listed = np.zeros(len(parts.which), dtype=PARTS)
    listed["word"] = parts.which
    listed["section"] = np.repeat(sections, lengths.ravel())
    begins = (np.cumsum(lengths.ravel()) - lengths.ravel())[lengths.ravel() > 0]
    expected = np.array([names.further, names.further, names.other])
    listed["expected"] = expected[listed["section"]]
    first = begins[listed["section"][begins] < 2]  # noqa: PLR2004 - given names, surnames
    listed["expected"][first] = names.first
    return listed


def held_names(names: Named, parameters: NamesFound) -> Held:
    """Keys of the parts of each name told: what is there, and what is nearly there, adds.

    Papers that are borrowed only lower what all parts weigh together.
    """
    expected, chances = names.told["expected"], names.chances[names.told["word"]]

    def weights(level: int) -> Floats:
        by_chance: Any = chances, parameters.chance_near
        outcomes: Any = (expected, parameters.near), by_chance
        above: Floats = np.maximum(np.log10(outcome_ratio(level, *outcomes)), 0.0)
        return above

    places, which = picked(names.near.at, names.told["word"])
    wholly = names.near.level[places] == WHOLLY
    gains = np.where(wholly, weights(WHOLLY)[which], weights(NEARLY)[which])
    owners = np.repeat(np.arange(len(names.told_at) - 1), np.diff(names.told_at))
    nothing: Any = np.bincount(owners, weights(NOT), minlength=len(names.told_at) - 1)
    nothing = nothing if names.seen_words else np.zeros_like(nothing)
    before = np.searchsorted(which, names.told_at).astype(np.int32)
    return Held(before, names.near.right[places], gains, nothing)


def _keys_seen(
    seen: Sequence[SeenPapers], names: Named, numbers: Numbered, phones: Numbered
) -> list[list[int]]:
    """List the keys of each value seen, each once."""
    first_phone = names.seen_words + numbers.seen_words
    return [
        [
            *names.seen[names.seen_at[at] : names.seen_at[at + 1]].tolist(),
            *dict.fromkeys(
                (
                    names.seen_words
                    + numbers.seen["word"][numbers.seen_at[at] : numbers.seen_at[at + 1]]
                ).tolist()
            ),
            *(
                first_phone + phones.seen["word"][phones.seen_at[at] : phones.seen_at[at + 1]]
            ).tolist(),
        ]
        for at in range(len(seen))
    ]


def _rules(parameters: Any) -> Structured:
    rules = np.zeros(3, dtype=RULE)
    names, numbers, phones = parameters.names, parameters.numbers, parameters.phones
    rules["near"] = [one.near for one in (names, numbers, phones)]
    rules["chance_near"] = [one.chance_near for one in (names, numbers, phones)]
    rules["same"][1:] = numbers.same, phones.same
    return rules
