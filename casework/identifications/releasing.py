"""Releasing an identification: before, whoever speaks with the family reads nothing of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.database import write_checked
from casework.errors import Conflict, raise_any
from casework.identifications.entries import entries_at
from casework.identifications.model import (
    DecisionEnd,
    DecisionOutcome,
    DecisionRelease,
    GateEntry,
    GateKind,
)
from casework.identifications.queries import Decided, DecisionState
from casework.identifications.rules import refusal_of_reason
from casework.identifications.writing import (
    KEEPS_NEITHER,
    NOT_LOCKED,
    REFUSED,
    STANDS_NO_MORE,
    in_turn,
    place_beside,
    record_of,
)
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from casework.notifications.model import NotificationKind
from casework.notifications.writing import Told, tell
from casework.record_codes import SearchStatus
from casework.retention.sight import as_keeper
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.model import Reveals
from privacy.permissions import Permission, Role, Viewer, demand
from privacy.sealing.opening import open_group

REPORT_GONE = marked(
    "Un informe en que se apoya ya no vale: retire la decisión y decida otra vez."
)


@dataclass(frozen=True, slots=True)
class Released:
    """A release, the person it is about, and whether the decision was taken back since."""

    row: DecisionRelease
    person: MissingPerson
    is_recalled: bool


def who_speaks(person: MissingPerson) -> tuple[Role, ...]:
    """Name the duties that speak with a family; of somebody protected no consulate learns."""
    consulate = () if person.protected else (Role.CONSULAR_OFFICER,)
    return (Role.LIAISON_OFFICER, Role.FORENSIC_COORDINATOR, *consulate)


def release(
    session: Session, viewer: Viewer, decided: Decided, *, words: str, at: datetime
) -> DecisionRelease:
    """Let whoever speaks with the family learn of an identification, with the plan.

    Raises
    ------
    NotPermitted
        If the duty does not release.
    Conflict
        If it is no locked identification, or the institution keeps neither record.
    InvalidInput
        If nothing is said for whoever speaks with the family.
    """
    demand(viewer, Permission.DECISION_SIGN)
    raise_any(refusal_of_reason(words))
    decided = in_turn(session, viewer, decided, at=at)
    if decided.signs_for(viewer) is None:
        raise Conflict(KEEPS_NEITHER)
    if decided.row.outcome is not DecisionOutcome.IDENTIFICATION:
        raise Conflict(NOT_LOCKED)
    if decided.state is not DecisionState.LOCKED:
        raise Conflict(NOT_LOCKED)
    if decided.release is not None:
        raise Conflict(STANDS_NO_MORE)
    row = DecisionRelease(
        decision_id=decided.row.id,
        told={"words": words.strip(), **_on_record(session, viewer, decided, at=at)},
    )
    place_beside(row, decided, viewer, at)
    write_checked(session, row, REFUSED)
    with as_keeper(session, viewer):
        decided.person.search_status = SearchStatus.IDENTIFIED_DECEASED
        decided.person.changed_at = at
    record_of(session, Deed.DECISION_RELEASED, viewer, decided, at=at)
    told = Told(
        kind=NotificationKind.IDENTIFICATION_RELEASED,
        institution_id=decided.person.owner_institution_id,
        roles=who_speaks(decided.person),
        path=f"/released/{decided.row.id}",
        key=f"released:{decided.row.id}",
    )
    tell(session, told, at=at)
    return row


def _on_record(
    session: Session, viewer: Viewer, decided: Decided, *, at: datetime
) -> dict[str, Any]:
    """Give what goes with the release: the plan, by what it is known, and the legal act."""
    row = decided.row
    rows = session.scalars(
        sa.select(GateEntry)
        .where(GateEntry.case_id == row.case_id, GateEntry.remains_id == row.remains_id)
        .order_by(GateEntry.id)
    ).all()
    newest = {(each.kind, each.about): each for each in rows}
    standing = [each for each in newest.values() if not each.is_withdrawn]
    open_group(session, viewer, standing, Reveals.IDENTITY, at=at)
    told = {each.kind: dict(each.told) for each in standing}
    if GateKind.NOTIFICATION_PLAN not in told:
        raise Conflict(marked("El plan para avisar a la familia ya no vale: anote otro antes."))
    # What it rests on is what stood when both had signed; only the plan may be newer.
    locked_at = max(each.entered_at for each in decided.signatures)
    signed = entries_at(session, viewer, decided.row, until=locked_at, at=at)
    reports = [each for each in signed if each.kind is GateKind.PRIMARY_REPORT]
    still = {(each.kind, each.about) for each in standing}
    if any((each.kind, each.about) not in still for each in reports):
        raise Conflict(REPORT_GONE)
    legal = [dict(each.told) for each in signed if each.kind is GateKind.LEGAL_ACT]
    return {
        "plan": told[GateKind.NOTIFICATION_PLAN],
        "methods": sorted(each.about for each in reports),
        "legal": legal[-1] if legal else {},
        **_in_whose_name(decided),
    }


def _in_whose_name(decided: Decided) -> dict[str, int]:
    """Tell who signed in a keeper's name: the keeper learns it with the release, not before.

    Whose name it was is said as well: a file that is handed over is kept by somebody who asked
    nobody.
    """
    for each in decided.signatures:
        if each.for_institution_id:
            return {"signed_by": each.institution_id, "signed_for": each.for_institution_id}
    return {}


def list_released(session: Session, viewer: Viewer, *, at: datetime) -> list[Released]:
    """List what was released of people whose file the viewer's institution keeps."""
    own = readable_missing(viewer, at).where(
        MissingPerson.owner_institution_id == viewer.institution_id
    )
    rows = session.scalars(
        sa.select(DecisionRelease)
        .where(DecisionRelease.case_id.in_(own.with_only_columns(MissingPerson.id)))
        .order_by(DecisionRelease.id.desc())
    ).all()
    opened = open_group(session, viewer, rows, Reveals.IDENTITY, at=at).rows
    people = {
        each.id: each
        for each in session.scalars(
            own.where(MissingPerson.id.in_({row.case_id for row in opened}))
        )
    }
    recalled = _recalled(session, opened, viewer)
    found = [
        Released(row, people[row.case_id], is_recalled=row.decision_id in recalled)
        for row in opened
        if row.case_id in people
    ]
    record(
        session,
        Deed.RELEASES_LISTED,
        by=viewer,
        at=at,
        concerning=[each.person.reference for each in found],
        shown=len(found),
    )
    return found


def _recalled(
    session: Session, rows: Sequence[DecisionRelease], viewer: Viewer
) -> frozenset[int]:
    """Say which were taken back: that alone, and not why, is for the family's side too."""
    with as_keeper(session, viewer):
        ended = sa.select(DecisionEnd.decision_id).where(
            DecisionEnd.decision_id.in_({each.decision_id for each in rows})
        )
        return frozenset(session.scalars(ended))
