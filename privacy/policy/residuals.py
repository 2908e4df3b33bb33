"""What is left of the policies once everything is known but the record."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cedarpy

from privacy.errors import UnreadableRule
from privacy.permissions import Permission, Viewer
from privacy.policy.questions import MOST_VIEWERS, entities_of, open_request_for
from privacy.policy.rulebook import shipped_rulebook

Expression = Mapping[str, Any]
ALWAYS: Expression = {"Value": True}
NEVER: Expression = {"Value": False}
_RECORD = {"unknown": [{"Value": "resource"}]}


@dataclass(frozen=True, slots=True)
class Open:
    """Any of `permits` opens a record, unless one of `forbids` closes it."""

    permits: tuple[Expression, ...]
    forbids: tuple[Expression, ...]

    @property
    def nothing(self) -> bool:
        """Say that no record can be open, whatever it holds."""
        return not self.permits or ALWAYS in self.forbids

    @property
    def everything(self) -> bool:
        """Say that every record is open, whatever it holds."""
        return ALWAYS in self.permits and not self.forbids


NOTHING = Open((), (ALWAYS,))


@lru_cache(maxsize=MOST_VIEWERS * 10)
def left_open(viewer: Viewer, permission: Permission, kind: str) -> Open:
    """Ask the policies about every record of a kind at once.

    Raises
    ------
    UnreadableRule
        If Cedar reports a fault, or leaves something that is no expression.
    """
    book = shipped_rulebook()
    policies = book.by_question.get((viewer.role.value, permission.value, kind))
    if policies is None or not viewer.reaches(permission):
        return NOTHING
    answer = cedarpy.is_authorized_partial(
        open_request_for(permission), policies, entities_of(viewer), schema=book.schema
    )
    if answer.diagnostics.errors:
        raise UnreadableRule("; ".join(answer.diagnostics.errors))
    return _sorted_by_effect(answer, kind)


def told_once(left: Sequence[Open]) -> tuple[list[Sequence[Expression]], list[Expression]]:
    """Put several questions into one: alternatives of which one must hold each, and forbids.

    What follows from another question of them is left out, and no forbid is said twice: a
    condition that stands in a query twice misleads PostgreSQL about how few rows it leaves.
    """
    needed = list(range(len(left)))
    for at, each in enumerate(left):
        others = [other for other in needed if other != at]
        if any(_implies(left[other], each) for other in others):
            needed = others
    forbids = {_key(rule): rule for each in left for rule in each.forbids}
    return [left[at].permits for at in needed], list(forbids.values())


def _implies(narrow: Open, wide: Open) -> bool:
    """Say that whatever a permit of `narrow` opens, some permit of `wide` opens too."""
    wanted = [_parts(permit) for permit in wide.permits]
    return all(any(parts <= _parts(permit) for parts in wanted) for permit in narrow.permits)


def _parts(node: Expression) -> frozenset[str]:
    """Take apart what must all be true."""
    if node == ALWAYS:
        return frozenset()
    if "&&" in node:
        return _parts(node["&&"]["left"]) | _parts(node["&&"]["right"])
    return frozenset({_key(node)})


def _key(node: Expression) -> str:
    return json.dumps(node, sort_keys=True)


def may_open_something(viewer: Viewer, permission: Permission) -> bool:
    """Say whether there could be any record, or act, that `permission` opens."""
    kinds = shipped_rulebook().kinds_of.get(permission.value, ())
    return any(not left_open(viewer, permission, kind).nothing for kind in kinds)


def _sorted_by_effect(answer: Any, kind: str) -> Open:
    permits: list[Expression] = []
    forbids: list[Expression] = []
    # Cedar gives them in any order; the same question makes the same condition.
    for _, policy in sorted(answer.residuals.items()):
        body = _body_of(policy, kind)
        if body != NEVER:
            (permits if policy["effect"] == "permit" else forbids).append(body)
    return Open(tuple(permits), tuple(forbids))


def _body_of(policy: Mapping[str, Any], kind: str) -> Expression:
    bodies = [
        each["body"] if each["kind"] == "when" else {"!": {"arg": each["body"]}}
        for each in policy["conditions"]
    ]
    whole: Expression = ALWAYS
    for body in bodies:
        whole = _joined("&&", whole, _simpler(body, kind))
    return whole


def _simpler(node: Expression, kind: str) -> Expression:
    """Fold what is decided by the kind of record alone."""
    (word, inner), *others = node.items()
    if others:
        raise UnreadableRule(f"Not one expression: {json.dumps(node)[:200]}")
    if word == "is" and inner["left"] == _RECORD:
        return ALWAYS if inner["entity_type"] == kind else NEVER
    if word in {"&&", "||"}:
        return _joined(word, _simpler(inner["left"], kind), _simpler(inner["right"], kind))
    if word == "!":
        arg = _simpler(inner["arg"], kind)
        return NEVER if arg == ALWAYS else ALWAYS if arg == NEVER else {"!": {"arg": arg}}
    return node


def _joined(word: str, left: Expression, right: Expression) -> Expression:
    decides, neutral = (NEVER, ALWAYS) if word == "&&" else (ALWAYS, NEVER)
    if decides in (left, right):
        return decides
    if left == neutral:
        return right
    return left if right == neutral else {word: {"left": left, "right": right}}
