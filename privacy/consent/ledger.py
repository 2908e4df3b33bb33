"""Writing the ledger of consents, and asking it what is open to whom.

What the database's own policies ask in SQL (`alembic/versions/…consent.py`) is asked here in
the same words, with the time as an argument.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from privacy.audit.log import Deed, record
from privacy.consent.model import (
    Consent,
    ConsentPurpose,
    DataCategory,
    Decision,
    LegalBasis,
)
from privacy.consent.recipients import checked
from privacy.errors import InvalidConsent
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer, demand

CATEGORY_OF: Mapping[Reveals, DataCategory] = {
    Reveals.CIRCUMSTANCE: DataCategory.CIRCUMSTANCES,
    Reveals.IDENTITY: DataCategory.IDENTITY,
    Reveals.BODY: DataCategory.ANTEMORTEM,
    Reveals.CONTACT: DataCategory.CONTACT,
    Reveals.DNA: DataCategory.DNA,
}
"""Which consent opens which group of fields. A photo has a consent of its own."""
_GROUP_OF = {category: group for group, category in CATEGORY_OF.items()}

# What "may be looked for" means: the engine weighs circumstances and bodies, nothing else.
SEARCHABLE = (DataCategory.CIRCUMSTANCES, DataCategory.ANTEMORTEM)
SHORTEST_ASSESSMENT = 20


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be agreed to."""

    category: DataCategory
    purpose: ConsentPurpose
    recipient: str


@dataclass(frozen=True, slots=True)
class Told:
    """How somebody's answer reached the ledger."""

    form_version: str
    language: str = ""
    interpreter: bool = False
    evidence_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """The file an entry belongs to, as the ledger needs to know it."""

    missing_person_id: int
    reference: str
    owner_institution_id: int
    protected: bool


@dataclass(frozen=True, slots=True)
class Giver:
    """Who decides: a relative for themselves, or an interest that was assessed in writing."""

    relative_id: int | None = None
    basis: LegalBasis = LegalBasis.CONSENT
    assessment: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """What one giver said about one file; `expires` only of what they agreed to."""

    case: Case
    giver: Giver
    items: Sequence[Item]
    expires: datetime | None = None


def grant(
    session: Session, viewer: Viewer, said: Said, told: Told, *, at: datetime
) -> list[Consent]:
    """Enter what somebody agreed to, item by item.

    Raises
    ------
    NotPermitted
        If `viewer` does not record consents.
    InvalidConsent
        If it ends before it begins, names an unknown recipient, or stands on an interest
        that nobody assessed.
    """
    demand(viewer, Permission.CONSENT_RECORD)
    return _entered(session, viewer, [said], told, decision=Decision.GRANTED, at=at)


def refuse(
    session: Session, viewer: Viewer, said: Said, told: Told, *, at: datetime
) -> list[Consent]:
    """Enter a no. What the same giver had granted before is taken back with it.

    Raises
    ------
    NotPermitted
        If `viewer` does not record consents.
    InvalidConsent
        If it names an unknown recipient.
    """
    demand(viewer, Permission.CONSENT_RECORD)
    for standing in _live_of(session, said, at):
        if any(_covers(standing, item) for item in said.items):
            withdraw(session, viewer, said.case, standing, at=at)
    return _entered(session, viewer, [said], told, decision=Decision.REFUSED, at=at)


def enter_many(
    session: Session,
    viewer: Viewer,
    answers: Sequence[Said],
    told: Told,
    *,
    decision: Decision,
    at: datetime,
) -> None:
    """Enter what came with a file, for many people at once and as one deed.

    Raises
    ------
    NotPermitted
        If `viewer` does not record consents.
    InvalidConsent
        As `grant` and `refuse` do.
    """
    demand(viewer, Permission.CONSENT_RECORD)
    _entered(session, viewer, answers, told, decision=decision, at=at)


def withdraw(
    session: Session, viewer: Viewer, case: Case, granted: Consent, *, at: datetime
) -> Consent:
    """Take one grant back: an entry of its own, which ends the grant at once.

    Raises
    ------
    NotPermitted
        If `viewer` does not record consents.
    InvalidConsent
        If it is no grant of this file, or was withdrawn before.
    """
    demand(viewer, Permission.CONSENT_RECORD)
    if granted.missing_person_id != case.missing_person_id:
        raise InvalidConsent("This consent belongs to another file.")
    if granted.decision is not Decision.GRANTED or granted.withdrawn_at is not None:
        raise InvalidConsent("Only a grant that still stands can be withdrawn.")
    # A clock that went back must not make an entry that ends before it begins.
    ended_at = max(at, granted.valid_from)
    entry = Consent(
        **{name: getattr(granted, name) for name in _COPIED},
        decision=Decision.WITHDRAWN,
        valid_from=ended_at,
        ends_id=granted.id,
        recorded_at=ended_at,
        recorded_by=viewer.account_id,
    )
    session.add(entry)
    session.flush()
    granted.withdrawn_at = ended_at
    session.flush()
    item = f"{granted.data_category}/{granted.purpose}/{granted.recipient}"
    record(
        session,
        Deed.CONSENT_WITHDRAWN,
        by=viewer,
        at=at,
        about=case.reference,
        items=[item],
    )
    return entry


