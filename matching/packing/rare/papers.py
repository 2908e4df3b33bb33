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
from matching.evidence.weight import Kind
from matching.evidence.written import near_part
from matching.packing.comparison import Floats, Integers, Judged, Keys, Possible
from matching.packing.rare.kernels import FOUND, PARTS, RULE, weigh_papers
from matching.packing.rare.numbers import (
    Listed,
    Numbered,
    Structured,
    held_numbers,
    listed,
    numbered,
)
from matching.packing.rare.slips import slips_in_part
from matching.packing.rare.sparse import classes_of, fill_sparse, keys_between, keys_seen
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


@dataclass(frozen=True, slots=True)
class Told:
    """Names, numbers and telephones of each distinct value told.

    Attributes
    ----------
    records : Coded
    parts : Words
        Parts of names; ``listed`` like ``parts.which``.
    chances : float64 array, like ``parts.distinct``
        Of other people whose name has each part.
    nothing : float64 array, like ``records.values``
        What a name weighs at most of which nothing is found, in decades.
    numbers, phones : (Listed, float64 array)
        And the share of other people who give each.
    """

    records: Coded
    parts: Words
    listed: Structured
    chances: Floats
    nothing: Floats
    numbers: tuple[Listed, Floats]
    phones: tuple[Listed, Floats]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found: by distinct value, and the keys of each record.

    ``kinds``: whether there are given names, and surnames, among the parts of each value.
    """

    records: Coded
    parts: Words
    kinds: Structured
    numbers: Listed
    phones: Listed
    keys: tuple[Integers, Integers]


class Papers:
    """How names, numbers and telephones are read and laid together."""

    kind = Kind.PAPERS

    def tell(self, left: Sequence[Any], judged: Judged) -> Told:
        parameters: Any = judged.model.papers
        rarity = judged.rarity.papers
        records = coded([told_papers(one) for one in left])
        told = records.values
        parts = words_of([*one.given, *one.surnames, *one.other] for one in told)
        sections = _sections(told, parts, parameters.names)
        chances = np.array([rarity.part_share(part) for part in parts.distinct])
        numbers = listed([one.numbers for one in told])
        phones = _phones(told)
        shares = [
            rarity.number_share(one, parameters.numbers.unshared)
            for one in numbers.words.distinct
        ]
        phone_shares = [
            rarity.phone_share(one, parameters.phones.unshared) for one in phones.words.distinct
        ]
        return Told(
            records,
            parts,
            sections,
            chances,
            _nothing(parts, sections, chances, parameters.names),
            (numbers, np.array(shares)),
            (phones, np.array(phone_shares)),
        )

    def see(self, right: Sequence[Any], judged: Judged) -> Seen:
        del judged
        records = coded([seen_papers(one) for one in right])
        seen = records.values
        parts = words_of(sorted(one.parts) for one in seen)
        kinds = np.zeros(len(seen), dtype=FOUND)
        kinds["given"] = [one.has_given for one in seen]
        kinds["surnames"] = [one.has_surnames for one in seen]
        numbers = listed([one.numbers for one in seen])
        phones = _phones(seen)
        keys = keys_seen(records, _keys_of_values(parts, numbers.words, phones.words))
        return Seen(records, parts, kinds, numbers, phones, keys)

    def compare(self, told: Told, seen: Seen, judged: Judged) -> "PapersCompared":
        parameters: Any = judged.model.papers
        names = named(told, seen)
        numbers = numbered(*told.numbers, seen.numbers)
        phones = numbered(*told.phones, seen.phones)
        first_phone = names.seen_words + numbers.seen_words
        held = together(
            [
                held_names(names, told.nothing, parameters.names),
                held_numbers(numbers, parameters.numbers, names.seen_words),
                held_numbers(phones, parameters.phones, first_phone),
            ]
        )
        rows, most = classes_of(told.records, held)
        return PapersCompared(
            kind=Kind.PAPERS,
            rows=rows,
            most=most,
            keys=keys_between(told.records, held, seen.keys),
            told=told.records.codes,
            seen=seen.records.codes,
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


def named(told: Told, seen: Seen) -> Named:
    """Lay the parts of the names of both sides together."""
    return Named(
        told.parts.at,
        told.listed,
        told.chances,
        seen.parts.at,
        seen.parts.which,
        seen.kinds,
        related(told.parts, seen.parts, near_part, slips_in_part),
        len(seen.parts.distinct),
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


def _phones(values: Sequence[ToldPapers | SeenPapers]) -> Listed:
    """Write down telephones as numbers without a scheme."""
    return listed([[("", phone) for phone in one.phones] for one in values])


def _more(level: int, expected: Floats, chances: Floats, parameters: NamesFound) -> Floats:
    """Give what outcomes weigh more than nothing, in decades."""
    outcomes: Any = (expected, parameters.near), (chances, parameters.chance_near)
    above: Floats = np.maximum(np.log10(outcome_ratio(level, *outcomes)), 0.0)
    return above


def _nothing(
    parts: Words, listed_parts: Structured, chances: Floats, parameters: NamesFound
) -> Floats:
    """Give what each name told weighs at most of which nothing is found.

    Papers that are borrowed only lower what all parts weigh together.
    """
    owners = np.repeat(np.arange(len(parts.at) - 1), np.diff(parts.at))
    expected, chances = listed_parts["expected"], chances[listed_parts["word"]]
    weights = _more(NOT, expected, chances, parameters)
    nothing = np.bincount(owners, weights, minlength=len(parts.at) - 1)
    return nothing.astype(np.float64)


def held_names(names: Named, nothing: Floats, parameters: NamesFound) -> Held:
    """Keys of the parts of each name told: what is there, and what is nearly there, adds."""
    places, which = picked(names.near.at, names.told["word"])
    told = names.told[which]
    chances = names.chances[told["word"]]
    wholly, nearly = (
        _more(level, told["expected"], chances, parameters) for level in (WHOLLY, NEARLY)
    )
    gains = np.where(names.near.level[places] == WHOLLY, wholly, nearly)
    before = np.searchsorted(which, names.told_at).astype(np.int32)
    nothing = nothing if names.seen_words else np.zeros_like(nothing)
    return Held(before, names.near.right[places], gains, nothing)


def _keys_of_values(parts: Words, numbers: Words, phones: Words) -> list[list[int]]:
    """List the keys of each value seen, each once."""
    first_number = len(parts.distinct)
    first_phone = first_number + len(numbers.distinct)
    return [
        [
            *one,
            *dict.fromkeys(number + first_number for number in some),
            *(phone + first_phone for phone in more),
        ]
        for one, some, more in zip(parts.lists(), numbers.lists(), phones.lists(), strict=True)
    ]


def _rules(parameters: Any) -> Structured:
    rules = np.zeros(3, dtype=RULE)
    names, numbers, phones = parameters.names, parameters.numbers, parameters.phones
    rules["near"] = [one.near for one in (names, numbers, phones)]
    rules["chance_near"] = [one.chance_near for one in (names, numbers, phones)]
    rules["same"][1:] = numbers.same, phones.same
    return rules
