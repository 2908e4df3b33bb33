"""One database of a worker, used again by test after test: each finds it as the first did.

A new copy for each test costs more than most tests, and so does a program that has to learn
again what it asks. What a test wrote is deleted, and what stood there before put back, by the
maker of the server, whom no wall and no trigger stops. A test that changed the schema itself,
or a database that has served long, leads to a new copy.
"""

from collections.abc import Mapping

import psycopg
import sqlalchemy as sa
from psycopg import sql

from casework import embedded
from casework.database import Database

# What was deleted still stands in the files: after so many tests a new copy is cheaper.
SERVES = 200

TABLES = """SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
  WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"""
SEQUENCES = """SELECT format('%I.%I', schemaname, sequencename), last_value
  FROM pg_sequences ORDER BY 1"""
# How many definitions there are, and which transaction touched one last.
CATALOGUES = (
    "pg_class",
    "pg_attribute",
    "pg_attrdef",
    "pg_constraint",
    "pg_index",
    "pg_policy",
    "pg_proc",
    "pg_trigger",
    "pg_db_role_setting",
)
DEFINITIONS = " UNION ALL ".join(
    f"SELECT '{each}', count(*), coalesce(max(xmin::text::bigint), 0) FROM {each}"  # noqa: S608
    for each in CATALOGUES
)
# A thread left behind in the middle of a transaction, or with a lock of its session.
BUSY = """SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND (state <> 'idle' OR pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory'))"""

Rows = Mapping[str, bytes]


class Serving:
    """A database that serves one test after the other.

    Parameters
    ----------
    server
        Where it stands.
    name
        What it is called: a new copy that nobody has used yet.
    """

    def __init__(self, server: embedded.EmbeddedPostgres, name: str) -> None:
        self.name = name
        # The same for all tests, with what it learnt of its queries.
        self.database = Database(server.url(embedded.APP, name))
        sa.event.listen(self.database.engine, "connect", _remember_all)
        self._maker = maker = psycopg.connect(
            host=server.socket_dir, user="postgres", dbname=name, autocommit=True
        )
        self._served = 0
        self._tables = tuple(name for (name,) in maker.execute(TABLES))
        self._rows: Rows = {name: self._read(name) for name in self._filled()}
        self._numbers = self._numbers_now()
        self._definitions = self._definitions_now()

    def as_before(self) -> bool:
        """Bring the database back to what it was; False if it must be made anew."""
        self._served += 1
        try:
            self._maker.execute(BUSY)
        except psycopg.OperationalError:  # a test closed the database to everybody
            return False
        if self._served >= SERVES or self._definitions_now() != self._definitions:
            return False
        with self._maker.transaction():
            self._maker.execute("SET LOCAL session_replication_role = replica")
            for name in {*self._filled(), *self._rows}:
                self._put_back(name)
            self._put_back_numbers()
        return True

    def close(self) -> None:
        """Let go of the database."""
        self.database.engine.dispose()
        self._maker.close()

    def _put_back(self, name: str) -> None:
        rows = self._rows.get(name)
        if rows is not None and self._read(name) == rows:
            return
        self._maker.execute(_order("DELETE FROM {}", name))
        if rows is not None:
            with self._maker.cursor().copy(_order("COPY {} FROM STDIN", name)) as copy:
                copy.write(rows)

    def _put_back_numbers(self) -> None:
        now = self._numbers_now()
        for name, number in self._numbers.items():
            if now[name] != number:
                used = number is not None
                self._maker.execute("SELECT setval(%s, %s, %s)", (name, number or 1, used))

    def _filled(self) -> list[str]:
        return [name for (name,) in self._maker.execute(_filled_of(self._tables))]

    def _read(self, name: str) -> bytes:
        with self._maker.cursor().copy(_order("COPY {} TO STDOUT", name)) as copy:
            return b"".join(copy)

    def _numbers_now(self) -> dict[str, int | None]:
        return dict(self._maker.execute(SEQUENCES).fetchall())

    def _definitions_now(self) -> list[tuple[str, int, int]]:
        return self._maker.execute(sql.SQL(DEFINITIONS)).fetchall()


def _remember_all(connection: psycopg.Connection, _record: object) -> None:
    """Let a connection keep what it prepared: the tests ask more than a hundred questions."""
    connection.prepared_max = 2_000
    connection.prepare_threshold = 1


def _filled_of(tables: tuple[str, ...]) -> sql.Composable:
    each = "SELECT {} WHERE EXISTS (SELECT FROM {})"
    asked = (sql.SQL(each).format(sql.Literal(name), sql.SQL(name)) for name in tables)
    return sql.SQL(" UNION ALL ").join(asked)


def _order(order: str, name: str) -> sql.Composable:
    return sql.SQL(order).format(sql.SQL(name))
