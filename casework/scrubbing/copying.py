"""Copying the shape of a registry into an empty database, row by scrubbed row."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from casework.database import Database
from casework.errors import Conflict
from casework.missing.model import MissingPerson
from casework.models import metadata
from casework.scrubbing.columns import Scrubber
from casework.signin.commands import OPERATOR
from privacy.context import go_on_as
from privacy.permissions import KEEPER, MATCHER, Viewer

# Tables that a developer needs to see a registry work; every other one stays empty. Who may
# write each of them is the viewer beside it.
COPIED: dict[str, Viewer] = {
    "institution": OPERATOR,
    "missing_person": KEEPER,
    "missing_person_name": KEEPER,
    "missing_person_mark": KEEPER,
    "missing_person_article": KEEPER,
    "relative": KEEPER,
    "consent": KEEPER,
    "remains": KEEPER,
    "remains_mark": KEEPER,
    "remains_article": KEEPER,
    "matching_run": MATCHER,
    "pairing": MATCHER,
}
GIVEN = ("Ana", "Luis", "Marta", "José", "Rosa", "Juan", "Elena", "Carlos", "Sofía", "Pedro")
SURNAMES = ("Inventada", "Ficticio", "Imaginaria", "Supuesto", "Simulada", "Ejemplar")
AT_ONCE = 1000
FIRST_NEW = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Copied:
    """How many rows of each table the copy holds."""

    rows: dict[str, int] = field(default_factory=dict)


def scrub(source: Database, target: Database) -> Copied:
    """Fill an empty, migrated database with scrubbed rows.

    Raises
    ------
    Conflict
        If the target holds anything: a scrubbed copy is never mixed with a registry.
    """
    _refuse_a_registry(target)
    scrubber, copied = Scrubber(), Copied()
    kept = frozenset(COPIED)
    with source.transaction(KEEPER) as reading, target.transaction(KEEPER) as writing:
        for table in metadata.sorted_tables:
            if table.name not in COPIED:
                continue
            who = COPIED[table.name]
            go_on_as(reading, who)
            go_on_as(writing, who)
            copied.rows[table.name] = 0
            for rows in _in_parts(reading, table):
                scrubbed = [scrubber.row(table, row, kept) for row in rows]
                writing.execute(sa.insert(table), _numbered(table, scrubbed))
                copied.rows[table.name] += len(rows)
        go_on_as(writing, KEEPER)
        _give_names(writing)
    return copied


def move_counters(owner_url: str) -> None:
    """Let new rows of the copy be numbered after those that were copied."""
    # Each counter by itself: there is nothing to undo.
    engine = sa.create_engine(owner_url, hide_parameters=True, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for name in COPIED:
            if "id" in metadata.tables[name].columns:
                restart = f'ALTER TABLE "{name}" ALTER COLUMN id RESTART WITH {FIRST_NEW}'
                connection.execute(sa.DDL(restart))  # type: ignore[no-untyped-call]
    engine.dispose()


def _refuse_a_registry(target: Database) -> None:
    for viewer, name in ((OPERATOR, "institution"), (KEEPER, "missing_person")):
        with target.transaction(viewer) as session:
            table = metadata.tables[name]
            if session.scalar(sa.select(sa.exists(sa.select(table.c.id)))):
                raise Conflict("The target holds a registry already. Give an empty database.")


def _in_parts(session: Session, table: sa.Table) -> Iterator[list[dict[str, object]]]:
    found = session.connection().execute(sa.select(table).order_by(*table.primary_key))
    for part in found.mappings().partitions(AT_ONCE):
        yield [dict(row) for row in part]


def _numbered(table: sa.Table, rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Give institutions names of their own: theirs would tell where a copy comes from."""
    if table.name != "institution":
        return rows
    return [row | {"name": f"Institución {row['id']}", "invented": True} for row in rows]


def _give_names(session: Session) -> None:
    """Give everybody an invented name, sealed with keys of the copy's own."""
    everybody = sa.select(MissingPerson).options(selectinload(MissingPerson.names))
    for person in session.scalars(everybody):
        person.invented = True
        for name in person.names:
            name.given_names = GIVEN[person.id % len(GIVEN)]
            name.surname_1 = SURNAMES[person.id % len(SURNAMES)]
