"""The two kinds of records that are linked, and how each is found, opened and told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from casework.links.model import MissingPersonLink, RemainsLink, Saying
from casework.missing import opening as opening_people
from casework.missing import presenters as people_words
from casework.missing.model import MissingPerson
from casework.missing.queries import get_missing_person, readable_missing
from casework.openings import Openings
from casework.remains import opening as opening_remains
from casework.remains import presenters as remains_words
from casework.remains.found_at import in_columns
from casework.remains.model import Remains
from casework.remains.queries import get_remains, readable_remains
from casework.web.described import FactGroup, Teller
from casework.web.languages import marked
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer

# What is laid side by side of two records; never how to reach anybody, nor DNA.
COMPARED = (Reveals.CIRCUMSTANCE, Reveals.IDENTITY, Reveals.BODY)


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """One kind of record; `get` and `readable` are the doors of its own slice."""

    path: str
    register: str
    link: type[Any]
    read: Permission
    reason_is: Reveals
    sayable: tuple[Saying, ...]
    get: Callable[..., Any]
    readable: Callable[..., Any]
    open_all: Callable[..., Mapping[int, Openings]]
    name: Callable[[Any, Openings, Teller], str]
    cards: Callable[[Any, Viewer, Openings, Teller], tuple[FactGroup, ...]]


def _person_name(person: MissingPerson, openings: Openings, teller: Teller) -> str:
    return people_words.present_row(person, openings, teller).name


def _person_cards(
    person: MissingPerson, viewer: Viewer, openings: Openings, teller: Teller
) -> tuple[FactGroup, ...]:
    file = people_words.present_file(person, viewer, openings, teller, owner="")
    return (file.who, file.last_contact, file.looks, file.marks, file.articles)


def _remains_name(remains: Remains, openings: Openings, teller: Teller) -> str:
    del openings, teller  # a number of the place that keeps them names nobody
    return remains.post_mortem_number


def _remains_cards(
    remains: Remains, viewer: Viewer, openings: Openings, teller: Teller
) -> tuple[FactGroup, ...]:
    where = in_columns(remains)
    file = remains_words.present_file(remains, viewer, openings, teller, owner="", where=where)
    return (file.find, file.profile, file.looks, file.marks, file.articles, file.papers)


PEOPLE = Kind(
    path="/missing",
    register=marked("Personas desaparecidas"),
    link=MissingPersonLink,
    read=Permission.MISSING_READ,
    reason_is=Reveals.IDENTITY,
    sayable=(Saying.SAME_PERSON, Saying.NOT_THE_SAME, Saying.NOT_KNOWN, Saying.TAKEN_BACK),
    get=get_missing_person,
    readable=readable_missing,
    open_all=opening_people.open_people,
    name=_person_name,
    cards=_person_cards,
)
REMAINS = Kind(
    path="/remains",
    register=marked("Restos humanos"),
    link=RemainsLink,
    read=Permission.REMAINS_READ,
    reason_is=Reveals.BODY,
    sayable=(
        Saying.SAME_REMAINS,
        Saying.PARTS_OF_ONE,
        Saying.NOT_THE_SAME,
        Saying.NOT_KNOWN,
        Saying.TAKEN_BACK,
    ),
    get=get_remains,
    readable=readable_remains,
    open_all=opening_remains.open_all_remains,
    name=_remains_name,
    cards=_remains_cards,
)
