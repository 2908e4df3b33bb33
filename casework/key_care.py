"""Making the first key, and proving that the keys fit the database before it is served."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from casework.database import Database
from casework.retention.restoring import erase_again
from privacy.errors import KeysUnavailable, PrivacyError
from privacy.permissions import KEEPER
from privacy.sealing.key_file import KEYS, FileKeys, make_key_file
from privacy.sealing.keyring import DOOR_ROOT, keys_of
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
    with database.transaction(KEEPER) as session:
        # Made before anybody comes: two who enrol at once must not both be the first.
        keys_of(session).to_seal([DOOR_ROOT])


def demand_keys(database: Database, *, at: datetime) -> None:
    """Prove that the keys open this database, and erase again what a back-up brought back.

    Raises
    ------
    KeysUnavailable
        If they are absent, damaged, open to others or others; the message says what to do.
    """
    with database.transaction(KEEPER) as session:
        erase_again(session, at=at)
        _open_one_of_each_version(session)
    database.sealing.provider.newest()


def key_finding(database: Database) -> tuple[bool, str]:
    """Say for `reunir doctor` whether the keys open this database; nothing is changed."""
    provider = database.sealing.provider
    try:
        with database.transaction(KEEPER) as session:
            _open_one_of_each_version(session)
            waiting = _came_back(session, provider.destroyed())
        newest = provider.newest()
    except PrivacyError as refusal:
        return (False, str(refusal))
    if waiting:
        sentence = (
            f"{waiting} erased cases came back with a back-up. `reunir serve` erases them "
            "again before it answers; `reunir restore-check` does so now and names them."
        )
        return (False, sentence)
    return (True, f"The keys open what is sealed; the newest is version {newest}.")


def _open_one_of_each_version(session: Session) -> None:
    """Prove the keys: a folder may hold the newest and lack an older one."""
    of_each_version = (
        sa.select(DataKey.case_seal_id)
        .where(DataKey.destroyed_at.is_(None))
        .ext(distinct_on(DataKey.kek_version))
        .order_by(DataKey.kek_version)
    )
    keys_of(session).to_open(session.scalars(of_each_version).all())


def _came_back(session: Session, erased: Collection[UUID]) -> int:
    kept = sa.select(sa.func.count()).where(
        DataKey.case_seal_id.in_(erased), DataKey.destroyed_at.is_(None)
    )
    return session.scalar(kept) or 0
