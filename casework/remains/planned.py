"""What lists need of planned acts and families not found, in line with what was said."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import object_session

from casework.dataset.values import Value, dates_of
from casework.jobs.at_commit import ask_at_commit
from casework.statements.projecting import Entry, ProjectedEntries, answered


def is_standing(entry: Value) -> bool:
    """Say whether an act is still to come: neither done nor called off."""
    return bool(entry.get("act")) and not entry.get("outcome")


def _write_first(record: Any, entries: Sequence[Entry]) -> None:
    """Keep the act that comes first; one without a day comes after those with one."""
    standing = sorted(
        (_day(entry), str(entry["act"])) for _, entry in entries if is_standing(entry)
    )
    day, act = standing[0] if standing else (date.max, "")
    before = record.irreversible_act_planned, record.irreversible_act_planned_from
    now = act, None if day == date.max else day
    record.irreversible_act_planned, record.irreversible_act_planned_from = now
    session = object_session(record)
    # Of a copy that is only now coming in, its keeper has told.
    if not record.id or session is None:
        return
    if act and now != before:
        ask_at_commit(session, "tell_of_planned_act", record.id)
    # Also of what was done: it is recorded either way, and told where a name is at stake.
    if any(entry.get("act") for _, entry in entries):
        ask_at_commit(session, "tell_of_act_on_named", record.id)


def _day(entry: Value) -> date:
    dates = dates_of(entry["date"]) if entry.get("date") else None
    return dates.earliest if dates else date.max


# The columns are for lists alone: what was said is told from its statements.
PLANNED_ACT = ProjectedEntries(
    "irreversible_act_planned",
    frozenset(),
    lambda _record: [],
    _write_first,
    lambda _record: "",
    lambda _record, _why: None,
)
UNCLAIMED = answered(
    "named_but_unclaimed",
    lambda record: record.named_but_unclaimed,
    lambda record, value: setattr(record, "named_but_unclaimed", value),
)
