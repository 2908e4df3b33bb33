"""The forms about contacts: what was typed, and what it makes."""

from datetime import date, datetime, time, timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from casework.contacts.actions import Agreed, PointSaid, Spoken
from casework.contacts.hours import ALL_DAYS, Window, read_windows
from casework.contacts.model import (
    Channel,
    ContactAgreement,
    ContactPoint,
    ContentClass,
    Direction,
    Literacy,
    Outcome,
    Safe,
    SecurityConcern,
)
from casework.contacts.rules import USUAL_INTERVAL_DAYS
from casework.families.words import LANGUAGE_NAMES, language_named
from casework.listing import MaybeBlank
from casework.oversight.hours import ZONES
from casework.web.languages import marked

WINDOWS = 2
Short = Annotated[str, StringConstraints(max_length=300)]
Long = Annotated[str, StringConstraints(max_length=4000)]
Days = Annotated[list[Annotated[str, Field(pattern="^[1-7]$")]], Field(max_length=7)]


class PointForm(BaseModel):
    """One way to reach somebody, as typed."""

    model_config = ConfigDict(extra="ignore")

    kind: Channel = Channel.PHONE
    value: Short = ""
    whose: Short = ""
    safe_to_call: Safe = Safe.NOT_ASKED
    may_leave_message: Safe = Safe.NOT_ASKED
    days_1: Days = []
    from_1: Short = ""
    to_1: Short = ""
    days_2: Days = []
    from_2: Short = ""
    to_2: Short = ""
    who_may_answer: Short = ""
    do_not_say: Short = ""

    @classmethod
    def of(cls, point: ContactPoint) -> "PointForm":
        """Write down anew what is kept, to be changed."""
        hours: dict[str, object] = {}
        for number, each in enumerate(read_windows(point.safe_hours)[:WINDOWS], start=1):
            hours |= {
                f"days_{number}": list(each.days),
                f"from_{number}": f"{each.first:%H:%M}",
                f"to_{number}": f"{each.last:%H:%M}",
            }
        return cls.model_validate(
            {
                "kind": point.kind,
                "value": point.value,
                "whose": point.whose,
                "safe_to_call": point.safe_to_call,
                "may_leave_message": point.may_leave_message,
                "who_may_answer": point.who_may_answer,
                "do_not_say": point.do_not_say,
                **hours,
            }
        )


class AgreementForm(BaseModel):
    """How somebody wants to be spoken to, as typed."""

    model_config = ConfigDict(extra="ignore")

    channel: MaybeBlank[Channel] = None
    interval_days: Short = ""
    language: Short = ""
    needs_interpreter: Short = ""
    literacy: Literacy = Literacy.NOT_ASKED
    clock_of: Short = ""
    security_concern: SecurityConcern = SecurityConcern.NOT_ASKED

    @classmethod
    def of(cls, agreement: ContactAgreement) -> "AgreementForm":
        """Write down anew what was agreed, to be changed."""
        return cls(
            channel=agreement.channel,
            interval_days=str(agreement.interval_days or ""),
            language=LANGUAGE_NAMES.get(agreement.language, agreement.language),
            needs_interpreter="yes" if agreement.needs_interpreter else "",
            literacy=agreement.literacy,
            clock_of=agreement.clock_of,
            security_concern=SecurityConcern(agreement.security_concern or "not_asked"),
        )


class EntryForm(BaseModel):
    """One contact, as typed: the button says how it ended, unless something else does."""

    model_config = ConfigDict(extra="ignore")

    outcome: Outcome = Outcome.SPOKE
    ended_otherwise: MaybeBlank[Outcome] = None
    direction: Direction = Direction.TO_FAMILY
    channel: Channel = Channel.PHONE
    content_class: ContentClass = ContentClass.ROUTINE
    language: Short = ""
    happened: Short = ""
    spoke_with: Short = ""
    said: Long = ""
    promised: Short = ""
    next_on: Short = ""
    keeps: Annotated[list[int], Field(max_length=50)] = []


