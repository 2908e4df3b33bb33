"""Opening and ending sessions; giving, changing and taking accounts."""

import secrets
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import Conflict, InvalidInput
from casework.signin.model import Account, Institution, InstitutionKind, SignInSession
from casework.signin.queries import find_account, token_hash, viewer_in, viewer_of
from casework.signin.rules import may_employ
from privacy.audit.log import Deed, record
from privacy.errors import NeedsAnotherPerson
from privacy.passwords import hash_password
from privacy.permissions import (
    HUMAN_ROLES,
    PURPOSES,
    Permission,
    Purpose,
    Role,
    Viewer,
    demand,
)

TOKEN_BYTES = 32


def let_in(
    session: Session, account: Account, *, at: datetime, second_factor: bool = False
) -> tuple[str, SignInSession]:
    """Open a session for whoever has proved to be the account's holder: token and session.

    With a second factor the proof also counts as a step-up, for as long as one lasts.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    opened = SignInSession(
        token_hash=token_hash(token),
        account=account,
        form_token=secrets.token_urlsafe(TOKEN_BYTES),
        opened_at=at,
        last_seen_at=at,
        second_factor_at=at if second_factor else None,
        stepped_up_at=at if second_factor else None,
        purpose=PURPOSES[Role(account.role)][0],
        epoch=account.epoch,
    )
    session.add(opened)
    session.flush()
    record(session, Deed.SIGNED_IN, by=viewer_in(opened, at=at), at=at)
    return token, opened


def end_session(session: Session, opened: SignInSession, *, at: datetime) -> None:
    """Let nobody in with this token again."""
    opened.ended_at = at
    record(session, Deed.SIGNED_OUT, by=viewer_of(opened.account), at=at)


def end_sessions(
    session: Session, viewer: Viewer, *, at: datetime, but: bytes | None = None
) -> None:
    """End every open session of the viewer's own account, except the one to go on with."""
    ended = session.scalars(
        sa.update(SignInSession)
        .where(
            SignInSession.account_id == viewer.account_id,
            SignInSession.ended_at.is_(None),
            SignInSession.token_hash.is_distinct_from(but),
        )
        .values(ended_at=at)
        .returning(SignInSession.account_id)
        .execution_options(synchronize_session=False)
    ).all()
    if ended:
        record(session, Deed.SIGNED_OUT, by=viewer, at=at, sessions=len(ended))


def choose_purpose(
    session: Session, opened: SignInSession, purpose: Purpose, *, at: datetime
) -> None:
    """Say what records are opened for from now on.

    Raises
    ------
    InvalidInput
        If the duty opens nothing for that purpose.
    """
    if purpose not in PURPOSES[Role(opened.account.role)]:
        raise InvalidInput(f"The duty {opened.account.role} opens nothing for {purpose}.")
    opened.purpose = purpose
    record(session, Deed.PURPOSE_CHOSEN, by=viewer_in(opened, at=at), at=at)


def add_institution(
    session: Session,
    viewer: Viewer,
    *,
    name: str,
    kind: InstitutionKind,
    country: str,
    invented: bool,
    at: datetime,
) -> Institution:
    """Enter an institution that will own records.

    Raises
    ------
    NotPermitted
        If `viewer` is no administrator.
    """
    demand(viewer, Permission.ACCOUNT_ADMINISTER)
    institution = Institution(name=name, kind=kind, country=country, invented=invented)
    session.add(institution)
    session.flush()
    record(
        session,
        Deed.INSTITUTION_CREATED,
        by=viewer,
        about=f"institution:{institution.id}",
        at=at,
    )
    return institution


def add_account(
    session: Session,
    viewer: Viewer,
    institution: Institution,
    *,
    sign_in_name: str,
    display_name: str,
    role: Role,
    at: datetime,
) -> Account:
    """Enter somebody with one duty. Nothing lets them in until they accept an invitation.

    Raises
    ------
    NotPermitted
        If `viewer` is no administrator.
    InvalidInput
        If no person can have the role, or nobody at such an institution.
    Conflict
        If the sign-in name is taken.
    """
    demand(viewer, Permission.ACCOUNT_ADMINISTER)
    demand_employable(institution, role)
    if find_account(session, sign_in_name) is not None:
        raise Conflict(f"There is already an account {sign_in_name.strip().lower()}.")
    account = Account(
        sign_in_name=sign_in_name.strip().lower(),
        display_name=display_name,
        institution_id=institution.id,
        role=role,
        created_at=at,
    )
    session.add(account)
    session.flush()
    record(session, Deed.ACCOUNT_CREATED, by=viewer, about=f"account:{account.id}", at=at)
    return account


def set_password(session: Session, account: Account, password: str, *, at: datetime) -> None:
    """Set the password that somebody chose for themselves. Stands at the door, like its use.

    Raises
    ------
    UnsafePassword
        If it is too short, too long, repeats itself or is known to everybody.
    """
    account.password_hash = hash_password(
        password, about=("reunir", account.sign_in_name, account.display_name)
    )
    session.flush()
    record(session, Deed.PASSWORD_CHANGED, by=viewer_of(account), at=at)


def disable_account(
    session: Session, viewer: Viewer, account: Account, *, at: datetime
) -> None:
    """Take an account; its open sessions end with their next request.

    Raises
    ------
    NotPermitted
        If `viewer` is no administrator.
    NeedsAnotherPerson
        If it is their own.
    """
    demand(viewer, Permission.ACCOUNT_ADMINISTER)
    demand_somebody_else(viewer, account)
    account.disabled_at = at
    account.epoch += 1
    record(session, Deed.ACCOUNT_DISABLED, by=viewer, about=f"account:{account.id}", at=at)


def demand_somebody_else(viewer: Viewer, account: Account) -> None:
    """Let nobody decide about their own account.

    Raises
    ------
    NeedsAnotherPerson
        If they try.
    """
    if viewer.account_id == account.id:
        raise NeedsAnotherPerson


def demand_employable(institution: Institution, role: Role) -> None:
    """Give a duty only to whom such an institution may employ for it.

    Raises
    ------
    InvalidInput
        If no person can have the role, or nobody at such an institution.
    """
    if role not in HUMAN_ROLES or not may_employ(institution.kind, role):
        raise InvalidInput(
            f"Nobody at an institution of the kind {institution.kind} can be {role}. "
            "See docs/reference/roles.md for who can."
        )
