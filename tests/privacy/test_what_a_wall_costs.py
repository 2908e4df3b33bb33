"""The second wall must be cheap to ask: what PostgreSQL plans for a list stays small.

Times are measured in `tests/benchmarks/policy.py`; here stands only what made them long.
"""

import re
from datetime import UTC, datetime
from itertools import count

import pytest
import sqlalchemy as sa

from casework.missing.model import MissingPerson, PersonName
from privacy.door import condition, readable
from privacy.permissions import KEEPER, Permission
from tests.builders import a_missing_person, remains_found
from tests.conftest import on_a_copy

# With a subquery for each setting of the viewer a list had a hundred, its names four hundred.
MOST_OF_A_LIST, MOST_OF_ITS_NAMES = 40, 80


_NUMBERS = count()


@pytest.fixture
def database(server, template_database):
    """A new one: what PostgreSQL plans also rests on what once stood in its tables."""
    with on_a_copy(server, template_database, f"planned_{next(_NUMBERS)}") as opened:
        yield opened


@pytest.fixture
def people(database, amal):
    with database.transaction(KEEPER) as session:
        for _ in range(30):
            a_missing_person(session, amal)


def plan(database, viewer, query):
    """Say how PostgreSQL would answer."""
    lines = []

    @sa.event.listens_for(database.engine, "before_cursor_execute")
    def explain(connection, _cursor, statement, values, _context, _many):
        raw = connection.connection.driver_connection
        lines.extend(line for (line,) in raw.execute(f"EXPLAIN {statement}", values))

    with database.transaction(viewer) as session:
        session.execute(query)
    sa.event.remove(database.engine, "before_cursor_execute", explain)
    return "\n".join(lines)


def subqueries(planned):
    return len(re.findall(r"InitPlan \d+$", planned, re.MULTILINE))


def written_into_queries(connection):
    """Name the functions about the viewer that PostgreSQL copies into each query and plans."""
    return connection.scalars(
        sa.text(
            "SELECT proname FROM pg_proc JOIN pg_language ON pg_language.oid = prolang"
            " WHERE proname LIKE 'viewer\\_%' AND lanname = 'sql'"
        )
    ).all()


@pytest.fixture
def maker(server, database):
    """The test's database as whoever made it sees it: past every wall."""
    engine = sa.create_engine(server.url("postgres", database.engine.url.database))
    yield engine
    engine.dispose()


def test_nothing_told_of_the_viewer_is_written_into_the_queries_that_ask(maker):
    with maker.connect() as connection:
        found = written_into_queries(connection)
        connection.execute(
            sa.text("CREATE FUNCTION viewer_planted() RETURNS text LANGUAGE sql RETURN 'x'")
        )
        noticed = written_into_queries(connection)
        connection.rollback()

    assert found == []
    assert noticed == ["viewer_planted"]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("name", ["amal", "bruno", "lidia", "carlos"])
def test_a_list_and_its_names_are_planned_with_few_subqueries(database, viewers, name):
    viewer, now = viewers[name], datetime.now(UTC)
    a_list = readable(viewer, Permission.MISSING_READ, MissingPerson, now)
    names = sa.select(PersonName.id).where(
        PersonName.case_id < 50, condition(viewer, Permission.MISSING_READ, PersonName, now)
    )

    planned = plan(database, viewer, a_list.with_only_columns(MissingPerson.id).limit(50))
    planned_names = plan(database, viewer, names)

    assert 0 < subqueries(planned) <= MOST_OF_A_LIST
    assert 0 < subqueries(planned_names) <= MOST_OF_ITS_NAMES


@pytest.mark.usefixtures("people")
def test_the_ledger_is_asked_case_by_case_and_never_read_whole(database, amal):
    now = datetime.now(UTC)
    asked = condition(amal, Permission.MISSING_READ, MissingPerson, now)
    every = "SELECT id FROM missing_person AS each WHERE owner_institution_id = -1 OR EXISTS"
    planted = sa.text(f"{every} (SELECT FROM consent WHERE missing_person_id = each.id)")

    planned = plan(database, amal, sa.select(MissingPerson.id).where(asked))
    noticed = plan(database, amal, planted)

    assert "hashed SubPlan" not in planned
    assert "hashed SubPlan" in noticed


def rows_expected(planned, table):
    """Say how many rows PostgreSQL expects of a table."""
    return int(re.search(rf"Scan.* on {table}  \(.*rows=(\d+)", planned)[1])


@pytest.fixture
def pairings_of_all(database, maker, bruno, people):
    """Pair thirty people with thirty remains, and let PostgreSQL count what there is."""
    assert people is None
    with database.transaction(KEEPER) as session:
        for _ in range(30):
            remains_found(session, bruno)
    with maker.begin() as connection:
        connection.execute(sa.text("SET LOCAL session_replication_role = replica"))  # no run
        connection.execute(sa.text(EACH_WITH_EACH))
        connection.execute(sa.text("ANALYZE"))


EACH_WITH_EACH = """
    INSERT INTO pairing
        (missing_person_id, remains_id, matching_run_id, state, log10_lr, posterior, prior,
         rank_for_missing, rank_for_remains, weights, first_proposed_at, last_proposed_at)
    SELECT missing_person.id, remains.id, 1, 'proposed', 0, 0, 0, 1, 1, '{}', now(), now()
    FROM missing_person, remains
"""


@pytest.mark.usefixtures("pairings_of_all")
@pytest.mark.parametrize("table", ["remains", "pairing"])
def test_a_wall_is_not_taken_for_one_that_opens_next_to_nothing(database, amal, maker, table):
    # Else both records of each of 100,000 pairings are looked up, one pairing after another.
    everything = sa.text(f"SELECT id FROM {table}")  # noqa: S608 - one of two words above
    who_asks = "id = 0 OR ((SELECT viewer_role()) IN ('a', 'b') AND id > 0)"

    opened = rows_expected(plan(database, amal, everything), table)
    with maker.connect() as connection:
        whole = connection.scalar(sa.text(f"SELECT count(*) FROM {table}"))  # noqa: S608
        planted = connection.scalars(sa.text(f"EXPLAIN {everything} WHERE {who_asks}")).all()

    assert opened >= whole / 4
    assert rows_expected("\n".join(planted), table) < whole / 4
