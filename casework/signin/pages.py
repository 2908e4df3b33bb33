"""The door: signing in and out, choosing a language, and what is served before either."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from casework.settings import settings
from casework.signin import actions
from casework.signin.queries import find_session
from casework.web import languages
from casework.web.access import PUBLIC, requires
from casework.web.pieces import Notice
from casework.web.visit import (
    COOKIE,
    SECURE_COOKIE,
    Entered,
    database_of,
    now,
    signed_in_of,
)
from privacy.audit.log import Deed, record
from privacy.errors import WrongPassword
from privacy.permissions import DOOR

router = APIRouter(include_in_schema=False)
A_YEAR = 365 * 24 * 3600


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
    for name in (COOKIE, SECURE_COOKIE):
        answer.delete_cookie(name, secure=name == SECURE_COOKIE)
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


def _set_session_cookie(answer: Response, token: str) -> None:
    secure = settings().public_url.startswith("https://")
    answer.set_cookie(
        SECURE_COOKIE if secure else COOKIE,
        token,
        httponly=True,
        secure=secure,
        samesite="strict",
        path="/",
    )


def _record_failure(request: Request) -> None:
    """Record a failed attempt without the name: people type passwords into the wrong field."""
    with database_of(request).transaction(DOOR) as session:
        record(session, Deed.SIGN_IN_FAILED, by=DOOR, at=now(request))
