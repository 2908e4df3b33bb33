"""Keeping the few secrets of the door that must be read back, sealed for their own row.

Everything else that lets somebody in is kept as a hash, or is the public half of a key.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from casework.signin.credentials import CodeSecret, Provider
from privacy.sealing.cipher import Nonces, place_of, seal, unseal
from privacy.sealing.keyring import DOOR_ROOT, keys_of


def kept_secret(session: Session, account_id: int, secret: str) -> bytes:
    """Seal the secret of one account's codes."""
    return _sealed(session, secret, _place("code_secret", account_id, "secret"))


def opened_secret(session: Session, kept: CodeSecret) -> str:
    """Open the secret of one account's codes."""
    place = _place("code_secret", kept.account_id, "secret")
    return _opened(session, kept.secret, place)


def kept_client_secret(session: Session, institution_id: int, secret: str) -> bytes:
    """Seal the secret by which a provider knows this registry."""
    place = _place("identity_provider", institution_id, "client_secret")
    return _sealed(session, secret, place)


def opened_client_secret(session: Session, provider: Provider) -> str:
    """Open the secret by which a provider knows this registry."""
    place = _place("identity_provider", provider.institution_id, "client_secret")
    return _opened(session, provider.client_secret, place)


def kept_mail_address(session: Session, account_id: int, address: str) -> bytes:
    """Seal where one account is written to."""
    return _sealed(session, address, _place("mail_choice", account_id, "address"))


def opened_mail_address(session: Session, account_id: int, sealed: bytes) -> str:
    """Open where one account is written to."""
    return _opened(session, sealed, _place("mail_choice", account_id, "address"))


def _place(table: str, number: int, column: str) -> bytes:
    return place_of(table, UUID(int=number), column)


def _sealed(session: Session, secret: str, place: bytes) -> bytes:
    key = keys_of(session).to_seal([DOOR_ROOT])[DOOR_ROOT]
    return bytes(seal(key, secret.encode(), place, Nonces()))


def _opened(session: Session, sealed: bytes, place: bytes) -> str:
    key = keys_of(session).to_open([DOOR_ROOT])[DOOR_ROOT]
    return unseal(key, sealed, place).decode()
