# ruff: noqa: T201 - a script that prints
"""What pages cost among very many proposals: home, the queue, lists, comparisons.

    python -m tests.benchmarks.proposals [FOLDER]

FOLDER is where `make demo` keeps its registry, loaded and compared, or any data folder of an
embedded registry, such as the large one of docs/methods/new-records.md; nothing in it is
changed but the log of what was read. Enters as its examiner; where there is none, one is
entered. A page is asked for twenty times, a comparison once for each of the first twenty
proposals. Prints the machine, its load, and of each page the time of the clock and what both
processes computed; asserts nothing about time.
"""

import os
import platform
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from limits import RateLimitItemPerMinute
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parents[2]))

from casework import embedded
from casework.database import Database
from casework.settings import settings
from casework.signin.actions import add_account, let_in
from casework.signin.commands import OPERATOR
from casework.signin.model import Account, Institution
from casework.signin.queries import find_account
from casework.web.app import create_app
from casework.web.pace import Pace
from privacy.permissions import DOOR, Role
from privacy.sealing.key_file import FileKeys
from privacy.sealing.keyring import Sealing
from tests.benchmarks.meter import Meter

TIMES = 20
# Quick ones first: in a very large registry the others take minutes.
PAGES = {
    "missing": "/missing",
    "missing, tenth page": "/missing?page=10",
    "missing, by name": "/missing?q=Maria+Lopez",
    "remains": "/remains",
    "remains, tenth page": "/remains?page=10",
    "home": "/",
    "queue": "/pairings",
    "queue, tenth page": "/pairings?page=10",
    "queue, one sex": "/pairings?sex=female",
    "queue, from 2 on": "/pairings?least=2",
}


def main(folder):
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    home = next((each for each in (folder / "demo", folder) if is_registry(each)), None)
    if home is None:
        print(f"Skipped: {folder} holds no registry; `make demo` makes one.")
        return
    server = embedded.start(home)
    sealing = Sealing(FileKeys(home / "keys"), openings_per_hour=10**9)
    database = Database(server.app_url, sealing=sealing)
    try:
        app = create_app(database)
        much = RateLimitItemPerMinute(1_000_000)
        app.state.pace = Pace(person=much, network=much)
        with TestClient(app, base_url="http://127.0.0.1") as browser:
            browser.cookies.set("reunir_session", let_in_the_examiner(database))
            time_pages(browser, server)
    finally:
        database.engine.dispose()


def is_registry(folder):
    return (folder / "postgres").is_dir() and (folder / "keys").is_dir()


def let_in_the_examiner(database):
    at = datetime.now(UTC)
    examines = sa.select(Account.sign_in_name).where(Account.role == Role.FORENSIC_EXAMINER)
    with database.transaction(OPERATOR) as session:
        if session.scalars(examines).first() is None:
            house = session.scalars(sa.select(Institution).order_by(Institution.id)).first()
            named = {"sign_in_name": "examiner", "display_name": "Examiner"}
            role = Role.FORENSIC_EXAMINER
            add_account(session, OPERATOR, house, **named, role=role, at=at)
    with database.transaction(DOOR) as session:
        name = session.scalars(examines).first()
        token, _ = let_in(session, find_account(session, name), at=at, second_factor=True)
    return token


def time_pages(browser, server):
    for what, path in PAGES.items():
        page, meter = asked(browser, path), Meter(server=server)
        for _ in range(TIMES):
            with meter:
                asked(browser, path)
        print(f"{what}: {meter}, {len(page.content) / 1e3:.0f} kB")
    listed = dict.fromkeys(
        re.findall(r'href="(/pairings/\d+)"', asked(browser, "/pairings").text)
    )
    meter = Meter(server=server)
    for path in list(listed)[:TIMES]:
        with meter:
            asked(browser, path)
    print(f"comparison: {meter}")


def asked(browser, path):
    answer = browser.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answers {answer.status_code}")
    return answer


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else settings().data_dir)
