"""Proposals as the policies know them: open as far as both of their records are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from casework.candidates.apart import is_kept_apart
from casework.candidates.model import PairByHand, Pairing
from casework.candidates.sides import HIDDEN, Side, SideFacts, are_kept_apart, side_facts
from casework.missing import guarded as _people  # noqa: F401 - registers the first side
from casework.missing.model import MissingPerson
from casework.remains import guarded as _remains  # noqa: F401 - registers the second side
from casework.remains.model import Remains
from privacy.permissions import Permission, Viewer
from privacy.policy.guarded import Facts, Guarded, Part, Plain, guard, guard_part

PERSON = Side(MissingPerson, Pairing.missing_person_id, Permission.MISSING_READ)
REMAINS = Side(Remains, Pairing.remains_id, Permission.REMAINS_READ)


def _facts_of(
    session: Session, viewer: Viewer, rows: Sequence[Any], at: datetime
) -> list[Facts]:
    people = side_facts(session, viewer, PERSON, rows, at=at)
    remains = side_facts(session, viewer, REMAINS, rows, at=at)
    return [
        _facts(people.get(row.missing_person_id, HIDDEN), remains.get(row.remains_id, HIDDEN))
        for row in rows
    ]


def _facts(person: SideFacts, remains: SideFacts) -> Facts:
    return {
        "person_is_open": person.is_open,
        "person_is_own": person.is_own,
        "person_may_be_searched": person.may_be_searched,
        "remains_are_open": remains.is_open,
        "remains_are_own": remains.is_own,
        "remains_may_be_searched": remains.may_be_searched,
        "kept_apart": are_kept_apart(person, remains),
    }


guard(
    Guarded(
        model=Pairing,
        kind="Pairing",
        exists=Permission.PAIRING_READ,
        attributes={
            "person_is_open": PERSON.is_open(),
            "person_is_own": PERSON.is_own(),
            "person_may_be_searched": PERSON.may_be_searched(),
            "remains_are_open": REMAINS.is_open(),
            "remains_are_own": REMAINS.is_own(),
            "remains_may_be_searched": REMAINS.may_be_searched(),
            "kept_apart": Plain(lambda _asked: is_kept_apart()),
        },
        facts_of=_facts_of,
        asks=(MissingPerson, Remains),
    )
)

# Why somebody opened a pair opens as the missing person's body does.
guard_part(Part(PairByHand, MissingPerson, Permission.MISSING_BODY_READ))
