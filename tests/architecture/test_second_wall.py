"""The database itself refuses: every table is guarded, from a role that owns nothing."""

import pytest
import sqlalchemy as sa

from casework import embedded
from casework.database import Database
from casework.models import metadata

APP = embedded.APP
UNGUARDED = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
      AND relname <> 'alembic_version'
      AND (NOT relrowsecurity OR NOT relforcerowsecurity
           OR (SELECT count(DISTINCT polcmd) FROM pg_policy WHERE polrelid = pg_class.oid) < 4)
    ORDER BY relname
"""
OWNED = """
    SELECT count(*) FROM pg_shdepend
    WHERE deptype = 'o' AND refobjid = (SELECT oid FROM pg_roles WHERE rolname = 'reunir_app')
"""


@pytest.fixture(scope="module")
def address(server, template_database):
    """A database for the questions below, none of which leaves a trace."""
    name = f"inspected_{template_database}"
    as_maker = sa.create_engine(
        server.url("postgres", "postgres"), isolation_level="AUTOCOMMIT"
    )
    with as_maker.connect() as connection:
        connection.execute(sa.text(f'CREATE DATABASE "{name}" TEMPLATE "{template_database}"'))
    yield name
    with as_maker.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    as_maker.dispose()


@pytest.fixture
def inspector(server, address):
    """A login that may look at everything; what it changes is undone."""
    engine = sa.create_engine(server.url("postgres", address))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_a_planted_table_without_policies_is_caught(inspector):
    inspector.execute(sa.text("CREATE TABLE planted (id int)"))
    inspector.execute(sa.text("CREATE TABLE half_guarded (id int)"))
    inspector.execute(sa.text("ALTER TABLE half_guarded ENABLE ROW LEVEL SECURITY"))

    assert inspector.scalars(sa.text(UNGUARDED)).all() == ["half_guarded", "planted"]


def test_every_table_is_guarded_for_reading_adding_changing_and_removing(inspector):
    assert inspector.scalars(sa.text(UNGUARDED)).all() == []


def test_the_database_has_the_tables_of_the_code_and_no_other(inspector):
    tables = set(sa.inspect(inspector).get_table_names()) - {"alembic_version"}

    assert tables == set(metadata.tables)


def test_owning_something_would_be_noticed(inspector):
    count = sa.text(OWNED.replace("reunir_app", "reunir_owner"))

    assert inspector.scalar(count) > len(metadata.tables)


def test_the_application_owns_nothing_and_cannot_lift_the_policies(inspector):
    superuser, bypasses, makes_roles, makes_databases = inspector.execute(
        sa.text(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb"
            " FROM pg_roles WHERE rolname = 'reunir_app'"
        )
    ).one()

    assert inspector.scalar(sa.text(OWNED)) == 0
    assert (superuser, bypasses, makes_roles, makes_databases) == (False,) * 4


def test_the_application_belongs_to_no_other_role(inspector):
    others = inspector.scalars(
        sa.text(
            "SELECT roleid::regrole::text FROM pg_auth_members"
            " WHERE member = 'reunir_app'::regrole"
        )
    ).all()

    assert others == []


@pytest.mark.parametrize("right", ["UPDATE", "DELETE", "TRUNCATE", "TRIGGER", "REFERENCES"])
def test_the_log_can_be_added_to_and_nothing_else(inspector, right):
    may = sa.text("SELECT has_table_privilege('reunir_app', 'action_log', :right)")

    assert inspector.scalar(may, {"right": "INSERT"})
    assert not inspector.scalar(may, {"right": right})


@pytest.mark.parametrize(
    "table", ["missing_person", "remains", "incident", "pairing", "account"]
)
def test_no_record_can_be_deleted_by_the_application(inspector, table):
    may = sa.text("SELECT has_table_privilege('reunir_app', :table, 'DELETE')")

    assert not inspector.scalar(may, {"table": table})


def test_the_application_may_not_make_tables(inspector):
    assert not inspector.scalar(
        sa.text("SELECT has_schema_privilege('reunir_app', 'public', 'CREATE')")
    )


def test_without_a_viewer_every_table_is_empty(server, address):
    database = Database(server.url(APP, address))
    with database.transaction(None) as session:
        rows = {
            name: session.scalar(sa.select(sa.func.count()).select_from(table))
            for name, table in metadata.tables.items()
        }
    database.engine.dispose()

    assert rows == dict.fromkeys(metadata.tables, 0)


def test_the_emptiness_above_is_the_policies_doing(inspector):
    # The standing cast is in there: a login that is not guarded sees it.
    assert inspector.scalar(sa.text("SELECT count(*) FROM account")) > 0