def live(at: datetime) -> sa.ColumnElement[bool]:
    """Say of an entry that it opens something now."""
    return sa.and_(
        Consent.decision == Decision.GRANTED,
        Consent.withdrawn_at.is_(None),
        Consent.valid_from <= at,
        Consent.expires > at,
    )


def granted_to(
    case_id: sa.ColumnElement[int] | Any,
    categories: Collection[DataCategory],
    recipients: Collection[str],
    purposes: Collection[str],
    *,
    at: datetime,
) -> sa.ColumnElement[bool]:
    """Say of a file that a live grant opens one of `categories` to one of `recipients`."""
    return sa.exists(
        sa.select(sa.literal(1))
        .select_from(Consent)
        .where(
            Consent.missing_person_id == case_id,
            Consent.data_category.in_(sorted(categories)),
            Consent.purpose.in_(sorted(purposes)),
            Consent.recipient.in_(sorted(recipients)),
            live(at),
        )
    )


def may_be_searched(
    search_consent: sa.ColumnElement[Any] | Any,
    search_until: sa.ColumnElement[Any] | Any,
    at: datetime,
) -> sa.ColumnElement[bool]:
    """Say of a missing person's file that the search may use it now."""
    return sa.and_(
        sa.cast(search_consent, sa.Text).in_(("granted", "public_interest")),
        search_until > at,
    )


def grants_of(
    session: Session, case_ids: Sequence[int], purposes: Collection[str], *, at: datetime
) -> dict[int, dict[Reveals, frozenset[str]]]:
    """Give for each file, group by group, to whom it is open for any of `purposes`.

    As far as the session's viewer may read the ledger: grants that reach somebody else are
    not in it. A photo's consent is left out; ask the ledger for it by name.
    """
    rows = session.execute(
        sa.select(Consent.missing_person_id, Consent.data_category, Consent.recipient).where(
            Consent.missing_person_id.in_(case_ids),
            Consent.purpose.in_(sorted(purposes)),
            live(at),
        )
    )
    found: dict[int, dict[Reveals, set[str]]] = {case_id: {} for case_id in case_ids}
    for case_id, category, recipient in rows:
        if (group := _GROUP_OF.get(category)) is not None:
            found[case_id].setdefault(group, set()).add(recipient)
    return {
        case_id: {group: frozenset(names) for group, names in groups.items()}
        for case_id, groups in found.items()
    }


_COPIED = (
    "missing_person_id",
    "owner_institution_id",
    "protected",
    "giver_id",
    "data_category",
    "purpose",
    "recipient",
    "legal_basis",
    "assessment",
    "form_version",
    "language",
    "interpreter",
)
_DEED = {Decision.GRANTED: Deed.CONSENT_GRANTED, Decision.REFUSED: Deed.CONSENT_REFUSED}


def _entered(
    session: Session,
    viewer: Viewer,
    answers: Sequence[Said],
    told: Told,
    *,
    decision: Decision,
    at: datetime,
) -> list[Consent]:
    entries = [
        entry
        for said in answers
        for entry in _entries(viewer, said, told, decision=decision, at=at)
    ]
    if not entries:
        return []
    session.add_all(entries)
    session.flush()
    record(
        session,
        _DEED[decision],
        by=viewer,
        at=at,
        about=answers[0].case.reference if len(answers) == 1 else None,
        files=len(answers),
        items=sorted({f"{each.data_category}/{each.purpose}" for each in entries}),
    )
    return entries


def _entries(
    viewer: Viewer, said: Said, told: Told, *, decision: Decision, at: datetime
) -> Iterator[Consent]:
    _check(said, decision, at)
    for item in said.items:
        yield Consent(
            missing_person_id=said.case.missing_person_id,
            owner_institution_id=said.case.owner_institution_id,
            protected=said.case.protected,
            giver_id=said.giver.relative_id,
            decision=decision,
            data_category=item.category,
            purpose=item.purpose,
            recipient=checked(item.recipient),
            legal_basis=said.giver.basis,
            assessment=said.giver.assessment.strip(),
            valid_from=at,
            expires=said.expires if decision is Decision.GRANTED else None,
            form_version=told.form_version,
            language=told.language,
            interpreter=told.interpreter,
            evidence_hash=told.evidence_hash,
            recorded_at=at,
            recorded_by=viewer.account_id,
        )


def _check(said: Said, decision: Decision, at: datetime) -> None:
    giver = said.giver
    if (giver.relative_id is None) == (giver.basis is LegalBasis.CONSENT):
        raise InvalidConsent("A consent has a giver; an interest has none.")
    assessed = len(giver.assessment.strip()) >= SHORTEST_ASSESSMENT
    if giver.basis is not LegalBasis.CONSENT and not assessed:
        raise InvalidConsent("An interest stands on a written assessment.")
    if decision is Decision.GRANTED and (said.expires is None or said.expires <= at):
        raise InvalidConsent("A consent ends, and after it begins.")


def _live_of(session: Session, said: Said, at: datetime) -> Sequence[Consent]:
    return session.scalars(
        sa.select(Consent).where(
            Consent.missing_person_id == said.case.missing_person_id,
            Consent.giver_id.is_not_distinct_from(said.giver.relative_id),
            live(at),
        )
    ).all()


def _covers(standing: Consent, item: Item) -> bool:
    return (standing.data_category, standing.purpose, standing.recipient) == (
        item.category,
        item.purpose,
        item.recipient,
    )
