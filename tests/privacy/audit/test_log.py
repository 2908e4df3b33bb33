"""The log stands or falls with its deed, and nobody can mend it afterwards."""

import pytest
import sqlalchemy as sa

from privacy.audit.log import Deed, record
from privacy.audit.model import Entry
from privacy.errors import LogUnavailable
from privacy.permissions import DOOR, Role


class ChangedTheirMind(Exception):
    """Undoes a transaction, as any fault in a deed would."""


def entries(database, reader):
    with database.transaction(reader) as session:
        return session.scalars(sa.select(Entry).order_by(Entry.position)).all()


@pytest.fixture
def written(database, amal, noon):
    with database.transaction(amal) as session:
        record(
            session, Deed.MISSING_READ, by=amal, at=noon, about="MP-2345-6789", parts=["marks"]
        )


@pytest.mark.usefixtures("written")
def test_a_line_says_who_did_what_about_which_record_when_and_why(database, dora, amal, noon):
    line = entries(database, dora)[-1]

    assert (line.account_id, line.role, line.institution_id) == (
        amal.account_id,
        amal.role,
        amal.institution_id,
    )
    assert (line.deed, line.about, line.at) == ("missing:file:read", "MP-2345-6789", noon)
    assert (line.purpose, line.details) == ("search", {"parts": ["marks"]})


def test_a_deed_that_is_undone_leaves_no_line(database, dora, amal, noon):
    before = len(entries(database, dora))

    def read_and_change_my_mind():
        with database.transaction(amal) as session:
            record(session, Deed.REMAINS_READ, by=amal, at=noon)
            raise ChangedTheirMind

    with pytest.raises(ChangedTheirMind):
        read_and_change_my_mind()

    assert len(entries(database, dora)) == before


def test_lines_are_numbered_in_the_order_they_were_written(database, dora, amal, noon):
    for deed in (Deed.MISSING_LISTED, Deed.MISSING_READ, Deed.REMAINS_READ):
        with database.transaction(amal) as session:
            record(session, deed, by=amal, at=noon)

    last = entries(database, dora)[-3:]

    assert [line.deed for line in last] == [
        Deed.MISSING_LISTED.value,
        Deed.MISSING_READ.value,
        Deed.REMAINS_READ.value,
    ]
    assert last[0].position < last[1].position < last[2].position


@pytest.mark.usefixtures("written")
def test_a_line_can_be_written_by_somebody_who_cannot_read_the_log(database, amal):
    assert entries(database, amal) == []


def test_a_deed_before_anybody_signed_in_is_the_doors(database, dora, noon):
    with database.transaction(DOOR) as session:
        record(session, Deed.SIGN_IN_FAILED, by=DOOR, at=noon)

    line = entries(database, dora)[-1]

    assert (line.account_id, line.role, line.institution_id) == (0, Role.DOOR, 0)


def test_without_a_viewer_no_line_can_be_written(database, noon):
    with (
        pytest.raises(LogUnavailable) as refusal,
        database.transaction(None) as session,
    ):
        record(session, Deed.SIGN_IN_FAILED, by=DOOR, at=noon)

    assert "row-level security" in str(refusal.value.__cause__)


@pytest.mark.parametrize(
    "mending",
    [
        "UPDATE action_log SET about = 'someone else'",
        "DELETE FROM action_log",
        "TRUNCATE action_log",
        "DROP TABLE action_log",
        "ALTER TABLE action_log DISABLE ROW LEVEL SECURITY",
    ],
)
@pytest.mark.parametrize("name", ["admin", "dora", "amal"])
@pytest.mark.usefixtures("written")
def test_nobody_can_change_or_remove_a_line(database, viewers, mending, name):
    with (
        pytest.raises((sa.exc.ProgrammingError, sa.exc.InternalError)),
        database.transaction(viewers[name]) as session,
    ):
        session.execute(sa.text(mending))


@pytest.mark.parametrize("deed", Deed)
def test_a_deed_names_a_resource_and_what_was_done(deed):
    *parts, done = deed.value.split(":")

    assert 1 <= len(parts) <= 2
    assert done == "read" or done.endswith("ed")
