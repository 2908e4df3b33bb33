# ruff: noqa: T201 - a script that prints
"""How soon a new record is weighed against a registry of the size of several countries.

The records are invented (`reunir invent-cases`); nothing here is a person. Prints, for the
engine alone: seconds of packing, and milliseconds until one new record of either side has its
nearest, among all kinds of evidence. Then it fills an embedded database, made for it and thrown
away, with `--cases` people and as many remains, and measures from saving a record to its
proposals being there for all to read: an honest whole, of a smaller registry.

`--folder` takes the files of an invented world made before instead of inventing one.
"""

import argparse
import asyncio
import gc
import platform
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import sqlalchemy as sa

from casework import embedded, migrating
from casework.candidates.actions import request_matching
from casework.candidates.model import Pairing
from casework.candidates.new_records import NewRecords
from casework.candidates.running import run_matching
from casework.database import Database
from casework.jobs.hearing import hear
from casework.signin.actions import add_institution
from casework.signin.commands import OPERATOR
from casework.signin.model import InstitutionKind
from matching.model_file import load_model
from matching.search import registry_of
from matching.search.warm import WarmSide
from privacy.permissions import KEEPER, MATCHER, Role, Viewer
from privacy.sealing.key_file import FileKeys, make_key_file
from privacy.sealing.keyring import Sealing
from tests.benchmarks.all_pairs import invented
from tests.builders import a_missing_person, remains_found

MISSING, REMAINS = 130_000, 72_000
CASES = 2_000
NEW = 200
"""New records of each side, none of them kept."""


def main() -> None:
    """Invent, pack both sides, search each new record, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--missing", type=int, default=MISSING)
    options.add_argument("--remains", type=int, default=REMAINS)
    options.add_argument("--new", type=int, default=NEW)
    options.add_argument("--folder", type=Path)
    options.add_argument("--top", type=int, default=50)
    options.add_argument("--cases", type=int, default=CASES, help="0: the engine alone")
    asked = options.parse_args()
    missing, remains = invented(asked)
    model = load_model(None)
    print(f"machine     {platform.machine()}, Python {platform.python_version()}")
    print(f"command     python {' '.join(sys.argv)}")
    print(f"model       {model.name} {model.version}, {len(model.kinds)} kinds of evidence")
    gc.collect()
    gc.freeze()  # the records belong to the caller, and are no garbage
    new_people, people = missing[-asked.new :], missing[: -asked.new]
    new_remains, found = remains[-asked.new :], remains[: -asked.new]
    began = time.process_time()
    registry = registry_of(people, found, model)
    print(f"rarity      {time.process_time() - began:.1f} s")
    report("a new missing person", new_people, found, (model, registry), asked, is_left=False)
    report("newly found remains", new_remains, people, (model, registry), asked, is_left=True)
    if asked.cases:
        whole(asked.cases)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"memory      {peak:.2f} GB at most, the records themselves included")


def report(what, new, kept, judged, asked, *, is_left) -> None:
    """Pack one side, and time each new record of the other against it."""
    began = time.process_time()
    side = WarmSide(dict(enumerate(kept)), *judged, is_left=is_left)
    print(f"pack        {time.process_time() - began:.1f} s for {len(kept):,}")
    side.nearest(new[0])  # compiles, or reads what was compiled
    took = [timed(lambda one=one: side.nearest(one, top=asked.top)) for one in new]
    tell(f"{what}, values never met", took)
    took = [timed(lambda one=one: side.nearest(one, top=asked.top)) for one in new]
    tell(f"{what}, values met before", took)
    took = [timed(lambda one=one: side.nearest(one, top=None, min_log10_lr=0.0)) for one in new]
    tell(f"{what}, all worth proposing", took)


def whole(cases):
    """Time from saving a record to its proposals, with a worker that hears."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o755)
        server = embedded.start(home)
        migrating.migrate(server.owner_url)
        make_key_file(home / "keys")
        sealing = Sealing(FileKeys(home / "keys"), openings_per_hour=10**9)
        database = Database(server.app_url, sealing=sealing)
        try:
            owner = filled(database, cases)
            began = time.perf_counter()
            NewRecords(database, now).hear()
            print(f"stand by    {time.perf_counter() - began:.1f} s for {cases:,} + {cases:,}")
            tell("from saving to proposal, by the clock", asyncio.run(saved(database, owner)))
        finally:
            database.engine.dispose()
            embedded.stop(home)


def filled(database, cases):
    """Enter people and remains of one institution, and let a whole run weigh them."""
    dice = np.random.default_rng(1)
    with database.transaction(OPERATOR) as session:
        kind = InstitutionKind.FORENSIC_SERVICE
        house = add_institution(
            session, OPERATOR, name="Banco", kind=kind, country="MX", invented=True, at=now()
        )
    owner = Viewer(
        account_id=0, role=Role.FORENSIC_COORDINATOR, institution_id=house.id, country="MX"
    )
    for start in range(0, cases, 500):
        with database.transaction(KEEPER) as session:
            for _ in range(start, min(start + 500, cases)):
                a_missing_person(session, owner, **somebody(dice, 1))
                remains_found(session, owner, **somebody(dice, 8))
    with database.transaction(MATCHER) as session:
        run_id = request_matching(session, MATCHER, at=now()).id
    run_matching(database, run_id, now)
    return owner


def somebody(dice, width):
    """Say of what age and where, so that nobody is alike."""
    age = float(dice.integers(15, 60))
    return {"age_min": age, "age_max": age + width, "lat": 14 + 6 * dice.random()}


async def saved(database, owner):
    """Save some records one after another; milliseconds until each is proposed."""
    worker = asyncio.create_task(hear("new_records", database, now))
    await asyncio.sleep(20)  # it packs both sides first
    took = []
    dice = np.random.default_rng(2)
    for _ in range(30):
        with database.transaction(KEEPER) as session:
            person = a_missing_person(session, owner, **somebody(dice, 1))
        began = time.perf_counter()
        while not await asyncio.to_thread(is_proposed, database, person.id):  # noqa: ASYNC110 - as a reader would
            await asyncio.sleep(0.005)
        took.append((time.perf_counter() - began) * 1e3)
    worker.cancel()
    return took


def is_proposed(database, person):
    """Say whether a person is in any proposal."""
    with database.transaction(MATCHER) as session:
        of_person = sa.select(Pairing.id).where(Pairing.missing_person_id == person)
        return session.scalar(of_person.limit(1)) is not None


def now():
    """Read the clock."""
    return datetime.now(UTC)


def timed(act):
    """Give the milliseconds of this thread's processor time that something takes."""
    began = time.thread_time()
    act()
    return (time.thread_time() - began) * 1e3


def tell(what, took) -> None:
    """Print the middle and the slow end."""
    half, most = np.percentile(took, [50, 95])
    print(f"{what:42} p50 {half:7.1f} ms   p95 {most:7.1f} ms")


if __name__ == "__main__":
    main()
