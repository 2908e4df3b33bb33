"""Opening a pair that the engine did not propose, and the list of those that were opened."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response
from pydantic import BaseModel

from casework.candidates.by_hand import Opening, list_by_hand, open_by_hand
from casework.candidates.model import FoundBy, PairingState
from casework.candidates.opening import record_by_hand
from casework.candidates.presenters import FOUND_WORDS, band_words
from casework.errors import CaseworkError, InvalidInput, NotFound
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.languages import marked
from casework.web.pieces import Choice, NavLink, Notice
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
PATH = "/pairings/by-hand"
NOT_SAID = marked("Diga quién o qué encontró el par.")


class PairForm(BaseModel):
    """What the form of a pair sends; a link from a search fills in who and by what."""

    person: str = ""
    remains: str = ""
    found_by: str = ""
    reason: str = ""


@router.get(PATH)
@requires(Permission.PAIRING_OPEN)
def pairs_by_hand(visit: Entered, form: Annotated[PairForm, Query()]) -> Response:
    """Show the form, and below it the pairs that were opened so far."""
    return _show(visit, form)


@router.post(PATH)
@requires(Permission.PAIRING_OPEN)
def open_pair(visit: Entered, form: Annotated[PairForm, Form()]) -> Response:
    """Open a pair and lead to its comparison; what is refused is said, nothing lost."""
    try:
        if form.found_by not in set(FoundBy):
            raise InvalidInput(NOT_SAID)
        asked = Opening(form.person, form.remains, FoundBy(form.found_by), form.reason)
        number = open_by_hand(visit.session, visit.viewer, asked, at=visit.at)
    except NotFound:
        raise
    except CaseworkError as refusal:
        return _show(visit, form, problem=visit.gettext(str(refusal)))
    return visit.leads_to(f"/pairings/{number}")


def _show(visit: Visit, form: PairForm, *, problem: str = "") -> Response:
    teller = teller_for(visit.language)
    found = list_by_hand(visit.session, visit.viewer, at=visit.at)
    record_by_hand(visit, found)
    is_invented = [each.person.invented for each in found]
    return visit.show(
        "candidates/by_hand.html",
        status=422 if problem else 200,
        notices=(Notice(problem, "problem"),) if problem else (),
        shows_invented=any(is_invented),
        shows_real=not all(is_invented),
        form=form,
        sources=[
            Choice(each.value, teller.gettext(said)) for each, said in FOUND_WORDS.items()
        ],
        rows=[
            {
                "href": f"/pairings/{each.pairing.id}",
                "label": f"{each.person.reference} · {each.remains.reference}",
                "found_by": teller.gettext(FOUND_WORDS[each.pairing.found_by]),
                "when": teller.wording.instant(each.pairing.last_proposed_at),
                "band": band_words(each.band, teller),
                "is_proposed": each.pairing.state is PairingState.PROPOSED,
            }
            for each in found
            if each.pairing.found_by is not None
        ],
        trail=(
            NavLink(visit.gettext("Propuestas"), "/pairings"),
            NavLink(visit.gettext("Pares abiertos a mano"), PATH, is_current=True),
        ),
    )
