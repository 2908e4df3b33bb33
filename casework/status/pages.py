"""Looking up how a search stands with a code and a PIN; giving, renewing and ending codes."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from casework.contacts.queries import open_promises
from casework.documents.answering import answer_pdf
from casework.errors import InvalidInput, TooOften
from casework.families.model import Relative
from casework.families.presenters import who_gives
from casework.families.queries import get_relative
from casework.missing.model import MissingPerson
from casework.missing.queries import get_own_missing_person
from casework.settings import settings
from casework.signin.inside import attempt
from casework.signin.queries import token_hash
from casework.signin.throttling import forgive
from casework.status import actions, queries
from casework.status.looking import Looked, buckets_of, look_up
from casework.status.presenters import SLOW, WRONG, ShownStatus, shown_given, shown_status
from casework.status.slip import print_slip
from casework.web.access import PUBLIC, requires
from casework.web.described import teller_for
from casework.web.languages import OFFERED, SOURCE, Spoken, marked, translations_for
from casework.web.networks import network_of
from casework.web.pieces import NavLink
from casework.web.templating import Templates
from casework.web.visit import Entered, Visit, database_of, now, signed_in_of
from privacy.audit.log import Deed, record
from privacy.permissions import DOOR, Permission

router = APIRouter(include_in_schema=False)
Typed = Annotated[str, Form(max_length=60)]


@router.get("/status")
@requires(PUBLIC)
def ask(request: Request, language: Spoken | None = None) -> Response:
    """Ask for a code and a PIN, in the reader's language, with as little as a page can have."""
    return _show(request, language or _wished(request), chosen=language)


@router.post("/status")
@requires(PUBLIC)
def look(
    request: Request,
    code: Typed = "",
    pin: Typed = "",
    language: Annotated[Spoken | None, Form()] = None,
) -> Response:
    """Tell what may be told to whoever has both; to everybody else, the same and no more.

    Who chose no language is told in that of their code, which was agreed with them; a
    telephone often speaks another.
    """
    asked_in = language or _wished(request)
    buckets = buckets_of(queries.plain_code(code), network_of(request))
    try:
        attempt(request, buckets)
    except TooOften as refusal:
        told = translations_for(asked_in).gettext(SLOW) % {"seconds": refusal.seconds}
        answer = _show(request, asked_in, chosen=language, problem=told, status=429)
        answer.headers["retry-after"] = str(refusal.seconds)
        return answer
    # At the door, whoever is signed in: this page never reads with an officer's eyes.
    with database_of(request).transaction(DOOR) as session:
        found = look_up(session, code, pin, at=now(request))
        if found is None:
            problem = translations_for(asked_in).gettext(WRONG)
            return _show(request, asked_in, chosen=language, problem=problem, status=401)
        forgive(session, buckets)
        spoken = language or found.code.language
        told_status = _told(found, now(request), spoken)
    return _show(request, spoken, status_of=told_status)


