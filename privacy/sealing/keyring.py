"""The unwrapped keys of one transaction: fetched together, overwritten when it ends."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

import sqlalchemy as sa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.orm import Session, SessionTransaction

from privacy.errors import BrokenSeal, KeyDestroyed, KeysUnavailable
from privacy.sealing.cipher import KEY_BYTES, Nonces, new_key
from privacy.sealing.model import DataKey
from privacy.sealing.providers import KeyProvider, Wrapped

TOKEN_ROOT = UUID("00000000-0000-4000-8000-746f6b656e73")
"""Under this number stands the root of the keys for blind tokens, wrapped like a case's."""

DOOR_ROOT = UUID("00000000-0000-4000-8000-0000646f6f72")
"""Under this one the key for what the door itself keeps: secrets of factors and providers."""

_SEALING, _KEYRING = "sealing", "keyring"
_TABLE = cast("sa.Table", DataKey.__table__)


@dataclass(frozen=True, slots=True)
class Sealing:
    """What a session seals with, and how many groups a person may open in an hour."""

    provider: KeyProvider
    openings_per_hour: int


@dataclass(slots=True)
class Keyring:
    """Keys of cases, unwrapped for one transaction."""

    session: Session
    provider: KeyProvider
    nonces: Nonces = field(default_factory=Nonces)
    _keys: dict[UUID, bytearray] = field(default_factory=dict, repr=False)

    def to_open(self, cases: Iterable[UUID]) -> Mapping[UUID, bytearray]:
        """Unwrap the keys of these cases in one go; an erased one has none any more.

        Raises
        ------
        BrokenSeal
            If a case's key was never there: what it sealed was put there by somebody else.
        """
        wanted = set(cases) - self._keys.keys()
        if wanted:
            found = self._stored(wanted)
            if len(found) < len(wanted):
                raise BrokenSeal("data_key")
            erased = self.provider.destroyed()
            self._unwrap({c: w for c, w in found.items() if w is not None and c not in erased})
        return self._keys

    def to_seal(self, cases: Iterable[UUID]) -> Mapping[UUID, bytearray]:
        """Unwrap the keys of these cases, making those that are not there yet.

        Raises
        ------
        KeyDestroyed
            If one of the cases was erased.
        """
        wanted = set(cases) - self._keys.keys()
        if wanted:
            found = self._stored(wanted)
            if None in found.values() or not self.provider.destroyed().isdisjoint(wanted):
                raise KeyDestroyed
            self._unwrap({case: each for case, each in found.items() if each is not None})
            self._make(wanted - found.keys())
        return self._keys

    def make(self, cases: Collection[UUID]) -> None:
        """Make keys for cases that cannot have one yet."""
        self._make(set(cases) - self._keys.keys())

    def token_key(self, purpose: str) -> bytes:
        """Derive the key of one kind of blind token; rotating the wrapping key keeps it."""
        if TOKEN_ROOT not in self._keys and TOKEN_ROOT not in self._stored({TOKEN_ROOT}):
            wrapped = self.provider.wrap({TOKEN_ROOT: new_key()})
            row = _row(TOKEN_ROOT, wrapped[TOKEN_ROOT])
            # Of two that come first, one is too late and takes the other's.
            self.session.execute(insert(_TABLE).values(row).on_conflict_do_nothing())
        root = self.to_open([TOKEN_ROOT])[TOKEN_ROOT]
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(bytes(root))

    def wipe(self) -> None:
        """Overwrite the keys, as far as Python lets one."""
        for key in self._keys.values():
            key[:] = bytes(len(key))
        self._keys.clear()

    def _stored(self, cases: Collection[UUID]) -> dict[UUID, Wrapped | None]:
        among = sa.any_(sa.literal(list(cases), ARRAY(sa.Uuid)))
        rows = self.session.execute(
            sa.select(_TABLE.c.case_seal_id, _TABLE.c.wrapped, _TABLE.c.kek_version).where(
                _TABLE.c.case_seal_id == among
            )
        )
        return {
            case: Wrapped(sealed, version) if sealed else None for case, sealed, version in rows
        }

    def _unwrap(self, wrapped: Mapping[UUID, Wrapped]) -> None:
        if wrapped:
            self._keys |= self.provider.unwrap(wrapped)

    def _make(self, cases: Collection[UUID]) -> None:
        if not cases:
            return
        fresh = {case: new_key() for case in cases}
        wrapped = self.provider.wrap(fresh)
        rows = [_row(case, each) for case, each in wrapped.items()]
        self.session.execute(sa.insert(_TABLE), rows)
        self._keys |= fresh


def seal_with(session: Session, sealing: Sealing) -> None:
    """Say which keys `session` seals and opens with."""
    session.info[_SEALING] = sealing


def sealing_of(session: Session) -> Sealing:
    """Give what `session` seals with.

    Raises
    ------
    KeysUnavailable
        If nobody said so.
    """
    sealing: Sealing | None = session.info.get(_SEALING)
    if sealing is None:
        raise KeysUnavailable("This session was given no keys.")
    return sealing


def keys_of(session: Session) -> Keyring:
    """Give the keys of the session's transaction.

    Raises
    ------
    KeysUnavailable
        If the session was given no keys.
    """
    keyring: Keyring | None = session.info.get(_KEYRING)
    if keyring is None:
        keyring = Keyring(session, sealing_of(session).provider)
        session.info[_KEYRING] = keyring
    return keyring


@event.listens_for(Session, "after_transaction_end")
def _wipe_at_the_end(session: Session, ended: SessionTransaction) -> None:
    if ended.parent is None:
        keyring: Keyring | None = session.info.pop(_KEYRING, None)
        if keyring is not None:
            keyring.wipe()


def _row(case: UUID, wrapped: Wrapped) -> dict[str, object]:
    return {
        "case_seal_id": case,
        "wrapped": wrapped.sealed,
        "kek_version": wrapped.version,
        "destroyed_at": None,
    }
