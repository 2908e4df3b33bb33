"""Keeping in touch with one family, and the list of what an institution promised."""

from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from casework.contacts import actions, forms, presenters, queries
from casework.contacts.forms import AgreementForm, EntryForm, PointForm
from casework.contacts.hours import clock_at
from casework.contacts.model import (
    Channel,
    ContentClass,
    Direction,
    Literacy,
    Outcome,
    Safe,
    SecurityConcern,
)
from casework.contacts.words import (
    CHANNEL_WORDS,
    CONCERN_WORDS,
    CONTENT_WORDS,
    DIRECTION_WORDS,
    LITERACY_WORDS,
    OUTCOME_WORDS,
    SAFE_WORDS,
)
from casework.errors import CaseworkError
from casework.families.model import Relative
from casework.families.presenters import who_gives
from casework.families.queries import get_relative, list_relatives
from casework.families.words import LANGUAGE_NAMES
from casework.missing.model import MissingPerson
from casework.missing.opening import open_people
from casework.missing.queries import get_own_missing_person
from casework.oversight.hours import ZONES
from casework.signin.queries import names_behind
from casework.status.presenters import shown_code
from casework.status.queries import code_of, line_of
from casework.web.access import requires
from casework.web.described import Teller, teller_for
from casework.web.pieces import Choice, NavLink, Notice, pager_of
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.model import Reveals
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
AT_A_TIME = 20
BUTTONS = (Outcome.SPOKE, Outcome.MESSAGE_LEFT, Outcome.NO_ANSWER)


