"""Who is said to have been in an incident, on a page beside its file."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response
from pydantic import BaseModel, Field

from casework.errors import InvalidInput, NotFound
from casework.groups.of_incident import name_incident, show_involved
from casework.groups.rules import NO_SUCH_RECORD
from casework.incidents.queries import get_incident
from casework.links.kinds import PEOPLE
from casework.links.queries import Asking
from casework.living.queries import get_living
from casework.missing.queries import get_missing_person
from casework.references import Prefix
from casework.remains.queries import get_remains
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.languages import marked
from casework.web.pieces import NavLink, Notice
from casework.web.visit import Entered, Visit
from privacy.errors import NotPermitted
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
KEPT_ELSEWHERE = marked(
    "Ese registro lo lleva otra institución, o su función no lo escribe: pídale que lo anote."
)
GET = {Prefix.REMAINS: get_remains, Prefix.LIVING_PERSON: get_living}


class SentNamer(BaseModel):
    """Which record is said to be of an incident, and who says so."""

    record: Annotated[str, Field(max_length=40)] = ""
    said_by: Annotated[str, Field(max_length=200)] = ""


@router.get("/incidents/{reference}/people")
@requires(Permission.LINK_READ)
def people_of_incident(visit: Entered, reference: str) -> Response:
    """Show the reports, remains, people alive and groups that name an incident."""
    return _show(visit, reference, SentNamer())


@router.post("/incidents/{reference}/people")
@requires(Permission.LINK_RECORD)
def link(visit: Entered, reference: str, form: Annotated[SentNamer, Form()]) -> Response:
    """Say that a report, remains or somebody alive is of an incident."""
    incident = get_incident(visit.session, visit.viewer, reference)
    wanted = form.record.strip().upper()
    get = next((GET[each] for each in GET if wanted.startswith(f"{each}-")), get_missing_person)
    problem = ""
    try:
        case = get(visit.session, visit.viewer, wanted, at=visit.at)
        asking = Asking(visit.session, visit.viewer, PEOPLE, visit.at)
        name_incident(asking, case, incident, said_by=form.said_by)
    except NotFound:
        problem = NO_SUCH_RECORD
    except NotPermitted:
        problem = KEPT_ELSEWHERE
    except InvalidInput as refusal:
        problem = str(refusal)
    if problem:
        return _show(visit, reference, form, visit.gettext(problem))
    return visit.leads_to(f"/incidents/{incident.reference}/people")


def _show(visit: Visit, reference: str, form: SentNamer, problem: str = "") -> Response:
    incident = get_incident(visit.session, visit.viewer, reference)
    asking = Asking(visit.session, visit.viewer, PEOPLE, visit.at)
    involved = show_involved(asking, incident, teller_for(visit.language))
    return visit.show(
        "groups/of_incident.html",
        status=422 if problem else 200,
        notices=(Notice(problem, "problem"),) if problem else (),
        shows_invented=incident.invented,
        reference=incident.reference,
        involved=involved,
        counted=(incident.dead or 0) + (incident.missing or 0),
        form=form,
        may_say=visit.viewer.may(Permission.LINK_RECORD),
        trail=(
            NavLink(visit.gettext("Incidentes"), "/incidents"),
            NavLink(incident.reference, f"/incidents/{incident.reference}"),
            NavLink(visit.gettext("Quiénes eran"), "", is_current=True),
        ),
    )
