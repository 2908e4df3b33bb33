"""The verbs of whoever runs a registry: migrate, serve, work, and look after it."""

import shutil
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click
import sqlalchemy as sa
import uvicorn
from fastapi import FastAPI

from casework.database import Database, open_database, owner_url
from casework.documents.pdf import documents_reason
from casework.errors import Unavailable
from casework.key_care import demand_keys, key_finding, prepare_keys
from casework.lasting import lasting
from casework.migrating import migrate as run_migrations
from casework.oversight.checkpoints import log_findings, prepare_signing
from casework.settings import Settings, settings
from casework.web.discretion import keep_errors_out_of_the_log
from privacy.errors import KeysUnavailable, PrivacyError
from privacy.policy.countries import shipped_rules
from privacy.policy.rulebook import shipped_rulebook
from privacy.retention.rules import rules as retention_rules

LOOPBACK = "127.0.0.1"


@click.command()
def migrate() -> None:
    """Bring the database to the form this release expects.

    Safe to repeat. Example: reunir migrate
    """
    run_migrations(owner_url(settings()))
    prepare_keys(open_database(settings()), at=datetime.now(UTC))
    prepare_signing(settings())
    click.echo("The database fits this release.")


@click.command()
@click.option("--host", default=LOOPBACK, show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
def serve(host: str, port: int) -> None:
    """Serve the pages and the API.

    Example: reunir serve --port 8000
    """
    demand_free_port(host, port)
    database = open_database(settings())
    database.check()
    demand_keys(database, at=datetime.now(UTC))
    run_server(database, host=host, port=port)


@click.command()
def worker() -> None:
    """Do the long work: imports and matching runs.

    Example: reunir worker
    """
    with lasting():
        from casework.jobs.deferring import run_worker  # noqa: PLC0415 - brings numba's weight

    database = open_database(settings())
    database.check()
    demand_keys(database, at=datetime.now(UTC))
    keep_errors_out_of_the_log()
    run_worker(database, does_regular=True)


@click.command()
def doctor() -> None:
    """Look over this machine and say what is missing, and what to do about it.

    Exit code 1 if the registry cannot work. Example: reunir doctor
    """
    chosen = settings()
    vital = _rules_findings()
    others = [_documents_finding(), _disk_finding(chosen)]
    if all(is_well for is_well, _ in vital):
        vital += _database_findings(chosen)
    if all(is_well for is_well, _ in vital):
        database = open_database(chosen)
        vital.append(key_finding(database))
        others += log_findings(database, chosen, at=datetime.now(UTC))
    for is_well, sentence in [*vital, *others]:
        click.echo(f"{'well ' if is_well else 'AMISS'}  {sentence}")
    if not all(is_well for is_well, _ in vital):
        raise SystemExit(1)


def run_server(
    database: Database,
    *,
    host: str,
    port: int,
    prepare: Callable[[FastAPI], None] | None = None,
) -> None:
    """Serve until interrupted; `prepare` is what only the demonstration adds."""
    keep_errors_out_of_the_log()
    with lasting():
        from casework.web.app import create_app  # noqa: PLC0415 - other verbs need no pages

        app = create_app(database)
    if prepare is not None:
        prepare(app)
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,  # addresses of people's files do not belong in a plain log
        server_header=False,
    )


def demand_free_port(host: str, port: int) -> None:
    """Refuse early when somebody else listens there.

    Raises
    ------
    Unavailable
        If the port is taken or not ours to take.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Unavailable(
                f"Port {port} on {host} cannot be used: {error.strerror}. Stop the program "
                f"that has it, or choose another: --port {port + 1}."
            ) from error


def _rules_findings() -> list[tuple[bool, str]]:
    """Say whether the rules can be relied on: without them no database is opened."""
    try:
        access, countries, kept = shipped_rulebook(), shipped_rules(), retention_rules()
    except PrivacyError as refusal:
        return [(False, str(refusal))]
    sentence = (
        f"The rules are sound: {len(access.rules)} of access, those of {len(countries)} "
        f"countries, {len(kept.by_kind)} of retention."
    )
    return [(True, sentence)]


def _database_findings(chosen: Settings) -> list[tuple[bool, str]]:
    try:
        database = open_database(chosen)
        database.check()
    except (Unavailable, KeysUnavailable) as refusal:
        return [(False, str(refusal))]
    with database.engine.connect() as connection:
        version = connection.scalar(sa.text("SHOW server_version"))
        login_is_confined = connection.scalar(
            sa.text(
                "SELECT NOT (rolsuper OR rolbypassrls) FROM pg_roles"
                " WHERE rolname = session_user"
            )
        )
        owned = connection.scalar(
            sa.text("SELECT count(*) FROM pg_tables WHERE tableowner = session_user")
        )
    confined = bool(login_is_confined) and owned == 0
    return [
        (True, f"PostgreSQL {version} answers and holds the registry."),
        (
            confined,
            "The application's login owns nothing and cannot lift row-level security."
            if confined
            else "The application's login could lift row-level security. Give the tables to "
            "another role and set REUNIR_OWNER_DATABASE_URL (docs/reference/settings.md).",
        ),
    ]


def _documents_finding() -> tuple[bool, str]:
    reason = documents_reason()
    return (reason is None, reason or "PDF documents can be made.")


def _disk_finding(chosen: Settings) -> tuple[bool, str]:
    folder = chosen.data_dir.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(Path(folder)).free / 2**30
    return (free > 1, f"{free:.1f} GiB are free where the data folder stands.")
