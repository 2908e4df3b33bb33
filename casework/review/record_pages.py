"""The form of an opinion, blind or of a third person, and the board."""

from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from casework.candidates.deeds import record_about
from casework.candidates.explaining import explain_proposal
from casework.candidates.queries import Proposal, get_proposal
from casework.errors import CaseworkError, NotFound
from casework.kinship.forms import RecordId
from casework.review import actions, boards, presenters
from casework.review.forms import TO_THE_BOARD, BoardForm, OpinionForm, VoteForm
from casework.review.kinds import kinds_before
from casework.review.model import Place, Review
from casework.review.outcomes import contested_in
from casework.review.queries import (
    Board,
    Seat,
    Standing,
    State,
    board_of,
    given_in,
    last_review,
    list_colleagues,
    open_groups,
    open_said,
    own_draft,
    own_opinion,
    own_seat,
    standing_in,
)
from casework.review.rules import Lacking
from casework.review.said import DNA, Said, read_back
from casework.review.turns import keepers_of, review_of
from casework.signin.queries import names_behind
from casework.web.access import requires
from casework.web.charts import widest_of
from casework.web.described import teller_for
from casework.web.languages import marked
from casework.web.pieces import Choice, Notice
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed
from privacy.model import Reveals
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
EMPTY = Said({}, None)
OWN, RECONCILES = marked("Su dictamen"), marked("Conciliar dos dictámenes")


@router.get("/pairings/{pairing_id:int}/opinion")
@requires(Permission.REVIEW_EXAMINE)
def opinion(
    visit: Entered, pairing_id: RecordId, done: Annotated[str, Query(max_length=10)] = ""
) -> Response:
    """Show the form of the visitor's own opinion, with what they wrote so far."""
    proposal, review, seat = _seated(visit, pairing_id)
    draft = own_draft(visit.session, visit.viewer, seat)
    said = EMPTY
    if draft is not None:
        groups = open_groups(visit.session, visit.viewer, proposal, at=visit.at)
        open_said(visit.session, visit.viewer, [draft], groups, at=visit.at)
        said = read_back(draft, groups)
    record_about(visit.session, Deed.OPINION_READ, visit.viewer, proposal, at=visit.at)
    told = (Notice(visit.gettext("El borrador quedó guardado. Solo usted lo lee."), "done"),)
    return _show(visit, proposal, review, seat=seat, said=said, notices=told if done else ())


@router.post("/pairings/{pairing_id:int}/opinion")
@requires(Permission.REVIEW_EXAMINE)
def give(
    visit: Entered, pairing_id: RecordId, form: Annotated[OpinionForm, Form()]
) -> Response:
    """Keep the draft, or give the opinion for good; what lacks is said beside its field."""
    proposal, review, seat = _seated(visit, pairing_id)
    said = form.said(_kinds(visit, proposal, review, seat))
    here = f"/pairings/{pairing_id}"
    try:
        if form.do == "draft":
            actions.keep_draft(visit.session, visit.viewer, proposal, said, at=visit.at)
            return visit.leads_to(f"{here}/opinion?done=kept")
        if form.do == TO_THE_BOARD:
            said = Said(said.kinds, None, said.reason)
        actions.give_opinion(visit.session, visit.viewer, proposal, said, at=visit.at)
    except Lacking as refusal:
        told = visit.gettext("Falta algo: está dicho junto a cada indicio. Nada se perdió.")
        return _show(
            visit,
            proposal,
            review,
            seat=seat,
            said=said,
            errors=refusal.fields,
            notices=(Notice(told, "problem"),),
        )
    except NotFound:
        raise
    except CaseworkError as refusal:
        problem = Notice(visit.gettext(str(refusal)), "problem")
        return _show(visit, proposal, review, seat=seat, said=said, notices=(problem,))
    return visit.leads_to(f"{here}/review?done=opinion")


