"""What people do to stay in touch. Each function is one deed: allowed, done and recorded."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from casework.contacts.model import (
    Channel,
    ContactAgreement,
    ContactEntry,
    ContactPoint,
    ContentClass,
    Direction,
    Literacy,
    Outcome,
    Safe,
    SecurityConcern,
)
from casework.contacts.queries import open_promises
from casework.contacts.rules import (
    KEEPS,
    promises_anew,
    refusal_of_entry,
    refusal_of_point,
)
from casework.families.model import Relative
from casework.status.actions import tell_next_contact
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, Viewer, demand


@dataclass(frozen=True, slots=True, kw_only=True)
class PointSaid:
    """One way to reach somebody, as they said it."""

    kind: Channel
    value: str
    whose: str = ""
    safe_to_call: Safe = Safe.NOT_ASKED
    may_leave_message: Safe = Safe.NOT_ASKED
    safe_hours: Sequence[str] = ()
    who_may_answer: str = ""
    do_not_say: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """How somebody wants to be spoken to, and how often."""

    channel: Channel | None = None
    interval_days: int | None = None
    language: str = ""
    needs_interpreter: bool = False
    literacy: Literacy = Literacy.NOT_ASKED
    clock_of: str = ""
    security_concern: SecurityConcern = SecurityConcern.NOT_ASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One contact, or one attempt, as it was."""

    happened_at: datetime
    direction: Direction
    channel: Channel
    content: ContentClass
    outcome: Outcome
    language: str = ""
    spoke_with: str = ""
    said: str = ""
    promised: str = ""
    promised_by: date | None = None
    keeps: Collection[int] = field(default=())


def keep_point(
    session: Session,
    viewer: Viewer,
    relative: Relative,
    said: PointSaid,
    *,
    replaces: ContactPoint | None = None,
    at: datetime,
) -> ContactPoint:
    """Keep one way to reach a relative; with `replaces` it says anew what one said before.

    Raises
    ------
    NotPermitted
        If `viewer` does not keep in touch with families.
    InvalidInput
        If it leads nowhere.
    """
    demand(viewer, Permission.CONTACT_KEEP)
    if refusal := refusal_of_point(said.kind, said.value):
        raise refusal
    point = ContactPoint(
        case=relative.case,
        relative_id=relative.id,
        replaces_id=replaces.id if replaces else None,
        kind=said.kind,
        value=said.value.strip(),
        whose=said.whose.strip(),
        safe_to_call=said.safe_to_call,
        may_leave_message=said.may_leave_message,
        safe_hours=list(said.safe_hours),
        who_may_answer=said.who_may_answer.strip(),
        do_not_say=said.do_not_say.strip(),
        entered_at=at,
        entered_by=viewer.account_id,
    )
    _keep(session, viewer, relative, point, Deed.CONTACT_POINT_KEPT, at)
    return point


def end_point(
    session: Session, viewer: Viewer, relative: Relative, point: ContactPoint, *, at: datetime
) -> None:
    """Say that a way to reach a relative leads to them no more; what it was stays known.

    Raises
    ------
    NotPermitted
        If `viewer` does not keep in touch with families.
    """
    demand(viewer, Permission.CONTACT_KEEP)
    end = ContactPoint(
        case=relative.case,
        relative_id=relative.id,
        replaces_id=point.id,
        kind=point.kind,
        is_ended=True,
        entered_at=at,
        entered_by=viewer.account_id,
    )
    _keep(session, viewer, relative, end, Deed.CONTACT_POINT_ENDED, at)


def agree(
    session: Session, viewer: Viewer, relative: Relative, agreed: Agreed, *, at: datetime
) -> None:
    """Keep how a relative wants to be spoken to; what was agreed before stays known.

    Raises
    ------
    NotPermitted
        If `viewer` does not keep in touch with families.
    """
    demand(viewer, Permission.CONTACT_KEEP)
    agreement = ContactAgreement(
        case=relative.case,
        relative_id=relative.id,
        channel=agreed.channel,
        interval_days=agreed.interval_days,
        language=agreed.language[:20],
        needs_interpreter=agreed.needs_interpreter,
        literacy=agreed.literacy,
        clock_of=agreed.clock_of,
        security_concern=agreed.security_concern.value,
        entered_at=at,
        entered_by=viewer.account_id,
    )
    _keep(session, viewer, relative, agreement, Deed.CONTACT_AGREED, at)


def log_contact(
    session: Session, viewer: Viewer, relative: Relative, spoken: Spoken, *, at: datetime
) -> ContactEntry:
    """Log one contact or attempt: it keeps what was promised, and promises the next.

    Raises
    ------
    NotPermitted
        If `viewer` does not keep in touch with families.
    Conflict
        If it tells of a possible match that nobody released.
    InvalidInput
        If it lies ahead, or its promise has no day that can be kept.
    """
    demand(viewer, Permission.CONTACT_KEEP)
    before = open_promises(session, relative)
    is_anew = promises_anew(spoken.outcome, has_open=bool(before))
    promised_by = spoken.promised_by if is_anew else None
    promised = spoken.promised if is_anew else ""
    if refusal := refusal_of_entry(
        spoken.content, promised, promised_by, happened_at=spoken.happened_at, at=at
    ):
        raise refusal
    kept = {each.id for each in before} & set(spoken.keeps)
    entry = ContactEntry(
        case=relative.case,
        relative_id=relative.id,
        happened_at=spoken.happened_at,
        direction=spoken.direction,
        channel=spoken.channel,
        language=spoken.language[:20],
        content_class=spoken.content,
        outcome=spoken.outcome,
        spoke_with=spoken.spoke_with.strip(),
        said=spoken.said.strip(),
        promised=promised.strip(),
        promised_by=promised_by,
        keeps=sorted(kept) if spoken.outcome in KEEPS else [],
        recorded_at=at,
        recorded_by=viewer.account_id,
    )
    _keep(session, viewer, relative, entry, Deed.CONTACT_LOGGED, at)
    upcoming = open_promises(session, relative)
    tell_next_contact(session, relative, upcoming[0].promised_by if upcoming else None)
    return entry


def _keep(  # noqa: PLR0917 - one row with what the log says of it
    session: Session,
    viewer: Viewer,
    relative: Relative,
    row: ContactPoint | ContactAgreement | ContactEntry,
    deed: Deed,
    at: datetime,
) -> None:
    session.add(row)
    session.flush()
    record(session, deed, by=viewer, at=at, about=relative.case.reference)
