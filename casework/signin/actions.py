"""Opening and ending sessions; giving and taking accounts."""

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from casework.errors import Conflict, InvalidInput
from casework.signin.model import Account, Institution, InstitutionKind, SignInSession
from casework.signin.queries import find_account, token_hash, viewer_in, viewer_of
from casework.signin.rules import may_employ
from privacy.audit.log import Deed, record
from privacy.errors import WrongPassword
from privacy.passwords import hash_password, is_right
from privacy.permissions import HUMAN_ROLES, PURPOSES, Permission, Role, Viewer, demand

TOKEN_BYTES = 32


def new_password() -> str:
    """Draw a first password: 80 bits in groups that can be read out over the phone."""
    return "-".join(secrets.token_hex(2) for _ in range(5))


def open_session(
    session: Session, *, sign_in_name: str, password: str, at: datetime
) -> tuple[str, SignInSession]:
    """Let somebody in: return the token for their cookie, and the session.

    Raises
    ------
    WrongPassword
        If name and password do not belong together, or the account is disabled.
    """
    account = find_account(session, sign_in_name)
    right = is_right(password, account.password_hash if account else None)
    if account is None or not right or account.disabled_at is not None:
        raise WrongPassword
    return let_in(session, account, at=at)


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
    password: str,
    at: datetime,
) -> Account:
    """Give somebody an account with one duty.

    Raises
    ------
    NotPermitted
        If `viewer` is no administrator.
    InvalidInput
        If no person can have the role, or nobody at such an institution.
    Conflict
        If the sign-in name is taken.
    UnsafePassword
        If the password is too short.
    """
    demand(viewer, Permission.ACCOUNT_ADMINISTER)
    if role not in HUMAN_ROLES or not may_employ(institution.kind, role):
        raise InvalidInput(
            f"Nobody at an institution of the kind {institution.kind} can be {role}. "
            "See docs/reference/roles.md for who can."
        )
    if find_account(session, sign_in_name) is not None:
        raise Conflict(f"There is already an account {sign_in_name.strip().lower()}.")
    account = Account(
        sign_in_name=sign_in_name.strip().lower(),
        display_name=display_name,
        institution_id=institution.id,
        role=role,
        password_hash=hash_password(password),
        created_at=at,
    )
    session.add(account)
    session.flush()
    record(session, Deed.ACCOUNT_CREATED, by=viewer, about=f"account:{account.id}", at=at)
    return account


def disable_account(
    session: Session, viewer: Viewer, account: Account, *, at: datetime
) -> None:
    """Take an account; its open sessions end with their next request.

    Raises
    ------
    NotPermitted
        If `viewer` is no administrator.
    """
    demand(viewer, Permission.ACCOUNT_ADMINISTER)
    account.disabled_at = at
    record(session, Deed.ACCOUNT_DISABLED, by=viewer, about=f"account:{account.id}", at=at)
