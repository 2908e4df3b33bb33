"""Bringing the database to the form this release expects."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from casework.errors import Unavailable

ROOT = Path(__file__).parent.parent
HEAD = "head"


def configuration(url: str) -> Config:
    """Point alembic at this checkout's migrations and at `url`."""
    config = Config(toml_file=ROOT / "pyproject.toml")
    config.attributes["url"] = url
    return config


def migrate(url: str, *, to: str = HEAD) -> None:
    """Run the migrations up to `to`; each is one transaction, so none is left half done.

    Raises
    ------
    Unavailable
        If the server does not answer, another session holds a table for more than five
        seconds, or the database was made by a newer release.
    """
    try:
        command.upgrade(configuration(url), to)
    except sa.exc.OperationalError as error:
        raise Unavailable(
            f"The migration did not run: {str(error.orig).strip().splitlines()[0]} Nothing was "
            "changed beyond the last finished step. Close other sessions on this database, or "
            "correct REUNIR_OWNER_DATABASE_URL, and run `reunir migrate` again."
        ) from error
    except CommandError as error:
        raise Unavailable(
            f"The database does not fit this release: {error}. Install the newer release it "
            "was made with, or restore a back-up made before."
        ) from error
