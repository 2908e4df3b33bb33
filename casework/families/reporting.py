"""Taking a report: the file of a missing person, and whoever reports as its first giver.

The one who reports speaks for themselves only. What they agreed to on the telephone is
entered under their own name; nothing they did not answer is open to anybody.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from casework.envelope import SearchConsent
from casework.families.actions import Answers, enter_relative, record_answers
from casework.families.forms import Short, answers_until
from casework.families.items import (
    OF_A_FIRST_CALL,
    USUAL_YEARS,
    YEARS,
    Question,
    Reached,
    consulates_of,
    ledger_items,
)
from casework.families.model import Kinship
from casework.missing.actions import file_report
from casework.missing.forms import ReportForm, read_report
from casework.missing.model import MissingPerson
from casework.web.languages import marked
from privacy.consent.recipients import FORENSIC, of_institution
from privacy.permissions import Viewer

YES = "yes"
# What each answer about the search means for the two items that the engine weighs.
_ABOUT_SEARCH = (Question.STORY, Question.BODY)


class TakenReport(ReportForm):
    """A first report as typed, with what its reporter agreed to; nothing is ticked."""

    reporter_name: Short = ""
    reporter_contact: Short = ""
    reporter_language: Short = ""
    kinship: Kinship = Kinship.UNKNOWN
    shows_name: Short = ""
    years: Short = USUAL_YEARS


@dataclass(frozen=True, slots=True)
class Taken:
    """A report that can be filed."""

    report: MissingPerson
    consent: SearchConsent
    form: TakenReport


def read_taken(form: TakenReport, *, at: datetime) -> tuple[Taken, dict[str, str]]:
    """Make a report and its consents of what was typed, or say what has to be looked at."""
    report, consent, problems = read_report(form, at=at)
    if form.years not in YEARS:
        problems = problems | {"years": marked("Elija hasta cuándo vale.")}
    return Taken(report, consent, form), problems


def take_report(
    session: Session, viewer: Viewer, taken: Taken, *, domain: str, at: datetime
) -> MissingPerson:
    """File a report, enter who reports, and enter what they agreed to or refused.

    Raises
    ------
    NotPermitted
        If `viewer` does not take reports.
    InvalidInput
        If the report names nobody in any way.
    """
    person = file_report(
        session,
        viewer,
        taken.report,
        consent=taken.consent,
        domain=domain,
        at=at,
        sheet=taken.form.sheet,
    )
    form = taken.form
    relative = enter_relative(
        session,
        viewer,
        person,
        kinship=form.kinship,
        language=form.reporter_language,
        name=form.reporter_name,
        contact=form.reporter_contact,
        at=at,
    )
    answers = _answers(taken, person, at)
    record_answers(session, viewer, person, answers, relative=relative, at=at)
    return person


def _answers(taken: Taken, person: MissingPerson, at: datetime) -> Answers:
    keeper = of_institution(person.owner_institution_id)
    reached = Reached(FORENSIC, consulates_of(person.nationalities), keeper)
    yes, no = _said(taken)
    return answers_until(
        ledger_items(yes, reached),
        ledger_items(no, reached),
        years=taken.form.years,
        language=taken.form.reporter_language,
        at=at,
    )


def _said(taken: Taken) -> tuple[list[Question], list[Question]]:
    """Tell apart yes, no and never asked; an unticked box is no answer at all."""
    yes: list[Question] = []
    no: list[Question] = []
    if taken.consent is SearchConsent.GRANTED:
        yes.extend(_ABOUT_SEARCH)
    if taken.consent is SearchConsent.REFUSED:
        no.extend(_ABOUT_SEARCH)
    if taken.form.shows_name == YES:
        yes.append(Question.NAME)
    if taken.form.may_reach_consulate == YES:
        yes.append(Question.CONSULATE)
    return [each for each in OF_A_FIRST_CALL if each in yes], no