def read_point(form: PointForm) -> tuple[PointSaid | None, dict[str, str]]:
    """Make a way to reach somebody of what was typed, or say what has to be looked at."""
    hours: list[str] = []
    problems: dict[str, str] = {}
    for days, first, last, field in (
        (form.days_1, form.from_1, form.to_1, "hours_1"),
        (form.days_2, form.from_2, form.to_2, "hours_2"),
    ):
        if not first.strip() and not last.strip():
            continue
        window = _window(days, first, last)
        if window is None:
            problems[field] = marked("Escriba las dos horas, por ejemplo 9:00 y 12:00.")
        else:
            hours.append(str(window))
    if not form.value.strip():
        problems["value"] = marked("Escriba el número, la dirección o la cuenta.")
    if problems:
        return None, problems
    return (
        PointSaid(
            kind=form.kind,
            value=form.value,
            whose=form.whose,
            safe_to_call=form.safe_to_call,
            may_leave_message=form.may_leave_message,
            safe_hours=hours,
            who_may_answer=form.who_may_answer,
            do_not_say=form.do_not_say,
        ),
        {},
    )


def read_agreement(form: AgreementForm) -> tuple[Agreed | None, dict[str, str]]:
    """Make an agreement of what was typed, or say what has to be looked at."""
    problems: dict[str, str] = {}
    interval = _number(form.interval_days)
    if form.interval_days.strip() and interval is None:
        problems["interval_days"] = marked("Escriba cada cuántos días, de 1 a 366.")
    if form.clock_of and form.clock_of not in ZONES:
        problems["clock_of"] = marked("Elija un país de la lista.")
    if problems:
        return None, problems
    return (
        Agreed(
            channel=form.channel,
            interval_days=interval,
            language=language_named(form.language),
            needs_interpreter=form.needs_interpreter == "yes",
            literacy=form.literacy,
            clock_of=form.clock_of,
            security_concern=form.security_concern,
        ),
        {},
    )


def read_entry(form: EntryForm, *, at: datetime) -> tuple[Spoken | None, dict[str, str]]:
    """Make a contact of what was typed, or say what has to be looked at."""
    problems: dict[str, str] = {}
    next_on, happened = _day(form.next_on), _day(form.happened)
    if form.next_on.strip() and next_on is None:
        problems["next_on"] = marked("Escriba el día así: 2026-03-09.")
    if form.happened.strip() and happened is None:
        problems["happened"] = marked("Escriba el día así: 2026-03-09.")
    if problems:
        return None, problems
    return (
        Spoken(
            happened_at=datetime.combine(happened, time(12), at.tzinfo)
            if happened and happened != at.date()
            else at,
            direction=form.direction,
            channel=form.channel,
            content=form.content_class,
            outcome=form.ended_otherwise or form.outcome,
            language=form.language.strip(),
            spoke_with=form.spoke_with,
            said=form.said,
            promised=form.promised,
            promised_by=next_on,
            keeps=form.keeps,
        ),
        {},
    )


def next_day(agreement: ContactAgreement | None, at: datetime) -> date:
    """Give the day that is proposed for the next contact."""
    agreed = agreement.interval_days if agreement else None
    return at.date() + timedelta(days=agreed or USUAL_INTERVAL_DAYS)


def _window(days: list[str], first: str, last: str) -> Window | None:
    begins, ends = _time_of_day(first), _time_of_day(last)
    if begins is None or ends is None or begins >= ends:
        return None
    return Window("".join(sorted(set(days))) or ALL_DAYS, begins, ends)


def _time_of_day(typed: str) -> time | None:
    hour, _, minute = typed.strip().replace(".", ":").partition(":")
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        return None


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def _number(typed: str) -> int | None:
    try:
        number = int(typed.strip())
    except ValueError:
        return None
    return number if 1 <= number <= 366 else None  # noqa: PLR2004 - a year of days
