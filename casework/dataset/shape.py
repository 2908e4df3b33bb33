"""What a field of the minimum data set is, before any form, page, export or column knows it.

Forms, files, histories, exports, imports and the API are made from these declarations, so a
field that is declared is entered, shown, kept and handed on the same way everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from privacy.model import Reveals


class RecordKind(StrEnum):
    """Of what there are records (minimum data set, group 1)."""

    MISSING_PERSON = "missing_person"
    REMAINS = "remains"
    LIVING_PERSON = "living_person"


class Kind(StrEnum):
    """What the value of a field is, and so how it is typed, kept and told."""

    TEXT = "text"  # one line
    WORDS = "words"  # several lines
    CODE = "code"  # one of a list
    CODES = "codes"  # any of a list
    YES_NO = "yes_no"
    DAYS = "days"  # from–to, as exactly as it was said
    NUMBERS = "numbers"  # lowest–highest, in a unit
    COUNTRY = "country"  # ISO 3166-1 alpha-2
    COUNTRIES = "countries"
    PLACE = "place"  # country, region, place, point and how exact it is
    ENTRIES = "entries"  # any number of things, each with fields of its own


class Level(StrEnum):
    """How much a field matters. None but the first ever keeps a report from being saved."""

    MANDATORY = "mandatory"
    WANTED = "wanted"  # helps to find the person most: asked first
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class CodeList:
    """Codes and their words: Spanish messages, which the catalogues translate."""

    key: str
    words: Mapping[str, str]
    standard: str = ""  # such as `ISO 639-3`; empty for a list of our own


@dataclass(frozen=True, slots=True)
class Field:
    """One question that a record can hold an answer to.

    `key` is its name in statements, exports and addresses. `reveals` is what an answer tells
    about the person; parts of an entry reveal what their entry does.
    """

    key: str
    label: str
    kind: Kind
    reveals: Reveals
    level: Level = Level.OPTIONAL
    codes: CodeList | None = None
    unit: str = ""
    bounds: tuple[float, float] | None = None  # of NUMBERS: what cannot be beyond
    parts: tuple["Field", ...] = ()  # of ENTRIES
    of: frozenset[RecordKind] = frozenset(RecordKind)
    asked_apart: bool = False  # where nobody listens
    kept_at: str = ""  # the page of the record on which it is asked, instead of in a step
    said_there: bool = False  # by statements, as in a step; else that page keeps rows
    leaves: bool = True  # may ever be handed to another institution
    hint: str = ""

    @property
    def has_rows(self) -> bool:
        """Whether its page keeps rows: what was said as well is old, or of another's file."""
        return bool(self.kept_at) and not self.said_there


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together: one step of a form, one card of a file."""

    key: str
    number: int  # of the minimum data set
    title: str
    fields: tuple[Field, ...]
    hint: str = ""

    def of(self, record: RecordKind) -> tuple[Field, ...]:
        """Give the questions that a kind of record is asked."""
        return tuple(field for field in self.fields if record in field.of)
