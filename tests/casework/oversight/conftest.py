"""Whoever holds the server: a login that no grant and no policy binds."""

import pytest
import sqlalchemy as sa


@pytest.fixture
def host(database, server):
    """The login of the machine's administrator: may change any table, unseen by the log."""
    name = sa.make_url(database.url).database
    engine = sa.create_engine(server.url("postgres", name), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()
