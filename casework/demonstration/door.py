"""The demonstration's own door: one button for each of the invented cast, on this machine only.

Nothing here is found by walking the slices: an application that `reunir serve` makes has no
such route. `reunir demo` opens it, and even then it lets in nobody but the invented cast.
"""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, Request
from fastapi.responses import RedirectResponse, Response

from casework.demonstration.cast import EMPLOYERS, MEMBERS
from casework.errors import NotFound
from casework.signin.actions import let_in
from casework.signin.cookies import set_session
from casework.signin.queries import find_account
from casework.web.access import PUBLIC, requires
from casework.web.role_words import ROLE_WORDS
from casework.web.visit import Entered

router = APIRouter(include_in_schema=False)
CAST = frozenset(each.sign_in_name for each in MEMBERS)


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """One of the cast, as the door of the demonstration shows them."""

    sign_in_name: str
    person: str
    role: str
    institution: str
    look_at: str


@router.post("/demonstration/enter")
@requires(PUBLIC)
def enter_as(
    request: Request, visit: Entered, sign_in_name: Annotated[str, Form(max_length=40)]
) -> Response:
    """Let a visitor of this machine in as one of the invented cast."""
    account = find_account(visit.session, sign_in_name) if sign_in_name in CAST else None
    if account is None or not account.institution.invented or not _is_this_machine(request):
        raise NotFound("account")
    if account.disabled_at is not None:
        raise NotFound("account")
    token, _ = let_in(visit.session, account, at=visit.at, second_factor=True)
    answer = RedirectResponse("/", status_code=303)
    set_session(answer, token)
    return answer


def open_demonstration_door(app: FastAPI) -> None:
    """Let the cast in by a button. Called by `reunir demo` and by nothing else."""
    employers = {each.key: each.name for each in EMPLOYERS}
    app.state.cast_at_the_door = tuple(
        AtTheDoor(
            each.sign_in_name,
            each.display_name,
            ROLE_WORDS[each.role],
            employers[each.employer],
            each.look_at,
        )
        for each in MEMBERS
    )
    app.include_router(router)


def _is_this_machine(request: Request) -> bool:
    try:
        return ip_address(request.client.host if request.client else "").is_loopback
    except ValueError:
        return False
