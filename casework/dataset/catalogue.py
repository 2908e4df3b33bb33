"""The minimum data set whole: its groups, and the field that a path leads to.

A path is the key of a field, `hair`, or of one entry of it, `marks/3f2a`. A tooth's entry is
numbered as dentists do, `teeth/11`, so that two charts say the same tooth; a bone's bears the
name of the bone, `bones/femur_l`.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from casework.bones.atlas import BONES
from casework.dataset.errors import UnknownField
from casework.dataset.groups.custody import CUSTODY, STATUS
from casework.dataset.groups.features import ARTICLES, MARKS
from casework.dataset.groups.find import CONDITIONS, FIND
from casework.dataset.groups.identity import IDENTITY
from casework.dataset.groups.journey import JOURNEY
from casework.dataset.groups.laboratory import DNA, PRINTS
from casework.dataset.groups.last_contact import LAST_CONTACT
from casework.dataset.groups.living import LIVING
from casework.dataset.groups.looks import LOOKS
from casework.dataset.groups.medical import MEDICAL
from casework.dataset.groups.papers import PAPERS
from casework.dataset.groups.photos import PHOTOS
from casework.dataset.groups.profile import EXAMINATIONS, PROFILE
from casework.dataset.groups.protection import PROTECTION
from casework.dataset.groups.report import REPORT
from casework.dataset.groups.teeth import TEETH
from casework.dataset.shape import CodeList, Field, Group, Kind, RecordKind

# In the order in which they are asked: of a missing person by telephone, of remains on a table.
GROUPS: tuple[Group, ...] = (
    REPORT,
    LIVING,
    IDENTITY,
    LAST_CONTACT,
    JOURNEY,
    FIND,
    CONDITIONS,
    PROFILE,
    LOOKS,
    MARKS,
    ARTICLES,
    MEDICAL,
    TEETH,
    PRINTS,
    DNA,
    PHOTOS,
    EXAMINATIONS,
    PAPERS,
    CUSTODY,
    PROTECTION,
    STATUS,
)

# ISO 3950 (FDI): quadrants 1 to 4 of permanent teeth, 5 to 8 of milk teeth.
TOOTH_NUMBERS: tuple[str, ...] = tuple(
    f"{quadrant}{tooth}"
    for quadrant in range(1, 9)
    for tooth in range(1, 9 if quadrant <= 4 else 6)  # noqa: PLR2004 - the standard's own
)
_CHARTED: Mapping[str, Collection[str]] = {"teeth": TOOTH_NUMBERS, "bones": BONES}
_ENTRY_NUMBER = re.compile(r"[a-z0-9]{4,8}")


def groups_of(record: RecordKind) -> tuple[Group, ...]:
    """Give the groups that have a question for a kind of record."""
    return tuple(group for group in GROUPS if group.of(record))


def field_at(record: RecordKind, path: str) -> Field:
    """Give the field that a path leads to.

    Raises
    ------
    UnknownField
        If no field is named like that, or it has no such entries.
    """
    key, slash, entry = path.partition("/")
    field = fields_of(record).get(key)
    if field is None or (slash and not _may_be_entry(field, entry)):
        raise UnknownField(path)
    return field


@cache
def fields_of(record: RecordKind) -> Mapping[str, Field]:
    """Give every field of a kind of record by its key, in the order of asking."""
    return {field.key: field for group in GROUPS for field in group.of(record)}


def code_lists(groups: Iterable[Group] = GROUPS) -> tuple[CodeList, ...]:
    """Give each code list that some field speaks, once, by its key."""
    fields = (field for group in groups for field in group.fields)
    spoken = (each.codes for field in fields for each in (field, *field.parts))
    found = {codes.key: codes for codes in spoken if codes}
    return tuple(found[key] for key in sorted(found))


@cache
def asked_as() -> Mapping[str, tuple[str, str]]:
    """Say by which question each code list is first spoken: what holds it, and its label."""
    found: dict[str, tuple[str, str]] = {}
    for group in GROUPS:
        for field in group.fields:
            if field.codes:
                found.setdefault(field.codes.key, (group.title, field.label))
            for part in field.parts:
                if part.codes:
                    found.setdefault(part.codes.key, (field.label, part.label))
    return found


def _may_be_entry(field: Field, entry: str) -> bool:
    if field.kind is not Kind.ENTRIES:
        return False
    if field.key in _CHARTED:
        return entry in _CHARTED[field.key]
    return _ENTRY_NUMBER.fullmatch(entry) is not None
