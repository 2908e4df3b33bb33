"""Pages about who speaks for a missing person, and what each of them agreed to."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse, Response

from casework.documents.answering import answer_pdf
from casework.families import actions, queries, reporting
from casework.families.forms import ConsentForm, RelativeForm, read_answers
from casework.families.items import Question, Reached, consulates_of
from casework.families.model import Relative
from casework.families.paper_form import FormLanguage, hand_out
from casework.families.presenters import (
    ShownEntry,
    ShownNotice,
    ShownRequest,
    present_givers,
    recipient_words,
    who_gives,
)
from casework.families.report_page import show_report, year_choices
from casework.families.reporting import TakenReport
from casework.families.words import KINSHIP_WORDS, LANGUAGE_NAMES, QUESTION_WORDS
from casework.missing.model import MissingPerson
from casework.missing.queries import get_own_missing_person
from casework.opening import entered_before
from casework.papers.presenters import shown_papers
from casework.papers.queries import list_papers
from casework.settings import settings
from casework.signin.queries import institution_names
from casework.web.access import requires
from casework.web.described import Teller, teller_for
from casework.web.pieces import Choice, Heading, NavLink, Notice
from casework.web.place_form import unread_warning, with_press
from casework.web.teeth_form import with_chart
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.consent.recipients import FORENSIC, of_forensic_services, of_institution
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)


@router.get("/missing/new")
@requires(Permission.MISSING_REPORT)
def report_form(visit: Entered) -> Response:
    """Show the empty form of a first report."""
    return show_report(visit, TakenReport(), {})


@router.post("/missing/new")
@requires(Permission.MISSING_REPORT)
def take_report(visit: Entered, form: Annotated[TakenReport, Form()]) -> Response:
    """Keep a report, or show it again with what has to be looked at."""
    form = with_chart(with_press(form), teller_for(visit.language))
    if form.asks_for_map or form.asks_for_chart:
        return show_report(visit, form, {})
    domain = settings().domain
    if filed_as := entered_before(
        visit.session, visit.viewer, MissingPerson, form.sheet, domain=domain
    ):
        return RedirectResponse(f"/missing/{filed_as}", status_code=303)
    taken, problems = reporting.read_taken(form, at=visit.at)
    if problems or unread_warning(form, teller_for(visit.language)):
        return show_report(visit, form, problems, is_unsaved=True)
    filed = reporting.take_report(
        visit.session, visit.viewer, taken, domain=domain, at=visit.at
    )
    return RedirectResponse(f"/missing/{filed.reference}", status_code=303)


@router.get("/missing/{reference}/consents")
@requires(Permission.CONSENT_RECORD)
def consents(visit: Entered, reference: str) -> Response:
    """Show who speaks for a person, and the ledger of what each of them said."""
    person = _own_file(visit, reference)
    relatives = queries.open_relatives(visit.session, visit.viewer, person, at=visit.at)
    entries = queries.list_entries(visit.session, person)
    teller = teller_for(visit.language)
    givers = present_givers(
        relatives, entries, institution_names(visit.session), teller, at=visit.at
    )
    lift = queries.find_request(visit.session, person)
    return visit.show(
        "families/consents.html",
        shows_invented=person.invented,
        reference=person.reference,
        givers=givers,
        headings=_headings(teller),
        is_protected=person.protected,
        kept_from=teller.countries(person.country_restrictions),
        lift=ShownRequest.of(lift, teller) if lift else None,
        kinships=_kinships(teller),
        languages=LANGUAGE_NAMES,
        may_ask=visit.viewer.may(Permission.RIGHTS_RECORD),
        may_complete=visit.viewer.may(Permission.MISSING_REPORT),
        trail=_trail(visit, person, visit.gettext("Autorizaciones")),
    )


@router.post("/missing/{reference}/relatives")
@requires(Permission.CONSENT_RECORD)
def add_relative(
    visit: Entered, reference: str, form: Annotated[RelativeForm, Form()]
) -> Response:
    """Enter somebody who gives information, and go on to the items."""
    person = _own_file(visit, reference)
    relative = actions.enter_relative(
        visit.session,
        visit.viewer,
        person,
        kinship=form.kinship,
        language=form.language,
        name=form.name,
        contact=form.contact,
        at=visit.at,
    )
    return visit.leads_to(f"/missing/{reference}/relatives/{relative.id}/consents")


@router.get("/missing/{reference}/relatives/{relative_id:int}/consents")
@requires(Permission.CONSENT_RECORD)
def consent_form(visit: Entered, reference: str, relative_id: int) -> Response:
    """Show the items one by one, none of them ticked."""
    person = _own_file(visit, reference)
    relative = queries.get_relative(visit.session, person, relative_id)
    return _show_form(visit, person, relative, ConsentForm(), {})


@router.post("/missing/{reference}/relatives/{relative_id:int}/consents")
@requires(Permission.CONSENT_RECORD)
def record_consent(
    visit: Entered, reference: str, relative_id: int, form: Annotated[ConsentForm, Form()]
) -> Response:
    """Enter each yes and each no into the ledger."""
    person = _own_file(visit, reference)
    relative = queries.get_relative(visit.session, person, relative_id)
    answers, problems = read_answers(form, _reached(visit, person), at=visit.at)
    if answers is None:
        return _show_form(visit, person, relative, form, problems)
    actions.record_answers(
        visit.session, visit.viewer, person, answers, relative=relative, at=visit.at
    )
    return visit.leads_to(f"/missing/{reference}/consents")


@router.get("/missing/{reference}/consents/form.pdf")
@requires(Permission.CONSENT_RECORD)
def paper_form(
    visit: Entered, reference: str, language: FormLanguage = FormLanguage.ES
) -> Response:
    """Print the form in one of its languages, with nothing ticked and nobody named."""
    person = _own_file(visit, reference)
    pdf, copy = hand_out(visit, person, language)
    record(
        visit.session,
        Deed.CONSENT_FORM_PRINTED,
        by=visit.viewer,
        at=visit.at,
        about=person.reference,
        copy=copy,
        language=language.value,
    )
    return answer_pdf(pdf, f"{reference}-{language}.pdf")


@router.get("/missing/{reference}/consents/withdraw")
@requires(Permission.CONSENT_RECORD)
def withdrawal(
    visit: Entered, reference: str, entry: Annotated[list[int], Query(max_length=100)]
) -> Response:
    """Say what happens when these are taken back, before they are."""
    person = _own_file(visit, reference)
    found = [queries.get_entry(visit.session, person, each) for each in entry]
    teller, names = teller_for(visit.language), institution_names(visit.session)
    return visit.show(
        "families/withdraw.html",
        shows_invented=person.invented,
        reference=person.reference,
        entries=[ShownEntry.of(each, names, teller, at=visit.at) for each in found],
        trail=_trail(visit, person, visit.gettext("Retirar")),
    )


@router.post("/missing/{reference}/consents/withdraw")
@requires(Permission.CONSENT_RECORD)
def withdraw(
    visit: Entered, reference: str, entry: Annotated[list[int], Form(max_length=100)]
) -> Response:
    """Take grants back; whoever had them finds them closed with their next request."""
    person = _own_file(visit, reference)
    granted = [queries.get_entry(visit.session, person, each) for each in entry]
    actions.withdraw_consent(visit.session, visit.viewer, person, granted, at=visit.at)
    return visit.leads_to(f"/missing/{reference}/consents")


@router.post("/missing/{reference}/protection/lift")
@requires(Permission.CONSENT_RECORD)
def request_lift(
    visit: Entered, reference: str, grounds: Annotated[str, Form(max_length=2000)] = ""
) -> Response:
    """Ask a second person to lift the protection."""
    person = _own_file(visit, reference)
    actions.request_lift(visit.session, visit.viewer, person, grounds, at=visit.at)
    return visit.leads_to(f"/missing/{reference}/consents#protection")


@router.post("/missing/{reference}/protection/restore")
@requires(Permission.CONSENT_RECORD)
def restore(visit: Entered, reference: str) -> Response:
    """Protect the person again, at once."""
    person = _own_file(visit, reference)
    actions.restore_protection(visit.session, visit.viewer, person, at=visit.at)
    return visit.leads_to(f"/missing/{reference}/consents#protection")


@router.get("/protection")
@requires(Permission.PROTECTION_LIFT)
def protection_requests(visit: Entered) -> Response:
    """List what waits for a second pair of eyes."""
    teller = teller_for(visit.language)
    waiting = queries.list_requests(visit.session)
    _record_listed(visit, Deed.LIFTS_LISTED, [each.reference for each in waiting])
    return visit.show(
        "families/protection.html",
        requests=[ShownRequest.of(each, teller) for each in waiting],
    )


@router.post("/protection/{request_id:int}")
@requires(Permission.PROTECTION_LIFT)
def decide(
    visit: Entered,
    request_id: int,
    verdict: Annotated[str, Form(pattern="^(approve|refuse)$")],
    reason: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Approve or refuse what somebody else asked for."""
    visit.demand_step_up()
    request = queries.get_request(visit.session, request_id)
    actions.decide_lift(
        visit.session,
        visit.viewer,
        request,
        approves=verdict == "approve",
        reason=reason,
        at=visit.at,
    )
    return visit.leads_to("/protection")


