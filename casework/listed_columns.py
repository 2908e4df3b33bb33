"""The columns of a list of missing persons that leaves as a table and comes in again.

They are those of the flat tables (`docs/reference/batch-tables.md`), by the group that has to
be open for them. Which group that is, the columns of the record say; a test holds it against
them.
"""

from collections.abc import Mapping

MARKS_OF_A_LIST = ("copy", "reference", "record_id", "made_at", "groups", "kept_from")
"""Of every row, whatever is open: which copy, which record, how new, and kept from whom."""

COLUMNS_OF: Mapping[str, tuple[str, ...]] = {
    "circumstance": (
        *("search_status", "last_contact_from", "last_contact_to", "country", "admin1"),
        *("place", "lat", "lon", "radius_km", "destination", "clothing", "belongings"),
    ),
    "identity": (
        *("given_names", "surname_1", "surname_2", "other_names", "nationality"),
        *("birth_from", "birth_to", "birth_place", "mother_name", "father_name"),
    ),
    "body": (
        *("sex", "age_min", "age_max", "stature_cm_min", "stature_cm_max"),
        *("weight_kg_min", "weight_kg_max", "hair", "eyes", "build", "handedness"),
        *("blood_group", "marks"),
    ),
}
