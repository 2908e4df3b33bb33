"""Travel groups: entering one, who was in it, and what became of them."""

from datetime import date
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from casework.errors import InvalidInput, NotFound
from casework.groups import incident_pages
from casework.groups.actions import describe_group, enter_group, say_of_member
from casework.groups.model import Aboard, GroupKind, Outcome, ToldBy, TravelGroupFact
from casework.groups.queries import facts_of, get_group, groups_of, list_groups
from casework.groups.rules import NO_SUCH_RECORD, GroupDraft, MemberDraft
from casework.groups.showing import ShownGroup, show_group, title_of
from casework.groups.words import ABOARD_WORDS, KIND_WORDS, OUTCOME_WORDS, TOLD_BY_WORDS
from casework.incidents.queries import get_incident
from casework.links.kinds import PEOPLE, REMAINS
from casework.links.queries import Asking
from casework.references import Prefix
from casework.values import DateRange
from casework.web.access import requires
from casework.web.country_names import country_named
from casework.web.described import Teller, teller_for
from casework.web.form_values import Unreadable, read_days, read_numbers
from casework.web.languages import marked
from casework.web.pieces import Choice, NavLink, Notice, pager_of
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
router.include_router(incident_pages.router)
Code = TypeVar("Code", bound=Any)
Line = Annotated[str, Field(max_length=500)]
AT_A_TIME = 50


class SentGroup(BaseModel):
    """What the form of a group sends."""

    kind: Line = ""
    vessel: Line = ""
    registration: Line = ""
    country: Line = ""
    place: Line = ""
    departed_from: Line = ""
    departed_to: Line = ""
    aboard_min: Line = ""
    aboard_max: Line = ""
    incident: Line = ""
    told_by: Line = ""
    person: Line = ""  # whom one comes to put in the group


class SentMember(BaseModel):
    """What the form of a member sends."""

    record: Line = ""
    words: Line = ""
    entry: Annotated[str, Field(max_length=8)] = ""
    aboard: Line = Aboard.TRAVELLED.value
    outcome: Line = Outcome.UNKNOWN.value
    told_by: Line = ""
    reason: Annotated[str, Field(max_length=3000)] = ""