@router.get("/notices")
@requires(Permission.MISSING_READ)
def notices(visit: Entered) -> Response:
    """Show what other institutions tell this one to do."""
    teller, names = teller_for(visit.language), institution_names(visit.session)
    told = queries.list_notices(visit.session, visit.viewer)
    _record_listed(visit, Deed.NOTICES_LISTED, [each.about for each in told])
    return visit.show(
        "families/notices.html",
        told=[ShownNotice.of(each, names, teller) for each in told],
    )


@router.post("/notices/{notice_id:int}/read")
@requires(Permission.MISSING_READ)
def read_notice(visit: Entered, notice_id: int) -> Response:
    """Mark a notice as read and done."""
    notice = queries.get_notice(visit.session, visit.viewer, notice_id)
    actions.read_notice(visit.session, visit.viewer, notice, at=visit.at)
    return RedirectResponse("/notices", status_code=303)


def _own_file(visit: Visit, reference: str) -> MissingPerson:
    person = get_own_missing_person(visit.session, visit.viewer, reference, at=visit.at)
    record(visit.session, Deed.CONSENT_READ, by=visit.viewer, at=visit.at, about=reference)
    return person


def _record_listed(visit: Visit, deed: Deed, references: list[str]) -> None:
    record(
        visit.session,
        deed,
        by=visit.viewer,
        at=visit.at,
        concerning=references,
        shown=len(references),
    )


