"""The kind of evidence `Kind.GROUP` as the search sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.evidence.group import Company, company_of, weigh_company
from matching.evidence.weight import Kind
from matching.packing.comparison import NOTHING, Floats, Integers, Judged, Keys, Possible
from matching.packing.rare.kernels import weigh_companies
from matching.packing.steps import LOWEST, Steps, steps_above
from matching.packing.valued import Coded, coded
from matching.packing.valued.kernels import fill_columns

INCIDENT_ONLY, GROUP_ONLY, BOTH = range(3)
"""What a left record names: each is a class."""
OTHER = "\0"
"""An incident or a group that nobody's is."""


@dataclass(frozen=True, slots=True)
class Named:
    """Incident and group of each record of a side, by number."""

    incidents: Coded
    groups: Coded


@dataclass(frozen=True, slots=True)
class Met:
    """Incidents and groups of the right side, and what naming one of them weighs.

    ``incidents`` and ``groups`` hold two rows: what another one weighs, and the same one, by
    the number seen; ``columns`` of records and ``steps`` bound the classes told; ``gains`` of
    the ``keys``, incidents first.
    """

    named: Named
    incidents: Floats
    groups: Floats
    columns: Integers
    steps: Steps
    gains: Steps
    keys: tuple[Integers, Integers]


class Companies:
    """How incidents and groups are read and laid together."""

    kind = Kind.GROUP

    def tell(self, left: Sequence[Any], judged: Judged) -> Named:
        del judged
        return _named(left)

    def see(self, right: Sequence[Any], judged: Judged) -> Met:
        seen = _named(right)
        incidents = _weights(seen.incidents, judged, lambda one: Company(one, ""))
        groups = _weights(seen.groups, judged, lambda one: Company("", one))
        columns, steps = _bounds(seen, incidents[0], groups[0])
        more = np.concatenate([incidents[1] - incidents[0], groups[1] - groups[0]])
        first_group = len(seen.incidents.values)
        keys = _rows(seen.incidents.codes, seen.groups.codes, first_group)
        return Met(seen, incidents, groups, columns, steps, steps_above(more), keys)

    def compare(self, told: Named, seen: Met, judged: Judged) -> "CompaniesCompared":
        del judged
        as_seen = (
            _as_seen(told.incidents, seen.named.incidents),
            _as_seen(told.groups, seen.named.groups),
        )
        return CompaniesCompared(
            kind=Kind.GROUP,
            rows=_classes(told)[:, None],
            most=seen.steps.max(axis=0, initial=0),
            keys=_keys(as_seen, seen),
            told=as_seen,
            seen=seen,
        )


@dataclass(frozen=True, slots=True)
class CompaniesCompared:
    """Incidents and groups of both sides; ``told`` is numbered as it is on the right."""

    kind: Kind
    rows: Integers
    most: Steps
    keys: Keys
    told: tuple[Integers, Integers]
    seen: Met
    least: int = LOWEST
    possible: Possible | None = None
    shared: bool = False

    def fill(self, classes: Integers, right: Integers, table: Steps, at: int) -> None:
        fill_columns(classes, right, table, at, self.seen.columns, self.seen.steps)

    def weigh(self, left: Integers, right: Integers) -> Floats:
        named = self.seen.named
        weights: Floats = weigh_companies(
            left, right, self.told[0], named.incidents.codes, self.seen.incidents, self.told[1],
            named.groups.codes, self.seen.groups,
        )  # fmt: skip
        return weights


UNKNOWN_THERE = -2
"""Told, and nobody on the right has it."""


def _named(records: Sequence[Any]) -> Named:
    companies = [company_of(one) for one in records]
    return Named(
        coded([one.incident or None for one in companies]),
        coded([one.group or None for one in companies]),
    )


def _weights(seen: Coded, judged: Judged, company: Any) -> Floats:
    """Ask the definition what another and the same one weighs, for each one seen."""
    parameters: Any = judged.model.group
    rarity = judged.rarity.group
    weights = np.full((2, len(seen.values)), np.nan)
    for at, one in enumerate(seen.values):
        for row, told in enumerate((OTHER, one)):
            weight: Any = weigh_company(company(told), company(one), parameters, rarity)
            weights[row, at] = weight.log10_lr
    return weights


def _classes(told: Named) -> Integers:
    incident, group = told.incidents.codes != NOTHING, told.groups.codes != NOTHING
    classes = np.full(len(incident), NOTHING, dtype=np.int32)
    classes[incident & ~group], classes[group & ~incident] = INCIDENT_ONLY, GROUP_ONLY
    classes[incident & group] = BOTH
    return classes


def _bounds(seen: Named, other_incident: Floats, other_group: Floats) -> tuple[Integers, Steps]:
    """Columns of the right records, and what naming another one weighs, by class."""
    pairs = np.column_stack([seen.incidents.codes, seen.groups.codes])
    distinct, columns = np.unique(pairs, axis=0, return_inverse=True)
    incident = np.append(other_incident, np.nan)[distinct[:, 0]]
    group = np.append(other_group, np.nan)[distinct[:, 1]]
    both = np.where(np.isnan(incident), group, incident)
    steps = steps_above(np.column_stack([incident, group, both]))
    return columns.ravel().astype(np.int32), np.ascontiguousarray(steps)


def _as_seen(told: Coded, seen: Coded) -> Integers:
    numbers = {one: at for at, one in enumerate(seen.values)}
    there = [numbers.get(one, UNKNOWN_THERE) for one in told.values]
    return np.append(np.array(there, dtype=np.int32), np.int32(NOTHING))[told.codes]


def _keys(told: tuple[Integers, Integers], seen: Met) -> Keys:
    """Tell each incident and each group of the left that is on the right, with its gain."""
    at, left = _rows(*told, len(seen.named.incidents.values))
    gain = np.maximum(seen.gains[left] + 1, 0).astype(np.int16)
    return Keys(at, left, gain, *seen.keys)


def _rows(incident: Integers, group: Integers, first_group: int) -> tuple[Integers, Integers]:
    both = np.column_stack([incident, np.where(group >= 0, group + first_group, group)])
    at = np.concatenate([[0], np.cumsum((both >= 0).sum(axis=1))]).astype(np.int32)
    return at, both[both >= 0].astype(np.int32)
