"""Completing the record of remains, examination by examination."""

from casework.remains.queries import get_own_remains
from casework.remains.statements import REMAINS
from casework.statements.describing import AtHand
from casework.statements.record_routes import record_pages
from casework.statements.steps import Home
from casework.web.pieces import NavLink
from casework.web.visit import Visit
from privacy.permissions import Permission


def _own(visit: Visit, reference: str) -> tuple[AtHand, Home]:
    remains = get_own_remains(visit.session, visit.viewer, reference, at=visit.at)
    return (
        AtHand(visit.session, visit.viewer, remains, REMAINS, visit.at),
        Home(
            f"/remains/{remains.reference}",
            NavLink(visit.gettext("Restos humanos"), "/remains"),
            remains.reference,
            remains.invented,
        ),
    )


router = record_pages("/remains", Permission.REMAINS_RECORD, _own)
