"""Bringing files into a test's registry: in the name of an institution, as the worker does."""

from datetime import UTC, datetime

import sqlalchemy as sa

from casework.database import Database
from casework.imports.actions import receive_file
from casework.imports.model import ImportProblem, ImportRun, QuarantinedRow, RunState
from casework.imports.profiles.iom_layouts import COLUMNS
from casework.imports.running import run_import
from privacy.model import Reveals
from privacy.permissions import KEEPER, Viewer
from privacy.sealing.columns import SealedRow
from privacy.sealing.opening import open_fields

NOON = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
FULL = "all-data-2025"
COUNTS = ("accepted", "accepted_with_warning", "updated", "unchanged", "quarantined")
ORDINARY = {
    "id": "2022.MMP0571",
    "incident_id": "2022.MMP0571",
    "type": "Incident",
    "region": "Central America",
    "date": "2022-05-12",
    "year": "2022",
    "month": "May",
    "dead": "1",
    "total": "1",
    "cause": "Drowning",
    "country": "Mexico",
    "coordinates": "25.87, -97.50",
    "route": "US-Mexico border crossing",
    "quality": "5",
}


def a_csv(*rows: dict[str, str]) -> bytes:
    """Write rows under the columns of all of them, every cell in quotes."""
    header = list(dict.fromkeys(name for row in rows for name in row))
    lines = [header, *([row.get(name, "") for name in header] for row in rows)]
    quoted = (",".join(f'"{cell}"' for cell in line) for line in lines)
    return "\n".join(quoted).encode()


def iom_csv(*rows: dict[str, str], layout: str = FULL) -> bytes:
    """Write incidents in one of IOM's layouts; each row states what differs from ORDINARY."""
    columns = COLUMNS[layout]
    blank = dict.fromkeys(columns.values(), "")
    return a_csv(
        *(
            blank
            | {
                columns[name]: text
                for name, text in (ORDINARY | row).items()
                if name in columns
            }
            for row in rows
        )
    )


def receive(database: Database, viewer: Viewer, content: bytes, name="datos.csv", **stated):
    """Take a file in and let it wait for the worker."""
    with database.transaction(viewer) as session:
        stated = {"profile": None, "at": NOON, **stated}
        run = receive_file(session, viewer, file_name=name, content=content, **stated)
        run.state = RunState.QUEUED
        return run.id


def bring(database: Database, viewer: Viewer, content: bytes, name="datos.csv", **stated):
    """Take a file in, read it, and give the run as it ended."""
    run_id = receive(database, viewer, content, name, **stated)
    run_import(database, run_id, NOON)
    return run_of(database, run_id)


def run_of(database: Database, run_id: int) -> ImportRun:
    """Look at a run as the keeper sees it."""
    with database.transaction(KEEPER) as session:
        return session.get_one(ImportRun, run_id)


def counts(run: ImportRun) -> dict[str, int]:
    """Give the counts of a run that are not nought, after checking that they add up."""
    found = {name: getattr(run, name) for name in COUNTS}
    assert run.read == sum(found.values())
    return {name: count for name, count in found.items() if count}


def stored(database: Database, table, *columns):
    """List rows of a table as the keeper sees them, or columns of them."""
    with database.transaction(KEEPER) as session:
        if not columns:
            found = session.scalars(sa.select(table).order_by(table.id)).all()
            if issubclass(table, SealedRow):
                for group in Reveals:
                    open_fields(session, found, group)
            return found
        rows = session.execute(sa.select(*columns).select_from(table))
        return sorted((tuple(row) for row in rows), key=str)


def rules_of_run(database: Database, run: ImportRun) -> list[str]:
    """List the rules that were found, in order."""
    with database.transaction(KEEPER) as session:
        found = sa.select(ImportProblem.rule).where(ImportProblem.import_run_id == run.id)
        return list(session.scalars(found.order_by(ImportProblem.id)))


def set_aside(database: Database, run: ImportRun) -> list[QuarantinedRow]:
    """List the rows in quarantine."""
    with database.transaction(KEEPER) as session:
        rows = sa.select(QuarantinedRow).where(QuarantinedRow.import_run_id == run.id)
        found = list(session.scalars(rows.order_by(QuarantinedRow.id)))
        open_fields(session, found, Reveals.IDENTITY)
        return found
