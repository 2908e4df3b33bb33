"""Runs migrations: one at a time, and never waiting long for a lock that people hold.

The address arrives from `casework.migrating`, or from REUNIR_* when alembic is called by hand.
"""

import sqlalchemy as sa
from alembic import context

from casework.models import metadata

# Any two numbers nobody else uses: they name the lock "somebody is migrating this registry".
ADVISORY_LOCK = (7365, 2026)


def include_name(name: str | None, kind: str, _parents: dict[str, str | None]) -> bool:
    """Leave the queue's own tables to the queue's own migrations."""
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


def address() -> str:
    """Take the address that was passed in, or ask the settings."""
    given = context.config.attributes.get("url")
    if given:
        return str(given)
    from casework.database import owner_url  # noqa: PLC0415 - only when called by hand
    from casework.settings import settings  # noqa: PLC0415

    return owner_url(settings())


def run() -> None:
    """Migrate in one transaction each, alone, with a short lock timeout."""
    engine = sa.create_engine(address(), poolclass=sa.NullPool)
    with engine.connect() as connection:
        # Another migration is worth waiting for; somebody who holds a table is not.
        connection.execute(sa.text("SET lock_timeout = '60s'"))
        connection.execute(
            sa.text("SELECT pg_advisory_lock(:a, :b)"),
            {"a": ADVISORY_LOCK[0], "b": ADVISORY_LOCK[1]},
        )
        connection.execute(sa.text("SET lock_timeout = '5s'"))
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=metadata,
            include_name=include_name,
            compare_server_default=False,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
