# ruff: noqa: T201 - a script that prints
"""What the action log costs: a deed's commit with and without it, and proving a long log.

Interleaved, so that whatever else the machine does falls on both alike. `--lines` fills a
log by the database's own trigger, as the application would, and verifies it.
"""

import argparse
import platform
import resource
import shutil
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import embedded, migrating
from casework.database import Database
from privacy.audit.checkpoint import Checkpoint
from privacy.audit.log import Deed, record
from privacy.audit.model import Entry
from privacy.audit.verification import (
    PROVER,
    stream_leaf_hashes,
    stream_lines,
    verify_lines,
    verify_roots,
)
from privacy.permissions import DOOR

AT = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
ROUNDS, QUERIES = 400, 3
MAKE_PLAIN = (
    "CREATE TABLE plain_log (LIKE action_log INCLUDING INDEXES);"
    " ALTER TABLE plain_log ALTER position ADD GENERATED ALWAYS AS IDENTITY;"
    " GRANT INSERT ON plain_log TO reunir_app"
)
FILL = sa.text(
    "INSERT INTO action_log (id, at, account_id, role, institution_id, deed, purpose, about,"
    " details, concerning) SELECT gen_random_uuid(), now(), n % 40, 'forensic_examiner', 1,"
    " 'missing:list:read', 'search', 'MP-2345-6789', '{\"shown\": 3}',"
    " ARRAY['MP-2345-6789', 'MP-3456-789B', 'MP-4567-89BC'] FROM generate_series(1, :lines) n"
)


PLAIN = sa.table("plain_log", *(sa.column(each.name, each.type) for each in Entry.__table__.c))


def nothing(session):
    del session


def a_plain_line(session):
    """Write the same line where nothing numbers or hashes it, as before there was a tree."""
    line = {"id": uuid4(), "at": AT, "account_id": 0, "role": "door", "institution_id": 0}
    line |= {"deed": "missing:file:read", "purpose": "search", "about": "MP-2345-6789"}
    line |= {"details": {}, "concerning": ["MP-2345-6789"], "written_at": AT}
    hashes = dict.fromkeys(("salt", "payload_hash", "leaf_hash"), bytes(32))
    session.execute(sa.insert(PLAIN).values(**line, **hashes))


def a_line_of_the_tree(session):
    record(session, Deed.MISSING_READ, by=DOOR, at=AT, about="MP-2345-6789")


WAYS = {"no log": nothing, "a plain log": a_plain_line, "the tree": a_line_of_the_tree}


def one_commit(database, way):
    began = time.perf_counter()
    with database.transaction(DOOR) as session:
        for _ in range(QUERIES):
            session.execute(sa.select(1))
        way(session)
    return 1000 * (time.perf_counter() - began)


def cost_of_a_deed(database):
    taken = {name: [] for name in WAYS}
    for _ in range(ROUNDS):
        for name, way in WAYS.items():
            taken[name].append(one_commit(database, way))
    for name, times in taken.items():
        times.sort()
        print(
            f"  {name:<16} median {statistics.median(times):6.2f} ms,"
            f" 95th percentile {times[int(0.95 * len(times))]:6.2f} ms"
        )


def prove(database, lines):
    began = time.perf_counter()
    with database.transaction(PROVER) as session:
        roots = verify_roots(stream_leaf_hashes(session), [])
    print(
        f"  root of {roots.size:,} lines, before signing: {time.perf_counter() - began:.1f} s"
    )
    signed = [Checkpoint("x", roots.size, roots.root, AT)]
    began = time.perf_counter()
    with database.transaction(PROVER) as session:
        proof = verify_lines(stream_lines(session), signed)
    seconds = time.perf_counter() - began
    print(f"  verify {proof.size:,} lines: {seconds:.1f} s, {lines / seconds:,.0f} lines/s")
    print(f"  faults {proof.faults}, proven {proof.proven:,}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000)
    wanted = parser.parse_args()
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}")
    folder = Path(tempfile.mkdtemp(prefix="reunir-bench-"))
    folder.chmod(0o755)
    server = embedded.start(folder)
    try:
        migrating.migrate(server.owner_url)
        database = Database(server.app_url)
        owner = sa.create_engine(server.url("postgres"))
        with owner.begin() as connection:
            connection.execute(sa.text(MAKE_PLAIN))
        print(f"one deed of three queries, {ROUNDS} rounds, interleaved")
        cost_of_a_deed(database)
        began = time.perf_counter()
        with Session(owner) as session, session.begin():
            session.execute(FILL, {"lines": wanted.lines})
        print(f"{wanted.lines:,} lines written in {time.perf_counter() - began:.1f} s")
        print("the same with that many lines in the log")
        cost_of_a_deed(database)
        prove(database, wanted.lines)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory {peak:,.0f} MiB")
        owner.dispose()
        database.engine.dispose()
    finally:
        embedded.stop(folder)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
