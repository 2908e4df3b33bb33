"""The door: signing in and out, choosing a language; and the accounts of who may come in."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import RedirectResponse, Response

from casework.errors import Conflict, InvalidInput, NotFound
from casework.signin import actions
from casework.signin.model import Account, Institution
from casework.signin.presenters import ShownAccount
from casework.signin.queries import find_session, list_accounts, list_institutions
from casework.web import languages
from casework.web.access import PUBLIC, requires
from casework.web.pieces import Choice, Notice
from casework.web.role_words import ROLE_WORDS
from casework.web.visit import (
    Entered,
    Visit,
    database_of,
    is_https,
    now,
    session_cookie,
    signed_in_of,
)
from privacy.audit.log import Deed, record
from privacy.errors import WrongPassword
from privacy.permissions import DOOR, HUMAN_ROLES, Permission, Role

router = APIRouter(include_in_schema=False)
A_YEAR = 365 * 24 * 3600
LARGEST_ID = 2**53


@router.get("/sign-in")
@requires(PUBLIC)
def sign_in_page(visit: Entered) -> Response:
    """Show the door."""
    if visit.signed_in:
        return RedirectResponse("/", status_code=303)
    return visit.show("signin/sign_in.html", sign_in_name="")


@router.post("/sign-in")
@requires(PUBLIC)
def sign_in(
    request: Request,
    visit: Entered,
    sign_in_name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """Let somebody in, or say that name and password do not fit, and not which."""
    try:
        token, _ = actions.open_session(
            visit.session, sign_in_name=sign_in_name, password=password, at=visit.at
        )
    except WrongPassword:
        _record_failure(request)
        sentence = visit.gettext("El nombre o la contraseña no son correctos.")
        return visit.show(
            "signin/sign_in.html",
            status=401,
            notices=(Notice(sentence, "problem"),),
            sign_in_name=sign_in_name,
        )
    answer = RedirectResponse("/", status_code=303)
    _set_session_cookie(answer, token)
    return answer


@router.post("/sign-out")
@requires(PUBLIC)
def sign_out(request: Request) -> Response:
    """End the session on the server's side, and clear what the browser holds."""
    signed_in = signed_in_of(request)
    if signed_in:
        with database_of(request).transaction(DOOR) as session:
            opened = find_session(session, signed_in.token, at=now(request))
            if opened:
                actions.end_session(session, opened, at=now(request))
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(session_cookie(), secure=is_https())
    answer.headers["clear-site-data"] = '"cache", "storage"'
    return answer


@router.post("/language")
@requires(PUBLIC)
def choose_language(
    language: Annotated[str, Form()],
    next: Annotated[str, Form()] = "/",  # noqa: A002 - the form's word
) -> Response:
    """Keep a language for this browser and stay on the page."""
    answer = RedirectResponse(languages.path_to_return_to(next), status_code=303)
    if language in languages.OFFERED:
        answer.set_cookie(
            languages.COOKIE, language, max_age=A_YEAR, samesite="strict", httponly=True
        )
    return answer


@router.get("/accounts")
@requires(Permission.ACCOUNT_ADMINISTER)
def accounts_page(visit: Entered) -> Response:
    """List the accounts, and offer to give another."""
    return _show_accounts(visit)


@router.post("/accounts")
@requires(Permission.ACCOUNT_ADMINISTER)
def give_account(
    visit: Entered,
    sign_in_name: Annotated[str, Form(min_length=1, max_length=200)],
    display_name: Annotated[str, Form(min_length=1, max_length=200)],
    institution_id: Annotated[int, Form(ge=1, le=LARGEST_ID)],
    role: Annotated[Role, Form()],
) -> Response:
    """Give an account, and show its first password this once."""
    institution = visit.session.get(Institution, institution_id)
    if institution is None:
        raise NotFound("institution")
    password = actions.new_password()
    try:
        actions.add_account(
            visit.session,
            visit.viewer,
            institution,
            sign_in_name=sign_in_name,
            display_name=display_name,
            role=role,
            password=password,
            at=visit.at,
        )
    except InvalidInput:
        sentence = visit.gettext("Nadie de esa institución puede tener esa función.")
        return _show_accounts(visit, Notice(sentence, "problem"), status=422)
    except Conflict:
        sentence = visit.gettext("Ese nombre de acceso ya existe.")
        return _show_accounts(visit, Notice(sentence, "problem"), status=409)
    told = visit.gettext("Cuenta dada. Primera contraseña, que se muestra solo ahora:")
    return _show_accounts(visit, Notice(f"{told} {password}", "done"))


@router.post("/accounts/{account_id}/disable")
@requires(Permission.ACCOUNT_ADMINISTER)
def disable_account(
    visit: Entered, account_id: Annotated[int, Path(ge=1, le=LARGEST_ID)]
) -> Response:
    """Take an account at once."""
    account = visit.session.get(Account, account_id)
    if account is None:
        raise NotFound("account")
    actions.disable_account(visit.session, visit.viewer, account, at=visit.at)
    return RedirectResponse("/accounts", status_code=303)


def _show_accounts(visit: Visit, *notices: Notice, status: int = 200) -> Response:
    return visit.show(
        "signin/accounts.html",
        status=status,
        notices=notices,
        accounts=[
            ShownAccount.of(account, visit.gettext)
            for account in list_accounts(visit.session, visit.viewer)
        ],
        institutions=[
            Choice(str(each.id), f"{each.name} ({each.country})")
            for each in list_institutions(visit.session)
        ],
        roles=[Choice(role.value, visit.gettext(ROLE_WORDS[role])) for role in HUMAN_ROLES],
    )


def _set_session_cookie(answer: Response, token: str) -> None:
    answer.set_cookie(
        session_cookie(),
        token,
        httponly=True,
        secure=is_https(),
        samesite="strict",
        path="/",
    )


def _record_failure(request: Request) -> None:
    """Record a failed attempt without the name: people type passwords into the wrong field."""
    with database_of(request).transaction(DOOR) as session:
        record(session, Deed.SIGN_IN_FAILED, by=DOOR, at=now(request))
