"""Adding a passkey or a telephone, taking one away, and proving to be there."""

import base64
import io
from typing import Annotated

import segno
from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import RedirectResponse, Response

from casework.errors import Conflict, TooOften
from casework.signin import enrolment, entering
from casework.signin.actions import end_sessions
from casework.signin.ceremonies import begin_ceremony, end_ceremony
from casework.signin.cookies import ceremony_of, set_ceremony, set_session
from casework.signin.credentials import CeremonyKind
from casework.signin.inside import (
    inside_with,
    owner_of,
    relying_party,
    session_behind,
    use_code_slowly,
)
from casework.signin.model import Account
from casework.signin.queries import list_own_passkeys
from casework.signin.waiting_forms import show_again, waiting_in
from casework.web import languages
from casework.web.access import ANY_DUTY, PUBLIC, requires
from casework.web.handed_back import Unsent
from casework.web.pieces import Notice
from casework.web.visit import Entered, Visit
from privacy.errors import NotSignedIn, WrongProof
from privacy.second_factor.one_time_codes import in_groups, provisioning_address
from privacy.second_factor.passkeys import ask_for_a_new_one, check_new_one

router = APIRouter()


@router.get("/sign-in/enrol")
@requires(PUBLIC)
def enrol_page(visit: Entered) -> Response:
    """Ask somebody with a password only for a second factor, before anything opens."""
    owner_of(visit)
    return visit.show("signin/enrol.html", passkeys=relying_party().can_have_passkeys)


@router.post("/factors/passkey/question")
@requires(PUBLIC)
def ask_for_new_passkey(visit: Entered) -> Response:
    """Ask this browser to make a passkey."""
    account = owner_of(visit)
    asked = ask_for_a_new_one(
        relying_party(),
        account_id=account.id,
        sign_in_name=account.sign_in_name,
        known=[each.credential_id for each in list_own_passkeys(visit.session, account.id)],
    )
    token = begin_ceremony(
        visit.session,
        CeremonyKind.PASSKEY_MADE,
        asked.challenge,
        at=visit.at,
        account_id=account.id,
    )
    answer = Response(asked.options, media_type="application/json")
    set_ceremony(answer, token)
    return answer


@router.post("/factors/passkey")
@requires(PUBLIC)
def add_passkey(
    request: Request,
    visit: Entered,
    answer: Annotated[str, Form(max_length=50_000)] = "",
    label: Annotated[str, Form(max_length=80)] = "",
) -> Response:
    """Keep the passkey that this browser made."""
    account = owner_of(visit)
    asked = end_ceremony(
        visit.session, ceremony_of(request), CeremonyKind.PASSKEY_MADE, at=visit.at
    )
    if asked.account_id != account.id:
        raise WrongProof
    made = check_new_one(relying_party(), asked.challenge, answer)
    enrolment.add_passkey(
        visit.session, account, made, label or visit.gettext("Llave de acceso"), at=visit.at
    )
    return _go_on(visit, account, how="passkey")


@router.get("/factors/code")
@requires(PUBLIC)
def code_page(visit: Entered) -> Response:
    """Show the secret that a telephone reads, as a picture and to type in."""
    return _show_code(visit, owner_of(visit))


@router.post("/factors/code")
@requires(PUBLIC)
def confirm_code(visit: Entered, code: Annotated[str, Form(max_length=20)] = "") -> Response:
    """Take the telephone's first code."""
    account = owner_of(visit)
    try:
        use_code_slowly(visit, account, code, is_first=True)
    except (WrongProof, TooOften):
        sentence = visit.gettext(
            "Ese código no es el que el teléfono debería mostrar. Revise la hora del teléfono "
            "y escriba el código siguiente."
        )
        return _show_code(visit, account, Notice(sentence, "problem"), status=422)
    enrolment.confirm_codes(visit.session, account, at=visit.at)
    return _go_on(visit, account, how="code")


@router.post("/factors/code/remove")
@requires(ANY_DUTY)
def remove_codes(visit: Entered) -> Response:
    """Take the telephone away; other sessions end."""
    visit.demand_step_up()
    enrolment.remove_codes(visit.session, visit.viewer, at=visit.at)
    return _back_to_own_page(visit)


