"""Somebody alive, the report of a family that looks for her, and what is proposed of them."""

import sqlalchemy as sa

from casework.codes import BodySite, MarkType, Side
from casework.envelope import SearchConsent
from casework.living.model import LivingPersonMark, LivingPersonName
from casework.missing.model import MissingPersonMark
from casework.record_codes import Communication, NameKind
from casework.sought.model import LivingPairing
from privacy.permissions import KEEPER, MATCHER
from tests.builders import a_missing_person, somebody_alive

SCAR = {"kind": MarkType.SCAR, "site": BodySite.KNEE, "side": Side.LEFT, "words": "quemada"}
NAMED = {"kind": NameKind.LEGAL, "given_names": "Marisol", "surname_1": "Inventada"}


def alive(session, owner, **stated):
    """Enter somebody who says her name and agreed to being searched for."""
    usual = {
        "names": [LivingPersonName(**NAMED)],
        "marks": [LivingPersonMark(**SCAR)],
        "communication": Communication.SAYS_WHO,
        "search_consent": SearchConsent.GRANTED,
        "age_min": 24.0,
        "age_max": 24.0,
    }
    return somebody_alive(session, owner, **(usual | stated))


def sought(session, owner, **stated):
    """Enter the report of a family that looks for her."""
    return a_missing_person(session, owner, marks=[MissingPersonMark(**SCAR)], **stated)


def pairs(database):
    """Give the numbers of the proposals there are, by whom somebody looks for."""
    with database.transaction(MATCHER) as session:
        rows = session.execute(sa.select(LivingPairing.missing_person_id, LivingPairing.id))
        return dict(rows.all())


def weighed(database):
    """Give the instants that the proposals there are were weighed at."""
    with database.transaction(MATCHER) as session:
        return set(session.scalars(sa.select(LivingPairing.weighed_at)))


def change(database, who, **values):
    table, number = who
    with database.transaction(KEEPER) as session:
        session.execute(sa.update(table.__table__).where(table.id == number).values(**values))
