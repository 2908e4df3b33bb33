"""Proposals of people alive as the policies know them: open as far as both records are."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.apart import Keeping, are_apart, are_records_apart
from casework.envelope import SearchConsent
from casework.living import guarded as _of_living  # noqa: F401 - registers the first side
from casework.living.model import LivingPerson
from casework.missing import guarded as _of_missing  # noqa: F401 - registers the other side
from casework.missing.model import MissingPerson
from casework.record_codes import LivingStatus
from casework.sought.model import LivingPairing, LivingPairingDecision
from privacy.door import condition
from privacy.permissions import Permission, Viewer
from privacy.policy.decisions import decide_each
from privacy.policy.guarded import (
    Asked,
    Facts,
    Guarded,
    Part,
    Plain,
    guard,
    guard_part,
    guarded_of,
)

Side = tuple[type[Any], Any, Permission]
ALIVE: Side = (LivingPerson, LivingPairing.living_person_id, Permission.LIVING_READ)
PERSON: Side = (MissingPerson, LivingPairing.missing_person_id, Permission.MISSING_READ)


def _is_one_of(side: Side, wanted: Callable[[Asked], sa.ColumnElement[bool]]) -> Plain:
    model, key, _ = side
    return Plain(lambda asked: key.in_(sa.select(model.id).where(wanted(asked))))


def _is_open(side: Side) -> Plain:
    model, _, permission = side
    return _is_one_of(side, lambda asked: condition(asked.viewer, permission, model, asked.at))


def _person_searchable(asked: Asked) -> sa.ColumnElement[bool]:
    attribute = guarded_of(MissingPerson).attributes["searchable"]
    assert isinstance(attribute, Plain)  # noqa: S101 - for the type checker
    return attribute.sql(asked)


def may_be_sought() -> sa.ColumnElement[bool]:
    """People alive who said themselves that they may be searched for, and still may."""
    return sa.and_(
        LivingPerson.search_consent == SearchConsent.GRANTED,
        LivingPerson.living_status == LivingStatus.OPEN,
        LivingPerson.restricted_at.is_(None),
        LivingPerson.erased_at.is_(None),
    )


def _is_sought(person: LivingPerson) -> bool:
    return (
        person.search_consent is SearchConsent.GRANTED
        and person.living_status is LivingStatus.OPEN
        and person.restricted_at is None
        and person.erased_at is None
    )


def _facts_of(
    session: Session, viewer: Viewer, rows: Sequence[Any], at: datetime
) -> list[Facts]:
    alive, open_alive = _side(
        session, viewer, ALIVE, [row.living_person_id for row in rows], at=at
    )
    people, open_people = _side(
        session, viewer, PERSON, [row.missing_person_id for row in rows], at=at
    )
    facts = guarded_of(MissingPerson).facts_of(session, viewer, people, at)
    own = {each.id for each in alive if each.owner_institution_id == viewer.institution_id}
    sought = {each.id for each in alive if _is_sought(each)}
    searched = {each.id for each, said in zip(people, facts, strict=True) if said["searchable"]}
    kept = {each.id: Keeping.of(each) for each in alive}
    looked_for = {each.id: Keeping.of(each) for each in people}
    return [
        {
            "living_is_open": row.living_person_id in open_alive,
            "living_is_own": row.living_person_id in own,
            "living_may_be_searched": row.living_person_id in sought,
            "person_is_open": row.missing_person_id in open_people,
            "person_may_be_searched": row.missing_person_id in searched,
            "kept_apart": _are_apart(
                kept.get(row.living_person_id), looked_for.get(row.missing_person_id)
            ),
        }
        for row in rows
    ]


def _are_apart(one: Keeping | None, other: Keeping | None) -> bool:
    return one is not None and other is not None and are_apart(one, other)


def _side(
    session: Session, viewer: Viewer, side: Side, ids: Sequence[int], *, at: datetime
) -> tuple[Sequence[Any], set[int]]:
    """Give the records of one side that the database shows, and which of them are open."""
    model, _, permission = side
    rows = session.scalars(sa.select(model).where(model.id.in_(set(ids)))).all()
    rulings = decide_each(session, viewer, permission, rows, at=at)
    return rows, {row.id for row, ruling in zip(rows, rulings, strict=True) if ruling.allowed}


guard(
    Guarded(
        model=LivingPairing,
        kind="LivingPairing",
        exists=Permission.SOUGHT_READ,
        attributes={
            "living_is_open": _is_open(ALIVE),
            "living_is_own": _is_one_of(
                ALIVE,
                lambda asked: LivingPerson.owner_institution_id == asked.viewer.institution_id,
            ),
            "living_may_be_searched": _is_one_of(ALIVE, lambda _asked: may_be_sought()),
            "person_is_open": _is_open(PERSON),
            "person_may_be_searched": _is_one_of(PERSON, _person_searchable),
            "kept_apart": Plain(
                lambda _asked: are_records_apart(PERSON[1], ALIVE[1], LivingPerson)
            ),
        },
        facts_of=_facts_of,
        asks=(LivingPerson, MissingPerson),
    )
)
guard_part(Part(LivingPairingDecision, LivingPerson, Permission.LIVING_CONTACT_READ))
