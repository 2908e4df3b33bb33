"""Who asks is told to the database for one transaction, and forgotten with it."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.signin.model import Account, Institution
from privacy.context import see_as, settings_of
from privacy.permissions import DOOR, Purpose, Role, Viewer

SEEN = sa.select(
    sa.func.current_setting("reunir.role", sa.true()),
    sa.func.current_setting("reunir.institution", sa.true()),
)
NOBODY = {None, ""}  # never set on this connection, or set and forgotten


@pytest.fixture
def one_connection(database):
    """The database through a pool of one: every transaction takes the same connection."""
    engine = sa.create_engine(
        database.url,
        pool_size=1,
        max_overflow=0,
        connect_args={"options": "-c role=reunir_app"},
    )
    yield engine
    engine.dispose()


def test_without_a_viewer_there_are_no_rows(database):
    with database.transaction(None) as session:
        assert session.scalars(sa.select(Institution)).all() == []
        assert session.scalars(sa.select(Account)).all() == []


def test_the_database_is_told_in_whose_name_it_is_asked(database, lidia):
    with database.transaction(lidia) as session:
        role, institution = session.execute(SEEN).one()

    assert (role, institution) == ("liaison_officer", str(lidia.institution_id))


def test_the_next_transaction_on_the_same_connection_sees_nothing(one_connection, lidia):
    with Session(one_connection) as session, session.begin():
        see_as(session, lidia)
        session.execute(sa.select(1))
    with Session(one_connection) as session, session.begin():
        left_behind = set(session.execute(SEEN).one())
        rows = session.scalars(sa.select(Institution)).all()

    assert left_behind <= NOBODY
    assert rows == []


def test_an_undone_transaction_leaves_nothing_behind_either(one_connection, lidia):
    with Session(one_connection) as session:
        see_as(session, lidia)
        assert session.scalar(SEEN) == "liaison_officer"
        session.rollback()
    with Session(one_connection) as session, session.begin():
        left_behind = set(session.execute(SEEN).one())

    assert left_behind <= NOBODY


def test_a_viewer_can_be_taken_away_again(one_connection, lidia):
    with Session(one_connection) as session:
        see_as(session, lidia)
        session.execute(sa.select(1))
        session.commit()
        see_as(session, None)

        assert set(session.execute(SEEN).one()) <= NOBODY


def test_a_commit_in_between_keeps_the_viewer(one_connection, lidia):
    with Session(one_connection) as session:
        see_as(session, lidia)
        session.execute(sa.select(1))
        session.commit()

        assert session.scalar(SEEN) == "liaison_officer"


def test_the_door_sees_accounts_and_no_case(database):
    with database.transaction(DOOR) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Account)) > 0
        for table in ("missing_person", "remains", "pairing", "incident", "action_log"):
            assert session.scalar(sa.select(sa.func.count()).select_from(sa.table(table))) == 0


def test_what_the_policies_are_told_is_all_that_a_viewer_is():
    viewer = Viewer(
        account_id=4,
        role=Role.CONSULAR_OFFICER,
        institution_id=9,
        country="SV",
        purpose=Purpose.NOTIFY,
    )

    assert settings_of(viewer) == {
        "reunir.account": "4",
        "reunir.role": "consular_officer",
        "reunir.institution": "9",
        "reunir.country": "SV",
        "reunir.purpose": "notify",
        "reunir.recipients": "consulate:SV,institution:9",
        "reunir.second_factor": "no",
        "reunir.stepped_up": "no",
    }


def test_words_in_a_viewer_stay_words(database):
    # The settings travel as values, so a quotation mark cannot end one early.
    odd = Viewer(account_id=1, role=Role.ANALYST, institution_id=1, country="';--")

    with database.transaction(odd) as session:
        told = session.scalar(sa.select(sa.func.current_setting("reunir.country")))

    assert told == "';--"