@router.post("/factors/passkey/{credential}/remove")
@requires(ANY_DUTY)
def remove_passkey(
    visit: Entered, credential: Annotated[str, Path(pattern="^[0-9a-f]{2,2046}$")]
) -> Response:
    """Take a passkey away; other sessions end."""
    visit.demand_step_up()
    enrolment.remove_passkey(
        visit.session,
        visit.viewer,
        bytes.fromhex(credential[: len(credential) & ~1]),
        at=visit.at,
    )
    return _back_to_own_page(visit)


@router.get("/step-up")
@requires(ANY_DUTY)
def step_up_page(visit: Entered, next: str = "/") -> Response:  # noqa: A002 - the form's word
    """Ask somebody to prove that they are there now."""
    return _show_step_up(visit, next, None)


@router.post("/step-up")
@requires(ANY_DUTY)
def step_up(
    visit: Entered,
    *,
    waiting: Annotated[Unsent | None, Depends(waiting_in)],
    code: Annotated[str, Form(max_length=20)] = "",
    answer: Annotated[str, Form(max_length=20_000)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/",  # noqa: A002 - the form's word
) -> Response:
    """Take a code or a passkey's proof, and go back to where it was needed."""
    opened = session_behind(visit)
    try:
        if answer:
            _prove_own_passkey(visit, opened.account, answer)
        else:
            use_code_slowly(visit, opened.account, code)
    except WrongProof:
        sentence = visit.gettext("No se pudo comprobar. Pruebe con el código siguiente.")
        return _show_step_up(visit, next, waiting, Notice(sentence, "problem"), status=401)
    how = "passkey" if answer else "code"
    token = entering.be_present(visit.session, opened, how=how, at=visit.at)
    back: Response = RedirectResponse(languages.path_to_return_to(next), status_code=303)
    if waiting:
        back = show_again(visit, waiting, form_token=opened.form_token)
    set_session(back, token)
    return back


def _prove_own_passkey(visit: Visit, account: Account, answer: str) -> None:
    asked = end_ceremony(
        visit.session, ceremony_of(visit.request), CeremonyKind.PASSKEY_PROOF, at=visit.at
    )
    proved = entering.use_passkey(
        visit.session, relying_party(), asked.challenge, answer, at=visit.at
    )
    if proved.id != account.id:
        raise WrongProof


def _go_on(visit: Visit, account: Account, *, how: str) -> Response:
    """Lead in whoever just added their first factor; end the other sessions of all others."""
    opened = session_behind(visit)
    token = entering.be_present(visit.session, opened, how=how, at=visit.at)
    if visit.signed_in:
        end_sessions(visit.session, visit.viewer, at=visit.at, but=opened.token_hash)
        answer = RedirectResponse("/me", status_code=303)
        set_session(answer, token)
        return answer
    return inside_with(visit, account, token)


def _back_to_own_page(visit: Visit) -> Response:
    if visit.signed_in is None:
        raise NotSignedIn
    opened = session_behind(visit)
    end_sessions(visit.session, visit.viewer, at=visit.at, but=opened.token_hash)
    return RedirectResponse("/me", status_code=303)


def _show_code(visit: Visit, account: Account, *notices: Notice, status: int = 200) -> Response:
    try:
        secret = enrolment.begin_codes(visit.session, account)
    except Conflict:
        return RedirectResponse("/me", status_code=303)
    return visit.show(
        "signin/code.html",
        status=status,
        notices=notices,
        picture=_picture_of(provisioning_address(secret, account.sign_in_name)),
        secret=in_groups(secret),
    )


def _picture_of(address: str) -> str:
    """Draw a QR code into the page itself: no request of its own could carry the secret."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=5, border=3, light="#fff")
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.getvalue()).decode()}"


def _show_step_up(
    visit: Visit, back: str, waiting: Unsent | None, *notices: Notice, status: int = 200
) -> Response:
    has = entering.factors_of(visit.session, visit.viewer.account_id)
    return visit.show(
        "signin/step_up.html",
        status=status,
        notices=notices,
        back=languages.path_to_return_to(back),
        waiting=waiting,
        has_codes=has.codes,
        has_passkeys=has.passkeys > 0 and relying_party().can_have_passkeys,
    )
