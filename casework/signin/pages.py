"""The door: a name and a password, then a second factor; going out; choosing a language."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from casework.errors import TooOften
from casework.signin import (
    account_pages,
    actions,
    entering,
    factor_pages,
    invitation_pages,
    own_pages,
    provider_pages,
    throttling,
    token_pages,
)
from casework.signin.ceremonies import begin_ceremony, end_ceremony
from casework.signin.cookies import (
    ceremony_of,
    clear_session,
    device_of,
    set_ceremony,
    set_session,
)
from casework.signin.credentials import CeremonyKind
from casework.signin.inside import (
    attempt,
    inside_with,
    relying_party,
    session_behind,
    use_code_slowly,
)
from casework.signin.queries import find_session, list_providers
from casework.web import languages
from casework.web.access import PUBLIC, requires
from casework.web.networks import network_of
from casework.web.pieces import Choice, Notice
from casework.web.visit import Entered, Visit, arriving_of, database_of, now, signed_in_of
from privacy.audit.log import Deed, record
from privacy.errors import ClockWentBack, WrongPassword, WrongProof
from privacy.permissions import DOOR
from privacy.second_factor.passkeys import ask_for_a_proof

router = APIRouter(include_in_schema=False)
PARTS = (
    account_pages,
    factor_pages,
    invitation_pages,
    own_pages,
    provider_pages,
    token_pages,
)
for part in PARTS:
    router.include_router(part.router)
A_YEAR = 365 * 24 * 3600


@router.get("/sign-in")
@requires(PUBLIC)
def sign_in_page(request: Request, visit: Entered) -> Response:
    """Show the door, or the step of it that somebody stands at."""
    if visit.signed_in:
        return RedirectResponse("/", status_code=303)
    if arriving := arriving_of(request):
        has = entering.factors_of(visit.session, arriving.viewer.account_id)
        return RedirectResponse("/sign-in/second" if has else "/sign-in/enrol", 303)
    return _show_door(visit)


@router.post("/sign-in")
@requires(PUBLIC)
def sign_in(
    request: Request,
    visit: Entered,
    sign_in_name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """Take a name and a password, or say that they do not fit, and not which."""
    device = throttling.known_device(
        visit.session, device_of(request), sign_in_name, at=visit.at
    )
    buckets = throttling.buckets_of(sign_in_name, network_of(request), device)
    try:
        attempt(request, buckets)
        token, _ = entering.come_to_the_door(
            visit.session, sign_in_name=sign_in_name, password=password, at=visit.at
        )
    except TooOften as refusal:
        return _slow_down(visit, sign_in_name, refusal)
    except WrongPassword:
        # Without the name: people type passwords into the wrong field.
        record(visit.session, Deed.SIGN_IN_FAILED, by=DOOR, at=visit.at)
        sentence = visit.gettext("El nombre o la contraseña no son correctos.")
        return _show_door(
            visit, Notice(sentence, "problem"), sign_in_name=sign_in_name, status=401
        )
    throttling.forgive(visit.session, buckets)
    answer = RedirectResponse("/sign-in", status_code=303)
    set_session(answer, token)
    return answer


@router.get("/sign-in/second")
@requires(PUBLIC)
def second_page(visit: Entered) -> Response:
    """Ask for a passkey or a code."""
    return _show_second(visit)


@router.post("/sign-in/second")
@requires(PUBLIC)
def second_factor(visit: Entered, code: Annotated[str, Form(max_length=20)] = "") -> Response:
    """Let somebody in by a code from their telephone."""
    opened = session_behind(visit)
    try:
        use_code_slowly(visit, opened.account, code)
    except TooOften as refusal:
        return _show_second(visit, _wait(visit, refusal), status=429)
    except WrongProof:
        record(visit.session, Deed.SIGN_IN_FAILED, by=DOOR, at=visit.at)
        sentence = visit.gettext(
            "Ese código no sirve: cada uno vale una sola vez y medio minuto."
        )
        return _show_second(visit, Notice(sentence, "problem"), status=401)
    except ClockWentBack:
        sentence = visit.gettext(
            "El reloj del servidor ha retrocedido y no se aceptan códigos. Entre con una llave "
            "de acceso, o avise a administración."
        )
        return _show_second(visit, Notice(sentence, "problem"), status=503)
    token = entering.be_present(visit.session, opened, how="code", at=visit.at)
    return inside_with(visit, opened.account, token)


@router.post("/passkeys/question")
@requires(PUBLIC)
def ask_for_passkey(request: Request, visit: Entered) -> Response:
    """Give this browser a challenge that any passkey for this registry may answer."""
    asked = ask_for_a_proof(relying_party(), allowed=[])
    with database_of(request).transaction(DOOR) as session:
        token = begin_ceremony(
            session, CeremonyKind.PASSKEY_PROOF, asked.challenge, at=visit.at
        )
    answer = Response(asked.options, media_type="application/json")
    set_ceremony(answer, token)
    return answer


@router.post("/sign-in/passkey")
@requires(PUBLIC)
def sign_in_by_passkey(
    request: Request, visit: Entered, answer: Annotated[str, Form(max_length=20_000)] = ""
) -> Response:
    """Let somebody in by a passkey alone: it is something they have, unlocked by them."""
    try:
        asked = end_ceremony(
            visit.session, ceremony_of(request), CeremonyKind.PASSKEY_PROOF, at=visit.at
        )
        account = entering.use_passkey(
            visit.session, relying_party(), asked.challenge, answer, at=visit.at
        )
    except WrongProof:
        record(visit.session, Deed.SIGN_IN_FAILED, by=DOOR, at=visit.at)
        sentence = visit.gettext("Esa llave no abre aquí, o la respuesta llegó tarde.")
        return _show_door(visit, Notice(sentence, "problem"), status=401)
    token, opened = actions.let_in(visit.session, account, at=visit.at)
    token = entering.be_present(visit.session, opened, how="passkey", at=visit.at)
    return inside_with(visit, account, token)


@router.post("/sign-out")
@requires(PUBLIC)
def sign_out(request: Request) -> Response:
    """End the session on the server's side, and clear what the browser holds."""
    leaving = signed_in_of(request) or arriving_of(request)
    if leaving:
        with database_of(request).transaction(DOOR) as session:
            opened = find_session(session, leaving.token, at=now(request))
            if opened:
                actions.end_session(session, opened, at=now(request))
    answer = RedirectResponse("/sign-in", status_code=303)
    clear_session(answer)
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