@router.post("/pairings/{pairing_id:int}/opinion/draft")
@requires(Permission.REVIEW_EXAMINE)
def keep(
    visit: Entered, pairing_id: RecordId, form: Annotated[OpinionForm, Form()]
) -> Response:
    """Keep what was written so far, while it is written; answered with a line."""
    proposal, review, seat = _seated(visit, pairing_id)
    said = form.said(_kinds(visit, proposal, review, seat))
    actions.keep_draft(visit.session, visit.viewer, proposal, said, at=visit.at)
    when = teller_for(visit.language).wording.instant(visit.at)
    return visit.show("review/_kept.html", when=when)


@router.get("/pairings/{pairing_id:int}/board")
@requires(Permission.REVIEW_EXAMINE)
def board(visit: Entered, pairing_id: RecordId) -> Response:
    """Show the board of a pair, or the form by which it is convened."""
    proposal = get_proposal(visit.session, visit.viewer, pairing_id, at=visit.at)
    record_about(visit.session, Deed.BOARD_READ, visit.viewer, proposal, at=visit.at)
    return _show_board(visit, proposal, VoteForm())


@router.post("/pairings/{pairing_id:int}/board/vote")
@requires(Permission.REVIEW_EXAMINE)
def vote(visit: Entered, pairing_id: RecordId, form: Annotated[VoteForm, Form()]) -> Response:
    """Vote, once."""
    proposal = get_proposal(visit.session, visit.viewer, pairing_id, at=visit.at)
    try:
        boards.cast_vote(visit.session, visit.viewer, proposal, form.vote(), at=visit.at)
    except CaseworkError as refusal:
        problem = Notice(visit.gettext(str(refusal)), "problem")
        return _show_board(visit, proposal, form, (problem,))
    return visit.leads_to(f"/pairings/{pairing_id}/board")


@router.post("/pairings/{pairing_id:int}/board")
@requires(Permission.REVIEW_ASSIGN)
def see_to_board(
    visit: Entered, pairing_id: RecordId, form: Annotated[BoardForm, Form()]
) -> Response:
    """Convene the board, name more of its members, or close it with its minutes."""
    proposal = get_proposal(visit.session, visit.viewer, pairing_id, at=visit.at)
    session, viewer = visit.session, visit.viewer
    members, words, do = form.member, form.words, form.do
    try:
        if do == "close":
            boards.close_board(session, viewer, proposal, minutes=words, at=visit.at)
        elif do == "name":
            boards.name_members(session, viewer, proposal, members=members, at=visit.at)
        else:
            boards.convene_board(
                session, viewer, proposal, members=members, question=words, at=visit.at
            )
    except CaseworkError as refusal:
        problem = Notice(visit.gettext(str(refusal)), "problem")
        return _show_board(visit, proposal, VoteForm(), (problem,), words=words)
    return visit.leads_to(f"/pairings/{pairing_id}/board")


def _seated(visit: Visit, pairing_id: int) -> tuple[Proposal, Review, Seat]:
    """Find the seat in which the visitor may still speak; without one there is no form."""
    proposal = get_proposal(visit.session, visit.viewer, pairing_id, at=visit.at)
    review = review_of(visit.session, visit.viewer, proposal)
    seat = own_seat(visit.session, visit.viewer, review)
    if seat is None or not proposal.shows(Reveals.BODY):
        raise NotFound("seat")
    if own_opinion(visit.session, visit.viewer, seat) is not None:
        raise NotFound("opinion")
    return proposal, review, seat


def _kinds(visit: Visit, proposal: Proposal, review: Review, seat: Seat) -> list[str]:
    if seat.row.place is Place.THIRD:
        return sorted(contested_in(visit.session, review))
    return [*kinds_before(proposal), DNA]


