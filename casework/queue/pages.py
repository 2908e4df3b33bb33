"""The queue of proposals, and the hours that people have for it."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response
from pydantic import Field

from casework.candidates.blinded import list_blinded
from casework.candidates.model import MatchingRun
from casework.candidates.opening import record_listed
from casework.candidates.presenters import ShownBlinded, ShownRun
from casework.candidates.queries import PAGE, last_finished_run, latest_run
from casework.candidates.rules import is_under_way
from casework.codes import Sex
from casework.errors import InvalidInput
from casework.queue import presenters
from casework.queue.asked import QueueAsked
from casework.queue.hours import (
    capacity_of,
    loads_of,
    read_week,
    say_hours,
    weeks_by_person,
)
from casework.queue.listing import lay_out
from casework.review.queries import Colleague, list_colleagues
from casework.signin.queries import institution_names
from casework.web.access import requires
from casework.web.charts import scale_of
from casework.web.described import Teller, teller_for
from casework.web.description_form import country_choices
from casework.web.pieces import Choice, Notice, pager_of
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)

WEIGHTS_OFFERED = (1, 2, 3, 4)


@router.get("/pairings")
@requires(Permission.PAIRING_READ)
def queue(visit: Entered, search: Annotated[QueueAsked, Query()]) -> Response:
    """Show the proposals, those first of which a look is worth most."""
    session, viewer = visit.session, visit.viewer
    teller = teller_for(visit.language)
    laid = lay_out(session, viewer, search, at=visit.at)
    blinded = list_blinded(session, viewer, at=visit.at)
    record_listed(visit, laid.proposals, blinded.shown)
    rows = presenters.shown_rows(laid, search, teller)
    within, after = presenters.split_at_week(rows, laid, search.page)
    sums = [each.proposal.log10_lr for each in rows]
    latest = latest_run(session, viewer)
    return visit.show(
        "queue/queue.html",
        shows_invented=any(row.proposal.is_invented for row in rows),
        shows_real=not all(row.proposal.is_invented for row in rows),
        within=[each.proposal for each in within],
        after=[each.proposal for each in after],
        told={each.proposal.href: each for each in rows},
        week=presenters.shown_week(laid, teller),
        widest=scale_of([each for each in sums if each is not None]),
        measure=laid.measure,
        parked=laid.parked,
        blinded=[ShownBlinded.of(each, teller) for each in blinded.shown],
        blinded_count=blinded.count,
        search=search,
        choices=_choices(visit, teller),
        pager=pager_of(
            "/pairings", search.query, page=search.page, size=PAGE, total=laid.measure.count
        ),
        latest=_shown(latest, teller),
        last_finished=_shown(last_finished_run(session, viewer), teller),
        may_run=viewer.may(Permission.MATCHING_RUN),
        picks="share" if viewer.may(Permission.REVIEW_ASSIGN) and rows else "",
        may_begin=latest is None or not is_under_way(latest),
    )


def _shown(run: MatchingRun | None, teller: Teller) -> ShownRun | None:
    return ShownRun.of(run, teller) if run is not None else None


def _choices(visit: Visit, teller: Teller) -> Mapping[str, Sequence[Choice]]:
    return {
        "countries": list(country_choices(teller)),
        "sex": [Choice(sex.value, teller.code(sex)) for sex in (Sex.FEMALE, Sex.MALE)],
        "least": [
            Choice(
                str(power),
                teller.gettext("al menos %(times)s veces")
                % {"times": teller.wording.number(10**power, 0)},
            )
            for power in WEIGHTS_OFFERED
        ],
        **presenters.more_choices(teller, institution_names(visit.session)),
    }


@router.get("/reviews/hours")
@requires(Permission.REVIEW_EXAMINE)
def hours_page(visit: Entered) -> Response:
    """Show how many hours a week each has, as far as it is the visitor's to say."""
    return _show_hours(visit, {})


@router.post("/reviews/hours")
@requires(Permission.REVIEW_EXAMINE)
def keep_hours(
    visit: Entered,
    person: Annotated[list[int], Form()],
    hours: Annotated[list[Annotated[str, Field(max_length=10)]], Form()],
    away_until: Annotated[Sequence[Annotated[str, Field(max_length=20)]], Form()] = (),
) -> Response:
    """Keep the hours that were said and until when each is away, person by person."""
    days = [*away_until, *[""] * len(person)]
    typed = {who: (said, day) for who, said, day in zip(person, hours, days, strict=False)}
    try:
        weeks = {account: read_week(*said) for account, said in typed.items()}
        known = {account: each for account, each in weeks.items() if each is not None}
        say_hours(visit.session, visit.viewer, known, at=visit.at)
    except InvalidInput as refusal:
        return _show_hours(visit, typed, (Notice(visit.gettext(str(refusal)), "problem"),))
    return visit.leads_to("/pairings")


def _show_hours(
    visit: Visit, typed: Mapping[int, tuple[str, str]], notices: Sequence[Notice] = ()
) -> Response:
    teller = teller_for(visit.language)
    today = visit.at.date()
    sees_to_all = visit.viewer.may(Permission.REVIEW_ASSIGN)
    stands = {
        account: (
            teller.wording.number(each.hours, 1),
            each.away_until.isoformat() if each.away_until and each.is_away(today) else "",
        )
        for account, each in weeks_by_person(visit.session).items()
    }
    people: list[tuple[Colleague, tuple[str, str]]] = [
        (each, typed.get(each.account_id, stands.get(each.account_id, ("", ""))))
        for each in list_colleagues(visit.session)
        if sees_to_all or each.account_id == visit.viewer.account_id
    ]
    loads = loads_of(visit.session, on=today)
    capacity = capacity_of(visit.session, visit.viewer, on=today)
    return visit.show(
        "queue/hours.html",
        loads=presenters.shown_loads(people, loads, capacity, teller),
        status=422 if notices else 200,
        notices=tuple(notices),
        people=people,
        shows_invented=False,
        shows_real=False,
    )
