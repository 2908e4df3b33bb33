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
_PLAIN = frozenset({str, int, bool})


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
            "dna_may_come_from": _countries_whose_dna_may_travel(),
        },
        "parents": [{"type": "Duty", "id": viewer.role.value}],
    }
    duty = {"uid": {"type": "Duty", "id": viewer.role.value}, "attrs": {}, "parents": []}
    return cedarpy.Entities.from_json_str(json.dumps([entity, duty]), shipped_rulebook().schema)


def is_whole(kind: str, facts: Mapping[str, Any]) -> bool:
    """Say whether a record has every attribute of the schema, and no other."""
    return _fits(kind, _Shape(_shape_of(facts), facts))


def written(kind: str, facts: Mapping[str, Any]) -> str:
    """Write one record as Cedar reads it."""
    entity = {"uid": {"type": kind, "id": "record"}, "attrs": facts, "parents": []}
    return f"[{json.dumps(entity, default=sorted)}]"


@lru_cache(maxsize=MOST_RECORDS)
def with_record(viewer: Viewer, record: str) -> Any:
    """Add one record to what is known of the viewer."""
    return entities_of(viewer).with_added_json_str(record)


@dataclass(frozen=True, slots=True)
class _Shape:
    """The names and kinds of a record's attributes; `example` is one record of that shape."""

    names: Hashable
    example: Mapping[str, Any] = field(compare=False)


@lru_cache(maxsize=MOST_SHAPES)
def _fits(kind: str, shape: _Shape) -> bool:
    """Ask the schema once for each shape: it looks at names and kinds, never at values."""
    try:
        cedarpy.Entities.from_json_str(written(kind, shape.example), shipped_rulebook().schema)
    except (ValueError, TypeError):
        return False
    return True


def _shape_of(value: Any) -> Hashable:
    kind = type(value)
    if kind in _PLAIN:
        return cast("Hashable", kind)
    # Asked of every row of every list: a dict is known sooner than any other mapping.
    if kind is dict or isinstance(value, Mapping):
        return tuple([(name, _shape_of(each)) for name, each in value.items()])
    if isinstance(value, list | tuple | set | frozenset):
        return frozenset([_shape_of(each) for each in value])
    return cast("Hashable", kind)


@cache
def request_for(permission: Permission, kind: str) -> dict[str, Any]:
    """Write the question about one record.

    No context: Cedar would read it anew each time, and all that could stand there is known
    of the viewer.
    """
    return {
        "principal": {"type": "Viewer", "id": "viewer"},
        "action": {"type": "Action", "id": permission.value},
        "resource": {"type": kind, "id": "record"},
    }


@cache
def open_request_for(permission: Permission) -> dict[str, Any]:
    """Write the question about every record at once; what is left out counts as unknown."""
    return {
        "principal": 'Viewer::"viewer"',
        "action": f'Action::"{permission.value}"',
        "context": {},
    }


def _countries_whose_dna_may_travel() -> list[str]:
    return sorted(country for country, rule in shipped_rules().items() if rule.dna_may_travel)
