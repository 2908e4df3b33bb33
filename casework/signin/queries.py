"""Finding accounts and sessions, in the name of the door."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.signin.credentials import Invitation, Passkey, Provider
from casework.signin.model import Account, Institution, SignInSession
from casework.signin.rules import is_alive, is_stepped_up, purpose_of
from privacy.permissions import PURPOSES, Permission, Role, Viewer, demand


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
    """Say in whose name an account acts that has proved nothing beyond its password."""
    role = Role(account.role)
    return Viewer(
        account_id=account.id,
        role=role,
        institution_id=account.institution_id,
        country=account.institution.country,
        purpose=PURPOSES[role][0],
    )


def viewer_in(opened: SignInSession, *, at: datetime) -> Viewer:
    """Say in whose name a session asks, what for, and how surely it is that person."""
    second_factor = opened.second_factor_at is not None
    return replace(
        viewer_of(opened.account),
        purpose=purpose_of(Role(opened.account.role), opened.purpose),
        second_factor=second_factor,
        stepped_up=second_factor and is_stepped_up(opened, at=at),
    )


def find_institution(session: Session, name: str) -> Institution | None:
    """Find an institution by its exact name."""
    return session.scalar(sa.select(Institution).where(Institution.name == name))


def list_accounts(session: Session, viewer: Viewer) -> Sequence[Account]:
    """List every account, for whoever gives and takes them.

    Raises
    ------
    NotPermitted
        If `viewer` is no administrator.
    """
    demand(viewer, Permission.ACCOUNT_ADMINISTER)
    people = sa.select(Account).where(~Account.is_program)
    return session.scalars(people.order_by(Account.sign_in_name)).all()


def count_shut_out(session: Session, viewer: Viewer, *, since: datetime) -> int:
    """Count the accounts that were given and open to nobody: not one invitation still holds.

    Raises
    ------
    NotPermitted
        If `viewer` is no administrator.
    """
    invited = sa.select(Invitation.account_id).where(
        Invitation.closed_at.is_(None), Invitation.asked_at > since
    )
    waiting = set(session.scalars(invited))
    return sum(
        not (each.disabled_at or each.may_prove_themselves or each.id in waiting)
        for each in list_accounts(session, viewer)
    )


def names_behind(session: Session, accounts: Collection[int | None]) -> dict[int, str]:
    """Name who is behind account numbers: colleagues alone, but to who watches over accounts.

    The database gives the names and nothing else (`account_names`): a row of an account also
    says how its person signs in, and is read by nobody else.
    """
    wanted = sa.cast(sorted(each for each in accounts if each), sa.ARRAY(sa.BigInteger))
    named = sa.func.account_names(wanted).table_valued("account_id", "display_name")
    return {row.account_id: row.display_name for row in session.execute(sa.select(named))}


def institution_names(
    session: Session, institutions: Collection[int] | None = None
) -> dict[int, str]:
    """Name institutions by their numbers, or all of them: that they take part is no secret."""
    wanted = sa.select(Institution.id, Institution.name)
    if institutions is not None:
        wanted = wanted.where(Institution.id.in_(institutions))
    return {row.id: row.name for row in session.execute(wanted)}


def list_institutions(session: Session) -> Sequence[Institution]:
    """List the institutions; that they take part is no secret."""
    return session.scalars(sa.select(Institution).order_by(Institution.name)).all()


def find_invitation(
    session: Session, token: str, *, for_update: bool = False
) -> Invitation | None:
    """Find the invitation that a link speaks of."""
    wanted = sa.select(Invitation).where(Invitation.token_hash == token_hash(token))
    if for_update:
        wanted = wanted.with_for_update(of=Invitation)
    return session.scalar(wanted)


def list_open_invitations(
    session: Session, viewer: Viewer, *, since: datetime
) -> Sequence[Invitation]:
    """List what was asked for since and is not over, for whoever confirms it.

    Raises
    ------
    NotPermitted
        If the viewer's duty confirms nobody.
    """
    demand(viewer, Permission.ACCOUNT_CONFIRM)
    return session.scalars(
        sa.select(Invitation)
        .where(Invitation.closed_at.is_(None), Invitation.asked_at > since)
        .order_by(Invitation.asked_at)
    ).all()


def list_own_passkeys(session: Session, account_id: int) -> Sequence[Passkey]:
    """List somebody's passkeys, the oldest first."""
    return session.scalars(
        sa.select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.made_at)
    ).all()


def list_own_sessions(
    session: Session, viewer: Viewer, *, at: datetime
) -> Sequence[SignInSession]:
    """List the viewer's own living sessions, the latest used first."""
    found = session.scalars(
        sa.select(SignInSession)
        .where(SignInSession.account_id == viewer.account_id, SignInSession.ended_at.is_(None))
        .order_by(SignInSession.last_seen_at.desc())
    )
    return [each for each in found if is_alive(each, at=at)]


def list_providers(session: Session) -> Sequence[Provider]:
    """List the institutions whose people come in by their own provider."""
    return session.scalars(
        sa.select(Provider).join(Provider.institution).order_by(Institution.name)
    ).all()
