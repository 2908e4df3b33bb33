"""The written policies, read once and checked before anything is decided by them.

Whoever opens a record meets two files: the one of their duty, and `forbids.cedar`. Every
permit of a duty's file must be scoped to that duty, so leaving the other files out changes no
answer; nor does leaving out rules about other actions or other kinds of record. It is what
makes a decision quick and an explanation short.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import cedarpy

from privacy.errors import UnsoundPolicy

SCHEMA = "schema.cedarschema"
FORBIDS = "forbids.cedar"
_ID = re.compile(r'^@id\("([^"]+)"\)', re.MULTILINE)
_TOLD = ("id", "es", "en", "source")
# The languages of the pages; who reads one that a rule lacks is told it in Spanish.
_SPOKEN = ("es", "pt", "en", "fr", "ht")
_ADVICE = "Restore the policies of this release, or mend the line and start again."


@dataclass(frozen=True, slots=True)
class Rule:
    """One permit or forbid, with the sentence people are told."""

    id: str
    effect: str
    says: Mapping[str, str]
    source: str
    file: str
    line: int
    actions: frozenset[str]  # empty: every action
    kind: str | None


Question = tuple[str, str, str]  # duty, action, kind of record


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All policies, ready to be asked."""

    schema: Any
    by_duty: Mapping[str, Any]
    by_question: Mapping[Question, Any]
    asks_for: Mapping[Question, frozenset[str]]  # attributes of the record that rules mention
    rules: Mapping[str, Rule]
    kinds_of: Mapping[str, tuple[str, ...]]  # action → kinds of record it applies to


@cache
def shipped_rulebook() -> Rulebook:
    """Read the policies that ship with the registry, once.

    Raises
    ------
    UnsoundPolicy
        If they cannot be relied on.
    """
    # Here, not above: the vocabulary of permissions is itself made of decisions.
    from privacy.permissions import Permission, Role  # noqa: PLC0415

    return read_rulebook(read_files(), duties=set(Role), permissions=set(Permission))


def read_files() -> dict[str, str]:
    """Read the texts that ship with the registry."""
    folder = files("privacy.policies")
    names = [each.name for each in folder.iterdir() if each.name.endswith((".cedar", SCHEMA))]
    return {name: folder.joinpath(name).read_text("utf-8") for name in sorted(names)}


def read_rulebook(
    texts: Mapping[str, str], *, duties: Collection[str], permissions: Collection[str]
) -> Rulebook:
    """Read policies, and refuse them unless every one of them can be relied on.

    Raises
    ------
    UnsoundPolicy
        If a file is missing, cannot be read, or does not fit the schema; if a duty's file
        permits something to another duty; if the schema and the code name other actions.
    """
    wanted = {SCHEMA, FORBIDS, *(f"{duty}.cedar" for duty in duties)}
    if set(texts) != wanted:
        odd = ", ".join(sorted(set(texts) ^ wanted))
        raise UnsoundPolicy(f"Missing or not belonging here: {odd}. {_ADVICE}")
    schema = _read_schema(texts[SCHEMA])
    rules: dict[str, Rule] = {}
    written: dict[str, Any] = {}
    for name in sorted(set(texts) - {SCHEMA}):
        for rule, policy in _read_file(name, texts[name], schema):
            if rule.id in rules:
                raise UnsoundPolicy(f"{name}:{rule.line}: @id {rule.id!r} is used twice.")
            rules[rule.id], written[rule.id] = rule, policy
    kinds_of = _kinds_of(texts[SCHEMA])
    _check_words(kinds_of, {str(each) for each in permissions})
    by_duty = {
        str(duty): {
            rule.id: rule for rule in rules.values() if rule.file in {FORBIDS, f"{duty}.cedar"}
        }
        for duty in duties
    }
    chosen = {
        (duty, action, kind): _about(known, action, kind)
        for duty, known in by_duty.items()
        for action, kinds in kinds_of.items()
        for kind in kinds
    }
    return Rulebook(
        schema,
        {duty: _policies(known, written) for duty, known in by_duty.items()},
        {question: _policies(ids, written) for question, ids in chosen.items()},
        {
            question: frozenset(name for each in ids for name in _mentions(written[each]))
            for question, ids in chosen.items()
        },
        rules,
        kinds_of,
    )


def _mentions(node: Any) -> Iterator[str]:
    """Name the attributes of the record that an expression reads."""
    if isinstance(node, dict):
        read = node.get(".")
        if isinstance(read, dict) and read.get("left") == {"Var": "resource"}:
            yield read["attr"]
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from _mentions(each)


