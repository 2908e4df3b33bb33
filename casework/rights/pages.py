"""The register of requests: the list, receiving one, deciding, and carrying it out."""

import json
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from casework.documents.issuing import Written, issue
from casework.documents.model import DocumentKind
from casework.documents.presenters import Printing
from casework.errors import InvalidInput, NotFound
from casework.retention.queries import get_due
from casework.retention.sight import as_keeper
from casework.rights import actions
from casework.rights.correcting import Correctable, correct, list_corrections
from casework.rights.model import Asker, IdentityProof, RequestKind, RightsRequest
from casework.rights.presenters import MayDo, ShownRequest, shown_corrections, shown_steps
from casework.rights.queries import (
    get_request,
    is_restricted,
    list_requests,
)
from casework.rights.report import Report, file_name, make_report
from casework.rights.words import (
    ASKER_WORDS,
    PROOF_WORDS,
    REQUEST_WORDS,
    WHAT_STAYS,
)
from casework.signin.queries import names_behind
from casework.web.access import requires
from casework.web.column_words import COLUMN_WORDS
from casework.web.described import teller_for
from casework.web.languages import Spoken, marked
from casework.web.pieces import Choice, NavLink, Notice
from casework.web.templating import Templates
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.consent.model import ConsentPurpose
from privacy.permissions import Permission, Role

router = APIRouter(include_in_schema=False)

Words = Annotated[str, Form(max_length=2000)]
Short = Annotated[str, Form(max_length=60)]
PURPOSE_WORDS = {
    ConsentPurpose.SEARCH: marked("búsqueda"),
    ConsentPurpose.IDENTIFY: marked("identificación"),
    ConsentPurpose.NOTIFY: marked("notificación"),
    ConsentPurpose.STATISTICS: marked("estadística"),
    ConsentPurpose.JUSTICE: marked("justicia"),
}


@router.get("/rights")
@requires(Permission.RIGHTS_READ)
def requests_page(visit: Entered, about: Annotated[str, Query(max_length=40)] = "") -> Response:
    """List the requests, the most urgent first."""
    found = list_requests(visit.session, visit.viewer, about=about)
    record(
        visit.session,
        Deed.RIGHTS_LISTED,
        by=visit.viewer,
        at=visit.at,
        concerning=[each.about for each in found],
        shown=len(found),
    )
    teller = teller_for(visit.language)
    return visit.show(
        "rights/list.html",
        requests=[ShownRequest.of(each, teller, visit.at) for each in found],
        about=about,
    )


