"""Transactions. Nothing else in casework commits.

One request, one deed, one transaction: what a person does and the line of the log that
says so stand or fall together. Refusals are recorded in a transaction of their own, so
that undoing the deed cannot hide them.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import embedded
from casework.errors import Refused, Unavailable
from casework.keys import sealing_for
from casework.settings import Settings, settings
from privacy.context import see_as
from privacy.permissions import Viewer
from privacy.policy.countries import shipped_rules
from privacy.policy.rulebook import shipped_rulebook
from privacy.sealing import flushing  # noqa: F401 - seals what every session writes
from privacy.sealing.keyring import Sealing, seal_with

APP_ROLE = embedded.APP
NO_WAITING_LIMIT = "0"
PATIENCE = "10s"  # of somebody before a form
ROW_BY_ROW = {
    "work_mem": "64kB",
    "enable_sort": "off",
    "enable_material": "off",
    "plan_cache_mode": "force_custom_plan",
}
CONFINED = " ".join(
    (
        f"-c role={APP_ROLE}",
        "-c search_path=public,queue",
        "-c lock_timeout=10s",
        "-c timezone=UTC",  # a day is a day of UTC, wherever the server stands
        # The policies make every list look dear; compiling one takes longer than answering it.
        "-c jit=off",
    )
)


class Database:
    """The registry's database as the application sees it: through a role that owns nothing."""

    def __init__(self, url: str, *, sealing: Sealing | None = None) -> None:
        # By name: slices stand above this module. No session opens without their policies.
        import_module("casework.guarded")
        shipped_rulebook()
        shipped_rules()
        self.url = _with_driver(url)
        self.sealing = sealing or sealing_for(settings())
        self.engine = sa.create_engine(
            self.url,
            # A login that may do more than the application is confined from its first query.
            connect_args={"options": CONFINED},
            pool_pre_ping=True,
            # What was asked stands in a record; an error's text must not quote it.
            hide_parameters=True,
        )

    @contextmanager
    def transaction(self, viewer: Viewer | None) -> Iterator[Session]:
        """Open one transaction in the name of `viewer`; commit it unless it raises."""
        with Session(self.engine, expire_on_commit=False) as session:
            see_as(session, viewer)
            seal_with(session, self.sealing)
            with session.begin():
                yield session

    def check(self) -> None:
        """Answer at once whether the database is there and migrated.

        Raises
        ------
        Unavailable
            If it cannot be reached, or holds no tables yet.
        """
        try:
            with self.engine.connect() as connection:
                migrated = connection.scalar(sa.text("SELECT to_regclass('action_log')"))
        except sa.exc.OperationalError as error:
            raise Unavailable(
                f"The database does not answer ({_where(self.url)}). Start it, or correct "
                "REUNIR_DATABASE_URL."
            ) from error
        if migrated is None:
            raise Unavailable("The database holds no registry yet. Run `reunir migrate`.")


@contextmanager
def apart(session: Session) -> Iterator[None]:
    """Undo this step alone if it raises; what its transaction did before it stands."""
    with session.begin_nested():
        yield


def write_checked(session: Session, row: Any, refused: Refused) -> None:
    """Write a row that the database looks at once more, and say in words what it refuses.

    `refused`: by the name of a constraint, as what its refusal is raised and in which words.

    Raises
    ------
    CaseworkError
        As `refused` says, if something changed since it was looked at.
    """
    try:
        with apart(session):
            session.add(row)
            session.flush()
    except sa.exc.IntegrityError as error:
        name = getattr(getattr(error.orig, "diag", None), "constraint_name", "") or ""
        if name not in refused:
            raise
        kind, said = refused[name]
        raise kind(said) from error


@contextmanager
def all_at_once(session: Session) -> Iterator[None]:
    """Have what is joined to a long list gone through once, not looked up for each row anew.

    PostgreSQL looks up what it takes for few, and takes most conditions on rows for narrow.
    """
    session.execute(sa.text("SET LOCAL enable_nestloop = off"))
    yield
    session.execute(sa.text("SET LOCAL enable_nestloop = on"))


