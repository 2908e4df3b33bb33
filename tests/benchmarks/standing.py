# ruff: noqa: T201 - for scripts that print
"""A registry that stands already, served to a script: somebody of a duty asks for its pages."""

import os
import platform
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import sqlalchemy as sa
from limits import RateLimitItemPerMinute
from starlette.testclient import TestClient

from casework import embedded
from casework.database import Database
from casework.signin.actions import add_account, add_institution, let_in
from casework.signin.commands import OPERATOR
from casework.signin.model import Account, Institution
from casework.signin.queries import find_account
from casework.signin.rules import DUTIES_OF
from casework.web.app import create_app
from casework.web.pace import Pace
from privacy.permissions import DOOR
from privacy.sealing.key_file import FileKeys
from privacy.sealing.keyring import Sealing


@contextmanager
def standing(folder: Path):
    """Serve the registry of a data folder: browser, server, app, database; None without one."""
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    home = next((each for each in (folder / "demo", folder) if _is_registry(each)), None)
    if home is None:
        print(f"Skipped: {folder} holds no registry; `make demo` makes one.")
        yield None
        return
    server = embedded.start(home)
    sealing = Sealing(FileKeys(home / "keys"), openings_per_hour=10**9)
    database = Database(server.app_url, sealing=sealing)
    try:
        app = create_app(database)
        much = RateLimitItemPerMinute(1_000_000)
        app.state.pace = Pace(person=much, network=much)
        with TestClient(app, base_url="http://127.0.0.1") as browser:
            # As a browser asks that comes from one of our pages.
            browser.headers.update({"accept-encoding": "gzip", "sec-fetch-site": "same-origin"})
            yield SimpleNamespace(browser=browser, server=server, app=app, database=database)
    finally:
        database.engine.dispose()


def become(registry, role):
    """Go on as somebody of a duty; where there is nobody, enter them first."""
    registry.browser.cookies.set("reunir_session", _let_in_as(registry.database, role))


def _let_in_as(database, role):
    at = datetime.now(UTC)
    of_role = sa.select(Account.sign_in_name).where(Account.role == role)
    with database.transaction(OPERATOR) as session:
        if session.scalars(of_role).first() is None:
            house = _house_for(session, role, at)
            named = {"sign_in_name": role.value, "display_name": role.value}
            add_account(session, OPERATOR, house, **named, role=role, at=at)
    with database.transaction(DOOR) as session:
        name = session.scalars(of_role).first()
        token, _ = let_in(session, find_account(session, name), at=at, second_factor=True)
    return token


def _house_for(session, role, at):
    for house in session.scalars(sa.select(Institution).order_by(Institution.id)):
        if role in DUTIES_OF[house.kind]:
            return house
    kind = next(each for each, duties in DUTIES_OF.items() if role in duties)
    named = {"name": f"Of {role.value}", "kind": kind, "country": "MX"}
    return add_institution(session, OPERATOR, **named, invented=True, at=at)


def _is_registry(folder):
    return (folder / "postgres").is_dir() and (folder / "keys").is_dir()
