"""The page on which anybody holds a paper of ours against the registry."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from casework.documents.verifying import Verdict, Verified, buckets_of, verify
from casework.documents.words import KIND_WORDS
from casework.errors import TooOften
from casework.signin.inside import attempt
from casework.signin.throttling import forgive
from casework.web.access import PUBLIC, requires
from casework.web.described import teller_for
from casework.web.languages import OFFERED, marked
from casework.web.networks import network_of
from casework.web.visit import database_of, language_of, now, render
from privacy.permissions import DOOR

router = APIRouter(include_in_schema=False)
SLOW = marked("Demasiados intentos. Espere %(seconds)s segundos.")


@router.get("/verify")
@requires(PUBLIC)
def ask(request: Request) -> Response:
    """Ask for the number of a document, or for its file."""
    return _show(request)


@router.post("/verify")
@requires(PUBLIC)
def look(
    request: Request,
    number: Annotated[str, Form(max_length=60)] = "",
    fingerprint: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Say whether a document was printed here, and whether a file is still that document."""
    buckets = buckets_of(network_of(request))
    teller = teller_for(language_of(request))
    if not (number.strip() or fingerprint.strip()):
        told = teller.gettext("Escriba el número del documento, o elija su archivo.")
        return _show(request, problem=told, status=422)
    try:
        attempt(request, buckets)
    except TooOften as refusal:
        told = teller.gettext(SLOW) % {"seconds": refusal.seconds}
        answer = _show(request, typed=number, problem=told, status=429)
        answer.headers["retry-after"] = str(refusal.seconds)
        return answer
    # At the door, whoever is signed in: this page never reads with an officer's eyes.
    with database_of(request).transaction(DOOR) as session:
        found = verify(session, number, fingerprint, at=now(request))
        if found.verdict is not Verdict.NOT_ISSUED:
            forgive(session, buckets)
    return _show(request, typed=number, found=found)


def _show(
    request: Request,
    *,
    typed: str = "",
    found: Verified | None = None,
    problem: str = "",
    status: int = 200,
) -> HTMLResponse:
    teller = teller_for(language_of(request))
    page = render(
        request,
        "documents/verify.html",
        typed=typed,
        found=found,
        kind=teller.gettext(KIND_WORDS[found.kind]) if found and found.kind else "",
        spoken=OFFERED.get(found.language, "") if found else "",
        problem=problem,
    )
    return HTMLResponse(page, status_code=status)