@contextmanager
def one_by_one(session: Session) -> Iterator[None]:
    """Have rows looked up as they come off an index, where few of very many are wanted.

    PostgreSQL does not see that a walk ends early: it gathers every record of the registry
    that is open, to look rows up among them, or every row, to sort them. What it may not keep
    it does not gather, and what it may not sort it reads in order. A plan that it keeps for
    whatever is asked is made for few rows, and takes four times as long where there are many.
    """
    stood = sa.select(*(sa.func.current_setting(name) for name in ROW_BY_ROW))
    before = dict(zip(ROW_BY_ROW, session.execute(stood).one(), strict=True))
    _set_locally(session, ROW_BY_ROW)
    yield
    _set_locally(session, before)


def _set_locally(session: Session, wanted: Mapping[str, str]) -> None:
    """Set what PostgreSQL goes by, until the transaction ends: all in one statement."""
    local = sa.true()
    session.execute(
        sa.select(*(sa.func.set_config(name, value, local) for name, value in wanted.items()))
    )


def any_of(numbers: Collection[int]) -> Any:
    """Hand numbers over in one array, to compare a column with, not with a parameter each.

    There may be a thousand. And however many they are the question is one: it is written once,
    and PostgreSQL can keep its plan.
    """
    return sa.any_(sa.cast(list(numbers), sa.ARRAY(sa.BigInteger)))


def turn_of(what: str, of: int = 0) -> sa.ColumnElement[int]:
    """Give the number of the lock that one kind of writing is done under, one at a time.

    `of`: the record that it is done to, where triggers take the same lock.
    """
    return sa.func.hashtextextended(what, of)


def wait_for_turn(session: Session, what: str) -> None:
    """Wait, as long as it takes, until no other transaction does this kind of writing."""
    session.execute(sa.select(sa.func.set_config("lock_timeout", NO_WAITING_LIMIT, sa.true())))
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(turn_of(what))))


def waited_for_turn(session: Session, what: str) -> bool:
    """Wait for the same as a person before a form does; say whether it is their turn."""
    try:
        with apart(session):
            session.execute(sa.select(sa.func.set_config("lock_timeout", PATIENCE, sa.true())))
            session.execute(sa.select(sa.func.pg_advisory_xact_lock(turn_of(what))))
    except sa.exc.OperationalError:
        return False
    return True


def open_database(chosen: Settings) -> Database:
    """Open the registry's database: the server that was set, or the embedded one.

    Raises
    ------
    Unavailable
        If the embedded server does not start.
    """
    if chosen.database_url:
        return Database(chosen.database_url, sealing=sealing_for(chosen))
    running = embedded.start(chosen.data_dir.absolute())
    return Database(running.app_url, sealing=sealing_for(chosen))


def owner_url(chosen: Settings) -> str:
    """Give the address under which tables are made: never used to serve a page.

    Raises
    ------
    Unavailable
        If the embedded server does not start.
    """
    if chosen.owner_database_url or chosen.database_url:
        return _with_driver(chosen.owner_database_url or chosen.database_url or "")
    return embedded.start(chosen.data_dir.absolute()).owner_url


@contextmanager
def owner_transaction(chosen: Settings, viewer: Viewer) -> Iterator[Session]:
    """Open one transaction of the tables' owner, for what the application itself may not do."""
    engine = sa.create_engine(owner_url(chosen), hide_parameters=True)
    with Session(engine) as session:
        see_as(session, viewer)
        with session.begin():
            yield session
    engine.dispose()


def _with_driver(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in {"postgres", "postgresql"} else url


def _where(url: str) -> str:
    """Name the server without its password."""
    return sa.make_url(url).render_as_string(hide_password=True)
