"""What everybody sees of their own access: factors, sessions, password, purpose of use."""

from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import RedirectResponse, Response

from casework.errors import NotFound
from casework.signin import actions
from casework.signin.entering import factors_of
from casework.signin.inside import relying_party, session_behind
from casework.signin.model import Account
from casework.signin.presenters import ShownPasskey, ShownSession
from casework.signin.queries import list_own_passkeys, list_own_sessions, token_hash
from casework.web import languages
from casework.web.access import ANY_DUTY, requires
from casework.web.pieces import Notice
from casework.web.purpose_words import purposes_of
from casework.web.visit import Entered, Visit, database_of
from privacy.errors import UnsafePassword
from privacy.permissions import DOOR, Purpose

router = APIRouter()


@router.get("/me")
@requires(ANY_DUTY)
def own_page(visit: Entered) -> Response:
    """Show what lets the visitor in, and where they are inside."""
    return _show(visit)


@router.post("/me/password")
@requires(ANY_DUTY)
def change_password(
    visit: Entered, password: Annotated[str, Form(max_length=500)] = ""
) -> Response:
    """Set another password; other sessions end."""
    visit.demand_step_up()
    try:
        with database_of(visit.request).transaction(DOOR) as session:
            account = session.get_one(Account, visit.viewer.account_id)
            actions.set_password(session, account, password, at=visit.at)
    except UnsafePassword as refusal:
        return _show(visit, Notice(visit.gettext(str(refusal)), "problem"), status=422)
    _end_others(visit)
    return _show(visit, Notice(visit.gettext("La contraseña cambió."), "done"))


@router.post("/me/sessions/end")
@requires(ANY_DUTY)
def end_other_sessions(visit: Entered) -> Response:
    """End every session of the visitor but this one."""
    _end_others(visit)
    return RedirectResponse("/me", status_code=303)


@router.post("/me/sessions/{mark}/end")
@requires(ANY_DUTY)
def end_one_session(
    visit: Entered, mark: Annotated[str, Path(pattern="^[0-9a-f]{16}$")]
) -> Response:
    """End one session of the visitor's own."""
    for each in list_own_sessions(visit.session, visit.viewer, at=visit.at):
        if ShownSession.mark_of(each) == mark:
            actions.end_session(visit.session, each, at=visit.at)
            return RedirectResponse("/me", status_code=303)
    raise NotFound("session")


@router.get("/purpose")
@requires(ANY_DUTY)
def purpose_page(visit: Entered, next: str = "/") -> Response:  # noqa: A002 - the form's word
    """Ask what records are opened for from now on."""
    offered = purposes_of(visit.viewer, visit.language)
    if not offered:
        return RedirectResponse(languages.path_to_return_to(next), status_code=303)
    return visit.show(
        "signin/purpose.html", offered=offered, back=languages.path_to_return_to(next)
    )


@router.post("/purpose")
@requires(ANY_DUTY)
def choose_purpose(
    visit: Entered,
    purpose: Annotated[Purpose, Form()],
    next: Annotated[str, Form(max_length=2000)] = "/",  # noqa: A002 - the form's word
) -> Response:
    """Keep the purpose for this session."""
    actions.choose_purpose(visit.session, session_behind(visit), purpose, at=visit.at)
    return RedirectResponse(languages.path_to_return_to(next), status_code=303)


def _end_others(visit: Visit) -> None:
    if visit.signed_in:
        mine = token_hash(visit.signed_in.token)
        actions.end_sessions(visit.session, visit.viewer, at=visit.at, but=mine)


def _show(visit: Visit, *notices: Notice, status: int = 200) -> Response:
    session, viewer = visit.session, visit.viewer
    mine = session_behind(visit)
    return visit.show(
        "signin/me.html",
        status=status,
        notices=notices,
        has_codes=factors_of(session, viewer.account_id).codes,
        passkeys=[
            ShownPasskey.of(each) for each in list_own_passkeys(session, viewer.account_id)
        ],
        can_have_passkeys=relying_party().can_have_passkeys,
        sessions=[
            ShownSession.of(each, is_this=each is mine)
            for each in list_own_sessions(session, viewer, at=visit.at)
        ],
    )
