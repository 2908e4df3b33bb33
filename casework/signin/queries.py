"""Finding accounts and sessions, in the name of the door."""

from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.signin.model import Account, Institution, SignInSession
from casework.signin.rules import is_alive
from privacy.permissions import Role, Viewer


def find_account(session: Session, sign_in_name: str) -> Account | None:
    """Find the account behind a name as it was typed."""
    return session.scalar(
        sa.select(Account).where(Account.sign_in_name == sign_in_name.strip().lower())
    )


def find_session(session: Session, token: str, *, at: datetime) -> SignInSession | None:
    """Find the living session that a cookie speaks of."""
    found = session.get(SignInSession, token_hash(token))
    return found if found is not None and is_alive(found, at=at) else None


def token_hash(token: str) -> bytes:
    """Hash a cookie's token; a thief of the database gets no session."""
    return sha256(token.encode()).digest()


def viewer_of(account: Account) -> Viewer:
    """Say in whose name an account's requests are asked."""
    return Viewer(
        account_id=account.id,
        role=Role(account.role),
        institution_id=account.institution_id,
        country=account.institution.country,
    )


def find_institution(session: Session, name: str) -> Institution | None:
    """Find an institution by its exact name."""
    return session.scalar(sa.select(Institution).where(Institution.name == name))
