"""The desk: what offices ask of one another, and a consulate's own people."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field, StringConstraints

from casework.desk import actions, presenters, queries, wishes
from casework.desk.finding import find_office, find_record
from casework.desk.model import OfficeRequest, RequestKind, Step
from casework.desk.naming import names_in
from casework.desk.nationals import groups_of
from casework.desk.queries import Tray
from casework.desk.rules import USUAL_DAYS, is_pending, steps_from
from casework.desk.sampling import ShownNext, next_samples
from casework.desk.signing import may_answer
from casework.desk.wishes import Wished
from casework.errors import CaseworkError, InvalidInput, NotFound
from casework.missing.model import MissingPerson
from casework.signin.queries import institution_names
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.languages import marked
from casework.web.pieces import Choice, NavLink, Notice, pager_of
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
AT_A_TIME = 20
Marks = Annotated[list[Annotated[str, StringConstraints(max_length=40)]], Field(max_length=40)]
TRAY_WORDS = {
    Tray.RECEIVED: marked("Nos piden"),
    Tray.SENT: marked("Pedimos"),
    Tray.CLOSED: marked("Cerrados"),
}


class NewRequest(BaseModel):
    """What the form of a request sends: ready sentences in `ask`, else what in `kind`."""

    ask: Marks = []
    kind: str = ""
    to: str = ""
    about: str = ""
    due_on: str = ""
    words: str = ""


class NewMessage(BaseModel):
    """What the form below a request sends."""

    words: str = ""
    step: str = ""


@router.get("/desk")
@requires(Permission.REQUEST_READ)
def desk(
    visit: Entered,
    tray: Tray | None = None,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """Show what waits on the visitor's desk, the longest overdue first."""
    waiting = queries.count_waiting(visit.session, visit.viewer, at=visit.at)
    is_front = tray is None and page == 1
    # Whoever is asked for nothing looks at what they wait for themselves.
    tray = tray or (Tray.RECEIVED if waiting.received else Tray.SENT)
    seen, total = queries.list_requests(
        visit.session, visit.viewer, tray, visit.at, page=page, size=AT_A_TIME
    )
    record(
        visit.session,
        Deed.REQUESTS_LISTED,
        by=visit.viewer,
        at=visit.at,
        concerning=[each.about.reference for each in seen if each.about],
        shown=len(seen),
    )
    groups = groups_of(visit) if is_front else ()
    teller, today = teller_for(visit.language), visit.at.date()
    names, own = names_in(visit, seen, teller), visit.viewer.institution_id
    rows = [
        presenters.shown_request(each, own, today, teller, name=_name_of(each, names))
        for each in seen
    ]
    people = [each.row.is_invented for group in groups for each in group.people]
    return visit.show(
        "desk/desk.html",
        shows_invented=any(told := [each.is_invented for each in rows if each.about] + people),
        shows_real=not all(told),
        rows=rows,
        waiting=waiting,
        groups=groups,
        tabs=_tabs(visit, tray, waiting.received),
        tray=tray.value,
        pager=pager_of("/desk", {"tray": tray.value}, page=page, size=AT_A_TIME, total=total),
        may_send=visit.viewer.may(Permission.REQUEST_SEND),
    )


