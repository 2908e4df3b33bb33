"""The form with which an examiner records remains: what was typed, and what it makes."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from pydantic import Field

from casework.codes import (
    Completeness,
    Condition,
    RemainsSex,
    RemainsStatureBasis,
    SexMethod,
)
from casework.record_codes import RemainsKind
from casework.remains.model import Remains, RemainsArticle, RemainsMark
from casework.remains.rules import why_not_recordable
from casework.values import DateRange
from casework.web.description_form import (
    DescriptionForm,
    Reading,
    Short,
    answers_of,
    ends_of,
    nationalities_of,
    read_articles,
    read_description,
    read_marks,
)
from casework.web.form_values import Unreadable, read_code, read_days, read_numbers
from casework.web.languages import marked
from casework.web.place_form import CLASSES
from casework.web.teeth_form import read_teeth

# Two centuries: older remains are archaeology (`matching/tables/columns.py`).
DEATH_DAYS = (0.0, 73_000.0)


class RemainsForm(DescriptionForm):
    """What a browser sends, as it was typed."""

    AFTER_DEATH: ClassVar[bool] = True

    # The number of the sheet that is filled in: sent again, it makes the same record.
    sheet: UUID = Field(default_factory=uuid4)
    post_mortem_number: Short = ""
    remains_kind: Short = ""
    sex: Short = ""
    sex_method: Short = ""
    stature_basis: Short = ""
    found_from: Short = ""
    found_to: Short = ""
    death_days_min: Short = ""
    death_days_max: Short = ""
    condition: Short = ""
    completeness: Short = ""


def read_remains(form: RemainsForm, *, at: datetime) -> tuple[Remains, dict[str, str]]:
    """Make a record of what was typed; the problems name each field that could not be read."""
    reading = Reading()
    marks, articles = read_marks(form, reading), read_articles(form, reading)
    columns = (
        read_description(form, reading)
        | _read_profile(form, reading)
        | _read_find(form, reading, at=at)
        | answers_of(form, marks, articles)
    )
    carried = read_teeth(form, reading.problems)
    if reading.problems:
        return Remains(), reading.problems
    remains = Remains(
        **columns,
        answers=reading.answers,
        carried=carried,
        marks=[RemainsMark(**mark) for mark in marks],
        articles=[RemainsArticle(**article) for article in articles],
    )
    return remains, why_not_recordable(remains)


def _read_profile(form: RemainsForm, reading: Reading) -> dict[str, Any]:
    lists = {
        "remains_kind": (RemainsKind, RemainsKind.UNKNOWN),
        "sex": (RemainsSex, RemainsSex.UNKNOWN),
        "sex_method": (SexMethod, SexMethod.UNKNOWN),
        "stature_basis": (RemainsStatureBasis, RemainsStatureBasis.UNKNOWN),
        "condition": (Condition, None),
        "completeness": (Completeness, Completeness.UNKNOWN),
    }
    columns: dict[str, Any] = {"nationalities": nationalities_of(form, reading)}
    for name, (codes, usual) in lists.items():
        read = reading.attempt(name, lambda: read_code(codes, getattr(form, name)))  # noqa: B023 - called at once
        columns[name] = read or usual
    return columns


def _read_find(form: RemainsForm, reading: Reading, *, at: datetime) -> dict[str, Any]:
    found = reading.attempt("found", lambda: _past_days(form, at))
    least, most = DEATH_DAYS
    since_death = reading.attempt(
        "death_days",
        lambda: read_numbers(form.death_days_min, form.death_days_max, least=least, most=most),
    )
    return {
        "post_mortem_number": form.post_mortem_number.strip()[:120],
        "found_from": found.earliest if found else None,
        "found_to": found.latest if found else None,
        "location_precision": CLASSES.get(form.precision),
        **ends_of("death_days", since_death),
    }


def _past_days(form: RemainsForm, at: datetime) -> DateRange | None:
    days = read_days(form.found_from, form.found_to)
    if days and days.earliest > at.date():
        raise Unreadable(marked("Esa fecha todavía no ha llegado."))
    return days
