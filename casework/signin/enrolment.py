"""Adding and taking away what somebody proves themselves with."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import Conflict, NotFound
from casework.signin.credentials import CodeSecret, Passkey
from casework.signin.entering import factors_of
from casework.signin.model import Account
from casework.signin.queries import viewer_of
from casework.signin.secret_codes import kept_secret, opened_secret
from privacy.audit.log import Deed, record
from privacy.permissions import Viewer
from privacy.second_factor.one_time_codes import new_secret
from privacy.second_factor.passkeys import NewPasskey

MOST_PASSKEYS = 10


def add_passkey(
    session: Session, account: Account, made: NewPasskey, label: str, *, at: datetime
) -> None:
    """Let a passkey open the account.

    Raises
    ------
    Conflict
        If it already opens one, or there are ten.
    """
    if session.get(Passkey, made.credential_id) is not None:
        raise Conflict("This passkey opens an account already.")
    if factors_of(session, account.id).passkeys >= MOST_PASSKEYS:
        raise Conflict("There are ten passkeys already. Take one away first.")
    session.add(
        Passkey(
            credential_id=made.credential_id,
            account_id=account.id,
            public_key=made.public_key,
            sign_count=made.sign_count,
            label=label.strip()[:80] or "·",
            made_at=at,
        )
    )
    session.flush()
    record(session, Deed.FACTOR_ENROLLED, by=viewer_of(account), at=at, kind="passkey")


def begin_codes(session: Session, account: Account) -> str:
    """Give the secret that a telephone should read; the same again until it is confirmed.

    Raises
    ------
    Conflict
        If a telephone gives codes already.
    """
    kept = session.get(CodeSecret, account.id)
    if kept is None:
        secret = new_secret()
        kept = CodeSecret(
            account_id=account.id,
            secret=kept_secret(session, account.id, secret),
            last_step=0,
        )
        session.add(kept)
        session.flush()
    if kept.confirmed_at is not None:
        raise Conflict("A telephone gives codes for this account already.")
    return opened_secret(session, kept)


def confirm_codes(session: Session, account: Account, *, at: datetime) -> None:
    """Let a telephone's codes open the account, now that it has shown a right one."""
    kept = session.get_one(CodeSecret, account.id)
    kept.confirmed_at = at
    session.flush()
    record(session, Deed.FACTOR_ENROLLED, by=viewer_of(account), at=at, kind="code")


def remove_passkey(
    session: Session, viewer: Viewer, credential_id: bytes, *, at: datetime
) -> None:
    """Let a passkey open nothing any more.

    Raises
    ------
    NotFound
        If the viewer has no such passkey.
    Conflict
        If nothing else would be left.
    """
    passkey = session.get(Passkey, credential_id)
    if passkey is None or passkey.account_id != viewer.account_id:
        raise NotFound("passkey")
    _demand_another(session, viewer)
    session.delete(passkey)
    session.flush()
    record(session, Deed.FACTOR_REMOVED, by=viewer, at=at, kind="passkey")


def remove_codes(session: Session, viewer: Viewer, *, at: datetime) -> None:
    """Let the telephone's codes open nothing any more.

    Raises
    ------
    Conflict
        If nothing else would be left.
    """
    _demand_another(session, viewer)
    session.execute(sa.delete(CodeSecret).where(CodeSecret.account_id == viewer.account_id))
    record(session, Deed.FACTOR_REMOVED, by=viewer, at=at, kind="code")


def _demand_another(session: Session, viewer: Viewer) -> None:
    has = factors_of(session, viewer.account_id)
    if has.passkeys + has.codes < 2:  # noqa: PLR2004 - one to take away and one to keep
        raise Conflict("This is the last one. Add another before you take it away.")