@router.get("/rights/new")
@requires(Permission.RIGHTS_RECORD)
def request_form(
    visit: Entered,
    about: Annotated[str, Query(max_length=40)] = "",
    relative_id: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Show the form of a request, with what the page before knows already."""
    typed = {"about": about, "received_on": visit.at.date().isoformat()}
    if relative_id:
        typed |= {"relative_id": relative_id, "asker": Asker.RELATIVE.value}
    return _show_form(visit, typed)


@router.post("/rights/new")
@requires(Permission.RIGHTS_RECORD)
def receive_request(
    visit: Entered,
    about: Short = "",
    kind: Short = "",
    asker: Short = "",
    identity_proof: Short = "",
    received_on: Short = "",
    relative_id: Short = "",
    reason: Words = "",
) -> Response:
    """Keep a request, or show it again with what has to be looked at."""
    typed = {
        "about": about,
        "kind": kind,
        "asker": asker,
        "identity_proof": identity_proof,
        "received_on": received_on,
        "relative_id": relative_id,
        "reason": reason,
    }
    try:
        asked = actions.Asked(
            about=about,
            kind=RequestKind(kind),
            asker=Asker(asker),
            identity_proof=IdentityProof(identity_proof),
            received_on=date.fromisoformat(received_on),
            relative_id=int(relative_id) if relative_id.isdecimal() else None,
            reason=reason,
        )
    except ValueError:
        return _show_form(
            visit, typed, marked("Falta algo: qué pide, quién, cómo se sabe y cuándo.")
        )
    try:
        request = actions.receive_request(visit.session, visit.viewer, asked, at=visit.at)
    except InvalidInput as refusal:
        return _show_form(visit, typed, str(refusal))
    except NotFound:
        return _show_form(visit, typed, marked("No hay un expediente con esa referencia."))
    return _to(visit, request)


@router.get("/rights/{reference}")
@requires(Permission.RIGHTS_READ)
def request_page(visit: Entered, reference: str) -> Response:
    """Open one request: what was asked, what was done, what can be done now."""
    request = get_request(visit.session, visit.viewer, reference)
    record(
        visit.session,
        Deed.RIGHTS_READ,
        by=visit.viewer,
        at=visit.at,
        about=request.about,
        request=request.reference,
    )
    return _show_request(visit, request)


@router.post("/rights/{reference}/decide")
@requires(Permission.RIGHTS_DECIDE)
def decide(
    visit: Entered, reference: str, decision: Short = "", reason: Words = ""
) -> Response:
    """Grant, refuse, or propose to erase."""
    request = get_request(visit.session, visit.viewer, reference)
    if decision not in {"grant", "refuse"}:
        return _show_request(visit, request, marked("Elija conceder o negar."))
    try:
        actions.decide(
            visit.session,
            visit.viewer,
            request,
            grants=decision == "grant",
            reason=reason,
            at=visit.at,
        )
    except InvalidInput as refusal:
        return _show_request(visit, request, str(refusal))
    return _to(visit, request)


@router.post("/rights/{reference}/confirm")
@requires(Permission.RIGHTS_DECIDE)
def confirm(
    visit: Entered, reference: str, decision: Short = "", reason: Words = ""
) -> Response:
    """Agree, as a second person, that a record be erased; or send the proposal back."""
    visit.demand_step_up()
    request = get_request(visit.session, visit.viewer, reference)
    if decision not in {"agree", "return"}:
        return _show_request(visit, request, marked("Elija si está de acuerdo."))
    actions.confirm_erasure(
        visit.session,
        visit.viewer,
        request,
        agrees=decision == "agree",
        reason=reason,
        at=visit.at,
    )
    return _to(visit, request)


@router.post("/rights/{reference}/report")
@requires(Permission.RIGHTS_DECIDE)
def report(
    visit: Entered, reference: str, form: Annotated[Literal["pdf", "json"], Form()] = "pdf"
) -> Response:
    """Make the report of everything held, for the person it is about."""
    request = get_request(visit.session, visit.viewer, reference)
    teller = teller_for(visit.language)
    made = make_report(visit.session, visit.viewer, request, teller, form=form, at=visit.at)
    if form == "json":
        text = json.dumps(made.as_data(), ensure_ascii=False, indent=2)
        return _download(text.encode(), "application/json", file_name(request, "json"))
    return _download(_as_pdf(visit, made), "application/pdf", file_name(request, "pdf"))


@router.post("/rights/{reference}/answered")
@requires(Permission.RIGHTS_DECIDE)
def answered(visit: Entered, reference: str) -> Response:
    """Say that the answer was handed over."""
    request = get_request(visit.session, visit.viewer, reference)
    actions.answer(visit.session, visit.viewer, request, at=visit.at)
    return _to(visit, request)


@router.post("/rights/{reference}/correct")
@requires(Permission.RIGHTS_DECIDE)
def correct_field(
    visit: Entered,
    reference: str,
    field: Annotated[Correctable, Form()],
    value: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Put a right value in the place of a wrong one."""
    request = get_request(visit.session, visit.viewer, reference)
    try:
        correct(visit.session, visit.viewer, request, field=field, value=value, at=visit.at)
    except InvalidInput as refusal:
        return _show_request(visit, request, str(refusal))
    return _to(visit, request)


@router.post("/rights/{reference}/restrict")
@requires(Permission.RIGHTS_DECIDE)
def restrict(visit: Entered, reference: str) -> Response:
    """Close the record to everybody but its own institution."""
    request = get_request(visit.session, visit.viewer, reference)
    actions.restrict(visit.session, visit.viewer, request, at=visit.at)
    return _to(visit, request)


@router.post("/rights/{reference}/release")
@requires(Permission.RIGHTS_DECIDE)
def release(visit: Entered, reference: str, reason: Words = "") -> Response:
    """Lift a restriction."""
    request = get_request(visit.session, visit.viewer, reference)
    try:
        actions.release(visit.session, visit.viewer, request, reason=reason, at=visit.at)
    except InvalidInput as refusal:
        return _show_request(visit, request, str(refusal))
    return _to(visit, request)


@router.post("/rights/{reference}/stop")
@requires(Permission.RIGHTS_DECIDE)
def stop(
    visit: Entered, reference: str, purpose: Annotated[ConsentPurpose, Form()]
) -> Response:
    """Stop the use of the record for one purpose."""
    request = get_request(visit.session, visit.viewer, reference)
    actions.stop_purpose(visit.session, visit.viewer, request, purpose, at=visit.at)
    return _to(visit, request)


def _show_request(visit: Visit, request: RightsRequest, problem: str = "") -> Response:
    teller = teller_for(visit.language)
    restricted, corrections = _state_of_record(visit, request)
    notice = Notice(visit.gettext(problem), "problem")
    return visit.show(
        "rights/request.html",
        status=422 if problem else 200,
        notices=(notice,) if problem else (),
        asked=ShownRequest.of(request, teller, visit.at),
        steps=shown_steps(
            request,
            names_behind(visit.session, {each.account_id for each in request.steps}),
            teller,
        ),
        may=MayDo.of(request, visit.viewer, is_restricted=restricted),
        corrections=shown_corrections(corrections, teller),
        fields=[Choice(each, teller.gettext(COLUMN_WORDS[each])) for each in Correctable],
        purposes=[Choice(each, teller.gettext(words)) for each, words in PURPOSE_WORDS.items()],
        what_stays=[teller.gettext(each) for each in WHAT_STAYS],
        trail=_trail(visit, request.reference),
    )


def _state_of_record(visit: Visit, request: RightsRequest) -> tuple[bool, list]:  # type: ignore[type-arg]
    """Look whether the record is restricted, and for its own institution at what it said."""
    try:
        with as_keeper(visit.session, visit.viewer):
            restricted = is_restricted(visit.session, request)
    except NotFound:
        return False, []
    if (
        request.kind is not RequestKind.RECTIFICATION
        or visit.viewer.role is Role.DATA_PROTECTION_OFFICER
    ):
        return restricted, []
    due = get_due(visit.session, visit.viewer, request.about, today=visit.at.date())
    return restricted, list_corrections(visit.session, visit.viewer, due.record)


def _show_form(visit: Visit, typed: dict[str, str], problem: str = "") -> Response:
    _ = visit.gettext
    return visit.show(
        "rights/new.html",
        status=422 if problem else 200,
        notices=(Notice(_(problem), "problem"),) if problem else (),
        typed={"kind": "", "asker": "", "identity_proof": "", "relative_id": "", "reason": ""}
        | typed,
        kinds=[Choice(each, _(words)) for each, words in REQUEST_WORDS.items()],
        askers=[Choice(each, _(words)) for each, words in ASKER_WORDS.items()],
        proofs=[Choice(each, _(words)) for each, words in PROOF_WORDS.items()],
        trail=_trail(visit, _("Nueva solicitud")),
    )


def _trail(visit: Visit, here: str) -> tuple[NavLink, ...]:
    return (
        NavLink(visit.gettext("Derechos de las personas"), "/rights"),
        NavLink(here, "", is_current=True),
    )


def _as_pdf(visit: Visit, made: Report) -> bytes:
    teller = teller_for(visit.language)
    printing = Printing.of(visit, teller, is_invented=made.is_invented)
    html = Templates(visit.language).render(
        "rights/report.html", printing=printing, report=made
    )
    return issue(
        visit,
        Written(
            kind=DocumentKind.ACCESS_ANSWER,
            html=html,
            printing=printing,
            language=Spoken(visit.language),
        ),
    )


def _download(content: bytes, media_type: str, name: str) -> Response:
    return Response(
        content,
        media_type=media_type,
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def _to(visit: Visit, request: RightsRequest) -> Response:
    return visit.leads_to(f"/rights/{request.reference}")
