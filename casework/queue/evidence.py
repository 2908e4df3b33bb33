"""By what a pair could be named: whether what alone can name somebody is there to compare."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from casework.candidates.model import Pairing
from casework.candidates.narrowing import has_open_numbers
from casework.identifications.model import GateEntry, GateKind, PrimaryMethod
from casework.kinship.model import DnaResult
from casework.profiles.model import MissingPersonProfile, RemainsProfile
from casework.queue.states import among
from privacy.door import condition
from privacy.permissions import Permission, Viewer


class Evidence(StrEnum):
    """Evidence that can name somebody (INTERPOL DVI Guide), as the queue is asked for it."""

    DNA = "dna"
    DENTAL = "dental"
    PRINTS = "prints"
    IMPLANT = "implant"


METHOD_OF = {
    Evidence.DNA: PrimaryMethod.DNA,
    Evidence.DENTAL: PrimaryMethod.ODONTOLOGY,
    Evidence.PRINTS: PrimaryMethod.FRICTION_RIDGES,
    Evidence.IMPLANT: PrimaryMethod.IMPLANT,
}
# What the engine compared itself, by its kind of evidence; prints are compared elsewhere.
WEIGHED = {Evidence.DENTAL: "teeth", Evidence.IMPLANT: "medical"}


def has_evidence(
    session: Session, viewer: Viewer, evidence: Evidence, *, at: datetime
) -> sa.ColumnElement[bool]:
    """Say of a pairing that both sides have it, or that a report of it is on record.

    As far as it is open to the viewer: of what is closed nothing is found.
    """
    found = [among(_reported(session, METHOD_OF[evidence]))]
    if evidence in WEIGHED:
        found.append(Pairing.weights.has_key(WEIGHED[evidence]))
    if evidence is Evidence.DNA:
        found += [among(_computed(session)), _both_have_profiles(viewer, at)]
    return sa.and_(has_open_numbers(viewer, at), sa.or_(*found))


def _reported(session: Session, method: PrimaryMethod) -> list[int]:
    later = aliased(GateEntry)
    reports = (GateEntry.kind == GateKind.PRIMARY_REPORT, GateEntry.about == method.value)
    of_pair = (
        GateEntry.case_id == Pairing.missing_person_id,
        GateEntry.remains_id == Pairing.remains_id,
        GateEntry.is_withdrawn.is_(False),
        # A withdrawal is a later row: the newest of its kind counts.
        ~sa.exists().where(
            later.case_id == GateEntry.case_id,
            later.remains_id == GateEntry.remains_id,
            later.kind == GateEntry.kind,
            later.about == GateEntry.about,
            later.id > GateEntry.id,
        ),
    )
    return list(
        session.scalars(sa.select(Pairing.id).join(GateEntry, sa.and_(*of_pair, *reports)))
    )


def _computed(session: Session) -> list[int]:
    of_pair = (
        DnaResult.case_id == Pairing.missing_person_id,
        DnaResult.remains_id == Pairing.remains_id,
    )
    return list(session.scalars(sa.select(Pairing.id).join(DnaResult, sa.and_(*of_pair))))


def _both_have_profiles(viewer: Viewer, at: datetime) -> sa.ColumnElement[bool]:
    of_people = condition(viewer, Permission.MISSING_DNA_READ, MissingPersonProfile, at)
    of_remains = condition(viewer, Permission.REMAINS_DNA_READ, RemainsProfile, at)
    return sa.and_(
        Pairing.missing_person_id.in_(sa.select(MissingPersonProfile.case_id).where(of_people)),
        Pairing.remains_id.in_(sa.select(RemainsProfile.case_id).where(of_remains)),
    )