@router.get("/groups")
@requires(Permission.LINK_READ)
def group_list(
    visit: Entered,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    person: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """List the groups that the visitor may know of; `person` is whom they would put in one."""
    return _show_list(visit, SentGroup(person=person), page=page)


@router.post("/groups")
@requires(Permission.LINK_RECORD)
def enter(visit: Entered, form: Annotated[SentGroup, Form()]) -> Response:
    """Enter a group."""
    try:
        group = enter_group(_asking(visit), _draft(visit, form))
    except (InvalidInput, Unreadable) as refusal:
        return _show_list(visit, form, visit.gettext(str(refusal)))
    to = f"/groups/{group.reference}"
    return visit.leads_to(with_person(to, form.person))


@router.get("/groups/{reference}")
@requires(Permission.LINK_READ)
def one_group(visit: Entered, reference: str, person: str = "") -> Response:
    """Show who was together and what became of them."""
    return _show_group(visit, reference, SentMember(record=person[:20]))


@router.post("/groups/{reference}/facts")
@requires(Permission.LINK_RECORD)
def describe(visit: Entered, reference: str, form: Annotated[SentGroup, Form()]) -> Response:
    """Say anew what is known of a group."""
    group = get_group(_asking(visit), reference)
    try:
        describe_group(_asking(visit), group, _draft(visit, form))
    except (InvalidInput, Unreadable) as refusal:
        told = visit.gettext(str(refusal))
        return _show_group(visit, reference, SentMember(), told, sent=form)
    return visit.leads_to(f"/groups/{group.reference}")


@router.post("/groups/{reference}/members")
@requires(Permission.LINK_RECORD)
def say(visit: Entered, reference: str, form: Annotated[SentMember, Form()]) -> Response:
    """Say whether somebody was in a group."""
    asking = _asking(visit)
    group = get_group(asking, reference)
    wanted = form.record.strip().upper()
    kind = REMAINS if wanted.startswith(f"{Prefix.REMAINS}-") else PEOPLE
    try:
        case = kind.get(visit.session, visit.viewer, wanted, at=visit.at)
        of_kind = Asking(visit.session, visit.viewer, kind, visit.at)
        say_of_member(of_kind, group, case, _member(form))
    except NotFound:
        return _show_group(visit, reference, form, visit.gettext(NO_SUCH_RECORD))
    except InvalidInput as refusal:
        return _show_group(visit, reference, form, visit.gettext(str(refusal)))
    return visit.leads_to(f"/groups/{group.reference}")


@router.get("/missing/{reference}/groups")
@requires(Permission.LINK_READ)
def groups_of_person(visit: Entered, reference: str) -> Response:
    """Show with whom somebody travelled, from their file."""
    asking, teller = _asking(visit), teller_for(visit.language)
    person = PEOPLE.get(visit.session, visit.viewer, reference, at=visit.at)
    found = groups_of(asking, person)
    record(
        visit.session, Deed.GROUP_LISTED, by=visit.viewer, at=visit.at, about=person.reference
    )
    return visit.show(
        "groups/of_person.html",
        shows_invented=person.invented,
        person=person.reference,
        groups=[show_group(asking, group, teller) for group in found],
        may_say=visit.viewer.may(Permission.LINK_RECORD),
        trail=(
            NavLink(visit.gettext("Personas desaparecidas"), "/missing"),
            NavLink(person.reference, f"/missing/{person.reference}"),
            NavLink(visit.gettext("Con quién viajaba"), "", is_current=True),
        ),
    )


def _show_list(visit: Visit, form: SentGroup, problem: str = "", *, page: int = 1) -> Response:
    teller = teller_for(visit.language)
    listed, total = list_groups(_asking(visit), page=page, size=AT_A_TIME)
    record(visit.session, Deed.GROUP_LISTED, by=visit.viewer, at=visit.at, shown=len(listed))
    rows = [
        {
            "reference": group.reference,
            "href": with_person(f"/groups/{group.reference}", form.person),
            "title": title_of(fact, teller),
            "invented": group.invented,
            "since": teller.dates_short(DateRange(*[group.entered_at.date()] * 2)),
        }
        for group, fact in listed
    ]
    return visit.show(
        "groups/list.html",
        status=422 if problem else 200,
        notices=(Notice(problem, "problem"),) if problem else (),
        shows_invented=any(group.invented for group, _ in listed),
        shows_real=any(not group.invented for group, _ in listed),
        rows=rows,
        pager=pager_of(
            "/groups", {"person": form.person}, page=page, size=AT_A_TIME, total=total
        ),
        form=form,
        choices=_choices(visit),
        may_say=visit.viewer.may(Permission.LINK_RECORD),
    )


def _show_group(
    visit: Visit,
    reference: str,
    form: SentMember,
    problem: str = "",
    *,
    sent: SentGroup | None = None,
) -> Response:
    asking = _asking(visit)
    group = get_group(asking, reference)
    teller = teller_for(visit.language)
    shown = show_group(asking, group, teller)
    return visit.show(
        "groups/group.html",
        status=422 if problem else 200,
        notices=(Notice(problem, "problem"),) if problem else (),
        shows_invented=group.invented,
        group=shown,
        form=form,
        sent=sent or _as_sent(facts_of(asking, group)[0], shown, teller),
        choices=_choices(visit),
        may_say=visit.viewer.may(Permission.LINK_RECORD),
        trail=(
            NavLink(visit.gettext("Grupos de viaje"), "/groups"),
            NavLink(group.reference, "", is_current=True),
        ),
    )


def _as_sent(fact: TravelGroupFact, shown: ShownGroup, teller: Teller) -> SentGroup:
    """Give what was said last, as the form types it."""
    return SentGroup(
        kind=fact.kind.value,
        vessel=fact.vessel,
        registration=fact.registration,
        country=teller.country(fact.country),
        place=fact.place,
        departed_from=_typed_day(fact.departed_from, teller),
        departed_to=_typed_day(fact.departed_to, teller),
        aboard_min="" if fact.aboard_min is None else str(fact.aboard_min),
        aboard_max="" if fact.aboard_max is None else str(fact.aboard_max),
        incident=shown.incident_href.rpartition("/")[2],
        told_by=fact.told_by.value,
    )


def _typed_day(day: date | None, teller: Teller) -> str:
    return teller.wording.typed_day(day.isoformat()) if day else ""


def with_person(path: str, person: str) -> str:
    """Lead to a group's form, with whom one comes to put there already in it."""
    return f"{path}?{urlencode({'person': person})}#member" if person else path


def _draft(visit: Visit, form: SentGroup) -> GroupDraft:
    """Read a form; raises what is wrong with it."""
    aboard = read_numbers(form.aboard_min, form.aboard_max, least=1, most=5000)
    country = country_named(form.country) if form.country.strip() else None
    if form.country.strip() and country is None:
        raise InvalidInput(marked("No se reconoce el país; escriba su nombre."))
    incident = None
    if wanted := form.incident.strip().upper():
        try:
            incident = get_incident(visit.session, visit.viewer, wanted).id
        except NotFound:
            raise InvalidInput(NO_SUCH_RECORD) from None
    return GroupDraft(
        kind=_code(GroupKind, form.kind),
        told_by=_code(ToldBy, form.told_by),
        vessel=form.vessel.strip(),
        registration=form.registration.strip(),
        country=country,
        place=form.place.strip(),
        departed=read_days(form.departed_from, form.departed_to),
        aboard_min=int(aboard.low) if aboard else None,
        aboard_max=int(aboard.high) if aboard else None,
        incident_id=incident,
    )


def _member(form: SentMember) -> MemberDraft:
    return MemberDraft(
        aboard=_code(Aboard, form.aboard),
        told_by=_code(ToldBy, form.told_by),
        reason=form.reason,
        outcome=_code(Outcome, form.outcome),
        words=form.words,
        entry=form.entry,
    )


def _code(codes: type[Code], text: str) -> Code:
    try:
        chosen: Code = codes(text)
    except ValueError:
        raise InvalidInput(marked("Elija una opción de la lista.")) from None
    return chosen


def _asking(visit: Visit) -> Asking:
    return Asking(visit.session, visit.viewer, PEOPLE, visit.at)


def _choices(visit: Visit) -> dict[str, list[Choice]]:
    _ = visit.gettext
    return {
        "kind": [Choice(each, _(words)) for each, words in KIND_WORDS.items()],
        "told_by": [Choice(each, _(words)) for each, words in TOLD_BY_WORDS.items()],
        "aboard": [Choice(each, _(words)) for each, (words, _tone) in ABOARD_WORDS.items()],
        "outcome": [Choice(each, _(words)) for each, words in OUTCOME_WORDS.items()],
    }
