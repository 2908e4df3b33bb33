"""Who examines a pair and what came of it, and what waits for the visitor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from casework.candidates.deeds import record_about
from casework.candidates.queries import Proposal, get_proposal
from casework.errors import CaseworkError, InvalidInput, NotFound
from casework.kinship.forms import RecordId
from casework.review import presenters, rules, seats
from casework.review.fingerprints import fingerprint_of
from casework.review.model import Review, SeatChange
from casework.review.queries import (
    BLIND,
    Seat,
    Standing,
    State,
    free_place,
    given_in,
    held_by,
    last_review,
    list_colleagues,
    own_opinion,
    seats_of,
    standing_in,
)
from casework.review.turns import keepers_of
from casework.review.work import list_work, seats_awaited
from casework.signin.queries import names_behind
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.pieces import Choice, Notice
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.model import Reveals
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)


@router.get("/reviews")
@requires(Permission.REVIEW_EXAMINE)
def work(visit: Entered, done: Annotated[str, Query(max_length=10)] = "") -> Response:
    """List what waits for the visitor, and for a coordinator all that waits."""
    shared = Notice(visit.gettext("Quedó pedido: cada persona tiene su aviso."), "done")
    teller, today = teller_for(visit.language), visit.at.date()
    found = list_work(visit.session, visit.viewer, at=visit.at)
    listed = [each for each, _ in found.seats] + [*found.boards, *found.ours]
    record(
        visit.session,
        Deed.REVIEWS_LISTED,
        by=visit.viewer,
        at=visit.at,
        concerning={name for each in listed for name in (each.person, each.remains)},
        shown=len(listed),
    )
    people = {seat.row.account_id for each in found.ours for seat in each.seats}
    names = names_behind(visit.session, people)
    return visit.show(
        "review/work.html",
        notices=(shared,) if done == "shared" else (),
        shows_invented=any(each.is_invented for each in listed),
        shows_real=not all(each.is_invented for each in listed),
        own_headings=presenters.headings_of(presenters.OWN_HEADINGS, teller),
        all_headings=presenters.headings_of(presenters.ALL_HEADINGS, teller),
        mine=[
            (each, presenters.shown_seats([seat], {}, teller, today=today, changeable=())[0])
            for each, seat in found.seats
        ],
        boards=found.boards,
        ours=[
            (
                each,
                presenters.standing_words(each.standing, teller),
                presenters.shown_seats(
                    seats_awaited(each), names, teller, today=today, changeable=()
                ),
            )
            for each in found.ours
        ],
        sees_to_it=visit.viewer.may(Permission.REVIEW_ASSIGN),
    )


@router.get("/pairings/{pairing_id:int}/review/bar")
@requires(Permission.PAIRING_READ)
def bar(visit: Entered, pairing_id: RecordId) -> Response:
    """Tell the comparison page in a line who should do what next."""
    proposal = get_proposal(visit.session, visit.viewer, pairing_id, at=visit.at)
    record_about(visit.session, Deed.REVIEW_READ, visit.viewer, proposal, at=visit.at)
    return visit.show("review/_bar.html", **_told(visit, Looked.at(visit, proposal)))


@router.get("/pairings/{pairing_id:int}/review")
@requires(Permission.REVIEW_EXAMINE)
def review_page(
    visit: Entered, pairing_id: RecordId, done: Annotated[str, Query(max_length=10)] = ""
) -> Response:
    """Show who examines a pair, as far as the visitor may know, and what came of it."""
    proposal = get_proposal(visit.session, visit.viewer, pairing_id, at=visit.at)
    record_about(visit.session, Deed.REVIEW_READ, visit.viewer, proposal, at=visit.at)
    said = visit.gettext("Su dictamen quedó dado. Ya no cambia.")
    return _show(visit, proposal, (Notice(said, "done"),) if done else ())


@router.post("/pairings/{pairing_id:int}/review")
@requires(Permission.REVIEW_EXAMINE)
def see_to_review(
    visit: Entered,
    pairing_id: RecordId,
    do: Annotated[str, Form(max_length=20)] = "",
    person: Annotated[int, Form()] = 0,
    due_on: Annotated[str, Form(max_length=20)] = "",
    seat: Annotated[int, Form()] = 0,
    until: Annotated[str, Form(max_length=20)] = "",
    why: Annotated[str, Form(max_length=5_000)] = "",
) -> Response:
    """Take a seat, ask somebody to look, pause or hand over a seat, or review again."""
    proposal = get_proposal(visit.session, visit.viewer, pairing_id, at=visit.at)
    session, viewer, at = visit.session, visit.viewer, visit.at
    here = f"/pairings/{pairing_id}"
    try:
        if do == "again":
            seats.open_review(session, viewer, proposal, at=at, why=why)
        elif do == "ask":
            seats.seat_person(
                session, viewer, proposal, account_id=person, due_on=_day(due_on), at=at
            )
        elif do == SeatChange.HANDED_OVER and person:
            seats.hand_over(session, viewer, proposal, seat_id=seat, to=person, at=at)
        elif do in set(SeatChange):
            seats.change_seat(
                session,
                viewer,
                proposal,
                seat_id=seat,
                change=SeatChange(do),
                until=_day(until) if until and do == SeatChange.PAUSED else None,
                at=at,
            )
        else:
            sit = seats.sit_as_third if do == "third" else seats.take_seat
            sit(session, viewer, proposal, at=at)
            return visit.leads_to(f"{here}/opinion")
    except NotFound:
        raise
    except CaseworkError as refusal:
        return _show(visit, proposal, (Notice(visit.gettext(str(refusal)), "problem"),))
    return visit.leads_to(f"{here}/review")


@dataclass(frozen=True, slots=True)
class Looked:
    """A pair's last review as the visitor may know it, read once for a page."""

    proposal: Proposal
    review: Review | None
    standing: Standing
    seats: Sequence[Seat]

    @classmethod
    def at(cls, visit: Visit, proposal: Proposal) -> "Looked":
        session = visit.session
        review = last_review(session, visit.viewer, proposal)
        seats = seats_of(session, review) if review else ()
        return cls(proposal, review, standing_in(session, review), seats)

    @property
    def sat(self) -> set[int]:
        """Give the accounts of all who sit or sat, as far as the visitor may know them."""
        return {each.row.account_id for each in self.seats}


