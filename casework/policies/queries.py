"""Asks the policies in somebody else's name what they would be told of one record."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import NotFound
from casework.living.model import LivingPerson
from casework.missing.model import MissingPerson
from casework.references import Prefix
from casework.remains.model import Remains
from privacy.context import go_on_as
from privacy.context import viewer_of as session_viewer
from privacy.permissions import KEEPER, PURPOSES, Permission, Purpose, Viewer
from privacy.policy.decisions import REGISTRY, Ruling, decide, rule_on
from privacy.policy.rulebook import Rule, shipped_rulebook

RECORDS = {
    Prefix.MISSING_PERSON: MissingPerson,
    Prefix.REMAINS: Remains,
    Prefix.LIVING_PERSON: LivingPerson,
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """One decision, the rule that made it, and what would change it."""

    allowed: bool
    rule: Rule | None
    permits: tuple[Rule, ...]  # what could open it to this duty, if it is closed
    lacks_second_factor: bool
    lacks_step_up: bool
    other_purposes: tuple[Purpose, ...]


def explain(
    session: Session, viewer: Viewer, permission: Permission, about: str, *, at: datetime
) -> Explanation:
    """Ask in the name of `viewer`; `about` is a reference, or empty for the registry.

    Meanwhile the session reads as the keeper, who sees every record; only the ruling leaves.

    Raises
    ------
    NotFound
        If no record has this reference.
    """
    asker = session_viewer(session)
    go_on_as(session, KEEPER)
    try:
        return _explained(session, viewer, permission, about, at=at)
    finally:
        if asker is not None:
            go_on_as(session, asker)


def _explained(
    session: Session, viewer: Viewer, permission: Permission, about: str, *, at: datetime
) -> Explanation:
    record = _record(session, about) if about else None

    def ask(changed: Viewer) -> Ruling:
        return _ruling(session, changed, permission, record, at=at)

    ruling = ask(viewer)
    proven = replace(viewer, second_factor=True)
    return Explanation(
        allowed=ruling.allowed,
        rule=shipped_rulebook().rules.get(ruling.rule),
        permits=() if ruling.allowed else _permits(viewer, permission),
        lacks_second_factor=not ruling and bool(ask(proven)),
        lacks_step_up=not ruling and not ask(proven) and bool(ask(_surely(viewer))),
        other_purposes=() if ruling else _other_purposes(viewer, ask),
    )


def rules_of(role: str) -> list[Rule]:
    """List the rules that a duty meets: its own permits, then what nobody can undo."""
    rules = shipped_rulebook().rules.values()
    own = [each for each in rules if each.file == f"{role}.cedar"]
    return own + [each for each in rules if each.effect == "forbid"]


def _record(session: Session, reference: str) -> Any:
    model = RECORDS.get(reference.partition("-")[0])  # type: ignore[call-overload]
    found = model and session.scalar(sa.select(model).where(model.reference == reference))
    if found is None:
        raise NotFound("record")
    return found


def _ruling(
    session: Session, viewer: Viewer, permission: Permission, record: Any, *, at: datetime
) -> Ruling:
    if record is not None:
        return decide(viewer, permission, record, at=at, session=session)
    if REGISTRY in shipped_rulebook().kinds_of[permission.value]:
        return rule_on(viewer, permission, REGISTRY, {})
    # Without a record: could there be any that is open?
    return Ruling(viewer.may(permission), _first_rule(viewer, permission))


def _first_rule(viewer: Viewer, permission: Permission) -> str:
    permits = _permits(viewer, permission)
    return permits[0].id if permits and viewer.may(permission) else ""


def _permits(viewer: Viewer, permission: Permission) -> tuple[Rule, ...]:
    return tuple(
        each
        for each in shipped_rulebook().rules.values()
        if each.file == f"{viewer.role}.cedar" and permission.value in each.actions
    )


def _other_purposes(viewer: Viewer, ask: Any) -> tuple[Purpose, ...]:
    surely = _surely(viewer)
    return tuple(
        purpose
        for purpose in PURPOSES[viewer.role]
        if purpose is not viewer.purpose and ask(replace(surely, purpose=purpose))
    )


def _surely(viewer: Viewer) -> Viewer:
    return replace(viewer, second_factor=True, stepped_up=True)
