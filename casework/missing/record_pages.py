"""Completing the file of a missing person, step by step."""

from functools import partial

from casework.families.queries import list_relatives
from casework.families.words import KINSHIP_WORDS
from casework.missing.model import MissingPerson
from casework.missing.queries import get_own_missing_person
from casework.missing.statements import MISSING_PERSON
from casework.statements.describing import AtHand
from casework.statements.record_routes import record_pages
from casework.statements.steps import Home
from casework.web.pieces import Choice, NavLink
from casework.web.visit import Visit
from privacy.model import Reveals
from privacy.permissions import Permission
from privacy.sealing.opening import open_group


def _relatives(visit: Visit, person: MissingPerson) -> tuple[Choice, ...]:
    """Name who speaks for the person, where that is open to the viewer."""
    relatives = list_relatives(visit.session, person)
    opened = open_group(visit.session, visit.viewer, relatives, Reveals.CONTACT, at=visit.at)
    return tuple(
        Choice(each.name, f"{each.name} ({visit.gettext(KINSHIP_WORDS[each.kinship])})")
        for each in opened.rows
        if each.name
    )


def _own(visit: Visit, reference: str) -> tuple[AtHand, Home]:
    person = get_own_missing_person(visit.session, visit.viewer, reference, at=visit.at)
    return (
        AtHand(visit.session, visit.viewer, person, MISSING_PERSON, visit.at),
        Home(
            f"/missing/{person.reference}",
            NavLink(visit.gettext("Personas desaparecidas"), "/missing"),
            person.reference,
            person.invented,
            f"/missing/{person.reference}/matchability",
            relatives=partial(_relatives, visit, person),
        ),
    )


router = record_pages("/missing", Permission.MISSING_REPORT, _own)
