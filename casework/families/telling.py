"""Telling other institutions what is closed to them now, and which copies to give back.

Told is only whoever could read the file a moment ago. To anybody else a notice would be the
first word that there is such a file; and no consulate hears of a protected person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.families.model import Notice, NoticeKind
from casework.missing.model import MissingPerson
from casework.retention.rules import Record, number_of
from casework.signin.model import Institution, InstitutionKind
from privacy.consent import ledger
from privacy.consent.model import Consent
from privacy.permissions import Role, Viewer
from privacy.released.model import ReleasedCopy
from privacy.released.register import copies_of, recall

# Who reads files of other institutions, and for what they learn that one exists.
READS_THERE: Mapping[InstitutionKind, Role] = {
    InstitutionKind.FORENSIC_SERVICE: Role.FORENSIC_COORDINATOR,
    InstitutionKind.PROSECUTOR: Role.FORENSIC_COORDINATOR,
    InstitutionKind.CONSULATE: Role.CONSULAR_OFFICER,
}
LEARNS_BY: Mapping[Role, tuple[str, ...]] = {
    Role.FORENSIC_COORDINATOR: ("search", "identify"),
    Role.CONSULAR_OFFICER: ("search", "notify"),
}
OPENS = frozenset(ledger.CATEGORY_OF.values())
Item = tuple[str, str]
"""Category and purpose."""


@dataclass(frozen=True, slots=True)
class Yes:
    """A live grant: what it opens, to whom, and to whom the same giver said no since."""

    item: Item
    recipient: str
    closed_to: frozenset[str]


Standing = Sequence[Yes]


def standing(session: Session, person: MissingPerson, at: datetime) -> Standing:
    """Give what is open of a file before something is taken back."""
    rows = session.scalars(
        sa.select(Consent)
        .where(Consent.missing_person_id == person.id, ledger.live(at))
        .execution_options(populate_existing=True)
    )
    return [
        Yes((each.data_category, each.purpose), each.recipient, frozenset(each.closed_to))
        for each in rows
        if each.data_category in OPENS
    ]


def tell_recipients(
    session: Session,
    sender_institution_id: int,
    person: MissingPerson,
    before: Standing,
    *,
    at: datetime,
) -> None:
    """Tell each institution what is no longer open to it, and call its copies back.

    Where another giver's grant still opens the same, nothing closed and nobody is told.
    """
    after = standing(session, person, at)
    lost = {
        each: _open_to(each, person, before) - _open_to(each, person, after)
        for each in session.scalars(
            sa.select(Institution).where(Institution.kind.in_(READS_THERE))
        )
    }
    copies = _recalled(session, person, {each.id: items for each, items in lost.items()}, at)
    for each, items in lost.items():
        if items and each.id != sender_institution_id and may_be_told(each, person):
            numbers = copies.get(each.id, ())
            session.add(
                Notice(
                    institution_id=each.id,
                    sender_institution_id=sender_institution_id,
                    kind=NoticeKind.RECALL_COPIES if numbers else NoticeKind.CONSENT_WITHDRAWN,
                    about=person.reference,
                    items=" ".join(sorted(f"{what}/{why}" for what, why in items)),
                    copies=" ".join(sorted(numbers)),
                    sent_at=at,
                )
            )
    session.flush()


def call_back_all(session: Session, record: Record, *, at: datetime) -> None:
    """Call back every copy of a record that is to be erased, whoever has it.

    Of a protected person no consulate is told: its copies are marked, and asked for by hand.
    """
    _call_back(session, record, copies_of(session, **number_of(record)), at=at)


def call_back_from_countries(session: Session, record: Record, *, at: datetime) -> None:
    """Call back what institutions have of a record that is kept from their country now.

    Whoever has no copy is told nothing: for them there is no such record. The notice is the
    one of a consent that was taken back, and names no reason.
    """
    out = [
        copy
        for copy in copies_of(session, **number_of(record))
        if copy.recipient_institution_id != record.owner_institution_id
    ]
    holders = {copy.recipient_institution_id for copy in out}
    meant = set(
        session.scalars(
            sa.select(Institution.id).where(
                Institution.id.in_(holders),
                Institution.country.in_(record.country_restrictions),
            )
        )
    )
    theirs = [copy for copy in out if copy.recipient_institution_id in meant]
    _call_back(session, record, theirs, at=at)


def _call_back(
    session: Session, record: Record, out: Sequence[ReleasedCopy], *, at: datetime
) -> None:
    for holder, numbers in _called_back(session, out, at).items():
        institution = session.get_one(Institution, holder)
        if isinstance(record, MissingPerson) and not may_be_told(institution, record):
            continue
        session.add(
            Notice(
                institution_id=holder,
                sender_institution_id=record.owner_institution_id,
                kind=NoticeKind.RECALL_COPIES,
                about=record.reference,
                copies=" ".join(sorted(numbers)),
                sent_at=at,
            )
        )
    session.flush()


def may_be_told(institution: Institution, person: MissingPerson) -> bool:
    """Say whether a notice about somebody may go there: of the protected, to no consulate."""
    return not (person.protected and institution.kind is InstitutionKind.CONSULATE)


def _open_to(
    institution: Institution, person: MissingPerson, given: Standing
) -> frozenset[Item]:
    """Give what an institution may open of a file; nothing, if not even that it exists."""
    role = READS_THERE[institution.kind]
    reached = Viewer(0, role, institution.id, institution.country).recipients
    items = {
        each.item
        for each in given
        if each.recipient in reached and each.closed_to.isdisjoint(reached)
    }
    is_theirs = role is not Role.CONSULAR_OFFICER or institution.country in person.nationalities
    learns = any(("circumstances", purpose) in items for purpose in LEARNS_BY[role])
    is_open = is_theirs and learns and person.restricted_at is None
    if institution.country in person.country_restrictions:
        is_open = is_open and institution.id == person.owner_institution_id
    return frozenset(items) if is_open else frozenset()


def _recalled(
    session: Session,
    person: MissingPerson,
    lost: Mapping[int, frozenset[Item]],
    at: datetime,
) -> dict[int, set[str]]:
    """Call back the copies that hold a group which is closed to their holder now."""
    out = [
        copy
        for copy in copies_of(session, missing_person_id=person.id)
        if _groups(lost.get(copy.recipient_institution_id, frozenset())) & set(copy.groups)
    ]
    return _called_back(session, out, at)


def _called_back(
    session: Session, out: Sequence[ReleasedCopy], at: datetime
) -> dict[int, set[str]]:
    """Mark copies as called back; give their numbers by who has them."""
    recall(session, out, at=at)
    return _by_holder(out)


def _by_holder(copies: Sequence[ReleasedCopy]) -> dict[int, set[str]]:
    holders: dict[int, set[str]] = {}
    for copy in copies:
        holders.setdefault(copy.recipient_institution_id, set()).add(copy.copy)
    return holders


def _groups(items: frozenset[Item]) -> set[str]:
    closed = {category for category, _ in items}
    return {group.value for group, each in ledger.CATEGORY_OF.items() if each in closed}
