"""`reunir keys`: proving, rotating and retiring the keys of sealed fields."""

from datetime import UTC, datetime
from functools import partial

import click
import sqlalchemy as sa

from casework.database import Database, open_database
from casework.key_care import demand_keys
from casework.settings import settings
from privacy.audit.log import Deed, record
from privacy.errors import KeysUnavailable
from privacy.permissions import KEEPER
from privacy.sealing.rotation import count_older, count_wrapped_by, rewrap_all


@click.group()
def keys() -> None:
    """Look after the keys of sealed fields.

    Example: reunir keys rotate
    """


@keys.command()
def check() -> None:
    """Prove that the keys open this database, and say which versions there are.

    Example: reunir keys check
    """
    database = _database()
    demand_keys(database, at=datetime.now(UTC))
    provider = database.sealing.provider
    kept = ", ".join(map(str, sorted(provider.versions())))
    with database.transaction(KEEPER) as session:
        older = count_older(session, provider.newest())
    click.echo(
        f"The keys open this database. Versions kept: {kept}; newest: {provider.newest()}."
    )
    click.echo(f"Keys of cases wrapped by an older version: {older:,}.")
    click.echo(f"Erased cases on the list: {len(provider.destroyed()):,}.")


@keys.command()
def rotate() -> None:
    """Make a new wrapping key and wrap every case's key with it, while everybody works on.

    Interrupted, it goes on where it stopped: run it again. Example: reunir keys rotate
    """
    database = _database()
    demand_keys(database, at=datetime.now(UTC))
    version, done = rotate_keys(database, at=datetime.now(UTC))
    click.echo(f"Version {version} wraps the keys of all cases; {done:,} were wrapped anew.")
    click.echo("Back up the keys now (docs/how-to/keep-the-keys.md).")


@keys.command()
@click.argument("version", type=int)
def retire(version: int) -> None:
    """Forget an older wrapping key. Database back-ups that need it can then not be read.

    Only so is an erased case gone from old back-ups too. Example: reunir keys retire 1
    """
    retire_key(_database(), version, at=datetime.now(UTC))
    click.echo(f"Version {version} is gone, and with it every back-up that needs it.")


def rotate_keys(database: Database, *, at: datetime) -> tuple[int, int]:
    """Rotate, or finish a rotation that was interrupted; give the version and how many."""
    provider = database.sealing.provider
    with database.transaction(KEEPER) as session:
        is_unfinished = count_older(session, provider.newest()) > 0
    version = provider.newest() if is_unfinished else provider.rotate()
    done = sum(rewrap_all(partial(database.transaction, KEEPER), provider))
    with database.transaction(KEEPER) as session:
        record(session, Deed.KEYS_ROTATED, by=KEEPER, at=at, version=version, count=done)
    return version, done


def retire_key(database: Database, version: int, *, at: datetime) -> None:
    """Forget a version that wraps nothing any more.

    Raises
    ------
    KeysUnavailable
        If it still wraps something, or is the newest.
    """
    with database.transaction(KEEPER) as session:
        # Nobody may wrap with it between the count and the end of it.
        session.execute(sa.text("LOCK TABLE data_key IN SHARE MODE"))
        wrapped = count_wrapped_by(session, version)
        if wrapped:
            raise KeysUnavailable(
                f"Version {version} still wraps the keys of {wrapped:,} cases. Run `reunir "
                "keys rotate` first."
            )
        database.sealing.provider.retire(version)
        record(session, Deed.KEYS_RETIRED, by=KEEPER, at=at, version=version)


def _database() -> Database:
    database = open_database(settings())
    database.check()
    return database