@router.get("/missing/{reference}/family")
@requires(Permission.CONTACT_KEEP)
def family(
    visit: Entered,
    reference: str,
    relative: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    done: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Show how to reach a family, what was said, and what is owed to them."""
    person = _own_file(visit, reference)
    chosen = get_relative(visit.session, person, relative) if relative else None
    notices = (Notice(visit.gettext("Quedó anotado."), "done"),) if done == "logged" else ()
    return _show_family(visit, person, chosen, EntryForm(), {}, notices)


@router.post("/missing/{reference}/family/{relative_id:int}/contacts")
@requires(Permission.CONTACT_KEEP)
def log(
    visit: Entered, reference: str, relative_id: int, form: Annotated[EntryForm, Form()]
) -> Response:
    """Log one contact, or say what has to be looked at."""
    person, relative = _their(visit, reference, relative_id)
    noted = f"{_family_href(relative)}&done=logged"
    spoken, problems = forms.read_entry(form, at=visit.at)
    if spoken is None:
        return _show_family(visit, person, relative, form, problems, ())
    try:
        actions.log_contact(visit.session, visit.viewer, relative, spoken, at=visit.at)
    except CaseworkError as refusal:
        # What was typed stays on the page: a note of a call is not written twice.
        told = Notice(visit.gettext(str(refusal)), "problem")
        return _show_family(visit, person, relative, form, {}, (told,))
    return visit.leads_to(noted)


@router.get("/missing/{reference}/family/{relative_id:int}/point")
@requires(Permission.CONTACT_KEEP)
def point_page(
    visit: Entered,
    reference: str,
    relative_id: int,
    changes: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    told: Annotated[int, Query(ge=0, le=50)] = 0,
) -> Response:
    """Show the form of one way to reach somebody: empty, or with what is kept or was told.

    `told`: which of the telephones told with the report; a number stands in no address.
    """
    person, relative = _their(visit, reference, relative_id)
    # Held until the form is filled: what was opened is sealed again once nobody holds it.
    opened = queries.open_contacts(visit.session, visit.viewer, relative, at=visit.at)
    kept = queries.point_of(opened, changes) if changes else None
    numbers = dict(enumerate(presenters.told_points(opened, relative), start=1))
    form = PointForm.of(kept) if kept else PointForm(value=numbers.get(told, ""))
    return _show_point(visit, person, relative, form, changes, {})


@router.post("/missing/{reference}/family/{relative_id:int}/point")
@requires(Permission.CONTACT_KEEP)
def keep_point(
    visit: Entered,
    reference: str,
    relative_id: int,
    form: Annotated[PointForm, Form()],
    changes: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> Response:
    """Keep one way to reach somebody, beside or instead of what was kept."""
    person, relative = _their(visit, reference, relative_id)
    before = queries.get_point(visit.session, relative, changes) if changes else None
    said, problems = forms.read_point(form)
    if said is None:
        return _show_point(visit, person, relative, form, changes, problems)
    actions.keep_point(
        visit.session, visit.viewer, relative, said, replaces=before, at=visit.at
    )
    return visit.leads_to(_family_href(relative))


@router.post("/missing/{reference}/family/{relative_id:int}/point/{point_id:int}/end")
@requires(Permission.CONTACT_KEEP)
def end_point(visit: Entered, reference: str, relative_id: int, point_id: int) -> Response:
    """Say that a way leads to them no more."""
    _, relative = _their(visit, reference, relative_id)
    point = queries.get_point(visit.session, relative, point_id)
    actions.end_point(visit.session, visit.viewer, relative, point, at=visit.at)
    return visit.leads_to(_family_href(relative))


@router.get("/missing/{reference}/family/{relative_id:int}/agreement")
@requires(Permission.CONTACT_KEEP)
def agreement_page(visit: Entered, reference: str, relative_id: int) -> Response:
    """Show the form of how somebody wants to be spoken to."""
    person, relative = _their(visit, reference, relative_id)
    kept = queries.open_contacts(visit.session, visit.viewer, relative, at=visit.at)
    form = AgreementForm(language=LANGUAGE_NAMES.get(relative.language, relative.language))
    if kept.agreement:
        form = AgreementForm.of(kept.agreement)
    return _show_agreement(visit, person, relative, form, {})


@router.post("/missing/{reference}/family/{relative_id:int}/agreement")
@requires(Permission.CONTACT_KEEP)
def keep_agreement(
    visit: Entered, reference: str, relative_id: int, form: Annotated[AgreementForm, Form()]
) -> Response:
    """Keep what was agreed, instead of what was before."""
    person, relative = _their(visit, reference, relative_id)
    agreed, problems = forms.read_agreement(form)
    if agreed is None:
        return _show_agreement(visit, person, relative, form, problems)
    actions.agree(visit.session, visit.viewer, relative, agreed, at=visit.at)
    return visit.leads_to(_family_href(relative))


@router.get("/promises")
@requires(Permission.CONTACT_KEEP)
def promises(visit: Entered, page: Annotated[int, Query(ge=1, le=10_000)] = 1) -> Response:
    """List what the visitor's institution promised to families, the longest overdue first."""
    listed = queries.list_owed(
        visit.session, visit.viewer, at=visit.at, page=page, size=AT_A_TIME
    )
    people = [each.person for each in listed.rows]
    names = _open_names(visit, people)
    teller = teller_for(visit.language)
    country = visit.viewer.country
    record(
        visit.session,
        Deed.PROMISES_LISTED,
        by=visit.viewer,
        at=visit.at,
        concerning=[each.reference for each in people],
        shown=len(people),
    )
    due = queries.count_due(visit.session, visit.viewer, at=visit.at)
    line = line_of(visit.session, visit.viewer.institution_id)
    return visit.show(
        "contacts/promises.html",
        shows_invented=any(each.invented for each in people),
        shows_real=not all(each.invented for each in people),
        owed=[
            presenters.shown_owed(each, names, teller, at=visit.at, country=country)
            for each in listed.rows
        ],
        due=due,
        total=listed.total,
        line=line.line if line else "",
        line_hours=line.hours if line else "",
        pager=pager_of("/promises", {}, page=page, size=AT_A_TIME, total=listed.total),
    )


def _show_family(
    visit: Visit,
    person: MissingPerson,
    chosen: Relative | None,
    form: EntryForm,
    problems: Mapping[str, str],
    notices: tuple[Notice, ...],
) -> Response:
    relatives = list_relatives(visit.session, person)
    chosen = chosen or next(iter(relatives), None)
    teller = teller_for(visit.language)
    spoken_of = _spoken_of(visit, chosen, form, teller) if chosen else {}
    is_wrong = bool(problems) or any(each.tone == "problem" for each in notices)
    return visit.show(
        "contacts/family.html",
        status=422 if is_wrong else 200,
        notices=notices,
        shows_invented=person.invented,
        reference=person.reference,
        # Whoever takes back what they allowed says so in a call: it is one press from here.
        consents_href=f"/missing/{person.reference}/consents"
        if visit.viewer.may(Permission.CONSENT_RECORD)
        else "",
        tabs=_tabs(relatives, chosen, teller) if len(relatives) > 1 else (),
        chosen=chosen.id if chosen else None,
        problems={name: visit.gettext(text) for name, text in problems.items()},
        choices=_choices(teller),
        form=form,
        trail=_trail(visit, person, visit.gettext("La familia")),
        **spoken_of,
    )


def _spoken_of(
    visit: Visit, chosen: Relative, form: EntryForm, teller: Teller
) -> dict[str, Any]:
    """Tell everything about one relative: what the page shows once they are chosen."""
    kept = queries.open_contacts(visit.session, visit.viewer, chosen, at=visit.at)
    agreement = kept.agreement
    code = code_of(visit.session, chosen.id)
    officers = names_behind(visit.session, {each.recorded_by for each in kept.entries})
    zone = clock_at(visit.at, visit.viewer.country, "").tzinfo or UTC
    return {
        "who": who_gives(chosen, teller),
        "own_name": chosen.name,
        "told_first": chosen.contact,
        "agreement": presenters.shown_agreement(agreement, teller),
        "points": presenters.shown_points(
            kept, chosen, teller, at=visit.at, country=visit.viewer.country
        ),
        "past_points": [
            presenters.ShownPoint.of(each, visit.at, teller) for each in kept.past_points
        ],
        "promises": [
            presenters.shown_promise(each, visit.at.date(), teller) for each in kept.promises
        ],
        "entries": [
            presenters.shown_entry(each, officers, teller, zone=zone) for each in kept.entries
        ],
        "next_on": form.next_on or forms.next_day(agreement, visit.at).isoformat(),
        "channel": agreement.channel if agreement and agreement.channel else form.channel,
        "language_spoken": form.language
        or (agreement.language if agreement else chosen.language),
        "code": shown_code(code, teller) if code else None,
        "languages": [Choice(each, name) for each, name in LANGUAGE_NAMES.items()],
    }


def _show_point(
    visit: Visit,
    person: MissingPerson,
    relative: Relative,
    form: PointForm,
    changes: int | None,
    problems: Mapping[str, str],
) -> Response:
    teller = teller_for(visit.language)
    names = teller.wording.locale.days["stand-alone"]["abbreviated"]
    return visit.show(
        "contacts/point.html",
        status=422 if problems else 200,
        shows_invented=person.invented,
        reference=person.reference,
        relative_id=relative.id,
        changes=changes,
        who=who_gives(relative, teller),
        form=form,
        problems={name: visit.gettext(text) for name, text in problems.items()},
        days=[Choice(str(day + 1), names[day]) for day in range(7)],
        windows=[
            (1, form.days_1, form.from_1, form.to_1),
            (2, form.days_2, form.from_2, form.to_2),
        ],
        choices=_choices(teller),
        trail=_trail(visit, person, visit.gettext("Cómo llegar a la persona")),
    )


def _show_agreement(
    visit: Visit,
    person: MissingPerson,
    relative: Relative,
    form: AgreementForm,
    problems: Mapping[str, str],
) -> Response:
    teller = teller_for(visit.language)
    return visit.show(
        "contacts/agreement.html",
        status=422 if problems else 200,
        shows_invented=person.invented,
        reference=person.reference,
        relative_id=relative.id,
        who=who_gives(relative, teller),
        form=form,
        problems={name: visit.gettext(text) for name, text in problems.items()},
        languages=tuple(LANGUAGE_NAMES.values()),
        countries=[Choice(each, teller.country(each)) for each in ZONES],
        choices=_choices(teller),
        trail=_trail(visit, person, visit.gettext("Qué se acordó")),
    )


def _own_file(visit: Visit, reference: str) -> MissingPerson:
    person = get_own_missing_person(visit.session, visit.viewer, reference, at=visit.at)
    record(visit.session, Deed.FAMILY_READ, by=visit.viewer, at=visit.at, about=reference)
    return person


def _their(visit: Visit, reference: str, relative_id: int) -> tuple[MissingPerson, Relative]:
    person = _own_file(visit, reference)
    return person, get_relative(visit.session, person, relative_id)


def _open_names(visit: Visit, people: Sequence[MissingPerson]) -> dict[int, str]:
    """Open the names that are open to the visitor; of the others the reference is enough."""
    groups = (Reveals.CIRCUMSTANCE, Reveals.IDENTITY)
    opened = open_people(visit.session, visit.viewer, people, at=visit.at, groups=groups)
    return {
        each.id: each.names[0].full
        for each in people
        if opened[each.id].shows(Reveals.IDENTITY) and each.names
    }


def _family_href(relative: Relative) -> str:
    return f"/missing/{relative.case.reference}/family?relative={relative.id}"


def _tabs(
    relatives: Sequence[Relative], chosen: Relative | None, teller: Teller
) -> tuple[NavLink, ...]:
    return tuple(
        NavLink(who_gives(each, teller), _family_href(each), is_current=each is chosen)
        for each in relatives
    )


def _choices(teller: Teller) -> dict[str, list[Choice]]:
    _ = teller.gettext
    lists: dict[str, list[tuple[str, str]]] = {
        "channels": [(each, CHANNEL_WORDS[each]) for each in Channel],
        "kinds": [(each, CHANNEL_WORDS[each]) for each in Channel if each != "in_person"],
        "safe": [(each, SAFE_WORDS[each]) for each in Safe],
        "literacy": [(each, LITERACY_WORDS[each]) for each in Literacy],
        "concerns": [(each, CONCERN_WORDS[each]) for each in SecurityConcern],
        "directions": [(each, DIRECTION_WORDS[each]) for each in Direction],
        "contents": [(each, CONTENT_WORDS[each]) for each in ContentClass],
        "otherwise": [(each, OUTCOME_WORDS[each]) for each in Outcome if each not in BUTTONS],
    }
    return {
        name: [Choice(code, _(words)) for code, words in pairs] for name, pairs in lists.items()
    }


def _trail(visit: Visit, person: MissingPerson, here: str) -> tuple[NavLink, ...]:
    return (
        NavLink(visit.gettext("Personas desaparecidas"), "/missing"),
        NavLink(person.reference, f"/missing/{person.reference}"),
        NavLink(here, "", is_current=True),
    )
