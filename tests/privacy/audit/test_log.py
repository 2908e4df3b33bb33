"""The log stands or falls with its deed, and nobody can mend it afterwards."""

import json
from contextlib import suppress

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.signin.model import Institution
from privacy.audit.canonical import leaf_of
from privacy.audit.log import Deed, record, write_pending
from privacy.audit.model import Entry
from privacy.audit.verification import PROVER
from privacy.context import see_as
from privacy.errors import LogUnavailable
from privacy.permissions import DOOR, Role
from tests.privacy.audit.conftest import lines_of

REFUSED = (sa.exc.ProgrammingError, sa.exc.InternalError)


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
@pytest.mark.usefixtures("written")
def test_nobody_can_change_or_remove_a_line(database, viewers, mending):
    for name in ("admin", "dora", "amal"):
        with pytest.raises(REFUSED), database.transaction(viewers[name]) as session:
            session.execute(sa.text(mending))


@pytest.mark.parametrize(
    "mending",
    [
        "UPDATE action_log SET about = 'someone else'",
        "DELETE FROM action_log",
        "ALTER TABLE action_log DISABLE TRIGGER number_line",
        "DROP FUNCTION number_action_log_line() CASCADE",
        "SET session_replication_role = replica",
    ],
)
@pytest.mark.usefixtures("written")
def test_r29_the_application_can_neither_change_nor_remove_a_line(database, mending):
    with pytest.raises(REFUSED), database.transaction(PROVER) as session:
        session.execute(sa.text(mending))


def test_r29_a_right_that_was_given_by_mistake_would_be_noticed(database, host):
    host.execute(sa.text("GRANT UPDATE, DELETE ON action_log TO reunir_app"))

    with database.transaction(PROVER) as session:
        changed = session.execute(sa.text("UPDATE action_log SET about = 'someone else'"))

    assert changed.rowcount > 0


def test_r29_who_writes_a_line_chooses_neither_its_place_nor_its_hash(database, amal, noon):
    size = len(lines_of(database))
    wanted = {"position": 1, "written_at": noon, "salt": b"s", "leaf_hash": b"h"}
    said = {"account_id": amal.account_id, "role": amal.role, "deed": "x", "purpose": "search"}
    with database.transaction(amal) as session:
        session.execute(
            sa.insert(Entry.__table__).values(
                **wanted, **said, at=noon, institution_id=1, payload_hash=b"p", concerning=[]
            )
        )

    added = lines_of(database)[-1]

    assert added.position == size + 1
    assert not set(wanted.values()) & {added.written_at, added.salt, added.leaf_hash}
    assert leaf_of(added) == added.leaf_hash


def test_a_line_names_every_record_that_was_shown_once(database, amal, noon):
    with database.transaction(amal) as session:
        record(
            session,
            Deed.PAIRING_READ,
            by=amal,
            at=noon,
            about="/pairings/MP-2345-6789",
            concerning=["MP-9876-5432", "MP-2345-6789"],
            remains="HR-BCDF-GHJK",
            others=["MP-7K3Q-D9XT"],
            shown=2,
        )

    assert json.loads(lines_of(database)[-1].concerning) == [
        "HR-BCDF-GHJK",
        "MP-2345-6789",
        "MP-7K3Q-D9XT",
        "MP-9876-5432",
    ]


def test_what_waits_can_be_written_before_the_transaction_ends(database, dora, noon):
    with database.transaction(dora) as session:
        record(session, Deed.LOG_READ, by=dora, at=noon)
        before = session.scalar(sa.select(sa.func.count()).select_from(Entry))
        write_pending(session)
        after = session.scalar(sa.select(sa.func.count()).select_from(Entry))

    assert (after, len(lines_of(database))) == (before + 1, before + 1)


