# ruff: noqa: T201 - a script that prints
"""How long importing takes, into an embedded database made for it and thrown away.

    python -m tests.benchmarks.imports [FILE ...]

Without a file: the excerpt of IOM's incidents that ships. Each file is imported twice: new,
then with nothing new in it. Prints the machine and the figures; asserts nothing about time.
"""

import gzip
import os
import platform
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from casework import embedded, migrating
from casework.database import Database
from casework.imports.actions import receive_file
from casework.imports.model import ImportRun, RunState
from casework.imports.running import run_import
from casework.signin.actions import add_institution
from casework.signin.commands import OPERATOR
from casework.signin.model import InstitutionKind
from privacy.permissions import KEEPER, Purpose, Role, Viewer

SHIPPED = "iom_2025_alldata_americas_excerpt.csv.gz"


def main(names):
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"Python {platform.python_version()}; {' '.join(sys.argv)}")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        server = embedded.start(Path(folder))
        migrating.migrate(server.owner_url)
        database = Database(server.app_url)
        owner = enter_an_institution(database)
        for name, content in given(names):
            for word in ("new", "again"):
                print(f"{name} ({word}): {measured(database, owner, name, content)}")
        database.engine.dispose()


def given(names):
    for path in map(Path, names):
        yield path.name, path.read_bytes()
    if not names:
        packed = files("casework.demonstration") / "data" / SHIPPED
        yield SHIPPED.removesuffix(".gz"), gzip.decompress(packed.read_bytes())


def enter_an_institution(database):
    with database.transaction(OPERATOR) as session:
        made = add_institution(
            session,
            OPERATOR,
            name="Benchmark",
            kind=InstitutionKind.REGISTRY,
            country="ZZ",
            invented=True,
            at=datetime.now(UTC),
        )
        return Viewer(0, Role.ENGINE, made.id, made.country, Purpose.KEEP)


def measured(database, owner, name, content):
    began = time.perf_counter()
    at = datetime.now(UTC)
    with database.transaction(owner) as session:
        run = receive_file(session, owner, file_name=name, content=content, profile=None, at=at)
        run.state = RunState.QUEUED
    run_import(database, run.id, at)
    seconds = time.perf_counter() - began
    with database.transaction(KEEPER) as session:
        read = session.get_one(ImportRun, run.id).read
    return f"{read:,} rows in {seconds:.1f} s, {read / seconds:,.0f} rows a second"


if __name__ == "__main__":
    main(sys.argv[1:])