def _reached(visit: Visit, person: MissingPerson) -> dict[str, Reached]:
    """List whom a consent for the search can name here, and who stands behind each."""
    forensic = queries.list_forensic(visit.session)
    countries = sorted({each.country for each in forensic})
    choices = [
        FORENSIC,
        *(of_forensic_services(country) for country in countries),
        *(of_institution(each.id) for each in forensic),
    ]
    keeper = of_institution(person.owner_institution_id)
    consulates = consulates_of(person.nationalities)
    return {each: Reached(each, consulates, keeper) for each in choices}


def _show_form(
    visit: Visit,
    person: MissingPerson,
    relative: Relative,
    form: ConsentForm,
    problems: Mapping[str, str],
) -> Response:
    teller, names = teller_for(visit.language), institution_names(visit.session)
    reached = _reached(visit, person)
    sentence = visit.gettext("No se guardó todavía: revise los campos señalados.")
    return visit.show(
        "families/consent_form.html",
        status=422 if problems else 200,
        notices=(Notice(sentence, "problem"),) if problems else (),
        shows_invented=person.invented,
        reference=person.reference,
        relative_id=relative.id,
        giver=who_gives(relative, teller),
        form=form,
        problems={name: visit.gettext(text) for name, text in problems.items()},
        questions=[
            (each.value, visit.gettext(QUESTION_WORDS[each]), form.answer_to(each))
            for each in Question
        ],
        recipients=[Choice(each, recipient_words(each, names, teller)) for each in reached],
        years=year_choices(visit),
        languages=[Choice(code, name) for code, name in LANGUAGE_NAMES.items()],
        papers=_papers(visit, person, teller),
        is_protected=person.protected,
        trail=_trail(visit, person, visit.gettext("Anotar respuestas")),
    )


def _papers(visit: Visit, person: MissingPerson, teller: Teller) -> list[Choice]:
    """Offer the signed sheets that are kept already, by day and signer; unopened."""
    relatives = queries.list_relatives(visit.session, person)
    kept = shown_papers(list_papers(visit.session, person), relatives, teller)
    return [Choice(each.sha256, f"{each.when} {each.whose}".strip()) for each in kept]


def _headings(teller: Teller) -> tuple[Heading, ...]:
    _ = teller.gettext
    labels = (_("Qué"), _("Para qué"), _("A quién"), _("Respuesta"), _("Hasta"), _("Cambiar"))
    return tuple(Heading(label) for label in labels)


def _kinships(teller: Teller) -> list[Choice]:
    return [Choice(each, teller.gettext(words)) for each, words in KINSHIP_WORDS.items()]


def _trail(visit: Visit, person: MissingPerson, here: str) -> tuple[NavLink, ...]:
    return (
        NavLink(visit.gettext("Personas desaparecidas"), "/missing"),
        NavLink(person.reference, f"/missing/{person.reference}"),
        NavLink(here, "", is_current=True),
    )
