"""Asking the other keeper to open a pair, and answering. Each function is one deed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from casework.database import write_checked
from casework.desk.rules import refusal_of_words
from casework.errors import InvalidInput, raise_any
from casework.notifications.model import NotificationKind
from casework.notifications.writing import Told, tell
from casework.unblinding import rules
from casework.unblinding.model import Answer, Unblinding, UnblindingAnswer
from casework.unblinding.queries import Asked, Pair
from privacy.audit.log import Deed, record
from privacy.permissions import FORENSIC_ROLES, Permission, Role, Viewer, demand


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What a coordinator says to a request: a yes has a day, and its keeper's assessment."""

    answer: Answer
    words: str = ""
    until: date | None = None
    assessment: str = ""


def ask(
    session: Session,
    viewer: Viewer,
    pair: Pair,
    *,
    words: str,
    yes: Saying | None = None,
    at: datetime,
) -> Unblinding:
    """Ask the other keeper to open a pair; `yes`: a coordinator's own, said with it.

    Raises
    ------
    NotPermitted
        If the duty does not ask for it.
    NotFound
        If there is no such proposal any more.
    Conflict
        If it is asked already, or open.
    InvalidInput
        If nobody says what for, or the words name a record.
    """
    demand(viewer, Permission.UNBLINDING_ASK)
    if len(words.strip()) < rules.FEWEST_LETTERS:
        raise InvalidInput(rules.NO_REASON)
    # Not even one's own reference: the other side must not learn of a record from words.
    raise_any(refusal_of_words(words, ""))
    if yes is not None:
        _check_yes(viewer, yes, pair.keeps_person, at)
    row = Unblinding(
        case=pair.remains,
        pairing_id=pair.pairing_id,
        words=words.strip(),
        asked_at=at,
        asked_by=viewer.account_id,
        asking_institution_id=viewer.institution_id,
        answer_by=rules.answer_by(at),
    )
    write_checked(session, row, rules.REFUSED)
    session.refresh(row)
    record(
        session,
        Deed.UNBLINDING_ASKED,
        by=viewer,
        at=at,
        about=pair.own_reference,
        request=str(row.id),
        recipient=str(_other(row, viewer)),
    )
    _tell(session, row, _other(row, viewer), [Role.FORENSIC_COORDINATOR], at=at)
    if yes is not None:
        _say(session, viewer, row, yes, pair.own_reference, at=at)
    else:
        _tell(session, row, viewer.institution_id, [Role.FORENSIC_COORDINATOR], at=at)
    return row


def answer(
    session: Session, viewer: Viewer, asked: Asked, saying: Saying, *, at: datetime
) -> None:
    """Agree until a day, decline, or take back what was asked or agreed to.

    Raises
    ------
    NotPermitted
        If the duty does not answer for an institution.
    Conflict
        If it is over, or the family, the law or the record itself forbids it; that is said to
        whoever keeps the family's file, and to nobody else.
    InvalidInput
        If the day or the assessment cannot be.
    """
    demand(viewer, Permission.UNBLINDING_ANSWER)
    if saying.answer is Answer.AGREED:
        _check_yes(viewer, saying, asked.keeps_person(viewer), at)
    raise_any(refusal_of_words(saying.words, ""))
    _say(session, viewer, asked.row, saying, asked.own_reference, at=at)


def record_read(session: Session, viewer: Viewer, asked: Asked, *, at: datetime) -> None:
    """Write down that somebody read a request."""
    record(
        session,
        Deed.UNBLINDING_READ,
        by=viewer,
        at=at,
        about=asked.own_reference or None,
        request=str(asked.row.id),
    )


def _say(  # noqa: PLR0917 - who says what of which
    session: Session,
    viewer: Viewer,
    row: Unblinding,
    saying: Saying,
    about: str,
    *,
    at: datetime,
) -> None:
    was_open = row.opened_at is not None
    write_checked(
        session,
        UnblindingAnswer(
            case_id=row.case_id,
            unblinding_id=row.id,
            institution_id=viewer.institution_id,
            answered_by=viewer.account_id,
            said=saying.answer,
            until=saying.until if saying.answer is Answer.AGREED else None,
            assessment=saying.assessment.strip(),
            words=saying.words.strip(),
            answered_at=at,
        ),
        rules.REFUSED,
    )
    session.refresh(row)
    is_open = row.opened_at is not None and row.ended_at is None
    record(
        session,
        Deed.UNBLINDING_ANSWERED,
        by=viewer,
        at=at,
        about=about,
        request=str(row.id),
        outcome=saying.answer.value,
    )
    # A yes that has no effect yet is told to nobody: that the other waits, they know. Nor is a
    # withdrawal: that a family closed it must look the same.
    is_declined = row.ended_at is not None and saying.answer is not Answer.WITHDRAWN
    if is_declined or (is_open and not was_open):
        for each in (row.person_institution_id, row.remains_institution_id):
            kind = NotificationKind.OPENING_ANSWERED
            _tell(session, row, each, sorted(FORENSIC_ROLES), kind=kind, at=at)


def _check_yes(viewer: Viewer, yes: Saying, keeps_person: bool, at: datetime) -> None:  # noqa: FBT001
    demand(viewer, Permission.UNBLINDING_ANSWER)
    raise_any(rules.refusal_of_day(yes.until, at.date()))
    if keeps_person:
        raise_any(rules.refusal_of_assessment(yes.assessment))
        raise_any(refusal_of_words(yes.assessment, ""))


def _tell(  # noqa: PLR0917 - what waits, where and for whom
    session: Session,
    row: Unblinding,
    institution_id: int,
    roles: list[Role],
    kind: NotificationKind = NotificationKind.OPENING_ASKED,
    *,
    at: datetime,
) -> None:
    state = "ended" if row.ended_at else "opened" if row.opened_at else "asked"
    told = Told(
        kind=kind,
        institution_id=institution_id,
        roles=roles,
        path=f"/unblindings/{row.id}",
        key=f"unblinding:{row.id}:{state}:{institution_id}",
    )
    tell(session, told, at=at)


def _other(row: Unblinding, viewer: Viewer) -> int:
    both = {row.person_institution_id, row.remains_institution_id}
    return (both - {viewer.institution_id}).pop()
