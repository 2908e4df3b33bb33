"""What the door gives: rows that were asked again, groups one by one, and no stranger's."""

import pytest
import sqlalchemy as sa

from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from privacy.audit.log import Deed, write_pending
from privacy.audit.model import Entry
from privacy.consent.model import Consent
from privacy.door import groups_open, readable, recheck
from privacy.errors import UnguardedRecord
from privacy.model import Reveals
from privacy.permissions import KEEPER, Permission, Role, Viewer
from privacy.policy import decide, decisions
from tests.builders import a_missing_person, remains_found


@pytest.fixture
def somebody(database, lidia, bruno):
    """Two reports, of which one grants nothing, and remains that were found."""
    with database.transaction(KEEPER) as session:
        a_missing_person(session, lidia)
        a_missing_person(session, lidia, given_names="Reservada", grants=())
        remains_found(session, bruno)


@pytest.mark.usefixtures("somebody")
def test_r06_a_row_on_which_query_and_decision_part_is_dropped_and_logged(
    database, amal, dora, noon, monkeypatch
):
    with database.transaction(amal) as session:
        shown = session.scalars(
            readable(amal, Permission.MISSING_READ, MissingPerson, noon)
        ).all()
        no = decisions.Ruling(allowed=False, rule="planted")
        monkeypatch.setattr("privacy.door.decide_each", lambda *_, **__: [no] * len(shown))
        sure = recheck(session, amal, Permission.MISSING_READ, shown, noon)
        write_pending(session)
    with database.transaction(dora) as session:
        lines = session.scalars(
            sa.select(Entry.about)
            .where(Entry.deed == Deed.POLICY_DISAGREED)
            .order_by(Entry.position)
        ).all()

    assert shown
    assert sure == []
    assert sorted(lines) == sorted(row.reference for row in shown)


@pytest.mark.usefixtures("somebody")
@pytest.mark.parametrize(
    ("model", "exists", "body"),
    [
        (MissingPerson, Permission.MISSING_READ, Permission.MISSING_BODY_READ),
        (Remains, Permission.REMAINS_READ, Permission.REMAINS_BODY_READ),
    ],
)
def test_the_groups_of_a_page_are_what_is_decided_one_by_one(
    database, amal, noon, model, exists, body
):
    with database.transaction(amal) as session:
        shown = session.scalars(readable(amal, exists, model, noon)).all()
        groups = groups_open(session, amal, shown, noon)
        alone = {row.id for row in shown if decide(amal, body, row, at=noon)}

        assert groups_open(session, amal, [], noon) == {}
    assert groups
    assert {key for key, each in groups.items() if Reveals.BODY in each} == alone
    assert all(Reveals.CIRCUMSTANCE in each for each in groups.values())


@pytest.mark.usefixtures("somebody")
def test_a_record_outside_any_session_opens_to_nobody(database, amal, noon):
    with database.transaction(amal) as session:
        row = session.scalars(sa.select(MissingPerson)).first()
        session.expunge(row)

    assert not decide(amal, Permission.MISSING_READ, row, at=noon)


def test_a_table_no_policy_speaks_of_has_no_door(noon):
    stranger = Viewer(account_id=1, role=Role.ANALYST, institution_id=1, country="CR")

    with pytest.raises(UnguardedRecord, match="Consent"):
        readable(stranger, Permission.MISSING_READ, Consent, noon)