def _show_door(
    visit: Visit, *notices: Notice, sign_in_name: str = "", status: int = 200
) -> Response:
    return visit.show(
        "signin/sign_in.html",
        status=status,
        notices=notices,
        sign_in_name=sign_in_name,
        passkeys=relying_party().can_have_passkeys,
        providers=[
            Choice(str(each.institution_id), each.institution.name)
            for each in list_providers(visit.session)
        ],
        cast=getattr(visit.request.app.state, "cast_at_the_door", ()),
    )


def _show_second(visit: Visit, *notices: Notice, status: int = 200) -> Response:
    has = entering.factors_of(visit.session, visit.arriving.viewer.account_id)
    return visit.show(
        "signin/second.html",
        status=status,
        notices=notices,
        has_codes=has.codes,
        has_passkeys=has.passkeys > 0 and relying_party().can_have_passkeys,
    )


def _slow_down(visit: Visit, sign_in_name: str, refusal: TooOften) -> Response:
    answer = _show_door(visit, _wait(visit, refusal), sign_in_name=sign_in_name, status=429)
    answer.headers["retry-after"] = str(refusal.seconds)
    return answer


def _wait(visit: Visit, refusal: TooOften) -> Notice:
    sentence = visit.gettext(
        "Hubo varios intentos seguidos. Espere {seconds} segundos y pruebe otra vez. Con una "
        "llave de acceso se puede entrar ya."
    )
    return Notice(sentence.format(seconds=refusal.seconds), "warning")
