"""Reading who speaks for a missing person, and what each of them agreed to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import NotFound
from casework.families.model import (
    LiftState,
    Notice,
    ProtectionRequest,
    Relative,
)
from casework.missing.model import MissingPerson
from casework.signin.model import Institution, InstitutionKind
from privacy.consent.ledger import Case
from privacy.consent.model import Consent
from privacy.model import Reveals
from privacy.permissions import Viewer
from privacy.sealing.opening import open_group

FORENSIC_KINDS = (InstitutionKind.FORENSIC_SERVICE, InstitutionKind.PROSECUTOR)


def case_of(person: MissingPerson) -> Case:
    """Name a file as the ledger of consents needs it."""
    return Case(person.id, person.reference, person.owner_institution_id, person.protected)


def list_relatives(session: Session, person: MissingPerson) -> Sequence[Relative]:
    """List who gives information about a person; the file itself was opened before."""
    return session.scalars(
        sa.select(Relative).where(Relative.missing_person_id == person.id).order_by(Relative.id)
    ).all()


def open_relatives(
    session: Session, viewer: Viewer, person: MissingPerson, *, at: datetime
) -> Sequence[Relative]:
    """List them with their names and how to reach them, where that is open to `viewer`."""
    relatives = list_relatives(session, person)
    open_group(session, viewer, relatives, Reveals.CONTACT, at=at)
    return relatives


def get_relative(session: Session, person: MissingPerson, relative_id: int) -> Relative:
    """Find one of them.

    Raises
    ------
    NotFound
        If they speak of nobody, or of somebody else.
    """
    found = session.scalar(
        sa.select(Relative).where(
            Relative.id == relative_id, Relative.missing_person_id == person.id
        )
    )
    if found is None:
        raise NotFound("relative")
    return found


def _entries(person: MissingPerson) -> sa.Select[Any]:
    """Ask for a file's ledger, but for what two institutions opened of a pair to each other.

    Whoever speaks with the family learns of no candidate before its release (rule 11).
    """
    return sa.select(Consent).where(
        Consent.missing_person_id == person.id,
        ~Consent.form_version.startswith("unblinding:"),
    )


def list_entries(session: Session, person: MissingPerson) -> Sequence[Consent]:
    """List the ledger of one file, the oldest entry first."""
    return session.scalars(_entries(person).order_by(Consent.id)).all()


def get_entry(session: Session, person: MissingPerson, consent_id: int) -> Consent:
    """Find one entry of a file's ledger.

    Raises
    ------
    NotFound
        If it is not there, or in another file.
    """
    found: Consent | None = session.scalar(_entries(person).where(Consent.id == consent_id))
    if found is None:
        raise NotFound("consent")
    return found


def list_institutions_reached(session: Session, recipient: str) -> Sequence[Institution]:
    """List the institutions of this registry that stand behind a recipient."""
    kind, _, which = recipient.partition(":")
    query = sa.select(Institution).order_by(Institution.name)
    match kind:
        case "institution":
            query = query.where(Institution.id == int(which))
        case "consulate":
            query = query.where(
                Institution.kind == InstitutionKind.CONSULATE, Institution.country == which
            )
        case "forensic":
            query = query.where(Institution.kind.in_(FORENSIC_KINDS))
            query = query.where(Institution.country == which) if which else query
        case _:  # a laboratory or another registry: nobody signs in here for them
            return ()
    return session.scalars(query).all()


def list_forensic(session: Session) -> Sequence[Institution]:
    """List the institutions that a consent for the search can name."""
    return session.scalars(
        sa.select(Institution)
        .where(Institution.kind.in_(FORENSIC_KINDS))
        .order_by(Institution.country, Institution.name)
    ).all()


def find_request(session: Session, person: MissingPerson) -> ProtectionRequest | None:
    """Give the newest request to lift the protection of a file."""
    return session.scalars(
        sa.select(ProtectionRequest)
        .where(ProtectionRequest.missing_person_id == person.id)
        .order_by(ProtectionRequest.id.desc())
        .limit(1)
    ).first()


def list_requests(session: Session) -> Sequence[ProtectionRequest]:
    """List what waits for a second pair of eyes; the database shows it to them alone."""
    return session.scalars(
        sa.select(ProtectionRequest)
        .where(ProtectionRequest.state == LiftState.REQUESTED)
        .order_by(ProtectionRequest.id)
    ).all()


def get_request(session: Session, request_id: int) -> ProtectionRequest:
    """Open one request.

    Raises
    ------
    NotFound
        If there is none that the viewer may read.
    """
    found = session.get(ProtectionRequest, request_id)
    if found is None:
        raise NotFound("protection request")
    return found


def list_notices(session: Session, viewer: Viewer) -> Sequence[Notice]:
    """List what the viewer's institution was told, what is unread first."""
    return session.scalars(
        sa.select(Notice)
        .where(Notice.institution_id == viewer.institution_id)
        .order_by(Notice.read_at.is_not(None), Notice.id.desc())
        .limit(200)
    ).all()


def get_notice(session: Session, viewer: Viewer, notice_id: int) -> Notice:
    """Find one of them.

    Raises
    ------
    NotFound
        If it is not there, or for another institution.
    """
    found = session.get(Notice, notice_id)
    if found is None or found.institution_id != viewer.institution_id:
        raise NotFound("notice")
    return found


def count_unread_notices(session: Session, viewer: Viewer) -> int:
    """Count what the viewer's institution has not marked as read."""
    return (
        session.scalar(
            sa.select(sa.func.count(Notice.id)).where(
                Notice.institution_id == viewer.institution_id, Notice.read_at.is_(None)
            )
        )
        or 0
    )
