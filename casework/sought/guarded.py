"""Proposals of people alive as the policies know them: open as far as both records are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.apart import are_records_apart
from casework.candidates.sides import HIDDEN, Side, SideFacts, are_kept_apart, side_facts
from casework.envelope import SearchConsent
from casework.living import guarded as _of_living  # noqa: F401 - registers the first side
from casework.living.model import LivingPerson
from casework.missing import guarded as _of_missing  # noqa: F401 - registers the other side
from casework.missing.model import MissingPerson
from casework.record_codes import LivingStatus
from casework.sought.model import LivingPairing, LivingPairingDecision
from privacy.permissions import Permission, Viewer
from privacy.policy.guarded import Facts, Guarded, Part, Plain, guard, guard_part

ALIVE = Side(LivingPerson, LivingPairing.living_person_id, Permission.LIVING_READ)
PERSON = Side(MissingPerson, LivingPairing.missing_person_id, Permission.MISSING_READ)


def may_be_sought() -> sa.ColumnElement[bool]:
    """People alive who said themselves that they may be searched for, and still may."""
    return sa.and_(
        LivingPerson.search_consent == SearchConsent.GRANTED,
        LivingPerson.living_status == LivingStatus.OPEN,
        LivingPerson.restricted_at.is_(None),
        LivingPerson.erased_at.is_(None),
    )


def _is_sought(person: LivingPerson, _facts: Facts) -> bool:
    return (
        person.search_consent is SearchConsent.GRANTED
        and person.living_status is LivingStatus.OPEN
        and person.restricted_at is None
        and person.erased_at is None
    )


def _facts_of(
    session: Session, viewer: Viewer, rows: Sequence[Any], at: datetime
) -> list[Facts]:
    alive = side_facts(session, viewer, ALIVE, rows, at=at, searched=_is_sought)
    people = side_facts(session, viewer, PERSON, rows, at=at)
    return [
        _facts(
            alive.get(row.living_person_id, HIDDEN), people.get(row.missing_person_id, HIDDEN)
        )
        for row in rows
    ]


def _facts(living: SideFacts, person: SideFacts) -> Facts:
    return {
        "living_is_open": living.is_open,
        "living_is_own": living.is_own,
        "living_may_be_searched": living.may_be_searched,
        "person_is_open": person.is_open,
        "person_may_be_searched": person.may_be_searched,
        "kept_apart": are_kept_apart(living, person),
    }


guard(
    Guarded(
        model=LivingPairing,
        kind="LivingPairing",
        exists=Permission.SOUGHT_READ,
        attributes={
            "living_is_open": ALIVE.is_open(),
            "living_is_own": ALIVE.is_own(),
            "living_may_be_searched": ALIVE.is_one_of(lambda _asked: may_be_sought()),
            "person_is_open": PERSON.is_open(),
            "person_may_be_searched": PERSON.may_be_searched(),
            "kept_apart": Plain(
                lambda _asked: are_records_apart(PERSON.key, ALIVE.key, LivingPerson)
            ),
        },
        facts_of=_facts_of,
        asks=(LivingPerson, MissingPerson),
    )
)
guard_part(Part(LivingPairingDecision, LivingPerson, Permission.LIVING_CONTACT_READ))
