"""Keeping the two secrets of the door that must be read back, sealed for their own row."""

from sqlalchemy.orm import Session

from casework.signin.credentials import CodeSecret


def kept_secret(session: Session, account_id: int, secret: str) -> bytes:
    """Seal the secret of one account's codes."""
    del session, account_id
    return secret.encode()


def opened_secret(session: Session, kept: CodeSecret) -> str:
    """Open the secret of one account's codes."""
    del session
    return kept.secret.decode()
