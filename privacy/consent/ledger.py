"""Writing the ledger of consents; asking it stands in `privacy.consent.asking`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from privacy.audit.log import Deed, record
from privacy.consent.asking import (
    CATEGORY_OF,
    granted_to,
    grants_of,
    live,
    may_be_searched,
    not_refused_to,
)
from privacy.consent.bulk import at_once
from privacy.consent.model import (
    Consent,
    ConsentPurpose,
    DataCategory,
    Decision,
    LegalBasis,
)
from privacy.consent.recipients import checked
from privacy.errors import InvalidConsent
from privacy.permissions import Permission, Viewer, demand

__all__ = [
    "CATEGORY_OF",
    "SEARCHABLE",
    "Case",
    "Giver",
    "Item",
    "Said",
    "Told",
    "enter_many",
    "grant",
    "granted_to",
    "grants_of",
    "live",
    "may_be_searched",
    "not_refused_to",
    "refuse",
    "withdraw",
    "withdraw_many",
]

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

    Of a grant to more or to fewer than the no names, the database closes what both reach: a
    no to one institution closes it to that one, and the others go on.

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
    rows = [
        row for said in answers for row in _rows(viewer, said, told, decision=decision, at=at)
    ]
    if not rows:
        return
    session.flush()
    session.execute(at_once(rows))
    _record_entered(session, viewer, answers, decision, at=at)


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
    entry = Consent(**_ending(granted, viewer, at))
    session.add(entry)
    session.flush()
    granted.withdrawn_at = entry.valid_from
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


def withdraw_many(
    session: Session, viewer: Viewer, granted: Sequence[Consent], *, at: datetime
) -> None:
    """Take back many grants at once and as one deed, as an objection or an import does.

    Raises
    ------
    NotPermitted
        If `viewer` does not record consents.
    InvalidConsent
        If one of them no longer stands.
    """
    demand(viewer, Permission.CONSENT_RECORD)
    if not granted:
        return
    session.flush()
    table = cast("sa.Table", Consent.__table__)
    session.execute(at_once([_ending(each, viewer, at) for each in granted]))
    ids = [each.id for each in granted]
    ending = table.alias()
    session.execute(
        sa.update(table)
        .where(table.c.id.in_(ids), ending.c.ends_id == table.c.id)
        .values(withdrawn_at=ending.c.valid_from)
    )
    for each in granted:
        session.expire(each)
    record(session, Deed.CONSENT_WITHDRAWN, by=viewer, at=at, files=len(granted))


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
        Consent(**row)
        for said in answers
        for row in _rows(viewer, said, told, decision=decision, at=at)
    ]
    if not entries:
        return []
    session.add_all(entries)
    session.flush()
    _record_entered(session, viewer, answers, decision, at=at)
    return entries


def _record_entered(
    session: Session,
    viewer: Viewer,
    answers: Sequence[Said],
    decision: Decision,
    *,
    at: datetime,
) -> None:
    items = {f"{each.category}/{each.purpose}" for said in answers for each in said.items}
    record(
        session,
        _DEED[decision],
        by=viewer,
        at=at,
        about=answers[0].case.reference if len(answers) == 1 else None,
        files=len(answers),
        items=sorted(items),
    )


def _rows(
    viewer: Viewer, said: Said, told: Told, *, decision: Decision, at: datetime
) -> Iterator[dict[str, Any]]:
    _check(said, decision, at)
    for item in said.items:
        yield {
            "missing_person_id": said.case.missing_person_id,
            "owner_institution_id": said.case.owner_institution_id,
            "protected": said.case.protected,
            "giver_id": said.giver.relative_id,
            "decision": decision,
            "data_category": item.category,
            "purpose": item.purpose,
            "recipient": checked(item.recipient),
            "legal_basis": said.giver.basis,
            "assessment": said.giver.assessment.strip(),
            "valid_from": at,
            "expires": said.expires if decision is Decision.GRANTED else None,
            "form_version": told.form_version,
            "language": told.language,
            "interpreter": told.interpreter,
            "evidence_hash": told.evidence_hash,
            "recorded_at": at,
            "recorded_by": viewer.account_id,
        }


def _ending(granted: Consent, viewer: Viewer, at: datetime) -> dict[str, Any]:
    if granted.decision is not Decision.GRANTED or granted.withdrawn_at is not None:
        raise InvalidConsent("Only a grant that still stands can be withdrawn.")
    # A clock that went back must not make an entry that ends before it begins.
    ended_at = max(at, granted.valid_from)
    return {
        **{name: getattr(granted, name) for name in _COPIED},
        "decision": Decision.WITHDRAWN,
        "valid_from": ended_at,
        "ends_id": granted.id,
        "recorded_at": ended_at,
        "recorded_by": viewer.account_id,
    }


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
