"""Which rule of retention a record falls under."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from casework.envelope import ExpiryAction
from casework.living.model import LivingPerson
from casework.missing.model import MissingPerson
from casework.record_codes import IdentificationStatus, LivingStatus, SearchStatus
from casework.remains.model import Remains
from privacy.retention.rules import CaseKind, CountsFrom, Dates, Rule, rules

Record = MissingPerson | Remains | LivingPerson
RECORDS: tuple[type[Record], ...] = (MissingPerson, Remains, LivingPerson)
_NUMBERS: Mapping[type[Record], str] = {
    MissingPerson: "missing_person_id",
    Remains: "remains_id",
    LivingPerson: "living_person_id",
}

_PERSONS: Mapping[SearchStatus, CaseKind] = {
    SearchStatus.OPEN: CaseKind.SEARCH_OPEN,
    SearchStatus.ACTIVE_LINES: CaseKind.SEARCH_OPEN,
    SearchStatus.SUSPENDED: CaseKind.SEARCH_OPEN,
    SearchStatus.LOCATED_ALIVE: CaseKind.LOCATED,
    SearchStatus.LOCATED_DETAINED: CaseKind.LOCATED,
    SearchStatus.IDENTIFIED_DECEASED: CaseKind.IDENTIFIED,
    SearchStatus.WITHDRAWN_BY_FAMILY: CaseKind.WITHDRAWN,
    SearchStatus.LINKED_DUPLICATE: CaseKind.DUPLICATE,
}
# Named and claimed by nobody: somebody may still be searching.
_NAMED = {IdentificationStatus.IDENTIFIED, IdentificationStatus.REPATRIATED}


def kind_of(record: Record) -> CaseKind:
    """Name the kind of case that the rules speak of."""
    if isinstance(record, MissingPerson):
        return _PERSONS[record.search_status]
    if isinstance(record, LivingPerson):
        is_open = record.living_status is LivingStatus.OPEN
        return CaseKind.LIVING_OPEN if is_open else CaseKind.LIVING_CLOSED
    named = record.identification_status in _NAMED
    return CaseKind.REMAINS_NAMED if named else CaseKind.REMAINS_UNNAMED


def number_of(record: Record) -> dict[str, int]:
    """Name a record as what hangs on records of any kind points at it."""
    return {_NUMBERS[type(record)]: record.id}


def rule_of(record: Record) -> Rule:
    """Give the rule that says how long a record stays."""
    return rules().by_kind[kind_of(record)]


def restricts(record: Record) -> bool:
    """Say whether a record that the rule keeps is closed once nobody answers for it."""
    return record.expiry_action is ExpiryAction.RESTRICT and not rule_of(record).erases


def dates_of(record: Record) -> Dates:
    """Give the days that a rule may count from."""
    return Dates(
        entered=record.entered_at.date(),
        changed=record.changed_at.date(),
        reviewed=record.review_due_on,
    )


# The kind of each record by where it stands, for a query; else the last.
_BY_STATE: Mapping[type[Record], tuple[Any, Mapping[Any, CaseKind], CaseKind]] = {
    MissingPerson: (MissingPerson.search_status, _PERSONS, CaseKind.SEARCH_OPEN),
    Remains: (
        Remains.identification_status,
        dict.fromkeys(_NAMED, CaseKind.REMAINS_NAMED),
        CaseKind.REMAINS_UNNAMED,
    ),
    LivingPerson: (
        LivingPerson.living_status,
        {LivingStatus.OPEN: CaseKind.LIVING_OPEN},
        CaseKind.LIVING_CLOSED,
    ),
}


def due_day(table: type[Record]) -> sa.ColumnElement[date]:
    """Write in SQL the day on which the time of a record is over, as `due_on` gives it."""
    state, kinds, otherwise = _BY_STATE[table]

    def day_of(kind: CaseKind) -> sa.ColumnElement[date]:
        rule = rules().by_kind[kind]
        start = {
            CountsFrom.ENTERED: table.entered_at,
            CountsFrom.CHANGED: table.changed_at,
            CountsFrom.REVIEWED: table.review_due_on,
        }[rule.counts_from]
        return sa.cast(start, sa.Date) + rule.days

    cases = [(state == each, day_of(kind)) for each, kind in kinds.items()]
    return sa.case(*cases, else_=day_of(otherwise))
