"""Turns what the policies leave open into the WHERE of a query.

Only the few forms below are understood. Any other is refused: a query that shows nothing is
a fault somebody notices, a query that shows too much is one that nobody does.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from privacy.errors import UnreadableRule
from privacy.policy.guarded import Asked, Attribute, Condition, GrantedTo, Guarded, Plain
from privacy.policy.residuals import ALWAYS, NEVER, Expression, Open, told_once

_RECORD = {"unknown": [{"Value": "resource"}]}


def compiled(left: Sequence[Open], guarded: Guarded, asked: Asked) -> Condition:
    """Write `any permit and no forbid` in SQL, of several questions at once.

    Raises
    ------
    UnreadableRule
        If a rule says something no query can be made of.
    """
    if any(each.nothing for each in left):
        return sa.false()
    writer = _Writer(guarded, asked)
    permits, forbids = told_once(left)
    opens = [_any_of([writer.truth(each) for each in alternatives]) for alternatives in permits]
    closes = [sa.not_(writer.truth(each)) for each in forbids]
    every = [*opens, *closes]
    return sa.and_(*every) if len(every) > 1 else every[0]


class _Writer:
    """Writes expressions about one kind of record."""

    def __init__(self, guarded: Guarded, asked: Asked) -> None:
        self._guarded = guarded
        self._asked = asked
        self._forms: Mapping[str, Callable[[Any], Condition]] = {
            "&&": self._both,
            "||": self._either,
            "!": lambda inner: sa.not_(self.truth(inner["arg"])),
            "==": lambda inner: self._equal(inner["left"], inner["right"]),
            "!=": lambda inner: sa.not_(self._equal(inner["left"], inner["right"])),
            "contains": self._contains,
            "containsAny": self._contains_any,
            ".": lambda inner: self._yes_or_no({".": inner}),
        }

    def truth(self, node: Expression) -> Condition:
        """Write one expression that is true or false."""
        if node == ALWAYS:
            return sa.true()
        if node == NEVER:
            return sa.false()
        ((word, inner),) = node.items()
        form = self._forms.get(word)
        if form is None:
            raise UnreadableRule(f"No query can be made of {word!r}.")
        return form(inner)

    def _both(self, inner: Any) -> Condition:
        return sa.and_(self.truth(inner["left"]), self.truth(inner["right"]))

    def _either(self, inner: Any) -> Condition:
        """Join alternatives; grants of one group for several purposes are asked at once."""
        rest: list[Condition] = []
        purposes: dict[tuple[str, tuple[str, ...]], list[GrantedTo]] = {}
        for node in _alternatives({"||": inner}):
            granted = self._granted_in(node)
            if granted is None:
                rest.append(self.truth(node))
            else:
                attribute, values = granted
                purposes.setdefault((attribute.group, values), []).append(attribute)
        for (_, values), attributes in purposes.items():
            wanted = [each.purpose for each in attributes]
            rest.append(attributes[0].reaches(self._asked, values, wanted))
        return _any_of(rest)

    def _granted_in(self, node: Expression) -> tuple[GrantedTo, tuple[str, ...]] | None:
        asked = node.get("containsAny")
        attribute = self._attribute(asked["left"]) if asked else None
        if not isinstance(attribute, GrantedTo):
            return None
        return attribute, _values(node["containsAny"]["right"])

    def _equal(self, left: Expression, right: Expression) -> Condition:
        return self._value(left) == self._value(right)

    def _contains(self, inner: Any) -> Condition:
        if "Set" in inner["left"]:
            return self._value(inner["right"]).in_(_values(inner["left"]))
        return self._holds(inner["left"], (_plain_value(inner["right"]),))

    def _contains_any(self, inner: Any) -> Condition:
        return self._holds(inner["left"], _values(inner["right"]))

    def _holds(self, node: Expression, values: tuple[str, ...]) -> Condition:
        attribute = self._attribute(node)
        if isinstance(attribute, GrantedTo):
            return attribute.reaches(self._asked, values, [attribute.purpose])
        if attribute is None or isinstance(attribute, Plain):
            raise UnreadableRule("A rule looks for values in what holds only one.")
        return attribute.holds_any(self._asked, values)

    def _yes_or_no(self, node: Expression) -> Condition:
        value = self._value(node)
        if not isinstance(value.type, sa.Boolean):
            raise UnreadableRule("A rule takes for true or false what is neither.")
        return value

    def _value(self, node: Expression) -> sa.ColumnElement[Any]:
        if "Value" in node:
            return sa.literal(_plain_value(node))
        attribute = self._attribute(node)
        if not isinstance(attribute, Plain):
            raise UnreadableRule("A rule compares what is no single value.")
        return attribute.sql(self._asked)

    def _attribute(self, node: Expression) -> Attribute | None:
        path = _path_to(node)
        if path is None:
            return None
        if path not in self._guarded.attributes:
            raise UnreadableRule(f"{self._guarded.kind} has no attribute {path!r}.")
        return self._guarded.attributes[path]


def _path_to(node: Expression) -> str | None:
    """Name the attribute of the record that `node` reads."""
    names: list[str] = []
    while "." in node:
        names.append(node["."]["attr"])
        node = node["."]["left"]
    return ".".join(reversed(names)) if names and node == _RECORD else None


def _alternatives(node: Expression) -> list[Expression]:
    if "||" not in node:
        return [node]
    return [*_alternatives(node["||"]["left"]), *_alternatives(node["||"]["right"])]


def _values(node: Expression) -> tuple[Any, ...]:
    if "Set" in node:
        return tuple(sorted(_plain_value(each) for each in node["Set"]))
    if isinstance(node.get("Value"), list):
        return tuple(sorted(_plain_value({"Value": each}) for each in node["Value"]))
    raise UnreadableRule("A rule looks for values that are not written out.")


def _plain_value(node: Expression) -> Any:
    value = node.get("Value")
    if not isinstance(value, bool | int | str):
        raise UnreadableRule("A rule compares with something that is no plain value.")
    return value


def _any_of(conditions: Sequence[Condition]) -> Condition:
    return sa.or_(*conditions) if len(conditions) > 1 else conditions[0]
