# ruff: noqa: T201 - a script that prints
"""How soon proposals of a saved record can be read, in a registry that stands already.

    python -m tests.benchmarks.saved_record FOLDER [--of 40] [--changed 20]

FOLDER is a data folder of reunir (REUNIR_DATA_DIR) into which an invented world was imported;
docs/methods/new-records.md says how it is made. Where nothing was weighed in it, a whole run
is asked for first. A worker, `reunir worker`, is started as a process of its own. Then new
people and remains, invented with another seed, are brought in one by one, as a file of one
row each, and some of them are changed in the same way. From the end of the transaction that
saved a record it is asked, every few milliseconds, whether its proposals are there; then
until its rivals have competed again and nothing waits. They stay in the registry.

Prints the machine, its load, and the times by the clock and by what worker and database
computed; asserts nothing.
"""

import argparse
import csv
import io
import os
import platform
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from secrets import token_hex

import numpy as np
import sqlalchemy as sa

from casework import embedded
from casework.candidates.actions import request_matching
from casework.candidates.model import MatchingRun, MatchingState, Pairing, WeighingDue
from casework.candidates.queries import latest_run
from casework.database import Database
from casework.demonstration.invention import Sizes, invent_world
from casework.envelope import SearchConsent
from casework.imports.actions import receive_file
from casework.imports.model import RunState
from casework.imports.profiles import open_as
from casework.imports.reading import open_bytes
from casework.imports.running import bring_in
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.signin.model import Institution
from privacy.permissions import KEEPER, MATCHER, Purpose, Role, Viewer
from privacy.sealing.key_file import FileKeys
from privacy.sealing.keyring import Sealing

TABLES = {
    "missing": (MissingPerson, Pairing.missing_person_id),
    "remains": (Remains, Pairing.remains_id),
}
NAMES = {"missing": "a missing person", "remains": "remains"}
LOOKS_EVERY_S = 0.01
LONGEST_S = 3_600


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--of", type=int, default=40, help="New records of each sort.")
    options.add_argument("--changed", type=int, default=20, help="So many of them changed.")
    asked = options.parse_args()
    folder = asked.folder.absolute()
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    server = embedded.start(folder)
    sealing = Sealing(FileKeys(folder / "keys"), openings_per_hour=10**9)
    database = Database(server.app_url, sealing=sealing)
    our_own = set()
    sa.event.listen(
        database.engine, "connect", lambda made, _: our_own.add(str(made.info.backend_pid))
    )
    try:
        with working(folder) as worker:
            measure(database, partial(computed, worker, server, our_own), worker, asked)
    finally:
        database.engine.dispose()
        embedded.stop(folder)


@contextmanager
def working(folder):
    """Let a worker work beside us, as an institution does."""
    call = [sys.executable, "-c", "from casework.cli import main; main()", "worker"]
    worker = subprocess.Popen(call, env={**os.environ, "REUNIR_DATA_DIR": str(folder)})
    try:
        yield worker
    finally:
        worker.terminate()
        worker.wait(60)


def measure(database, computed_by, worker, asked):
    weigh_all(database)
    keeper = whose(database)
    rows = invented(asked.of + 1)
    began = time.perf_counter()
    for kind in TABLES:  # the worker packs both sides before it proposes the first
        save(database, keeper, kind, rows[kind].pop())
        wait_until_settled(database)
    print(
        f"stand by    {time.perf_counter() - began:.0f} s, {memory_of(worker):.1f} GB at most"
    )
    tell_size(database)
    for kind in TABLES:
        took = [one(database, keeper, kind, row, computed_by) for row in rows[kind]]
        tell(f"{NAMES[kind]}, new", took)
    for kind in TABLES:
        for row in rows[kind]:
            row["stature_cm_min"], row["stature_cm_max"] = "158", "166"
        changed = rows[kind][: asked.changed]
        took = [one(database, keeper, kind, row, computed_by) for row in changed]
        tell(f"{NAMES[kind]}, changed", took)
    print(f"load        {os.getloadavg()[0]:.1f}; worker {memory_of(worker):.1f} GB at most")


def weigh_all(database):
    """Let a whole run weigh everybody, unless one has."""
    with database.transaction(MATCHER) as session:
        run = latest_run(session, MATCHER)
        if run is not None and run.state is MatchingState.FINISHED:
            return
        run_id = request_matching(session, MATCHER, at=now()).id
    began, state = time.perf_counter(), None
    while state is not MatchingState.FINISHED:
        time.sleep(1)
        with database.transaction(MATCHER) as session:
            state = session.get_one(MatchingRun, run_id).state
        if state in {MatchingState.FAILED, MatchingState.CANCELLED}:
            raise SystemExit(f"The run ended as {state}.")
    print(f"whole run   {time.perf_counter() - began:.0f} s")


