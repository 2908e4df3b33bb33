"""The page of a file on which its keeper lets a forensic service sign for it."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response
from pydantic import BaseModel

from casework.desk import presenters, signing
from casework.desk.actions import Asking, send_request
from casework.desk.model import RequestKind
from casework.desk.rules import USUAL_DAYS, refusal_to_ask_of_nobody
from casework.errors import CaseworkError, InvalidInput
from casework.missing.queries import get_own_missing_person
from casework.signin.model import Institution
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.languages import marked
from casework.web.pieces import Choice, NavLink, Notice
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
NO_SERVICE = marked("Elija un servicio que la familia haya autorizado por su nombre.")
FAMILY_SAID = marked("Escriba qué dijo la familia de ese servicio: lo lee quien va a firmar.")


class SigningForm(BaseModel):
    """What the form of asking a service to sign sends."""

    to: str = ""
    words: str = ""


@router.get("/missing/{reference}/signing")
@requires(Permission.CONSENT_RECORD)
def signing_page(visit: Entered, reference: str) -> Response:
    """Show who signs for a file, and whom its keeper may ask."""
    return _show(visit, reference, SigningForm())


@router.post("/missing/{reference}/signing")
@requires(Permission.CONSENT_RECORD)
def ask_to_sign(
    visit: Entered, reference: str, form: Annotated[SigningForm, Form()]
) -> Response:
    """Ask a service to sign for a file."""
    visit.demand_step_up()
    session, viewer = visit.session, visit.viewer
    person = get_own_missing_person(session, viewer, reference, at=visit.at)
    try:
        services = signing.services_agreed_to(session, person, at=visit.at)
        chosen = next((each for each in services if str(each.id) == form.to), None)
        if chosen is None:
            raise InvalidInput(NO_SERVICE)
        if refusal_to_ask_of_nobody(form.words):
            raise InvalidInput(FAMILY_SAID)
        asking = Asking(
            kind=RequestKind.SIGNING,
            to=chosen,
            about=person,
            due_on=visit.at.date() + timedelta(days=USUAL_DAYS),
            words=form.words,
        )
        request = send_request(session, viewer, asking, at=visit.at)
    except CaseworkError as refusal:
        return _show(visit, reference, form, visit.gettext(str(refusal)))
    return visit.leads_to(f"/desk/{request.id}?done=sent")


def _show(visit: Visit, reference: str, form: SigningForm, problem: str = "") -> Response:
    session, viewer, teller = visit.session, visit.viewer, teller_for(visit.language)
    person = get_own_missing_person(session, viewer, reference, at=visit.at)
    seen = signing.asked_about(session, viewer, person, at=visit.at)
    record(
        session,
        Deed.REQUESTS_LISTED,
        by=viewer,
        at=visit.at,
        concerning=[person.reference],
        shown=len(seen),
    )
    own = session.get_one(Institution, viewer.institution_id)
    signs = signing.services_that_sign(session, [person.id]).get(person.id)
    service = session.get_one(Institution, signs) if signs else None
    rows = [presenters.shown_request(each, own.id, visit.at.date(), teller) for each in seen]
    return visit.show(
        "desk/signing.html",
        status=422 if problem else 200,
        notices=(Notice(problem, "problem"),) if problem else (),
        shows_invented=person.invented,
        reference=person.reference,
        signs_itself=own.kind in signing.KINDS_THAT_SIGN,
        service=service.name if service else "",
        rows=rows,
        is_asked=any(signing.is_under_way(each) for each in seen),
        services=[
            Choice(str(each.id), f"{each.name} ({teller.country(each.country)})")
            for each in signing.services_agreed_to(session, person, at=visit.at)
        ],
        form=form,
        trail=(
            NavLink(teller.gettext("Personas desaparecidas"), "/missing"),
            NavLink(person.reference, f"/missing/{person.reference}"),
            NavLink(teller.gettext("Quién firma por este expediente"), "", is_current=True),
        ),
    )
