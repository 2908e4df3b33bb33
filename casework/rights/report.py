"""The report of everything held about a person: as data, and as lines that a person reads."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.contacts.model import SecurityConcern
from casework.contacts.presenters import hours_words
from casework.contacts.words import CONCERN_WORDS
from casework.families.presenters import recipient_words
from casework.missing.model import MissingPerson
from casework.oversight.presenters import DEED_WORDS
from casework.retention.rules import Record
from casework.retention.sight import as_keeper, keeper_for
from casework.rights import actions
from casework.rights.holdings import Holding, gather
from casework.rights.model import Asker, RequestKind, RightsRequest
from casework.rights.queries import record_of
from casework.rights.rules import demand_granted
from casework.rights.words import LEFT_OUT, TABLE_WORDS, word_of
from casework.signin.queries import institution_names
from casework.web.column_words import COLUMN_WORDS
from casework.web.described import Teller
from casework.web.role_words import ROLE_WORDS
from privacy.audit.model import Entry
from privacy.context import go_on_as
from privacy.errors import NotPermitted, StepUpNeeded
from privacy.model import Reveals
from privacy.permissions import Purpose, Viewer
from privacy.sealing.quota import count_openings

MOST_LINES = 2000
# What is stored as text and is a code, or hours.
OF_CONTACTS: Mapping[str, Callable[[Any, Teller], str]] = {
    "safe_hours": hours_words,
    "security_concern": lambda kept, teller: teller.gettext(
        CONCERN_WORDS[SecurityConcern(kept)]
    ),
    "clock_of": lambda kept, teller: teller.country(kept),
}


@dataclass(frozen=True, slots=True)
class Opening:
    """On one day one institution did one thing with the record, so many times."""

    day: str
    institution: str
    duty: str
    deed: str
    purpose: str
    times: int


@dataclass(frozen=True, slots=True)
class Section:
    """One table in words: each entry is a list of (what, value)."""

    title: str
    entries: Sequence[Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is handed over."""

    about: str
    request: str
    made_at: datetime
    sections: Sequence[Section]
    openings: Sequence[Opening]
    left_out: Sequence[str]
    is_invented: bool

    def as_data(self) -> dict[str, Any]:
        """Give the same for a machine to read."""
        return {
            "about": self.about,
            "request": self.request,
            "made_at": self.made_at.isoformat(),
            "held": [
                {"what": each.title, "entries": [dict(entry) for entry in each.entries]}
                for each in self.sections
            ],
            "opened_by": [asdict(each) for each in self.openings],
            "left_out": list(self.left_out),
        }


def make_report(
    session: Session,
    viewer: Viewer,
    request: RightsRequest,
    teller: Teller,
    *,
    form: str,
    at: datetime,
) -> Report:
    """Make the report that a granted request for access asks for.

    Raises
    ------
    Conflict
        If the request asks for something else, or nobody granted it.
    NotPermitted
        If it is of a protected person, and another institution's.
    StepUpNeeded
        If `viewer` has not just proved again who they are.
    TooManyOpened
        If they opened more in this hour than a person needs.
    """
    demand_granted(request, RequestKind.ACCESS)
    if not viewer.stepped_up:
        raise StepUpNeeded
    with as_keeper(session, viewer):
        about = record_of(session, request)
        if not may_take(viewer, about):
            raise NotPermitted("the file of a protected person of another institution")
        holdings = gather(session, about, request)
        is_invented = about.invented
    # All of somebody leaves: it counts as what a person opens in an hour.
    for group in (Reveals.IDENTITY, Reveals.CONTACT):
        count_openings(session, viewer, [about], group, at=at)
    names = institution_names(session, _institutions_in(holdings))
    report = Report(
        about=request.about,
        request=request.reference,
        made_at=at,
        sections=[_section(each, names, teller) for each in holdings],
        openings=_openings(session, viewer, request, teller),
        left_out=[teller.gettext(each) for each in LEFT_OUT],
        is_invented=is_invented,
    )
    actions.note_report(session, viewer, request, form=form, at=at)
    return report