def test_a_savepoint_that_ends_writes_nothing_yet_and_one_undone_keeps_the_line(
    database, dora, noon
):
    size = len(lines_of(database))
    with database.transaction(dora) as session:
        with session.begin_nested():
            record(session, Deed.LOG_READ, by=dora, at=noon)
        undone = session.begin_nested()
        record(session, Deed.LOG_READ, by=dora, at=noon)
        undone.rollback()

        assert session.scalar(sa.select(sa.func.count()).select_from(Entry)) == size

    assert len(lines_of(database)) == size + 2


def test_a_session_used_again_after_an_undone_deed_brings_no_old_line(database, dora, noon):
    size = len(lines_of(database))
    with Session(database.engine) as session:
        see_as(session, dora)
        session.execute(sa.select(1))
        record(session, Deed.LOG_READ, by=dora, at=noon)
        session.rollback()
        session.execute(sa.select(1))
        session.commit()

    assert len(lines_of(database)) == size


FAULTS = {
    "the trigger fails": "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS"
    " 'BEGIN RAISE EXCEPTION ''disk''; END'; CREATE TRIGGER a BEFORE INSERT ON action_log"
    " FOR EACH ROW EXECUTE FUNCTION fail()",
    "the right is lost": "REVOKE INSERT ON action_log FROM reunir_app",
    "the table is gone": "ALTER TABLE action_log RENAME TO elsewhere",
    "a number is taken": "ALTER TABLE action_log DISABLE TRIGGER number_line",
}


def move_everybody(database, admin, noon):
    with database.transaction(admin) as session:
        session.execute(sa.update(Institution).values(country="ZZ"))
        record(session, Deed.INSTITUTION_CREATED, by=admin, at=noon)


def moved(host):
    return host.scalar(sa.text("SELECT count(*) FROM institution WHERE country = 'ZZ'"))


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_r25_a_deed_whose_line_cannot_be_written_does_not_happen(
    database, host, admin, noon, fault
):
    host.execute(sa.text(fault))

    with pytest.raises(LogUnavailable):
        move_everybody(database, admin, noon)

    assert moved(host) == 0


def test_r25_the_same_deed_happens_once_the_log_can_be_written(database, host, admin, noon):
    move_everybody(database, admin, noon)

    assert moved(host) > 0


def read_impatiently(database, viewer, noon):
    with database.transaction(viewer) as session:
        session.execute(sa.text("SET LOCAL lock_timeout = '50ms'"))
        record(session, Deed.MISSING_READ, by=viewer, at=noon)


def test_r25_a_log_that_is_held_by_somebody_ends_the_deed_after_a_while(database, amal, noon):
    other = sa.create_engine(database.url, poolclass=sa.NullPool)
    with other.connect() as holder:
        holder.execute(sa.text("SELECT pg_advisory_xact_lock(4960962)"))

        with pytest.raises(LogUnavailable) as refusal:
            read_impatiently(database, amal, noon)

    assert "lock timeout" in str(refusal.value.__cause__)


def read_and_swallow_the_refusal(database, viewer, noon):
    with database.transaction(viewer) as session:
        record(session, Deed.MISSING_READ, by=viewer, at=noon)
        with suppress(LogUnavailable):
            write_pending(session)


def test_r25_swallowing_the_refusal_does_not_let_the_deed_pass(database, host, amal, noon):
    host.execute(sa.text(FAULTS["the right is lost"]))

    with pytest.raises(LogUnavailable):
        read_and_swallow_the_refusal(database, amal, noon)


IRREGULAR = {
    *("read", "set", "withdrawn", "chosen", "kept", "made", "begun", "given", "sent"),
    *("undone", "drawn", "written"),
    "unproven",  # refused for want of a proof of who asks
}


@pytest.mark.parametrize("deed", Deed)
def test_a_deed_names_a_resource_and_what_was_done(deed):
    *parts, done = deed.value.split(":")

    assert 1 <= len(parts) <= 2
    assert done in IRREGULAR or done.endswith("ed")
