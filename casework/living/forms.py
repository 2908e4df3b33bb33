"""The short form that registers somebody alive: what was typed, and what it makes."""

from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import BaseModel, Field

from casework.codes import COUNTRIES, Sex
from casework.living.model import LivingPerson, LivingPersonName
from casework.living.rules import why_not_registrable
from casework.record_codes import Communication, NameKind, WhereSeen
from casework.values import DateRange
from casework.web.description_form import YEARS_OF_AGE, Reading, Short, ends_of
from casework.web.form_values import Unreadable, read_code, read_days, read_numbers
from casework.web.languages import marked

Long = Annotated[str, Field(max_length=4000)]


class LivingForm(BaseModel):
    """What a browser sends, as it was typed."""

    # The number of the sheet that is filled in: sent again, it makes the same record.
    sheet: UUID = Field(default_factory=uuid4)
    given_names: Short = ""
    surname_1: Short = ""
    surname_2: Short = ""
    referred_to: Short = ""
    where_seen: Short = ""
    host: Short = ""
    list_name: Short = ""
    list_number: Short = ""
    found_from: Short = ""
    found_to: Short = ""
    country: Short = ""
    admin1: Short = ""
    place: Short = ""
    sex: Short = ""
    age_min: Short = ""
    age_max: Short = ""
    communication: Short = ""


class DecisionForm(BaseModel):
    """What a browser sends about being searched for."""

    decision: Short = ""
    reason: Long = ""


def read_living(form: LivingForm, *, at: datetime) -> tuple[LivingPerson, dict[str, str]]:
    """Make a record of what was typed; the problems name each field that could not be read."""
    reading = Reading()
    found = reading.attempt("found", lambda: _past_days(form, at))
    least, most = YEARS_OF_AGE
    age = reading.attempt(
        "age", lambda: read_numbers(form.age_min, form.age_max, least=least, most=most)
    )
    if form.country and form.country not in COUNTRIES:
        reading.problems["country"] = marked("Elija una opción de la lista.")
    where = reading.attempt("where_seen", lambda: read_code(WhereSeen, form.where_seen))
    sex = reading.code("sex", Sex, form.sex)
    speaks = reading.attempt(
        "communication", lambda: read_code(Communication, form.communication)
    )
    if reading.problems:
        return LivingPerson(), reading.problems
    person = LivingPerson(
        where_seen=where or WhereSeen.UNKNOWN,
        communication=speaks or Communication.UNKNOWN,
        sex=sex or Sex.UNKNOWN,
        country=form.country or None,
        admin1=form.admin1.strip(),
        host=form.host.strip(),
        list_name=form.list_name.strip(),
        list_number=form.list_number.strip(),
        whereabouts={"place": form.place.strip()} if form.place.strip() else {},
        found_from=found.earliest if found else None,
        found_to=found.latest if found else None,
        **ends_of("age", age),
        answers=reading.answers,
        carried={},
        nationalities=[],
        names=_names(form),
    )
    return person, why_not_registrable(person)


def _past_days(form: LivingForm, at: datetime) -> DateRange | None:
    days = read_days(form.found_from, form.found_to)
    if days and days.earliest > at.date():
        raise Unreadable(marked("Esa fecha todavía no ha llegado."))
    return days


def _names(form: LivingForm) -> list[LivingPersonName]:
    given = LivingPersonName(
        kind=NameKind.LEGAL,
        given_names=form.given_names.strip()[:200],
        surname_1=form.surname_1.strip()[:120],
        surname_2=form.surname_2.strip()[:120],
    )
    called = LivingPersonName(
        kind=NameKind.OTHER,
        given_names=form.referred_to.strip()[:200],
        surname_1="",
        surname_2="",
    )
    return [name for name in (given, called) if name.full]
