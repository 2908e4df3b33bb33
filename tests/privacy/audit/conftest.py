"""Whoever holds the server: a login that no grant and no policy binds."""

import pytest
import sqlalchemy as sa

from privacy.audit.log import Deed, record
from privacy.audit.verification import PROVER, stream_lines

REWRITE_LEAVES = """
    UPDATE action_log SET
      payload_hash = sha256(salt || convert_to(
        jsonb_build_array(about, details, to_jsonb(concerning))::text, 'UTF8'));
    UPDATE action_log SET
      leaf_hash = sha256('\\x00'::bytea || convert_to(jsonb_build_array(position, id::text,
        floor(extract(epoch FROM at) * 1000000)::bigint,
        floor(extract(epoch FROM written_at) * 1000000)::bigint, account_id, role,
        institution_id, deed, purpose, encode(payload_hash, 'hex'))::text, 'UTF8'))
"""


@pytest.fixture
def host(database, server):
    """The login of the machine's administrator: may change any table, unseen by the log."""
    name = sa.make_url(database.url).database
    engine = sa.create_engine(server.url("postgres", name), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def many_deeds(database, amal, noon):
    """Twelve lines beside those of the cast's own accounts."""
    for number in range(12):
        with database.transaction(amal) as session:
            about = f"MP-2345-67B{'23456789BCDF'[number]}"
            record(session, Deed.MISSING_READ, by=amal, at=noon, about=about)


def lines_of(database):
    with database.transaction(PROVER) as session:
        return list(stream_lines(session))
