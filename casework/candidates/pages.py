"""One proposal side by side, and the runs that make them."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from casework.candidates import actions
from casework.candidates.blinded import get_blinded
from casework.candidates.companion_words import shown_companies
from casework.candidates.companions import references_in, travelled_with
from casework.candidates.comparison import ShownComparison, shown_comparison
from casework.candidates.explaining import explain_proposal
from casework.candidates.joint import taken_together
from casework.candidates.joint_presenters import ShownTogether
from casework.candidates.matchability import what_helps
from casework.candidates.opening import record_blinded, record_read
from casework.candidates.presenters import ShownBlinded, ShownRun
from casework.candidates.queries import (
    Proposal,
    get_proposal,
    get_run,
    list_runs,
)
from casework.candidates.rules import is_under_way
from casework.candidates.sensitivity import shown_sensitivity
from casework.candidates.stations import journey_of
from casework.candidates.unseen_parts import unseen_of
from casework.errors import NotFound
from casework.links.kinds import PEOPLE, REMAINS
from casework.links.queries import Asking, joined_with
from casework.missing.opening import open_people
from casework.missing.queries import get_own_missing_person
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.languages import OFFERED, Spoken
from casework.web.pieces import NavLink
from casework.web.templating import Templates
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)

RecordId = Annotated[int, Path(ge=1, le=2**53)]
RUNS_SHOWN = 10


@router.get("/pairings/{pairing_id:int}")
@requires(Permission.PAIRING_READ)
def comparison(
    visit: Entered,
    pairing_id: RecordId,
    spoken: Annotated[Spoken | None, Query(alias="in")] = None,
) -> Response:
    """Lay both files of one proposal side by side, or say whose the closed one is.

    `in`: the language of the explanation, where it is not that of the page.
    """
    try:
        proposal = get_proposal(visit.session, visit.viewer, pairing_id, at=visit.at)
    except NotFound:
        return _show_blinded(visit, pairing_id)
    language = spoken or visit.language
    shown, explanation = _explained(visit, proposal, language)
    return visit.show(
        "candidates/comparison.html",
        shows_invented=shown.is_invented,
        pair=shown,
        linked=_linked(visit, proposal),
        explanation=explanation,
        spoken=language,
        languages=OFFERED,
        trail=(
            NavLink(visit.gettext("Propuestas"), _queue_left(visit.request)),
            NavLink(
                f"{proposal.person.reference} · {proposal.remains.reference}",
                f"/pairings/{pairing_id}",
                is_current=True,
            ),
        ),
    )


def _explained(
    visit: Visit, proposal: Proposal, language: str
) -> tuple[ShownComparison, Markup]:
    """Explain a proposal in one language, and note what was read for it."""
    session, viewer, at = visit.session, visit.viewer, visit.at
    explanation = explain_proposal(session, viewer, proposal, at=at)
    together = taken_together(session, viewer, proposal, explanation.run, at=at)
    companies = travelled_with(session, viewer, proposal, at=at)
    beside = (*(together.references if together else ()), *references_in(companies))
    record_read(visit, proposal, concerning=beside)
    teller = teller_for(language)
    shown = shown_comparison(
        explanation,
        teller,
        unseen=unseen_of(session, viewer, proposal, at=at),
        journey=journey_of(session, viewer, proposal, at=at),
    )
    return shown, Templates(language).fragment(
        "candidates/_explanation.html",
        pair=shown,
        path=f"/pairings/{proposal.pairing.id}",
        together=ShownTogether.of(together, teller) if together else None,
        companies=shown_companies(companies, teller),
        groups_href=f"/missing/{proposal.person.reference}/groups",
        sensitivity=shown_sensitivity(proposal, explanation.run, teller)
        if proposal.shows_numbers
        else None,
    )


def _linked(visit: Visit, proposal: Proposal) -> tuple[NavLink, ...]:
    """Name other records of the same person or remains: they are no rivals of each other."""
    sides = ((PEOPLE, proposal.person), (REMAINS, proposal.remains))
    return tuple(
        NavLink(each.reference, f"{kind.path}/{each.reference}")
        for kind, one in sides
        for each in joined_with(Asking(visit.session, visit.viewer, kind, visit.at), one)[1:]
    )


def _show_blinded(visit: Visit, pairing_id: int) -> Response:
    blinded = get_blinded(visit.session, visit.viewer, pairing_id, at=visit.at)
    record_blinded(visit, blinded)
    return visit.show(
        "candidates/blinded.html",
        pair=ShownBlinded.of(blinded, teller_for(visit.language)),
        trail=(
            NavLink(visit.gettext("Propuestas"), _queue_left(visit.request)),
            NavLink(blinded.own_reference, f"/pairings/{pairing_id}", is_current=True),
        ),
    )


def _queue_left(request: Request) -> str:
    """Lead back to the search the reader came from; only the query is theirs to choose."""
    came = urlsplit(request.headers.get("referer", ""))
    from_queue = (came.netloc, came.path) == (request.url.netloc, "/pairings")
    return f"/pairings?{came.query}" if from_queue and came.query else "/pairings"


@router.get("/pairings/runs")
@requires(Permission.PAIRING_READ)
def runs(visit: Entered) -> Response:
    """List the latest runs."""
    teller = teller_for(visit.language)
    found = list_runs(visit.session, visit.viewer, limit=RUNS_SHOWN)
    return visit.show(
        "candidates/runs.html", runs=[ShownRun.of(each, teller) for each in found]
    )


@router.post("/pairings/runs")
@requires(Permission.MATCHING_RUN)
def begin_run(visit: Entered) -> Response:
    """Ask for a new weighing of everybody."""
    run = actions.request_matching(visit.session, visit.viewer, at=visit.at)
    return visit.leads_to(f"/pairings/runs/{run.id}")


@router.get("/pairings/runs/{run_id:int}")
@requires(Permission.PAIRING_READ)
def run_page(visit: Entered, run_id: RecordId) -> Response:
    """Show how far a run is, or what came of it."""
    return _show_run(visit, run_id, "candidates/run.html")


@router.get("/pairings/runs/{run_id:int}/progress")
@requires(Permission.PAIRING_READ)
def run_progress(visit: Entered, run_id: RecordId) -> Response:
    """Answer htmx with the moving part; once the run has ended, with the whole page anew."""
    answer = _show_run(visit, run_id, "candidates/_progress.html")
    if not is_under_way(get_run(visit.session, visit.viewer, run_id)):
        answer.headers["hx-refresh"] = "true"
    return answer


@router.post("/pairings/runs/{run_id:int}/cancel")
@requires(Permission.MATCHING_RUN)
def cancel_run(visit: Entered, run_id: RecordId) -> Response:
    """Ask a run to stop."""
    actions.cancel_matching(visit.session, visit.viewer, run_id, at=visit.at)
    return visit.leads_to(f"/pairings/runs/{run_id}")


def _show_run(visit: Visit, run_id: int, template: str) -> HTMLResponse:
    run = get_run(visit.session, visit.viewer, run_id)
    return visit.show(
        template,
        run=ShownRun.of(run, teller_for(visit.language)),
        may_run=visit.viewer.may(Permission.MATCHING_RUN),
    )


@router.get("/missing/{reference}/matchability")
@requires(Permission.MISSING_REPORT)
def matchability(visit: Entered, reference: str) -> Response:
    """Tell what would most help to find a person, to whoever keeps the file."""
    person = get_own_missing_person(visit.session, visit.viewer, reference, at=visit.at)
    openings = open_people(visit.session, visit.viewer, [person], at=visit.at)
    helpful = what_helps(person, openings[person.id], teller_for(visit.language))
    return visit.show(
        "candidates/matchability.html",
        shows_invented=person.invented,
        href=f"/missing/{person.reference}",
        reference=person.reference,
        helpful=helpful,
        widest=max((each.log10_lr for each in helpful), default=1.0),
    )