def may_take(viewer: Viewer, about: Record) -> bool:
    """Say whether somebody may take the whole file: of the protected, only who keeps it."""
    is_protected = isinstance(about, MissingPerson) and about.protected
    return not is_protected or about.owner_institution_id == viewer.institution_id


def _section(holding: Holding, names: Mapping[int, str], teller: Teller) -> Section:
    title = TABLE_WORDS.get(holding.table, holding.table)
    return Section(
        teller.gettext(title),
        [
            [
                (_label(name, teller), _said(name, value, names, teller))
                for name, value in row.items()
            ]
            for row in holding.rows
        ],
    )


def _label(column: str, teller: Teller) -> str:
    return teller.gettext(COLUMN_WORDS.get(column, column.replace("_", " ")))


def _said(column: str, value: Any, names: Mapping[int, str], teller: Teller) -> str:
    """Say one value; what is stored as text and is none has its own way."""
    if says := OF_CONTACTS.get(column):
        return says(value, teller)
    return _text(column, value, names, teller)


def _text(column: str, value: Any, names: Mapping[int, str], teller: Teller) -> str:
    """Say one value in words; what has no words of its own is said as it is stored."""
    if column == "recipient_institution_id":
        return names.get(value, str(value))
    if column == "recipient":
        return recipient_words(str(value), names, teller)
    match value:
        case bool():
            told = teller.gettext("sí") if value else teller.gettext("no")
        case StrEnum():
            told = teller.gettext(word_of(value))
        case datetime():
            told = teller.wording.instant(value)
        case date():
            told = teller.day(value)
        case Mapping():
            told = "; ".join(f"{key}: {each}" for key, each in value.items() if each)
        case list() | tuple():
            told = ", ".join(str(each) for each in value)
        case float() if value.is_integer():
            told = str(int(value))
        case _:
            told = str(value)
    return told


def _institutions_in(holdings: Sequence[Holding]) -> set[int]:
    return {number for each in holdings for row in each.rows for number in _named_in(row)}


def _named_in(row: Mapping[str, Any]) -> Iterator[int]:
    if "recipient_institution_id" in row:
        yield row["recipient_institution_id"]
    kind, _, which = str(row.get("recipient", "")).partition(":")
    if kind == "institution":
        yield int(which)


def _openings(
    session: Session, viewer: Viewer, request: RightsRequest, teller: Teller
) -> list[Opening]:
    """Tell who opened the record: day, institution and duty, and no officer's name.

    Relatives hear of themselves only: who read the file is the missing person's to know.
    """
    if request.asker is Asker.RELATIVE:
        return []
    session.flush()
    go_on_as(session, replace(keeper_for(viewer), purpose=Purpose.OVERSIGHT))
    day = sa.cast(sa.func.timezone("UTC", Entry.at), sa.Date).label("day")
    rows = session.execute(
        sa.select(
            day, Entry.institution_id, Entry.role, Entry.deed, Entry.purpose, sa.func.count()
        )
        .where(sa.or_(Entry.about == request.about, Entry.concerning.contains([request.about])))
        .group_by(day, Entry.institution_id, Entry.role, Entry.deed, Entry.purpose)
        .order_by(day, Entry.deed)
        .limit(MOST_LINES)
    ).all()
    go_on_as(session, viewer)
    names = institution_names(session, {row[1] for row in rows})
    return [
        Opening(
            day=on.isoformat(),
            institution=names.get(institution, ""),
            duty=teller.gettext(ROLE_WORDS[role]),
            deed=teller.gettext(DEED_WORDS.get(deed, deed)),
            purpose=purpose,
            times=times,
        )
        for on, institution, role, deed, purpose, times in rows
    ]


def file_name(request: RightsRequest, suffix: str) -> str:
    """Name the file by the request, never by a person."""
    return f"{request.reference}.{suffix}"


def is_late(request: RightsRequest, at: datetime) -> bool:
    """Say whether the answer is overdue."""
    return request.due_on < at.astimezone(UTC).date()