def _show(visit: Visit, proposal: Proposal, notices: Sequence[Notice]) -> Response:
    teller, here = teller_for(visit.language), f"/pairings/{proposal.pairing.id}/review"
    title = teller.gettext("Quién la examina")
    looked = Looked.at(visit, proposal)
    return visit.show(
        "review/review.html",
        status=422 if any(each.tone == "problem" for each in notices) else 200,
        notices=tuple(notices),
        shows_invented=proposal.person.invented or proposal.remains.invented,
        title=title,
        trail=presenters.trail_of(proposal, teller, title, here),
        usual=(visit.at + rules.USUAL_TIME).date().isoformat(),
        **_told(visit, looked),
        **_own_seat(visit, looked),
        **_told_to_who_sees_to_it(visit, looked),
    )


def _own_seat(visit: Visit, looked: Looked) -> dict[str, Any]:
    """Give the seat in which the visitor has not spoken, and whom they may offer it."""
    seat = held_by(visit.viewer, looked.seats)
    if seat is None or own_opinion(visit.session, visit.viewer, seat) is not None:
        return {"own_seat": None, "offered": []}
    today, teller = visit.at.date(), teller_for(visit.language)
    (shown,) = presenters.shown_seats([seat], {}, teller, today=today, changeable=())
    others = (
        each
        for each in list_colleagues(visit.session)
        if each.account_id != visit.viewer.account_id
    )
    offered = [Choice(str(each.account_id), each.name) for each in others]
    return {"own_seat": shown, "offered": offered}


