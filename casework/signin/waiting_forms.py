"""A form that asks for a proof of being there waits beside it: nothing typed is lost.

What was typed goes with the question and comes back after the answer, to be sent by the hand
that typed it: no deed is done that nobody has before their eyes. Nothing of it is kept here.
"""

from dataclasses import replace

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from casework.signin.entering import factors_of
from casework.signin.inside import relying_party
from casework.web.handed_back import Unsent, unsent_form
from casework.web.languages import path_to_return_to
from casework.web.visit import (
    SAFE_METHODS,
    SignedIn,
    Visit,
    comes_from_our_page,
    database_of,
    page_behind,
    render,
    signed_in_of,
)

# Before the names of what waits, so that nothing of it answers the question itself.
WAITS = "waits."
AGAIN = "again"


async def ask_for_proof(request: Request) -> Response | None:
    """Ask who sends a form to prove being there, beside what they typed; None if nothing is."""
    somebody = signed_in_of(request)
    if somebody is None or request.method in SAFE_METHODS or "hx-request" in request.headers:
        return None
    unsent = await unsent_form(request) if comes_from_our_page(request) else None
    if unsent is None or not any(text.strip() for _, text in unsent.typed):
        return None
    page = await run_in_threadpool(_asked, request, somebody, unsent)
    return HTMLResponse(page, status_code=403)


async def waiting_in(request: Request) -> Unsent | None:
    """Read what waits beside an answer to the question; None if nothing does."""
    form = await request.form()
    if AGAIN not in form:
        return None
    typed = [
        (name.removeprefix(WAITS), text)
        for name, text in form.multi_items()
        if isinstance(text, str) and name.startswith(WAITS)
    ]
    return Unsent(path_to_return_to(str(form[AGAIN])), typed, token="", had_a_file=False)


def show_again(visit: Visit, unsent: Unsent, *, form_token: str) -> Response:
    """Show what waited, to be sent now under the token that the session goes on with."""
    somebody = visit.signed_in
    if somebody is not None:
        visit.request.state.signed_in = replace(somebody, form_token=form_token)
    return visit.show(
        "handed_back.html",
        again=unsent.again,
        typed=unsent.typed,
        too_long=[],
        token=form_token,
        person=somebody.person if somebody else "",
        is_proved=True,
        lost_a_file=False,
    )


def _asked(request: Request, somebody: SignedIn, unsent: Unsent) -> str:
    with database_of(request).transaction(somebody.viewer) as session:
        has = factors_of(session, somebody.viewer.account_id)
    return render(
        request,
        "signin/step_up.html",
        back=page_behind(request),
        waiting=unsent,
        has_codes=has.codes,
        has_passkeys=has.passkeys > 0 and relying_party().can_have_passkeys,
    )
