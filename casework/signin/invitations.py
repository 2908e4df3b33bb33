"""Letting somebody in, first or again: one person asks, another confirms, neither comes in.

The link is shown once to whoever asks for it; the code, once, to whoever confirms. The person
invited needs both, and chooses what lets them in themselves: nobody ever hands out a password.
"""

import secrets
from datetime import datetime, timedelta
from hmac import compare_digest

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import Conflict
from casework.signin.actions import TOKEN_BYTES, demand_employable, demand_somebody_else
from casework.signin.credentials import CodeSecret, Invitation, KnownDevice, Passkey
from casework.signin.model import Account
from casework.signin.queries import find_invitation, token_hash, viewer_of
from privacy.audit.log import Deed, record
from privacy.errors import NeedsAnotherPerson, WrongProof
from privacy.permissions import Permission, Role, Viewer, demand

LASTS = timedelta(hours=72)
# Read out over the telephone: no letter that sounds or looks like another, 40 bits.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8
WRONG_CODES = 5  # then the invitation is closed, and asked for again


def invite(session: Session, viewer: Viewer, account: Account, *, at: datetime) -> str:
    """Ask that somebody be let in, and give the link's token; earlier invitations are closed.

    Somebody who was in before is thereby asked to be let in *again*: they lose nothing until
    they accept.

    Raises
    ------
    NotPermitted
        If `viewer` is no administrator.
    NeedsAnotherPerson
        If it is their own account.
    Conflict
        If the account was taken, or a program comes in by it.
    """
    demand(viewer, Permission.ACCOUNT_ADMINISTER)
    demand_somebody_else(viewer, account)
    if account.disabled_at is not None or account.is_program:
        raise Conflict("This account was taken, or is a program's.")
    _close_open_ones(session, account, at=at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        Invitation(
            account_id=account.id,
            is_recovery=has_been_inside(account),
            token_hash=token_hash(token),
            asked_by=viewer.account_id or None,
            asked_at=at,
        )
    )
    session.flush()
    record(session, Deed.INVITED, by=viewer, about=f"account:{account.id}", at=at)
    return token


def confirm_invitation(
    session: Session, viewer: Viewer, invitation: Invitation, *, at: datetime
) -> str:
    """Confirm, as another person, that somebody is let in; give the code to tell them.

    Raises
    ------
    NotPermitted
        If the viewer's duty confirms nobody.
    NeedsAnotherPerson
        If they asked for it themselves, or it is for themselves.
    Conflict
        If it is over, or somebody has confirmed it already.
    """
    demand(viewer, Permission.ACCOUNT_CONFIRM)
    demand_somebody_else(viewer, invitation.account)
    # Nobody, who asked, is the server's own command; and so is nobody who confirms.
    if invitation.asked_by is not None and invitation.asked_by == viewer.account_id:
        raise NeedsAnotherPerson
    if invitation.confirmed_at is not None or not is_open(invitation, at=at):
        raise Conflict("This invitation is over, or was confirmed already.")
    code = new_code()
    invitation.code_hash = token_hash(code)
    invitation.confirmed_by = viewer.account_id or None
    invitation.confirmed_at = at
    session.flush()
    record(
        session,
        Deed.INVITATION_CONFIRMED,
        by=viewer,
        about=f"account:{invitation.account_id}",
        at=at,
    )
    return in_two(code)


def withdraw_invitation(
    session: Session, viewer: Viewer, invitation: Invitation, *, at: datetime
) -> None:
    """Let an invitation open nothing any more.

    Raises
    ------
    NotPermitted
        If the viewer's duty confirms nobody.
    """
    demand(viewer, Permission.ACCOUNT_CONFIRM)
    invitation.closed_at = invitation.closed_at or at
    record(
        session,
        Deed.INVITATION_WITHDRAWN,
        by=viewer,
        about=f"account:{invitation.account_id}",
        at=at,
    )


def check_code(session: Session, token: str, code: str, *, at: datetime) -> Invitation | None:
    """Find the invitation of link and code; None, and counted, if the code is not the one.

    Raises
    ------
    WrongProof
        If there is no such invitation any more, or not yet.
    """
    invitation = find_invitation(session, token, for_update=True)
    if invitation is None or invitation.code_hash is None or not is_open(invitation, at=at):
        raise WrongProof
    if not compare_digest(token_hash(typed(code)), invitation.code_hash):
        invitation.wrong_codes += 1
        return None
    return invitation


def take_up(session: Session, invitation: Invitation, *, at: datetime) -> Account:
    """Close an invitation whose code was right, and with it every way in that was before.

    Password, provider, passkeys, codes, known browsers and sessions: whoever recovers an
    account may be recovering it from somebody else.
    """
    account = invitation.account
    invitation.closed_at = at
    for kind in (Passkey, CodeSecret, KnownDevice):
        session.execute(sa.delete(kind).where(kind.account_id == account.id))
    account.password_hash = account.provider_subject = None
    account.epoch += 1
    session.flush()
    record(session, Deed.INVITATION_ACCEPTED, by=viewer_of(account), at=at)
    return account


def change_role(
    session: Session, viewer: Viewer, account: Account, role: Role, *, at: datetime
) -> None:
    """Give somebody another duty: they come in with it once they are let in again, by two.

    Whoever administers accounts would otherwise make an administrator of an examiner's
    friend alone, or change a duty after the second person has looked at it.

    Raises
    ------
    NotPermitted
        If `viewer` is no administrator.
    NeedsAnotherPerson
        If it is their own duty.
    InvalidInput
        If no person can have the role, or nobody at such an institution.
    """
    demand(viewer, Permission.ACCOUNT_ADMINISTER)
    demand_somebody_else(viewer, account)
    demand_employable(account.institution, role)
    before, account.role = account.role, role
    account.epoch += 1
    _close_open_ones(session, account, at=at)
    session.flush()
    # The row forgot its password and provider by itself: see guard_account().
    session.refresh(account)
    record(
        session,
        Deed.ROLE_CHANGED,
        by=viewer,
        about=f"account:{account.id}",
        at=at,
        before=str(before),
        after=role.value,
    )


def has_been_inside(account: Account) -> bool:
    """Say whether somebody came in before: they come back, or come with another duty."""
    return account.epoch > 0 or account.may_prove_themselves


def is_open(invitation: Invitation, *, at: datetime) -> bool:
    """Say whether an invitation still can be confirmed or accepted."""
    return (
        invitation.closed_at is None
        and invitation.wrong_codes < WRONG_CODES
        and invitation.account.disabled_at is None
        and timedelta(0) <= at - invitation.asked_at < LASTS
    )


def new_code() -> str:
    """Draw a code to be told over the telephone."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def in_two(code: str) -> str:
    """Write a code in two halves."""
    half = CODE_LENGTH // 2
    return f"{code[:half]}-{code[half:]}"


def typed(code: str) -> str:
    """Read a code as it was meant, whatever was put between its letters."""
    return "".join(letter for letter in code.upper() if letter in ALPHABET)


def _close_open_ones(session: Session, account: Account, *, at: datetime) -> None:
    session.execute(
        sa.update(Invitation)
        .where(Invitation.account_id == account.id, Invitation.closed_at.is_(None))
        .values(closed_at=at)
        .execution_options(synchronize_session="fetch")
    )