@router.post("/promises/line")
@requires(Permission.CONTACT_KEEP)
def set_line(
    visit: Entered,
    line: Annotated[str, Form(max_length=200)] = "",
    hours: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Write down by which telephone families reach this institution."""
    actions.set_line(visit.session, visit.viewer, line=line, hours=hours, at=visit.at)
    return RedirectResponse("/promises#public-line", status_code=303)


@router.post("/missing/{reference}/family/{relative_id:int}/status/new")
@requires(Permission.CONTACT_KEEP)
def give(
    visit: Entered,
    reference: str,
    relative_id: int,
    code_language: Annotated[Spoken, Form()] = Spoken.ES,
) -> Response:
    """Give a code and a PIN, shown this once."""
    person, relative = _their(visit, reference, relative_id)
    promises = open_promises(visit.session, relative)
    given = actions.give_code(
        visit.session,
        visit.viewer,
        relative,
        language=code_language,
        next_contact_on=promises[0].promised_by if promises else None,
        at=visit.at,
    )
    return visit.show(
        "status/given.html",
        shows_invented=person.invented,
        reference=reference,
        relative_id=relative_id,
        who=who_gives(relative, teller_for(visit.language)),
        given=shown_given(given),
        address=_address(),
        trail=(
            NavLink(person.reference, f"/missing/{person.reference}"),
            NavLink(visit.gettext("La familia"), _family_href(reference, relative_id)),
            NavLink(visit.gettext("Código"), "", is_current=True),
        ),
    )


@router.post("/missing/{reference}/family/{relative_id:int}/status/slip.pdf")
@requires(Permission.CONTACT_KEEP)
def slip(visit: Entered, reference: str, relative_id: int, code: Typed = "") -> Response:
    """Print a code that was just given, with how it works; the PIN is told, never printed."""
    person, relative = _their(visit, reference, relative_id)
    kept = queries.hold_code(visit.session, relative)
    typed = queries.plain_code(code)
    if kept.code_hash != token_hash(typed):
        raise InvalidInput(marked("Ese código ya no es el de esta persona."))
    pdf, copy = print_slip(visit, kept, code=code, address=_address(), invented=person.invented)
    record(
        visit.session,
        Deed.STATUS_SLIP_PRINTED,
        by=visit.viewer,
        at=visit.at,
        about=reference,
        copy=copy,
    )
    return answer_pdf(pdf, "code.pdf")


@router.post("/missing/{reference}/family/{relative_id:int}/status/revoke")
@requires(Permission.CONTACT_KEEP)
def revoke(visit: Entered, reference: str, relative_id: int) -> Response:
    """End a code."""
    _, relative = _their(visit, reference, relative_id)
    code = queries.get_code(visit.session, relative)
    actions.revoke_code(visit.session, visit.viewer, code, at=visit.at)
    return RedirectResponse(_family_href(reference, relative_id) + "#code", status_code=303)


@router.post("/missing/{reference}/family/{relative_id:int}/status/message")
@requires(Permission.CONTACT_KEEP)
def note_message(
    visit: Entered,
    reference: str,
    relative_id: int,
    waits: Annotated[str, Form(pattern="^(yes|no)$")] = "yes",
) -> Response:
    """Note whether something waits to be told in person."""
    _, relative = _their(visit, reference, relative_id)
    code = queries.get_code(visit.session, relative)
    actions.note_message(visit.session, visit.viewer, code, waits=waits == "yes", at=visit.at)
    return RedirectResponse(_family_href(reference, relative_id) + "#code", status_code=303)


def _told(found: Looked, at: datetime, language: Spoken) -> ShownStatus:
    return shown_status(
        found.code, found.institution, found.line, teller_for(language), today=at.date()
    )


def _their(visit: Visit, reference: str, relative_id: int) -> tuple[MissingPerson, Relative]:
    person = get_own_missing_person(visit.session, visit.viewer, reference, at=visit.at)
    return person, get_relative(visit.session, person, relative_id)


def _show(
    request: Request,
    language: Spoken,
    *,
    chosen: Spoken | None = None,
    status_of: ShownStatus | None = None,
    problem: str = "",
    status: int = 200,
) -> HTMLResponse:
    """Show the page without the frame of the others: no name of the registry's, no menu."""
    signed_in = signed_in_of(request)
    page = Templates(language).render(
        "status/status.html",
        languages=OFFERED,
        chosen=chosen,
        status=status_of,
        problem=problem,
        form_token=signed_in.form_token if signed_in else "",
    )
    return HTMLResponse(page, status_code=status)


def _wished(request: Request) -> Spoken:
    """Give what the browser wishes for among all five, else Spanish."""
    for part in request.headers.get("accept-language", "").split(","):
        wanted = part.partition(";")[0].strip().lower()[:2]
        if wanted in set(Spoken):
            return Spoken(wanted)
    return Spoken(SOURCE)


def _address() -> str:
    return settings().public_url.partition("://")[2].rstrip("/") + "/status"


def _family_href(reference: str, relative_id: int) -> str:
    return f"/missing/{reference}/family?relative={relative_id}"
