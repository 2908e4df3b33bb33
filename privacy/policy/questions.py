"""A viewer and a record, written the way Cedar reads them."""

import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, cast

import cedarpy

from privacy.permissions import Permission, Viewer
from privacy.policy.countries import shipped_rules
from privacy.policy.rulebook import shipped_rulebook

# Sight changes with each of these, so each makes a question of its own.
MOST_VIEWERS = 2_000
MOST_SHAPES = 5_000
MOST_RECORDS = 1_000


@lru_cache(maxsize=MOST_VIEWERS)
def entities_of(viewer: Viewer) -> Any:
    """Give the viewer as Cedar knows them, checked against the schema."""
    entity = {
        "uid": {"type": "Viewer", "id": "viewer"},
        "attrs": {
            "institution": viewer.institution_id,
            "country": viewer.country,
            "purpose": viewer.purpose.value,
            "second_factor": viewer.second_factor,
            "stepped_up": viewer.stepped_up,
            "recipients": sorted(viewer.recipients),
        },
        "parents": [{"type": "Duty", "id": viewer.role.value}],
    }
    duty = {"uid": {"type": "Duty", "id": viewer.role.value}, "attrs": {}, "parents": []}
    return cedarpy.Entities.from_json_str(json.dumps([entity, duty]), shipped_rulebook().schema)


def written(kind: str, facts: Mapping[str, Any]) -> str:
    """Write one record as Cedar reads it, held against the schema.

    Raises
    ------
    ValueError
        If an attribute is missing, unknown to the schema, or of the wrong kind.
    """
    entity = {"uid": {"type": kind, "id": "record"}, "attrs": facts, "parents": []}
    text = f"[{json.dumps(entity, default=sorted)}]"
    if not _fits(kind, _Shape(_shape_of(facts), text)):
        raise ValueError(kind)
    return text


@lru_cache(maxsize=MOST_RECORDS)
def with_record(viewer: Viewer, record: str) -> Any:
    """Add one record to what is known of the viewer."""
    return entities_of(viewer).with_added_json_str(record)


@dataclass(frozen=True, slots=True)
class _Shape:
    """The names and kinds of a record's attributes; `example` is one record of that shape."""

    names: Hashable
    example: str = field(compare=False)


@lru_cache(maxsize=MOST_SHAPES)
def _fits(kind: str, shape: _Shape) -> bool:
    """Ask the schema once for each shape: it looks at names and kinds, never at values."""
    del kind  # a part of the question: it stands in the example
    try:
        cedarpy.Entities.from_json_str(shape.example, shipped_rulebook().schema)
    except ValueError:
        return False
    return True


def _shape_of(value: Any) -> Hashable:
    if isinstance(value, Mapping):
        return tuple((name, _shape_of(each)) for name, each in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return frozenset(map(_shape_of, value))
    return cast("Hashable", type(value))


@cache
def request_for(permission: Permission, kind: str | None) -> dict[str, str]:
    """Write the question; without a kind it is asked of every record at once."""
    request = {
        "principal": 'Viewer::"viewer"',
        "action": f'Action::"{permission.value}"',
        "context": law(),
    }
    if kind:
        request["resource"] = f'{kind}::"record"'
    return request


@cache
def law() -> str:
    """Give what the countries' rules say, for the whole registry."""
    travels = [country for country, rule in shipped_rules().items() if rule.dna_may_travel]
    return json.dumps({"dna_may_travel": sorted(travels)})
