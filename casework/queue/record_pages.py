"""Sharing pairs out: how they would be, then asking everybody at once."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response
from pydantic import Field

from casework.errors import CaseworkError, InvalidInput
from casework.queue.hours import weeks_by_person
from casework.queue.share_presenters import shown_pairs, shown_people
from casework.queue.shares import MOST, lay_out_share, share_out
from casework.review import rules
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.pieces import Notice
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)

Number = Annotated[int, Field(ge=1, le=2**53)]
Numbers = Annotated[list[Number], Field(max_length=4 * MOST)]
SeatToGive = Annotated[str, Field(max_length=40, pattern=r"^(\d{1,16}:\d{1,16})?$")]


@router.get("/reviews/sharing")
@requires(Permission.REVIEW_ASSIGN)
def sharing(visit: Entered, pair: Annotated[Numbers, Query(default_factory=list)]) -> Response:
    """Show who would look at what; nobody is asked yet."""
    return _show(visit, pair)


@router.post("/reviews/sharing")
@requires(Permission.REVIEW_ASSIGN)
def share_them_out(
    visit: Entered,
    pair: Annotated[Numbers, Form(default_factory=list)],
    seat: Annotated[list[SeatToGive], Form(default_factory=list, max_length=4 * MOST)],
    due_on: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Ask everybody, as the coordinator left the share."""
    shares = [
        (int(of), int(who)) for of, _, who in (each.partition(":") for each in seat if each)
    ]
    try:
        share_out(visit.session, visit.viewer, shares, due_on=_day(due_on), at=visit.at)
    except InvalidInput as refusal:
        return _show(visit, pair, refusal, shares, due_on=due_on)
    except CaseworkError as refusal:
        # What was chosen does not fit any more: how it would be shared now.
        return _show(visit, pair, refusal, due_on=due_on)
    return visit.leads_to("/reviews?done=shared")


def _show(
    visit: Visit,
    numbers: Sequence[int],
    refusal: CaseworkError | None = None,
    shares: Sequence[tuple[int, int]] | None = None,
    *,
    due_on: str = "",
) -> Response:
    teller = teller_for(visit.language)
    laid = lay_out_share(visit.session, visit.viewer, numbers, at=visit.at)
    both = [(each.proposal.person, each.proposal.remains) for each in laid.pairs]
    record(
        visit.session,
        Deed.REVIEW_SHARE_READ,
        by=visit.viewer,
        at=visit.at,
        concerning={record.reference for pair in both for record in pair},
        shown=len(both),
    )
    chosen = None
    if shares is not None:
        chosen = {number: [who for of, who in shares if of == number] for number, _ in shares}
    is_invented = [person.invented or found.invented for person, found in both]
    return visit.show(
        "queue/sharing.html",
        status=422 if refusal else 200,
        notices=(Notice(visit.gettext(str(refusal)), "problem"),) if refusal else (),
        shows_invented=any(is_invented),
        shows_real=not all(is_invented),
        pairs=shown_pairs(laid, teller, chosen),
        people=shown_people(laid, weeks_by_person(visit.session), teller),
        share=laid,
        due_on=due_on or (visit.at + rules.USUAL_TIME).date().isoformat(),
    )


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise InvalidInput(rules.BAD_DAY) from None