def _show(
    visit: Visit,
    proposal: Proposal,
    review: Review,
    *,
    seat: Seat,
    said: Said,
    errors: Mapping[str, str] | None = None,
    notices: Sequence[Notice] = (),
) -> Response:
    session, viewer, teller = visit.session, visit.viewer, teller_for(visit.language)
    is_third = seat.row.place is Place.THIRD
    explanation = explain_proposal(session, viewer, proposal, at=visit.at)
    given = given_in(session, viewer, proposal, review, at=visit.at) if is_third else []
    names = names_behind(session, {each.row.account_id for each in given})
    weighed, lacking = presenters.shown_kinds(
        explanation,
        said,
        errors or {},
        before=[each.said for each in given],
        only=contested_in(session, review) if is_third else None,
        teller=teller,
    )
    here = f"/pairings/{proposal.pairing.id}/opinion"
    title = teller.gettext(RECONCILES if is_third else OWN)
    return visit.show(
        "review/opinion.html",
        status=422 if any(each.tone == "problem" for each in notices) else 200,
        notices=tuple(notices),
        shows_invented=proposal.person.invented or proposal.remains.invented,
        here=here,
        title=title,
        is_third=is_third,
        weighed=weighed,
        lacking=lacking,
        widest=widest_of([each.row.log10_lr for each in weighed]),
        opinions=presenters.shown_opinions(given, names, teller),
        verdicts=presenters.verdict_choices(teller),
        conclusions=presenters.conclusion_choices(teller),
        said=said,
        errors={name: teller.gettext(told) for name, told in (errors or {}).items()},
        due=teller.wording.day(seat.due_on(visit.at.date())),
        pair=proposal.pairing.id,
        person=proposal.person.reference,
        remains=proposal.remains.reference,
        trail=presenters.trail_of(proposal, teller, title, here),
    )


def _show_board(
    visit: Visit,
    proposal: Proposal,
    form: VoteForm,
    notices: Sequence[Notice] = (),
    *,
    words: str = "",
) -> Response:
    session, viewer, teller = visit.session, visit.viewer, teller_for(visit.language)
    review = last_review(session, viewer, proposal)
    standing = standing_in(session, review)
    found = board_of(session, viewer, proposal, review, at=visit.at) if review else None
    given = given_in(session, viewer, proposal, review, at=visit.at) if review and found else []
    people = {each.account_id for each in found.members} if found else set()
    names = names_behind(session, people | {each.row.account_id for each in given})
    here = f"/pairings/{proposal.pairing.id}/board"
    title = teller.gettext("La junta")
    return visit.show(
        "review/board.html",
        status=422 if notices else 200,
        notices=tuple(notices),
        shows_invented=proposal.person.invented or proposal.remains.invented,
        here=here,
        title=title,
        board=found,
        vote_headings=presenters.headings_of(presenters.VOTE_HEADINGS, teller),
        votes=presenters.shown_votes(found, names, teller) if found else [],
        opinions=presenters.shown_opinions(given, names, teller),
        standing=presenters.standing_words(standing, teller),
        unexplained=[
            Choice(kind, presenters.kind_words(kind, teller))
            for kind in sorted(standing.unexplained)
        ],
        conclusions=presenters.conclusion_choices(teller),
        **_seeing_to_it(visit, proposal, standing, people),
        may_vote=_may_vote(visit, found),
        form=form,
        words=words,
        trail=presenters.trail_of(proposal, teller, title, here),
    )


def _seeing_to_it(
    visit: Visit, proposal: Proposal, standing: Standing, members: Collection[int]
) -> dict[str, Any]:
    """Give a coordinator of one of the keepers whom they may name."""
    sees_to_it = (
        visit.viewer.may(Permission.REVIEW_ASSIGN)
        and visit.viewer.institution_id in keepers_of(proposal)
        and standing.state not in {State.NONE, State.AWAITED}
    )
    found = list_colleagues(visit.session) if sees_to_it else ()
    return {
        "sees_to_it": sees_to_it,
        "colleagues": [
            Choice(str(each.account_id), each.name)
            for each in found
            if each.account_id not in members
        ],
    }


def _may_vote(visit: Visit, found: Board | None) -> bool:
    """Say whether the board waits for the visitor's vote."""
    if found is None or found.is_over or not found.is_whole:
        return False
    mine = [m for m in found.members if m.account_id == visit.viewer.account_id]
    return bool(mine) and mine[0].id not in found.votes
