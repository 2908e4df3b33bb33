"""What decisions teach: reports, who is found less, and adopting weights."""

from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import HTMLResponse, Response

from casework.candidates.adopted import WeightSet, set_in_force
from casework.candidates.queries import list_readable_numbers
from casework.errors import CaseworkError, NotFound
from casework.learning import actions
from casework.learning.presenters import shown_report, shown_set
from casework.learning.queries import get_set, list_sets, signatures_of
from casework.signin.queries import institution_names
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.pieces import Notice
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
SetNumber = Annotated[int, Path(ge=1, le=2**53)]
Reason = Annotated[str, Form(max_length=actions.LONGEST_REASON)]


@router.get("/engine/learning")
@requires(Permission.ENGINE_READ)
def learning(visit: Entered) -> Response:
    """Show the newest report that is made, and all before it."""
    return _show(visit, None)


@router.post("/engine/learning")
@requires(Permission.ENGINE_ADOPT)
def ask(visit: Entered) -> Response:
    """Ask for a report of what all decisions would change."""
    try:
        asked = actions.request_report(visit.session, visit.viewer, at=visit.at)
    except CaseworkError as refusal:
        return _show(visit, None, problem=visit.gettext(str(refusal)))
    return visit.leads_to(f"/engine/learning/{asked.id}")


@router.get("/engine/learning/{number:int}")
@requires(Permission.ENGINE_READ)
def one_report(visit: Entered, number: SetNumber) -> Response:
    """Show one report."""
    return _show(visit, get_set(visit.session, number))


@router.post("/engine/learning/{number:int}/signature")
@requires(Permission.ENGINE_ADOPT)
def sign(visit: Entered, number: SetNumber, reason: Reason = "") -> Response:
    """Sign that the next comparison should use it."""
    return _write(visit, number, reason, adopts=True)


@router.post("/engine/learning/{number:int}/withdrawal")
@requires(Permission.ENGINE_ADOPT)
def take_back(visit: Entered, number: SetNumber, reason: Reason = "") -> Response:
    """Take it out of force."""
    return _write(visit, number, reason, adopts=False)


def _write(visit: Visit, number: int, reason: str, *, adopts: bool) -> Response:
    does = actions.adopt if adopts else actions.take_back
    try:
        does(visit.session, visit.viewer, number, reason=reason, at=visit.at)
    except NotFound:
        raise
    except CaseworkError as refusal:
        chosen = get_set(visit.session, number)
        return _show(visit, chosen, problem=visit.gettext(str(refusal)), reason=reason)
    return visit.leads_to(f"/engine/learning/{number}")


def _show(
    visit: Visit, chosen: WeightSet | None, *, problem: str = "", reason: str = ""
) -> HTMLResponse:
    session, teller = visit.session, teller_for(visit.language)
    sets = list_sets(session)
    chosen = chosen or next((each for each in sets if each.report), None)
    in_force = set_in_force(session)
    every = {each.id: each for each in (*sets, *((chosen,) if chosen else ()))}
    signed = signatures_of(session, every.values())
    names = institution_names(session)
    shown = {
        number: shown_set(
            each,
            signed.get(number, []),
            teller,
            institutions=names,
            in_force=in_force.id if in_force else None,
        )
        for number, each in every.items()
    }
    report = chosen.report if chosen is not None else None
    moved = report["moved"] if report else {"comes_first": [], "leaves_first": []}
    may_read = visit.viewer.may(Permission.PAIRING_READ)
    readable = {
        name: list_readable_numbers(session, visit.viewer, moved[name], at=visit.at)
        if may_read
        else []
        for name in ("comes_first", "leaves_first")
    }
    return visit.show(
        "learning/learning.html",
        status=422 if problem else 200,
        notices=(Notice(problem, "problem"),) if problem else (),
        chosen=shown[chosen.id] if chosen is not None else None,
        report=shown_report(report, teller, names) if report else None,
        sets=[shown[each.id] for each in sets],
        is_under_way=any(each.waits for each in shown.values()),
        may_adopt=visit.viewer.may(Permission.ENGINE_ADOPT),
        readable=readable,
        reason=reason,
    )
