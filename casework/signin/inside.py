"""What the pages of the door share: attempts, sessions under a new token, known browsers."""

import secrets

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from casework.settings import settings
from casework.signin.actions import TOKEN_BYTES
from casework.signin.cookies import device_of, set_device, set_session
from casework.signin.entering import factors_of, use_code
from casework.signin.model import Account, SignInSession
from casework.signin.queries import find_session
from casework.signin.throttling import (
    Bucket,
    begin_attempt,
    code_buckets,
    forgive,
    known_device,
    remember_device,
)
from casework.web.networks import network_of
from casework.web.visit import Visit, database_of, now
from privacy.errors import NotSignedIn
from privacy.permissions import DOOR, PURPOSES
from privacy.second_factor.passkeys import RelyingParty


def relying_party() -> RelyingParty:
    """Say whom passkeys speak to here."""
    return RelyingParty.at(settings().public_url)


def attempt(request: Request, buckets: tuple[Bucket, ...]) -> None:
    """Count an attempt in a transaction of its own: undoing what follows does not undo it.

    Raises
    ------
    TooOften
        If there were too many failures to judge another one now.
    """
    with database_of(request).transaction(DOOR) as session:
        begin_attempt(session, buckets, at=now(request))


def session_behind(visit: Visit) -> SignInSession:
    """Give the row of the session behind a request, complete or not yet.

    Raises
    ------
    NotSignedIn
        If it has ended in between.
    """
    known = visit.signed_in or visit.arriving
    opened = find_session(visit.session, known.token, at=visit.at)
    if opened is None:
        raise NotSignedIn
    return opened


def owner_of(visit: Visit) -> Account:
    """Give the account whose factors may be changed now.

    Somebody inside has to have proved their presence a moment ago; somebody at the door may
    add the first factor, and no other: with a factor they have to prove it first.

    Raises
    ------
    StepUpNeeded
        If somebody inside has not.
    NotSignedIn
        If nobody is there, or they stand at the door of an account that has a factor.
    """
    if visit.signed_in:
        visit.demand_step_up()
        return visit.session.get_one(Account, visit.viewer.account_id)
    account = session_behind(visit).account
    if factors_of(visit.session, account.id):
        raise NotSignedIn
    return account


def use_code_slowly(
    visit: Visit, account: Account, code: str, *, is_first: bool = False
) -> None:
    """Judge a code, counted like every other guess at this account's codes.

    Raises
    ------
    TooOften
        If there were too many wrong ones.
    WrongProof
        If it is none, or was used before.
    """
    with database_of(visit.request).transaction(DOOR) as session:
        device = known_device(
            session, device_of(visit.request), account.sign_in_name, at=visit.at
        )
    buckets = code_buckets(account.id, network_of(visit.request), device)
    attempt(visit.request, buckets)
    use_code(visit.session, account.id, code, at=visit.at, is_first=is_first)
    with database_of(visit.request).transaction(DOOR) as session:
        forgive(session, buckets)


def inside_with(visit: Visit, account: Account, token: str) -> Response:
    """Lead somebody in under their new token, and know their browser the next time."""
    has_a_choice = len(PURPOSES[account.role]) > 1
    answer = RedirectResponse("/purpose" if has_a_choice else "/", status_code=303)
    set_session(answer, token)
    know_browser(visit.session, answer, account.id, visit)
    return answer


def know_browser(session: Session, answer: Response, account_id: int, visit: Visit) -> None:
    """Give this browser a token of its own by which strangers' attempts pass it by."""
    device = secrets.token_urlsafe(TOKEN_BYTES)
    remember_device(session, device, account_id, at=visit.at)
    set_device(answer, device)
