"""The form of a first report: what was typed, and the report it makes."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from pydantic import Field

from casework.codes import Sex, StatureBasis
from casework.envelope import SearchConsent
from casework.missing.model import (
    MissingPerson,
    MissingPersonArticle,
    MissingPersonMark,
    PersonName,
)
from casework.missing.rules import why_not_fileable
from casework.record_codes import NameKind, ReporterKind
from casework.statements.order_of_days import BORN_LATER, is_born_later
from casework.values import DateRange
from casework.web.description_form import (
    DescriptionForm,
    Reading,
    Short,
    answers_of,
    countries_of,
    nationalities_of,
    read_articles,
    read_description,
    read_marks,
)
from casework.web.form_values import Unreadable, read_code, read_days
from casework.web.languages import marked
from casework.web.teeth_form import read_teeth


class ReportForm(DescriptionForm):
    """What a browser sends, as it was typed."""

    # The number of the sheet that is filled in: sent again, it makes the same record.
    sheet: UUID = Field(default_factory=uuid4)
    consent: Short = ""
    reporter_kind: Short = ""
    reporter_relationship: Short = ""
    reporting_institution: Short = ""
    may_reach_consulate: Short = ""
    kept_from: list[Short] = Field(default_factory=list, max_length=20)
    given_names: Short = ""
    surname_1: Short = ""
    surname_2: Short = ""
    nickname: Short = ""
    referred_to: Short = ""
    mother_name: Short = ""
    father_name: Short = ""
    birth_place: Short = ""
    sex: Short = ""
    birth_from: Short = ""
    birth_to: Short = ""
    last_contact_from: Short = ""
    last_contact_to: Short = ""
    destination: Short = ""
    stature_basis: Short = ""


def read_report(
    form: ReportForm, *, at: datetime
) -> tuple[MissingPerson, SearchConsent, dict[str, str]]:
    """Make a report of what was typed; the problems name each field that could not be read."""
    reading = Reading()
    kept_from = countries_of(form.kept_from, "kept_from", reading)
    marks, articles = read_marks(form, reading), read_articles(form, reading)
    carried = read_teeth(form, reading.problems)
    consent = reading.attempt("consent", lambda: read_code(SearchConsent, form.consent))
    columns = (
        read_description(form, reading)
        | _read_who(form, reading)
        | _read_days(form, reading, at.date())
        | answers_of(form, marks, articles)
    )
    if reading.problems:
        return MissingPerson(), SearchConsent.NOT_ASKED, reading.problems
    report = MissingPerson(
        **columns,
        country_restrictions=kept_from,
        answers=reading.answers,
        carried=carried,
        names=_names(form),
        marks=[MissingPersonMark(**mark) for mark in marks],
        articles=[MissingPersonArticle(**article) for article in articles],
    )
    lacking = {} if consent else {"consent": marked("Elija qué dijo quien reporta.")}
    consent = consent or SearchConsent.NOT_ASKED
    return report, consent, why_not_fileable(report, consent) | lacking


def _read_who(form: ReportForm, reading: Reading) -> dict[str, Any]:
    return {
        "sex": reading.code("sex", Sex, form.sex) or Sex.UNKNOWN,
        "nationalities": nationalities_of(form, reading),
        "stature_basis": reading.attempt(
            "stature_basis", lambda: read_code(StatureBasis, form.stature_basis)
        )
        or StatureBasis.UNKNOWN,
        "reporter_kind": reading.attempt(
            "reporter_kind", lambda: read_code(ReporterKind, form.reporter_kind)
        )
        or ReporterKind.UNKNOWN,
        "reporter_relationship": form.reporter_relationship.strip()[:60],
        "reporting_institution": form.reporting_institution.strip()[:200],
        "mother_name": form.mother_name.strip()[:200],
        "father_name": form.father_name.strip()[:200],
        "birth_place": form.birth_place.strip()[:200],
        "destination": form.destination.strip()[:200],
    }


def _read_days(form: ReportForm, reading: Reading, today: date) -> dict[str, date | None]:
    days: dict[str, date | None] = {}
    read: dict[str, DateRange | None] = {}
    for name in ("birth", "last_contact"):
        first, last = getattr(form, f"{name}_from"), getattr(form, f"{name}_to")
        each = reading.attempt(name, lambda: _past_days(first, last, today))  # noqa: B023 - called at once
        days[f"{name}_from"] = each.earliest if each else None
        days[f"{name}_to"] = each.latest if each else None
        read[name] = each
    if is_born_later(read["birth"], read["last_contact"]):
        reading.problems["birth"] = BORN_LATER
    return days


def _past_days(first: str, last: str, today: date) -> DateRange | None:
    days = read_days(first, last)
    if days and days.earliest > today:
        raise Unreadable(marked("Esa fecha todavía no ha llegado."))
    return days


def _names(form: ReportForm) -> list[PersonName]:
    legal = PersonName(
        kind=NameKind.LEGAL,
        given_names=form.given_names.strip()[:200],
        surname_1=form.surname_1.strip()[:120],
        surname_2=form.surname_2.strip()[:120],
    )
    others = (
        PersonName(kind=kind, given_names=text.strip()[:200], surname_1="", surname_2="")
        for kind, text in (
            (NameKind.NICKNAME, form.nickname),
            (NameKind.OTHER, form.referred_to),
        )
    )
    return [name for name in (legal, *others) if name.full]
