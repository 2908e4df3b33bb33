"""Proposals as the policies know them: open as far as both of their records are."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.apart import Keeping, are_apart, is_kept_apart
from casework.candidates.model import Pairing
from casework.missing import guarded as _people  # noqa: F401 - registers the first side
from casework.missing.model import MissingPerson
from casework.remains import guarded as _remains  # noqa: F401 - registers the second side
from casework.remains.model import Remains
from privacy.door import condition
from privacy.permissions import Permission, Viewer
from privacy.policy.decisions import decide_each
from privacy.policy.guarded import Asked, Facts, Guarded, Plain, guard, guarded_of

Side = tuple[type[Any], Any, Permission]
PERSON: Side = (MissingPerson, Pairing.missing_person_id, Permission.MISSING_READ)
REMAINS: Side = (Remains, Pairing.remains_id, Permission.REMAINS_READ)


def _is_one_of(side: Side, wanted: Callable[[Asked], sa.ColumnElement[bool]]) -> Plain:
    model, key, _ = side
    return Plain(lambda asked: key.in_(sa.select(model.id).where(wanted(asked))))


def _is_open(side: Side) -> Plain:
    model, _, permission = side
    return _is_one_of(side, lambda asked: condition(asked.viewer, permission, model, asked.at))


def _is_own(side: Side) -> Plain:
    owner = side[0].owner_institution_id
    return _is_one_of(side, lambda asked: owner == asked.viewer.institution_id)


def _may_be_searched(side: Side) -> Plain:
    attribute = guarded_of(side[0]).attributes["searchable"]
    assert isinstance(attribute, Plain)  # noqa: S101 - for the type checker
    return _is_one_of(side, attribute.sql)


def _facts_of(
    session: Session, viewer: Viewer, rows: Sequence[Any], at: datetime
) -> list[Facts]:
    people = _side_facts(
        session, viewer, PERSON, [row.missing_person_id for row in rows], at=at
    )
    remains = _side_facts(session, viewer, REMAINS, [row.remains_id for row in rows], at=at)
    return [
        _facts(people.get(row.missing_person_id, _HIDDEN), remains.get(row.remains_id, _HIDDEN))
        for row in rows
    ]


class _SideFacts(NamedTuple):
    is_open: bool
    is_own: bool
    may_be_searched: bool
    keeping: Keeping | None


# A record that the database does not even show: neither open nor one's own.
_HIDDEN = _SideFacts(is_open=False, is_own=False, may_be_searched=False, keeping=None)


def _facts(person: _SideFacts, remains: _SideFacts) -> Facts:
    apart = (
        person.keeping is not None
        and remains.keeping is not None
        and are_apart(person.keeping, remains.keeping)
    )
    return {
        "person_is_open": person.is_open,
        "person_is_own": person.is_own,
        "person_may_be_searched": person.may_be_searched,
        "remains_are_open": remains.is_open,
        "remains_are_own": remains.is_own,
        "remains_may_be_searched": remains.may_be_searched,
        "kept_apart": apart,
    }


def _side_facts(
    session: Session, viewer: Viewer, side: Side, ids: Sequence[int], *, at: datetime
) -> dict[int, _SideFacts]:
    model, _, permission = side
    rows = session.scalars(sa.select(model).where(model.id.in_(set(ids)))).all()
    facts = guarded_of(model).facts_of(session, viewer, rows, at)
    rulings = decide_each(session, viewer, permission, rows, at=at)
    return {
        row.id: _SideFacts(
            ruling.allowed,
            fact["owner"] == viewer.institution_id,
            fact["searchable"],
            Keeping.of(row),
        )
        for row, fact, ruling in zip(rows, facts, rulings, strict=True)
    }


guard(
    Guarded(
        model=Pairing,
        kind="Pairing",
        exists=Permission.PAIRING_READ,
        attributes={
            "person_is_open": _is_open(PERSON),
            "person_is_own": _is_own(PERSON),
            "person_may_be_searched": _may_be_searched(PERSON),
            "remains_are_open": _is_open(REMAINS),
            "remains_are_own": _is_own(REMAINS),
            "remains_may_be_searched": _may_be_searched(REMAINS),
            "kept_apart": Plain(lambda _asked: is_kept_apart()),
        },
        facts_of=_facts_of,
        asks=(MissingPerson, Remains),
    )
)
