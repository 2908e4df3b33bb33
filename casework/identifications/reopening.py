"""An exclusion ends by itself when a fact that it rests on is no longer what it was.

The worker looks: every few minutes at records that changed lately, and once a night at all, for
what no record's own clock tells. A pair that is not searched any more is left as it is: nobody
proposes it, and it is looked at again once it is searched.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.model import ExcludedPair
from casework.database import Database
from casework.identifications.facts import Pair, fingerprints
from casework.identifications.model import (
    Decision,
    DecisionEnd,
    DecisionOutcome,
    EndCause,
    ExcludedFact,
)
from casework.identifications.queries import neither_ended_nor_declined
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from casework.notifications.model import NotificationKind
from casework.notifications.writing import Told, tell
from casework.remains.model import Remains
from casework.remains.queries import readable_remains
from privacy.audit.log import Deed, record
from privacy.permissions import FORENSIC_ROLES, KEEPER

# What a worker that was away for so long has missed, the night finds; our choice.
LATELY = timedelta(hours=3)
AT_ONCE = 200


def reopen_lately_changed(database: Database, at: datetime) -> None:
    """Look at the exclusions of records that changed in the last hours."""
    _look(database, at, since=at - LATELY)


def reopen_all_changed(database: Database, at: datetime) -> None:
    """Look at every exclusion that stands."""
    _look(database, at, since=None)


def _look(database: Database, at: datetime, *, since: datetime | None) -> None:
    with database.transaction(KEEPER) as session:
        standing = session.scalars(_standing(since)).all()
    for first in range(0, len(standing), AT_ONCE):
        some = standing[first : first + AT_ONCE]
        with database.transaction(KEEPER) as session:
            _reopen(session, some, at=at)


def _standing(since: datetime | None) -> sa.Select[int]:
    """Ask for the exclusions that neither ended nor were declined."""
    query = sa.select(Decision.id).where(
        Decision.outcome == DecisionOutcome.EXCLUSION, neither_ended_nor_declined()
    )
    if since is None:
        return query.order_by(Decision.id)
    # Also what was put beside the pair lately is in the records' own clock, or waits for night.
    person = sa.exists().where(
        MissingPerson.id == Decision.case_id, MissingPerson.changed_at > since
    )
    remains = sa.exists().where(Remains.id == Decision.remains_id, Remains.changed_at > since)
    return query.where(sa.or_(person, remains)).order_by(Decision.id)


def _reopen(session: Session, numbers: Sequence[int], *, at: datetime) -> None:
    decisions = session.scalars(sa.select(Decision).where(Decision.id.in_(numbers))).all()
    pairs: dict[int, Pair] = {each.id: (each.case_id, each.remains_id) for each in decisions}
    kept = _facts_of(session, numbers)
    now = fingerprints(session, KEEPER, set(pairs.values()), at=at)
    changed = {
        each: kinds
        for each in decisions
        if (kinds := _differing(kept[each.id], now.get(pairs[each.id])))
    }
    if not changed:
        return
    references = _references(session, changed, at=at)
    for decision, kinds in changed.items():
        _end(session, decision, kinds, references[decision.id], at=at)


def _facts_of(session: Session, numbers: Collection[int]) -> Mapping[int, dict[str, str]]:
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    rows = sa.select(ExcludedFact).where(ExcludedFact.decision_id.in_(numbers))
    for each in session.scalars(rows):
        found[each.decision_id][each.kind] = each.fingerprint
    return found


def _differing(kept: Mapping[str, str], now: Mapping[str, str] | None) -> list[str]:
    if now is None:
        return []
    return sorted(kind for kind, was in kept.items() if now.get(kind) != was)


def _references(
    session: Session, changed: Collection[Decision], *, at: datetime
) -> Mapping[int, tuple[str, str]]:
    people = readable_missing(KEEPER, at).where(
        MissingPerson.id.in_({each.case_id for each in changed})
    )
    remains = readable_remains(KEEPER, at).where(
        Remains.id.in_({each.remains_id for each in changed})
    )
    of_person = {each.id: each.reference for each in session.scalars(people)}
    of_remains = {each.id: each.reference for each in session.scalars(remains)}
    return {each.id: (of_person[each.case_id], of_remains[each.remains_id]) for each in changed}


def _end(
    session: Session,
    decision: Decision,
    kinds: Sequence[str],
    references: tuple[str, str],
    *,
    at: datetime,
) -> None:
    session.add(
        DecisionEnd(
            decision_id=decision.id,
            case_id=decision.case_id,
            remains_id=decision.remains_id,
            institution_id=decision.institution_id,
            cause=EndCause.FACT_CHANGED,
            changed=list(kinds),
            entered_at=at,
        )
    )
    session.execute(sa.delete(ExcludedPair).where(ExcludedPair.decision_id == decision.id))
    record(
        session,
        Deed.DECISION_ENDED,
        by=KEEPER,
        at=at,
        about=f"decision:{decision.id}",
        missing=references[0],
        remains=references[1],
        decision=EndCause.FACT_CHANGED.value,
    )
    path, key = f"/decisions/{decision.id}", f"decision_ended:{decision.id}"
    # Its author, by name; and the people of their institution, for an author may have left.
    for_author = Told(
        kind=NotificationKind.DECISION_ENDED,
        account_id=decision.entered_by,
        path=path,
        key=f"{key}:author",
    )
    for_others = Told(
        kind=NotificationKind.DECISION_ENDED,
        institution_id=decision.institution_id,
        roles=tuple(sorted(FORENSIC_ROLES)),
        path=path,
        key=f"{key}:{decision.institution_id}",
    )
    for told in (for_author, for_others):
        tell(session, told, at=at)
