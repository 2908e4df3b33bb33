"""Completing the record of somebody alive, step by step."""

from casework.living.queries import get_own_living
from casework.living.statements import LIVING_PERSON
from casework.statements.describing import AtHand
from casework.statements.record_routes import record_pages
from casework.statements.steps import Home
from casework.web.pieces import NavLink
from casework.web.visit import Visit
from privacy.permissions import Permission


def _own(visit: Visit, reference: str) -> tuple[AtHand, Home]:
    person = get_own_living(visit.session, visit.viewer, reference, at=visit.at)
    return (
        AtHand(visit.session, visit.viewer, person, LIVING_PERSON, visit.at),
        Home(
            f"/living/{person.reference}",
            NavLink(visit.gettext("Personas con vida"), "/living"),
            person.reference,
            person.invented,
        ),
    )


router = record_pages("/living", Permission.LIVING_RECORD, _own)
