"""Questions put to one browser: it brings the answer back once, soon, or not at all."""

import secrets
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.signin.credentials import Ceremony, CeremonyKind
from casework.signin.queries import token_hash
from privacy.errors import WrongProof

LASTS = timedelta(minutes=5)
TOKEN_BYTES = 32


def begin_ceremony(
    session: Session,
    kind: CeremonyKind,
    challenge: bytes,
    *,
    at: datetime,
    account_id: int | None = None,
    **details: Any,
) -> str:
    """Keep what was asked, and give the token by which the browser is known again."""
    session.execute(sa.delete(Ceremony).where(Ceremony.began_at < at - LASTS))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        Ceremony(
            token_hash=token_hash(token),
            kind=kind,
            challenge=challenge,
            account_id=account_id,
            began_at=at,
            details=details,
        )
    )
    session.flush()
    return token


def end_ceremony(
    session: Session, token: str | None, kind: CeremonyKind, *, at: datetime
) -> Ceremony:
    """Take up what was asked of this browser; nobody can take it up again.

    Raises
    ------
    WrongProof
        If nothing of the kind was asked of it, or too long ago.
    """
    asked = session.scalars(
        sa.delete(Ceremony)
        .where(Ceremony.token_hash == token_hash(token or ""), Ceremony.kind == kind)
        .returning(Ceremony)
    ).one_or_none()
    if asked is None or not timedelta(0) <= at - asked.began_at < LASTS:
        raise WrongProof
    return asked
