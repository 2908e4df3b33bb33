"""Where in the records words and numbers stand by which they are found, and in which group.

Names have tokens of their own (`privacy.tokens.traits`), and relatives' names are joined in
twos as those are. Of what else tells who somebody is or how to reach a family only numbers can
be found by, never words: docs/explanation/threat-model.md.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from casework.contacts.model import ContactPoint
from casework.dataset.catalogue import field_at
from casework.dataset.errors import UnknownField
from casework.dataset.shape import Field, Kind, RecordKind
from casework.dataset.values import NONE
from casework.families.model import Relative
from casework.missing.model import (
    MissingPerson,
    MissingPersonArticle,
    MissingPersonMark,
    MissingPersonStatement,
)
from casework.remains.model import Remains, RemainsArticle, RemainsMark, RemainsStatement
from casework.remains.resting import PLACE, told_elsewhere_of_grave
from privacy.model import Reveals
from privacy.tokens.model import MissingPersonWord, RemainsWord
from privacy.tokens.traits import kin_traits
from privacy.tokens.word_keeping import Words
from privacy.tokens.words import (
    code_trait,
    number_traits,
    part_traits,
    whole_number,
    word_traits,
)

Trait = tuple[Reveals, str]
Read = Callable[[Any], Iterator[Trait]]
# Of a telephone that somebody wrote down: it reaches a family, wherever it stands.
CARRIED_AS_CONTACT = frozenset({"phones"})
NOT_FOUND_BY = frozenset({"teeth"})
# Of what somebody said, the fields that name a relative.
NAMES_OF_RELATIVES = frozenset({"mother_name", "father_name", "reporter_name"})
# Codes without a column, of lists that say what others put in words: a rose, a striped cloth.
WRITTEN_OUT = frozenset({"motif", "pattern"})
# Found by the words in their columns, which hold no more of it than everybody may read.
_IN_COLUMNS = (RecordKind.REMAINS, PLACE)


@dataclass(frozen=True, slots=True)
class Texts:
    """The fields of one table that records are found by, and what each is read as."""

    words: Words
    case: str  # the column that names the record
    fields: Mapping[str, Read]


def traits_in(texts: Texts, read: Callable[[str], Any], fields: Iterable[str]) -> set[Trait]:
    """Read the traits of the named fields of one row."""
    return {
        trait for name in fields if (value := read(name)) for trait in texts.fields[name](value)
    }


def _words(group: Reveals) -> Read:
    def read(text: str) -> Iterator[Trait]:
        for trait in (*word_traits(text), *number_traits(text)):
            yield group, trait

    return read


def _numbers(group: Reveals) -> Read:
    def read(text: str) -> Iterator[Trait]:
        for trait in number_traits(text):
            yield group, trait

    return read


def _file_number(group: Reveals) -> Read:
    """Read the number of a file: whole, however it is spaced, and by the numbers in it."""

    def read(text: str) -> Iterator[Trait]:
        for trait in (*whole_number(text), *number_traits(text)):
            yield group, trait

    return read


def _kin(group: Reveals) -> Read:
    """Read the name of a relative: two parts together, as names are, and rare ones alone."""

    def read(text: str) -> Iterator[Trait]:
        for trait in kin_traits(text):
            yield group, trait

    return read


def _reference(text: str) -> Iterator[Trait]:
    for trait in part_traits(text):
        yield Reveals.CIRCUMSTANCE, trait


def _carried(contact: Reveals) -> Read:
    """Read the numbers that a record carries word for word, such as `passport:X123456`."""

    def read(carried: Mapping[str, str]) -> Iterator[Trait]:
        for name, cell in carried.items():
            group = contact if name in CARRIED_AS_CONTACT else Reveals.IDENTITY
            for item in () if name in NOT_FOUND_BY else str(cell).split("|"):
                number = item.rpartition(":")[2]
                for trait in (*whole_number(number), *number_traits(item)):
                    yield group, trait

    return read


def _said(kind: RecordKind, group: Reveals) -> Read:
    """Read what a statement says of one group, by the kind of each question."""

    def read(told: Mapping[str, Any]) -> Iterator[Trait]:
        for path, each in told.items():
            try:
                field = field_at(kind, path)
            except UnknownField:
                continue
            if "goes_by" in each or (kind, path) == _IN_COLUMNS:
                continue
            value = told_elsewhere_of_grave(path, each["value"])
            for part, text in _texts(field, value):
                yield from ((group, trait) for trait in _traits_said(part, text, group))

    return read


def _traits_said(field: Field, text: str, group: Reveals) -> Iterator[str]:
    if field.codes is not None:
        yield code_trait(field.codes.key, text)
        return
    yield from number_traits(text)
    if field.key in NAMES_OF_RELATIVES:
        yield from kin_traits(text)
    elif group in {Reveals.CIRCUMSTANCE, Reveals.BODY}:
        yield from word_traits(text, names_too=group is Reveals.BODY)


def _texts(field: Field, value: Any) -> Iterator[tuple[Field, str]]:
    """Give the texts of a value; most codes, and dates, are searched by their own columns."""
    if not value or (isinstance(value, dict) and NONE in value):
        return
    if field.kind in {Kind.TEXT, Kind.WORDS} and isinstance(value, str):
        yield field, value
    elif field.codes is not None and field.codes.key in WRITTEN_OUT:
        for code in value if isinstance(value, list) else [value]:
            yield field, str(code)
    elif field.kind is Kind.PLACE and isinstance(value, dict):
        yield from ((field, str(value[part])) for part in ("place", "admin1") if part in value)
    elif field.kind is Kind.ENTRIES and isinstance(value, dict):
        for part in field.parts:
            yield from _texts(part, value.get(part.key))


_CIRCUMSTANCE = _words(Reveals.CIRCUMSTANCE)
_WHERE = {
    "reference": _reference,
    **dict.fromkeys(("place", "admin1"), _CIRCUMSTANCE),
    **dict.fromkeys(("group_key", "incident_key"), _file_number(Reveals.CIRCUMSTANCE)),
}
_ARTICLES = dict.fromkeys(("brand", "words"), _CIRCUMSTANCE)
_MARKS = {"words": _words(Reveals.BODY)}


def _statements(kind: RecordKind, *groups: Reveals) -> dict[str, Read]:
    return {group.value: _said(kind, group) for group in groups}


_TOLD = (Reveals.CIRCUMSTANCE, Reveals.IDENTITY, Reveals.BODY)
TEXTS: Mapping[type[Any], Texts] = {
    MissingPerson: Texts(
        MissingPersonWord,
        "id",
        {
            **_WHERE,
            "destination": _CIRCUMSTANCE,
            # It leads to a name in a public list.
            "origin_record_id": _file_number(Reveals.IDENTITY),
            "carried": _carried(Reveals.CONTACT),
            **dict.fromkeys(("mother_name", "father_name"), _kin(Reveals.IDENTITY)),
        },
    ),
    MissingPersonMark: Texts(MissingPersonWord, "case_id", _MARKS),
    MissingPersonArticle: Texts(MissingPersonWord, "case_id", _ARTICLES),
    MissingPersonStatement: Texts(
        MissingPersonWord,
        "case_id",
        _statements(RecordKind.MISSING_PERSON, *_TOLD, Reveals.CONTACT),
    ),
    Relative: Texts(
        MissingPersonWord,
        "missing_person_id",
        {"contact": _numbers(Reveals.CONTACT), "name": _kin(Reveals.CONTACT)},
    ),
    ContactPoint: Texts(
        MissingPersonWord,
        "missing_person_id",
        {"value": _numbers(Reveals.CONTACT), "whose": _kin(Reveals.CONTACT)},
    ),
    Remains: Texts(
        RemainsWord,
        "id",
        {
            **_WHERE,
            **dict.fromkeys(
                ("post_mortem_number", "origin_record_id"), _file_number(Reveals.CIRCUMSTANCE)
            ),
            # Telephones found lead to a family as papers lead to a name.
            "carried": _carried(Reveals.IDENTITY),
        },
    ),
    RemainsMark: Texts(RemainsWord, "case_id", _MARKS),
    RemainsArticle: Texts(RemainsWord, "case_id", _ARTICLES),
    RemainsStatement: Texts(RemainsWord, "case_id", _statements(RecordKind.REMAINS, *_TOLD)),
}
