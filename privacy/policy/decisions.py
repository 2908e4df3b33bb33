"""One decision about one record. Whatever is odd about a question is answered with no."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import cedarpy
from sqlalchemy.orm import Session, object_session

from privacy.permissions import Permission, Viewer
from privacy.policy.guarded import guarded_of
from privacy.policy.questions import is_whole, request_for, with_record, written
from privacy.policy.rulebook import shipped_rulebook

NO_RULE = "no-rule-permits"
NOT_ANSWERED = "not-answered"
REGISTRY = "Registry"
MOST_RULINGS = 10_000


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was decided, and the `@id` of the rule that decided it."""

    allowed: bool
    rule: str

    def __bool__(self) -> bool:
        return self.allowed


def decide(
    viewer: Viewer,
    permission: Permission,
    resource: Any = None,
    *,
    at: datetime,
    session: Session | None = None,
) -> Ruling:
    """Decide about one record, or about the registry itself where there is none."""
    if resource is None:
        return rule_on(viewer, permission, REGISTRY, {})
    within = session or object_session(resource)
    if within is None:
        return Ruling(allowed=False, rule=NOT_ANSWERED)
    return decide_each(within, viewer, permission, [resource], at=at)[0]


def decide_each(
    session: Session,
    viewer: Viewer,
    permission: Permission,
    rows: Sequence[Any],
    *,
    at: datetime,
) -> list[Ruling]:
    """Decide about each row of a page, in their order."""
    decided = decide_many(session, viewer, [permission], rows, at=at)
    return [decided[row.id][permission] for row in rows]


def decide_many(
    session: Session,
    viewer: Viewer,
    permissions: Sequence[Permission],
    rows: Sequence[Any],
    *,
    at: datetime,
) -> dict[int, dict[Permission, Ruling]]:
    """Decide about several groups of each row of one kind, reading its attributes once."""
    if not rows:
        return {}
    guarded = guarded_of(type(rows[0]))
    all_facts = guarded.facts_of(session, viewer, rows, at)
    return {
        row.id: _rulings(viewer, permissions, guarded.kind, facts)
        for row, facts in zip(rows, all_facts, strict=True)
    }


def rule_on(
    viewer: Viewer, permission: Permission, kind: str, facts: Mapping[str, Any]
) -> Ruling:
    """Decide from attributes alone."""
    return _rulings(viewer, [permission], kind, facts)[permission]


def _rulings(
    viewer: Viewer, permissions: Sequence[Permission], kind: str, facts: Mapping[str, Any]
) -> dict[Permission, Ruling]:
    if not is_whole(kind, facts):
        # An attribute is missing, of the wrong kind, or nobody knows it.
        no = Ruling(allowed=False, rule=NOT_ANSWERED)
        return dict.fromkeys(permissions, no)
    return {each: _about(viewer, each, kind, facts) for each in permissions}


def _about(
    viewer: Viewer, permission: Permission, kind: str, facts: Mapping[str, Any]
) -> Ruling:
    """Ask with what the rules mention, so that equal questions are known again."""
    question = (viewer.role.value, permission.value, kind)
    wanted = shipped_rulebook().asks_for.get(question)
    if wanted is None or not viewer.reaches(permission):
        return Ruling(allowed=False, rule=NO_RULE)
    mentioned = {name: facts[name] for name in facts if name in wanted}
    return _ruling(viewer, permission, kind, written(kind, mentioned))


@lru_cache(maxsize=MOST_RULINGS)
def _ruling(viewer: Viewer, permission: Permission, kind: str, record: str) -> Ruling:
    """Decide. Equal questions have equal answers: the rows of a page differ in little."""
    policies = shipped_rulebook().by_question[viewer.role.value, permission.value, kind]
    # Record, action and kind were held against the schema before.
    answer = cedarpy.is_authorized(
        request_for(permission, kind), policies, with_record(viewer, record)
    )
    told = answer.diagnostics
    # A forbid that fails is skipped by Cedar, which would allow: any fault means no.
    if told.errors or answer.decision is cedarpy.Decision.NoDecision:
        return Ruling(allowed=False, rule=NOT_ANSWERED)
    ids = sorted(told.id_annotations_by_reason.values())
    return Ruling(allowed=answer.allowed, rule=ids[0] if ids else NO_RULE)
