"""Making the first key, and proving that the keys fit the database before it is served."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from casework.database import Database
from casework.retention.restoring import erase_again
from privacy.errors import KeysUnavailable
from privacy.permissions import KEEPER
from privacy.sealing.key_file import KEYS, FileKeys, make_key_file
from privacy.sealing.keyring import keys_of
from privacy.sealing.model import DataKey


def prepare_keys(database: Database, *, at: datetime) -> None:
    """Make the first key of a registry that has sealed nothing, and prove the keys otherwise.

    Raises
    ------
    KeysUnavailable
        If something is sealed and its keys are not there: a new key would open none of it.
    """
    provider = database.sealing.provider
    if isinstance(provider, FileKeys) and not (provider.folder / KEYS).exists():
        with database.transaction(KEEPER) as session:
            is_used = session.scalar(sa.select(sa.exists().select_from(DataKey)))
        if is_used:
            raise KeysUnavailable(
                f"The database holds sealed fields, and {provider.folder / KEYS} is not there. "
                "Put it back from the back-up of the keys (docs/how-to/keep-the-keys.md); no "
                "new key can open them."
            )
        make_key_file(provider.folder)
    demand_keys(database, at=at)


def demand_keys(database: Database, *, at: datetime) -> None:
    """Prove that the keys open this database, and erase again what a back-up brought back.

    Raises
    ------
    KeysUnavailable
        If they are absent, damaged, open to others or others; the message says what to do.
    """
    with database.transaction(KEEPER) as session:
        erase_again(session, at=at)
        # One of each version: a folder may hold the newest key and lack an older one.
        of_each_version = (
            sa.select(DataKey.case_seal_id)
            .where(DataKey.destroyed_at.is_(None))
            .ext(distinct_on(DataKey.kek_version))
            .order_by(DataKey.kek_version)
        )
        keys_of(session).to_open(session.scalars(of_each_version).all())
    database.sealing.provider.newest()