def _about(rules: Mapping[str, Rule], action: str, kind: str) -> list[str]:
    return [
        rule.id
        for rule in rules.values()
        if (not rule.actions or action in rule.actions) and rule.kind in {None, kind}
    ]


def _policies(ids: Collection[str], written: Mapping[str, Any]) -> Any:
    chosen = {rule_id: written[rule_id] for rule_id in ids}
    text = json.dumps({"templates": {}, "staticPolicies": chosen, "templateLinks": []})
    return cedarpy.PolicySet.from_json_str(text)


def _read_schema(text: str) -> Any:
    try:
        return cedarpy.Schema.from_str(text)
    except ValueError as error:
        raise UnsoundPolicy(f"{SCHEMA}: {error}. {_ADVICE}") from error


def _read_file(name: str, text: str, schema: Any) -> Iterator[tuple[Rule, Mapping[str, Any]]]:
    try:
        read = json.loads(cedarpy.policies_to_json_str(text)) if text.strip() else {}
    except ValueError as error:
        raise UnsoundPolicy(f"{name}: {error}. {_ADVICE}") from error
    if read.get("templates"):
        raise UnsoundPolicy(f"{name}: a template decides nothing; write the rule out.")
    lines = {found[1]: text.count("\n", 0, found.start()) + 1 for found in _ID.finditer(text)}
    policies: dict[str, Any] = read.get("staticPolicies", {})
    by_policy = {each: _rule_of(name, lines, policies[each]) for each in policies}
    result = cedarpy.validate_policies(text, schema)
    if not result.validation_passed:
        faulty = result.errors[0]
        rule = by_policy.get(faulty.policy_id)
        place = f"{name}:{rule.line} ({rule.id})" if rule else name
        raise UnsoundPolicy(f"{place}: {faulty.error}. {_ADVICE}")
    yield from ((rule, policies[each]) for each, rule in by_policy.items())


def _rule_of(name: str, lines: Mapping[str, int], written: Mapping[str, Any]) -> Rule:
    told = written.get("annotations", {})
    rule_id = told.get("id") or ""
    line = lines.get(rule_id, 1)
    if missing := [each for each in _TOLD if not told.get(each)]:
        raise UnsoundPolicy(f"{name}:{line}: a rule lacks @{missing[0]}. {_ADVICE}")
    _check_scope(name, line, written)
    return Rule(
        id=rule_id,
        effect=written["effect"],
        says={each: told[each] for each in _SPOKEN if told.get(each)},
        source=told["source"],
        file=name,
        line=line,
        actions=frozenset(_actions_in(written["action"])),
        kind=written["resource"].get("entity_type"),
    )


def _check_scope(name: str, line: int, written: Mapping[str, Any]) -> None:
    if (name == FORBIDS) != (written["effect"] == "forbid"):
        raise UnsoundPolicy(f"{name}:{line}: permits stand with duties, forbids apart.")
    if name == FORBIDS:
        return
    duty = name.removesuffix(".cedar")
    if written["principal"] != {"op": "in", "entity": {"type": "Duty", "id": duty}}:
        raise UnsoundPolicy(f"{name}:{line}: this file permits to Duty {duty!r} only.")
    if "entity_type" not in written["resource"] or not _actions_in(written["action"]):
        raise UnsoundPolicy(f"{name}:{line}: a permit names its actions and its record.")


def _actions_in(scope: Mapping[str, Any]) -> list[str]:
    if "entity" in scope:
        return [scope["entity"]["id"]]
    return [each["id"] for each in scope.get("entities", [])]


def _kinds_of(schema: str) -> dict[str, tuple[str, ...]]:
    """Read off the schema which kinds of record each action is for."""
    bare = re.sub(r"//[^\n]*", "", schema)
    kinds: dict[str, tuple[str, ...]] = {}
    for names, applies in re.findall(r"action\s+([^{]*?)appliesTo\s*{([^}]*)}", bare):
        found = re.search(r"resource:\s*\[([^\]]*)\]", applies)
        of = tuple(each.strip() for each in found[1].split(",")) if found else ()
        kinds |= dict.fromkeys(re.findall(r'"([^"]+)"', names), of)
    return kinds


def _check_words(kinds_of: Mapping[str, tuple[str, ...]], permissions: set[str]) -> None:
    if odd := sorted(permissions ^ set(kinds_of)):
        known = "the code" if odd[0] in permissions else SCHEMA
        raise UnsoundPolicy(f"The action {odd[0]!r} is known to {known} only. {_ADVICE}")