def _told(visit: Visit, looked: Looked) -> dict[str, Any]:
    """Say where the pair stands and what the visitor may do; of another it tells nothing."""
    viewer, teller = visit.viewer, teller_for(visit.language)
    proposal, standing = looked.proposal, looked.standing
    today, seat = visit.at.date(), held_by(viewer, looked.seats)
    spoke = own_opinion(visit.session, viewer, seat) if seat else None
    may_examine = viewer.may(Permission.REVIEW_EXAMINE) and proposal.shows(Reveals.BODY)
    return {
        "here": f"/pairings/{proposal.pairing.id}",
        "standing": standing,
        "words": presenters.standing_words(standing, teller),
        "unexplained": [
            presenters.kind_words(each, teller) for each in sorted(standing.unexplained)
        ],
        "due": teller.wording.day(seat.due_on(today)) if seat and not spoke else "",
        "rest": presenters.rest_words(seat, teller, today) if seat else "",
        "seat": seat,
        "spoke": teller.wording.instant(spoke.given_at) if spoke else "",
        "may_sit": may_examine and _may_sit(visit, looked),
        "may_reconcile": may_examine and _may_reconcile(visit, looked),
    }


def _may_sit(visit: Visit, looked: Looked) -> bool:
    if looked.review is None:
        return True
    return (
        looked.standing.state is State.AWAITED
        and visit.viewer.account_id not in looked.sat
        and free_place(visit.session, looked.review) is not None
    )


def _may_reconcile(visit: Visit, looked: Looked) -> bool:
    standing = looked.standing
    if visit.viewer.institution_id not in keepers_of(looked.proposal):
        return False
    if standing.state is not State.DIFFER and not (
        standing.state is State.AGREED and standing.unexplained and not standing.by_board
    ):
        return False
    taken = any(each.is_held and each.row.place not in BLIND for each in looked.seats)
    return visit.viewer.account_id not in looked.sat and not taken


def _told_to_who_sees_to_it(visit: Visit, looked: Looked) -> dict[str, Any]:
    """Say who sits, to whom the database shows it, and what was said once both have spoken."""
    session, viewer, teller = visit.session, visit.viewer, teller_for(visit.language)
    proposal, review = looked.proposal, looked.review
    has_spoken = looked.standing.state not in {State.NONE, State.AWAITED}
    given = (
        given_in(session, viewer, proposal, review, at=visit.at)
        if review and has_spoken
        else []
    )
    names = names_behind(session, looked.sat)
    changed = review is not None and review.said_fingerprint != fingerprint_of(
        session, viewer, proposal, at=visit.at
    )
    return {
        "opinions": presenters.shown_opinions(given, names, teller),
        "has_changed": changed,
        "seat_headings": presenters.headings_of(presenters.SEAT_HEADINGS, teller),
        **_seeing_to_it(visit, looked, names),
    }


def _seeing_to_it(visit: Visit, looked: Looked, names: Mapping[int, str]) -> dict[str, Any]:
    """Give a coordinator of one of the keepers the seats, and whom they may ask."""
    session, viewer = visit.session, visit.viewer
    keepers = keepers_of(looked.proposal)
    if not viewer.may(Permission.REVIEW_ASSIGN) or viewer.institution_id not in keepers:
        return {"sees_to_it": False, "seats": [], "asks": False, "colleagues": []}
    found, review = looked.seats, looked.review
    is_open = looked.standing.state in {State.NONE, State.AWAITED}
    own = [each.row for each in found if each.row.institution_id == viewer.institution_id]
    sits = {each.row.account_id for each in found if each.is_held and each.row.place in BLIND}
    return {
        "sees_to_it": viewer.account_id not in sits,
        "seats": presenters.shown_seats(
            found,
            names,
            teller_for(visit.language),
            today=visit.at.date(),
            changeable=[row.id for row in own if is_open],
        ),
        "asks": review is None or free_place(session, review) is not None,
        "colleagues": [
            Choice(str(each.account_id), each.name)
            for each in list_colleagues(session)
            if each.account_id not in looked.sat
        ],
    }


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise InvalidInput(rules.BAD_DAY) from None
