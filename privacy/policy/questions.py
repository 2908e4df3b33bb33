"""A viewer and a record, written the way Cedar reads them."""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

import cedarpy

from privacy.permissions import Permission, Viewer
from privacy.policy.countries import shipped_rules
from privacy.policy.rulebook import shipped_rulebook

# Sight changes with each of these, so each makes a question of its own.
MOST_VIEWERS = 2_000
REGISTRY = '{"uid":{"type":"Registry","id":"here"},"attrs":{},"parents":[]}'


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


def with_record(viewer: Viewer, kind: str, facts: Mapping[str, Any]) -> Any:
    """Add one record; a missing or unknown attribute is a ValueError."""
    entity = {"uid": {"type": kind, "id": "record"}, "attrs": facts, "parents": []}
    return entities_of(viewer).with_added_json_str(
        f"[{json.dumps(entity, default=sorted)}]", shipped_rulebook().schema
    )


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
