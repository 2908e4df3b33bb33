"""By what of an answer a record is found: the promise that the reference page makes."""

from collections.abc import Mapping
from enum import StrEnum

from casework.dataset.shape import Field, Kind, RecordKind
from privacy.model import Reveals


class FoundBy(StrEnum):
    """How a record is found by an answer."""

    NAME = "name"
    FILTER = "filter"  # of the register's list
    WORDS = "words"  # and the numbers among them
    NUMBERS = (
        "numbers"  # whole, however they are spaced; never words, which would name a family
    )
    NOT = "–"


FILTERS: Mapping[RecordKind, frozenset[str]] = {
    RecordKind.MISSING_PERSON: frozenset(
        {"sex", "nationalities", "search_status", "last_contact"}
    ),
    RecordKind.REMAINS: frozenset(
        {
            "sex",
            "nationalities",
            "condition",
            "found",
            "irreversible_act_planned",
            "named_but_unclaimed",
        }
    ),
    RecordKind.LIVING_PERSON: frozenset(
        {"sex", "where_seen", "living_status", "found", "country"}
    ),
}
NAMED = frozenset({"names", "mother_name", "father_name", "reporter_name"})
_TEXTS = frozenset({Kind.TEXT, Kind.WORDS, Kind.PLACE})


def found_by(field: Field, record: RecordKind) -> FoundBy:
    """Say how a record of one kind is found by an answer to this question."""
    if field.key in NAMED:
        return FoundBy.NAME
    if field.key in FILTERS[record]:
        return FoundBy.FILTER
    if record is RecordKind.LIVING_PERSON or field.reveals is Reveals.DNA:
        return FoundBy.NOT
    kinds = {part.kind for part in (field, *field.parts)}
    if not kinds & _TEXTS:
        return FoundBy.NOT
    if field.reveals in {Reveals.CIRCUMSTANCE, Reveals.BODY}:
        return FoundBy.WORDS
    return FoundBy.NUMBERS