def whose(database):
    """Give the keeper of the institution whose the most people are."""
    owner = MissingPerson.owner_institution_id
    with database.transaction(KEEPER) as session:
        most = sa.select(owner).group_by(owner).order_by(sa.func.count().desc()).limit(1)
        house = session.get_one(Institution, session.scalar(most))
        return Viewer(0, Role.ENGINE, house.id, house.country, Purpose.KEEP)


def invented(count):
    """Invent people and remains of whom nobody has heard, with numbers of their own."""
    world = invent_world(Sizes(count, count, 40, 0.2), 20_270)
    called = token_hex(4)
    return {
        "missing": [row | {"record_id": f"INV-{called}-{row['record_id']}", "incident_id": ""}
                    for row in map(dict, world.missing)],
        "remains": [row | {"record_id": f"INV-{called}-{row['record_id']}", "incident_id": ""}
                    for row in map(dict, world.remains)],
    }  # fmt: skip


def one(database, keeper, kind, row, computed_by):
    """Save one record; give the seconds until it is proposed and until all is settled, by the
    clock and computed, and how many proposals it has."""
    number, saved_at = save(database, keeper, kind, row)
    began, before = time.perf_counter(), computed_by()
    proposed = wait_until_proposed(database, kind, number, saved_at)
    there, worked = time.perf_counter() - began, computed_by() - before
    wait_until_settled(database)
    settled, worked_in_all = time.perf_counter() - began, computed_by() - before
    return there, worked, settled, worked_in_all, proposed


def save(database, keeper, kind, row):
    """Bring in a file of one row; give the number of its record, and when it was begun."""
    file = io.StringIO()
    written = csv.DictWriter(file, list(row))
    written.writeheader()
    written.writerow(row)
    content = file.getvalue().encode()
    at = now()
    with database.transaction(keeper) as session:
        run = receive_file(
            session,
            keeper,
            file_name="one.csv",
            content=content,
            profile=f"plain-{kind}",
            at=at,
            consent=SearchConsent.GRANTED,
            invented=True,
        )
        run.state = RunState.RUNNING
        opened = open_as(open_bytes(content, "one.csv"), run.profile)
        bring_in(session, run, opened, at=at, ended=now, progress=lambda *_: None, by=keeper)
        table = TABLES[kind][0]
        which = table.origin_record_id == row["record_id"]
        return session.scalars(sa.select(table.id).where(which)).one(), at


def wait_until_proposed(database, kind, number, saved_at):
    """Wait until others can read the proposals of a record; give how many there are."""
    own = TABLES[kind][1]
    there = sa.select(sa.func.count()).where(own == number, Pairing.last_proposed_at > saved_at)
    began = time.perf_counter()
    with database.transaction(MATCHER) as session:
        while time.perf_counter() - began < LONGEST_S:
            if found := session.scalar(there):
                return found
            if not is_waiting(session):
                return 0  # nobody is worth proposing
            time.sleep(LOOKS_EVERY_S)
    raise SystemExit("No proposal came.")


def wait_until_settled(database):
    """Wait until nobody is to be weighed, and no list to be filled."""
    with database.transaction(MATCHER) as session:
        while is_waiting(session):
            time.sleep(LOOKS_EVERY_S)


def is_waiting(session):
    return session.scalar(sa.select(sa.exists(sa.select(WeighingDue.id))))


def computed(worker, server, our_own):
    """Give the seconds that worker and database have computed so far, not for us (Linux)."""
    threads = Path(f"/proc/{worker.pid}/task").glob("*/schedstat")
    main_one = (Path(server.socket_dir) / "postmaster.pid").read_text("utf-8").split()[0]
    children = Path(f"/proc/{main_one}/task/{main_one}/children").read_text("utf-8").split()
    serving = [
        each
        for each in children
        if each not in our_own and b"[local]" in read(f"/proc/{each}/cmdline")
    ]
    files = [*map(str, threads), *(f"/proc/{each}/schedstat" for each in serving)]
    return sum(int((read(each) or b"0").split()[0]) for each in files) / 1e9


def read(path):
    """Read a file of a process, which may be gone in between."""
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""


def memory_of(worker):
    status = Path(f"/proc/{worker.pid}/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1e6


def tell_size(database):
    with database.transaction(MATCHER) as session:
        counts = [
            session.scalar(sa.select(sa.func.count()).select_from(table))
            for table in (MissingPerson, Remains, Pairing)
        ]
    print("registry    {:,} people, {:,} remains, {:,} proposals".format(*counts))


def tell(what, took):
    there, worked, settled, worked_in_all, proposed = np.array(took).T
    many = f"{np.median(proposed):.0f} proposals each, {proposed.max():.0f} at most"
    print(f"{what}: {len(took)} records, {many}")
    print(f"  proposed     {told(there)}; computing {told(worked)}")
    print(f"  rivals done  {told(settled)}; computing {told(worked_in_all)}", flush=True)


def told(seconds):
    half, most = np.percentile(seconds, [50, 95])
    return f"p50 {half:.2f} p95 {most:.2f} longest {max(seconds):.2f} s"


def now():
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