@router.get("/desk/new")
@requires(Permission.REQUEST_SEND)
def new_request(
    visit: Entered,
    about: Annotated[str, Query(max_length=40)] = "",
    ask: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Show the form of a request, filled as far as can be known."""
    usual = visit.at.date() + timedelta(days=USUAL_DAYS)
    form = NewRequest(about=about, due_on=usual.isoformat(), ask=[ask] if ask else [])
    try:
        found = find_record(visit.session, visit.viewer, about, at=visit.at)
    except NotFound as refusal:
        # Said before anybody writes a whole request about it.
        return _show_form(visit, form, visit.gettext(str(refusal)))
    if found and found.owner_institution_id != visit.viewer.institution_id:
        form = form.model_copy(update={"to": str(found.owner_institution_id)})
    return _show_form(visit, form)


@router.post("/desk/new")
@requires(Permission.REQUEST_SEND)
def send(visit: Entered, form: Annotated[NewRequest, Form()]) -> Response:
    """Send a request, or show the form again with what was typed."""
    try:
        wished = Wished(
            about=find_record(visit.session, visit.viewer, form.about, at=visit.at),
            to=find_office(visit.session, visit.viewer, form.to),
            wishes=wishes.chosen_among(form.ask),
            other=_other(form),
            due_on=_day(form.due_on),
            more=form.words,
            spoken=visit.gettext,
        )
        sent = wishes.ask(visit.session, visit.viewer, wished, at=visit.at)
    except (InvalidInput, NotFound) as refusal:
        return _show_form(visit, form, visit.gettext(str(refusal)))
    if len(sent) > 1:
        return visit.leads_to(f"/desk?tray={Tray.SENT.value}")
    return visit.leads_to(f"/desk/{sent[0].id}?done=sent")


@router.get("/desk/{number:int}")
@requires(Permission.REQUEST_READ)
def thread(
    visit: Entered, number: int, done: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    """Show one request with all that the two offices wrote."""
    request = queries.get_request(visit.session, visit.viewer, number, at=visit.at)
    told = {
        "sent": visit.gettext("El pedido quedó enviado."),
        "written": visit.gettext("Quedó anotado."),
    }.get(done)
    notices = (Notice(told, "done"),) if told else ()
    return _show_thread(visit, request, NewMessage(), notices)


@router.post("/desk/{number:int}")
@requires(Permission.REQUEST_SEND)
def write(visit: Entered, number: int, form: Annotated[NewMessage, Form()]) -> Response:
    """Write to the other office, do something with the request, or both."""
    request = queries.get_request(visit.session, visit.viewer, number, at=visit.at)
    try:
        step = Step(form.step) if form.step in set(Step) else None
        if request.kind is RequestKind.SIGNING and step is Step.ACCEPTED:
            visit.demand_step_up()
        actions.write(visit.session, visit.viewer, request, form.words, step, at=visit.at)
    except CaseworkError as refusal:
        # What was typed stays on the page.
        problem = Notice(visit.gettext(str(refusal)), "problem")
        return _show_thread(visit, request, form, (problem,))
    return visit.leads_to(f"/desk/{number}?done=written")


def _show_form(visit: Visit, form: NewRequest, problem: str = "") -> Response:
    teller = teller_for(visit.language)
    return visit.show(
        "desk/new.html",
        status=422 if problem else 200,
        notices=(Notice(problem, "problem"),) if problem else (),
        form=form,
        offered=presenters.ready_choices(form.about, form.ask, teller),
        kinds=presenters.kind_choices(
            teller, of_keeper=visit.viewer.may(Permission.CONSENT_RECORD)
        ),
        offices=[
            Choice(str(each.id), f"{each.name} ({teller.country(each.country)})")
            for each in queries.list_offices(visit.session, visit.viewer)
        ],
        trail=_trail(visit, visit.gettext("Pedir algo a otra oficina")),
    )


def _show_thread(
    visit: Visit, request: OfficeRequest, form: NewMessage, notices: Sequence[Notice]
) -> Response:
    session, viewer, teller = visit.session, visit.viewer, teller_for(visit.language)
    messages = actions.read_thread(session, viewer, request, at=visit.at)
    (seen,) = queries.seen_of(session, viewer, [request], visit.at)
    own = viewer.institution_id
    # Whoever kept the file before may have written as well.
    wrote = {each.institution_id for each in messages}
    offices = institution_names(
        session, wrote | {request.from_institution_id, request.to_institution_id}
    )
    allowed = steps_from(request.kind, seen.state, is_asked=request.to_institution_id == own)
    name = _name_of(seen, names_in(visit, [seen], teller))
    shown = presenters.shown_request(seen, own, visit.at.date(), teller, name=name)
    may_write = viewer.may(Permission.REQUEST_SEND)
    may_step = may_write and may_answer(viewer, request)
    return visit.show(
        "desk/thread.html",
        status=422 if any(each.tone == "problem" for each in notices) else 200,
        notices=tuple(notices),
        shows_invented=shown.is_invented,
        asked=shown,
        messages=presenters.shown_messages(request, messages, offices, own=own, teller=teller),
        read_by=presenters.read_by_the_other(
            request, messages, queries.list_readings(session, request), own=own, teller=teller
        ),
        buttons=presenters.shown_buttons(allowed, teller) if may_step else [],
        may_write=may_write,
        next=_next_samples(visit, seen),
        is_transfer=request.kind is RequestKind.TRANSFER and Step.ACCEPTED in allowed,
        takes_on_signing=request.kind is RequestKind.SIGNING and Step.ACCEPTED in allowed,
        signs_now=request.kind is RequestKind.SIGNING and seen.state is Step.ACCEPTED,
        form=form,
        trail=_trail(visit, shown.wanted),
    )


def _next_samples(visit: Visit, seen: queries.Seen) -> ShownNext | None:
    """Say whose sample to ask for, of a request for one that nobody settled yet."""
    request, about = seen.request, seen.about
    waits = request.kind is RequestKind.SAMPLE and is_pending(request.kind, seen.state)
    return next_samples(visit, about) if waits and isinstance(about, MissingPerson) else None


def _name_of(seen: queries.Seen, names: Mapping[str, str]) -> str:
    return names.get(seen.about.reference, "") if seen.about else ""


def _tabs(visit: Visit, here: Tray, received: int) -> tuple[NavLink, ...]:
    return tuple(
        NavLink(
            visit.gettext(words),
            f"/desk?tray={tray.value}",
            is_current=tray is here,
            count=received if tray is Tray.RECEIVED else None,
        )
        for tray, words in TRAY_WORDS.items()
    )


def _trail(visit: Visit, here: str) -> tuple[NavLink, ...]:
    return (NavLink(visit.gettext("Mesa"), "/desk"), NavLink(here, "", is_current=True))


def _other(form: NewRequest) -> RequestKind | None:
    """Say what is asked for besides ready sentences; of words alone, what a record says."""
    if form.kind:
        return _kind(form.kind)
    says_only = not form.ask and form.words.strip()
    return RequestKind.RECORD if says_only else None


def _kind(typed: str) -> RequestKind:
    try:
        return RequestKind(typed)
    except ValueError:
        raise InvalidInput(marked("Elija qué necesita.")) from None


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise InvalidInput(marked("Diga para qué día lo necesita: 2026-03-23.")) from None
