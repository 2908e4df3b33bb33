"""Signing a decision, and taking one back. Each function is one deed."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.model import ExcludedPair
from casework.database import write_checked
from casework.errors import Conflict, InvalidInput, raise_any
from casework.identifications.model import (
    DecisionEnd,
    DecisionOutcome,
    DecisionRelease,
    DecisionSignature,
    EndCause,
    HandedOver,
    SignedFor,
)
from casework.identifications.queries import Decided, DecisionState, get_decision
from casework.identifications.releasing import who_speaks
from casework.identifications.rules import refusal_of_reason
from casework.identifications.writing import (
    KEEPS_NEITHER,
    NOT_TWICE,
    NOT_YOURS_TO_SIGN,
    REFUSED,
    STANDS_NO_MORE,
    in_turn,
    place_beside,
    record_of,
    wait_for_papers,
)
from casework.notifications.model import NotificationKind
from casework.notifications.writing import Told, tell
from casework.record_codes import IdentificationStatus, SearchStatus
from casework.retention.sight import as_keeper
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.permissions import FORENSIC_ROLES, Permission, Viewer, demand


def sign(
    session: Session,
    viewer: Viewer,
    decided: Decided,
    *,
    accepts: bool,
    reason: str,
    at: datetime,
) -> Decided:
    """Accept or decline a decision in the name of the keeper of one record, or of both.

    Raises
    ------
    NotPermitted
        If the duty does not sign.
    Conflict
        If it is not this person's to sign, stands no more, or the gate lacks something by now.
    InvalidInput
        If the reason lacks.
    """
    demand(viewer, Permission.DECISION_SIGN)
    raise_any(refusal_of_reason(reason))
    decided = in_turn(session, viewer, decided, at=at)
    side = decided.signs_for(viewer)
    if side not in decided.waits_for:
        raise Conflict(NOT_YOURS_TO_SIGN if side is None else STANDS_NO_MORE)
    if decided.has_signed(viewer):
        raise Conflict(NOT_TWICE)
    if side is SignedFor.BOTH and decided.row.entered_by == viewer.account_id:
        raise Conflict(NOT_YOURS_TO_SIGN)
    row = DecisionSignature(
        decision_id=decided.row.id,
        signed_for=side,
        accepted=accepts,
        for_institution_id=decided.signs_in_the_name_of(viewer, side),
        reason=reason.strip(),
    )
    place_beside(row, decided, viewer, at)
    write_checked(session, row, REFUSED)
    record_of(session, Deed.DECISION_SIGNED, viewer, decided, at=at, answer=accepts)
    signed = get_decision(session, viewer, decided.row.id, at=at)
    if signed.state is DecisionState.LOCKED:
        _take_effect(session, viewer, signed, at=at)
    elif signed.state is DecisionState.DECLINED:
        _let_back(session, viewer, signed)
        _tell_of_end(session, signed, at=at)
    return signed


def _take_effect(session: Session, viewer: Viewer, decided: Decided, *, at: datetime) -> None:
    """Do what a locked decision brings with it, as the keeper: people decided it, by name."""
    outcome = decided.row.outcome
    with as_keeper(session, viewer):
        if outcome is DecisionOutcome.EXCLUSION:
            session.execute(
                sa.update(ExcludedPair)
                .where(ExcludedPair.decision_id == decided.row.id)
                .values(institution_id=None)
            )
        elif outcome is DecisionOutcome.IDENTIFICATION:
            # The remains have their name. The person's own record says nothing before the
            # release: their family reads it.
            decided.remains.identification_status = IdentificationStatus.IDENTIFIED
            decided.remains.changed_at = at
    record_of(session, Deed.DECISION_LOCKED, viewer, decided, at=at)


def end(
    session: Session,
    viewer: Viewer,
    decided: Decided,
    *,
    reason: str,
    handed_over: HandedOver | None,
    at: datetime,
) -> DecisionEnd:
    """Take a decision back: withdraw one that waits, recall one that is locked.

    Raises
    ------
    NotPermitted
        If the duty does not sign.
    Conflict
        If the institution keeps neither record, or the decision stands no more.
    InvalidInput
        If the reason lacks, or of an identification whether the remains were handed over.
    """
    demand(viewer, Permission.DECISION_SIGN)
    raise_any(refusal_of_reason(reason))
    decided = in_turn(session, viewer, decided, at=at)
    if decided.signs_for(viewer) is None:
        raise Conflict(KEEPS_NEITHER)
    if not decided.stands:
        raise Conflict(STANDS_NO_MORE)
    is_recalled = decided.state is DecisionState.LOCKED
    names = decided.row.outcome is DecisionOutcome.IDENTIFICATION
    if is_recalled and names and handed_over is None:
        raise InvalidInput(marked("Diga si los restos ya se entregaron."))
    wait_for_papers(session, decided.row.id)
    row = DecisionEnd(
        decision_id=decided.row.id,
        cause=EndCause.RECALLED if is_recalled else EndCause.WITHDRAWN,
        handed_over=handed_over if is_recalled and names else None,
        reason=reason.strip(),
    )
    place_beside(row, decided, viewer, at)
    write_checked(session, row, REFUSED)
    _let_back(session, viewer, decided)
    if is_recalled and names:
        with as_keeper(session, viewer):
            # Nobody is named by them any more; the search of both begins again.
            decided.remains.identification_status = IdentificationStatus.UNDER_EXAMINATION
            decided.remains.changed_at = at
            if not _is_named_otherwise(session, decided):
                decided.person.search_status = SearchStatus.OPEN
                decided.person.changed_at = at
    record_of(session, Deed.DECISION_ENDED, viewer, decided, at=at, decision=row.cause.value)
    _tell_of_end(session, decided, at=at)
    return row


def _is_named_otherwise(session: Session, decided: Decided) -> bool:
    """Say whether the person's record says nothing of this decision, or another's as well."""
    if decided.person.search_status is not SearchStatus.IDENTIFIED_DECEASED:
        return True
    other = (
        sa.select(DecisionRelease.id)
        .where(
            DecisionRelease.case_id == decided.person.id,
            DecisionRelease.decision_id != decided.row.id,
            DecisionRelease.decision_id.not_in(sa.select(DecisionEnd.decision_id)),
        )
        .limit(1)
    )
    return session.scalar(other) is not None


def _let_back(session: Session, viewer: Viewer, decided: Decided) -> None:
    """Let a pair into the queue again; that it was out stands with its decision."""
    with as_keeper(session, viewer):
        session.execute(
            sa.delete(ExcludedPair).where(ExcludedPair.decision_id == decided.row.id)
        )


def _tell_of_end(session: Session, decided: Decided, *, at: datetime) -> None:
    """Tell the forensic people of both keepers that it stands no more."""
    path, key = f"/decisions/{decided.row.id}", f"decision_ended:{decided.row.id}"
    keepers = {decided.person.owner_institution_id, decided.remains.owner_institution_id}
    for each in sorted(keepers | decided.signing_institutions):
        told = Told(
            kind=NotificationKind.DECISION_ENDED,
            institution_id=each,
            roles=tuple(sorted(FORENSIC_ROLES)),
            path=path,
            key=f"{key}:{each}",
        )
        tell(session, told, at=at)
    if decided.release is not None:
        # Their family may have been told: whoever speaks with them reads what to say now.
        told = Told(
            kind=NotificationKind.RELEASE_RECALLED,
            institution_id=decided.person.owner_institution_id,
            roles=who_speaks(decided.person),
            path=f"/released/{decided.row.id}",
            key=f"recalled:{decided.row.id}",
        )
        tell(session, told, at=at)


def record_seen(
    session: Session, viewer: Viewer, seen: Collection[Decided], *, at: datetime
) -> None:
    """Write down whose decisions were listed."""
    record(
        session,
        Deed.DECISIONS_LISTED,
        by=viewer,
        at=at,
        concerning={
            reference
            for each in seen
            for reference in (each.person.reference, each.remains.reference)
        },
        shown=len(seen),
    )


def record_read(session: Session, viewer: Viewer, decided: Decided, *, at: datetime) -> None:
    """Write down that one decision was read."""
    record_of(session, Deed.DECISION_READ, viewer, decided, at=at)
