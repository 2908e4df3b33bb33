"""Bones as statements keep them: read from a picture, and written as entries."""

from collections.abc import Iterable, Mapping

from casework.bones.atlas import BONES, Stage
from casework.bones.inventory import BoneState, Seen, SeenBone
from casework.dataset.values import Value
from casework.statements.picture import Picture, entries_in, preferred

BONES_FIELD, STAGE_FIELD = "bones", "skeleton_stage"


def seen_in(picture: Picture) -> Seen:
    """Give the bones that stand in a picture."""
    return {
        code: _seen(entry)
        for code, entry in entries_in(picture, BONES_FIELD).items()
        if code in BONES and "status" in entry
    }


def stage_in(picture: Picture) -> Stage:
    """Give the stage that was said; of nobody's word, an adult."""
    said = preferred(picture, STAGE_FIELD)
    return Stage(said) if said in set(Stage) else Stage.ADULT


def bone_value(seen: SeenBone, before: Value) -> dict[str, Value]:
    """Write a bone as an entry; what else stood in it, as a note, stays."""
    kept = {
        part: value for part, value in (before or {}).items() if part not in {"status", "count"}
    }
    count = (
        {"count": {"min": float(seen.count), "max": float(seen.count)}} if seen.count else {}
    )
    return {"status": str(seen.state), **count, **kept}


def paths_of(codes: Iterable[str]) -> dict[str, str]:
    """Give the path of each bone."""
    return {code: f"{BONES_FIELD}/{code}" for code in codes}


def _seen(entry: Mapping[str, Value]) -> SeenBone:
    count = entry.get("count")
    return SeenBone(BoneState(entry["status"]), round(count["max"]) if count else None)
