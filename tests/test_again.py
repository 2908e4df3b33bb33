"""What one test writes is gone for the next, though both use one database."""

from itertools import count

import pytest
import sqlalchemy as sa

from casework import embedded
from tests.again import Serving
from tests.builders import a_missing_person
from tests.conftest import copy_database, viewers_of

EVERYTHING = """SELECT (SELECT count(*) FROM missing_person), (SELECT count(*) FROM action_log),
  (SELECT string_agg(display_name, ',' ORDER BY id) FROM account),
  (SELECT last_value FROM missing_person_id_seq)"""


_NUMBERS = count()


@pytest.fixture
def serving(server, template_database):
    name = f"serving_{next(_NUMBERS)}"
    copy_database(server, template_database, name)
    used = Serving(server, name)
    yield used
    used.close()


@pytest.fixture
def maker(server, serving):
    engine = sa.create_engine(
        server.url("postgres", serving.name), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_rows_numbers_and_the_log_stand_as_they_stood(serving, maker):
    before = maker.execute(sa.text(EVERYTHING)).one()
    lidia = viewers_of(serving.database)["lidia"]
    with serving.database.transaction(lidia) as session:
        a_missing_person(session, lidia)
    maker.execute(sa.text("UPDATE account SET display_name = 'somebody else'"))
    assert maker.execute(sa.text(EVERYTHING)).one() != before

    assert serving.as_before()

    assert maker.execute(sa.text(EVERYTHING)).one() == before


def test_what_was_deleted_is_there_again(serving, maker):
    before = maker.execute(sa.text(EVERYTHING)).one()
    maker.execute(sa.text("SET session_replication_role = replica"))
    maker.execute(sa.text("DELETE FROM account"))

    assert serving.as_before()

    assert maker.execute(sa.text(EVERYTHING)).one() == before


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE planted (id int)",
        "ALTER TABLE missing_person DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE missing_person DISABLE TRIGGER ALL",
        "CREATE POLICY planted ON account USING (true)",
        f"ALTER ROLE {embedded.APP} IN DATABASE {{name}} SET work_mem = '8MB'",
    ],
)
def test_a_changed_schema_is_not_used_again(serving, maker, change):
    maker.execute(sa.text(change.format(name=serving.name)))

    assert not serving.as_before()


def test_who_still_holds_a_lock_is_sent_away(serving):
    with serving.database.engine.connect() as forgotten:
        forgotten.execute(sa.text("SELECT pg_advisory_lock(1)"))
        forgotten.commit()

        assert serving.as_before()

        with pytest.raises(sa.exc.OperationalError):
            forgotten.execute(sa.text("SELECT 1"))
        forgotten.invalidate()
