"""Accepting an invitation: link and code, a password of one's own, then a second factor."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import RedirectResponse, Response

from casework.errors import TooOften
from casework.signin import actions, invitations
from casework.signin.cookies import set_session
from casework.signin.inside import attempt
from casework.signin.queries import find_invitation, list_providers
from casework.signin.throttling import invitation_buckets
from casework.web.access import PUBLIC, requires
from casework.web.networks import network_of
from casework.web.pieces import Notice
from casework.web.visit import Entered, Visit
from privacy.errors import UnsafePassword, WrongProof
from privacy.passwords import LONGEST, SHORTEST, demand_safe

router = APIRouter()
Token = Annotated[str, Path(pattern="^[A-Za-z0-9_-]{20,100}$")]


@router.get("/invitation/{token}")
@requires(PUBLIC)
def invitation_page(visit: Entered, token: Token) -> Response:
    """Show where to type the code in; whether the link is any good is said after that."""
    return _show(visit, token)


@router.post("/invitation/{token}")
@requires(PUBLIC)
def accept(
    request: Request,
    visit: Entered,
    token: Token,
    *,
    code: Annotated[str, Form(max_length=40)] = "",
    password: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """Take up the invitation with a password that only its holder knows."""
    wrong = visit.gettext(
        "El enlace o el código no sirven, ya se usaron o nadie ha confirmado todavía la "
        "invitación. Pida otra a quien se la envió."
    )
    try:
        attempt(request, invitation_buckets(network_of(request)))
        invited = find_invitation(visit.session, token)
        words = (invited.account.sign_in_name, invited.account.display_name) if invited else ()
        demand_safe(password, about=("reunir", *words))
        invitation = invitations.check_code(visit.session, token, code, at=visit.at)
    except UnsafePassword as refusal:
        return _show(visit, token, Notice(visit.gettext(str(refusal)), "problem"), status=422)
    except (WrongProof, TooOften):
        return _show(visit, token, Notice(wrong, "problem"), status=401)
    if invitation is None:
        return _show(visit, token, Notice(wrong, "problem"), status=401)
    account = invitations.take_up(visit.session, invitation, at=visit.at)
    actions.set_password(visit.session, account, password, at=visit.at)
    session_token, _ = actions.let_in(visit.session, account, at=visit.at)
    answer = RedirectResponse("/sign-in", status_code=303)
    set_session(answer, session_token)
    return answer


def _show(visit: Visit, token: str, *notices: Notice, status: int = 200) -> Response:
    return visit.show(
        "signin/invitation.html",
        status=status,
        notices=notices,
        token=token,
        has_providers=bool(list_providers(visit.session)),
        shortest=SHORTEST,
        longest=LONGEST,
    )
