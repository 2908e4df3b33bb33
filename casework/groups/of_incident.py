"""Who is said to have been in an incident: reports, remains, people alive and travel groups.

A record names its incident by what it says (`incident_key`), and that alone is the truth: to
link one here is to say so of the record, with the words and the history that all it says has.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import sqlalchemy as sa

from casework.errors import InvalidInput
from casework.groups.model import TravelGroup, TravelGroupFact
from casework.groups.queries import known_groups
from casework.groups.showing import NAMED, title_of
from casework.incidents.model import Incident
from casework.incidents.rules import keys_of
from casework.links.kinds import PEOPLE as REPORTS
from casework.links.kinds import REMAINS as FINDS
from casework.links.kinds import Kind
from casework.links.queries import Asking
from casework.living.model import LivingPerson
from casework.living.presenters import present_row
from casework.living.queries import readable_living
from casework.living.statements import LIVING_PERSON
from casework.missing.model import MissingPerson
from casework.missing.statements import MISSING_PERSON
from casework.openings import Openings, openings_of
from casework.remains.model import Remains
from casework.remains.statements import REMAINS as REMAINS_DESCRIBED
from casework.statements.describing import AtHand
from casework.statements.picture import preferred
from casework.statements.reading import read_picture
from casework.statements.saying import Said, Sitting, say
from casework.web.described import Teller
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.door import recheck
from privacy.model import Reveals
from privacy.permissions import Permission

FIELD = "incident_key"
MOST_SHOWN = 200
DESCRIBED = {
    MissingPerson: MISSING_PERSON,
    Remains: REMAINS_DESCRIBED,
    LivingPerson: LIVING_PERSON,
}
NAMES_ANOTHER = marked(
    "Ese registro ya nombra otro incidente. Corríjalo en su expediente: ahí dice quién lo dijo."
)
INVENTED = marked("Uno de los dos registros es inventado: no se enlaza con uno real.")


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """Records that name incidents: how they are read, opened and called."""

    path: str
    model: type[Any]
    read: Permission
    readable: Callable[..., Any]
    open_all: Callable[..., Mapping[int, Openings]]
    name: Callable[[Any, Openings, Teller], str]


@dataclass(frozen=True, slots=True)
class ShownNamer:
    """A record that names the incident, as far as its reader may know of it."""

    name: str
    reference: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownInvolved:
    """All that one viewer may know of who was in an incident."""

    people: tuple[ShownNamer, ...]
    remains: tuple[ShownNamer, ...]
    alive: tuple[ShownNamer, ...]
    groups: tuple[ShownNamer, ...]

    @property
    def seen(self) -> list[str]:
        return [each.reference for each in (*self.people, *self.remains, *self.alive)]


def show_involved(asking: Asking, incident: Incident, teller: Teller) -> ShownInvolved:
    """Show who is said to have been in an incident already opened, and note whom it showed."""
    shown = ShownInvolved(
        people=_namers(asking, PEOPLE, incident, teller),
        remains=_namers(asking, REMAINS, incident, teller),
        alive=_namers(asking, ALIVE, incident, teller),
        groups=tuple(
            ShownNamer(title_of(fact, teller), group.reference, f"/groups/{group.reference}")
            for group, fact in groups_in(asking, incident)
        ),
    )
    record(
        asking.session,
        Deed.INCIDENT_PEOPLE_READ,
        by=asking.viewer,
        at=asking.at,
        about=incident.reference,
        concerning=sorted(shown.seen),
    )
    return shown


def groups_in(asking: Asking, incident: Incident) -> list[tuple[TravelGroup, TravelGroupFact]]:
    """List the groups that the viewer may know of and that are said to have been in it."""
    named = asking.session.scalars(
        sa.select(TravelGroupFact.group_id).where(TravelGroupFact.incident_id == incident.id)
    ).all()
    # What was said last of a group holds: it may have been told of another incident since.
    known = known_groups(asking, set(named))
    return [(group, fact) for group, fact in known if fact.incident_id == incident.id]


def name_incident(asking: Asking, case: Any, incident: Incident, *, said_by: str = "") -> None:
    """Say of a record already opened that it is of an incident.

    Raises
    ------
    NotPermitted
        If the duty does not write such records, or another institution keeps it.
    InvalidInput
        If it names another incident already, or one of the two is invented.
    """
    if case.invented is not incident.invented:
        raise InvalidInput(INVENTED)
    described = DESCRIBED[type(case)]
    hand = AtHand(asking.session, asking.viewer, case, described, asking.at)
    standing = preferred(read_picture(hand, {Reveals.CIRCUMSTANCE}), FIELD)
    names = {key.casefold() for key in keys_of(incident)}
    if standing and str(standing).casefold() not in names:
        raise InvalidInput(NAMES_ANOTHER)
    sitting = Sitting(described.usual, said_by.strip()[:200], asking.at.date())
    if not standing:
        say(hand, {FIELD: Said(keys_of(incident)[0])}, sitting)
    record(
        asking.session,
        Deed.INCIDENT_NAMED,
        by=asking.viewer,
        at=asking.at,
        about=case.reference,
        concerning=[incident.reference],
    )


def records_naming(asking: Asking, register: Register, incident: Incident) -> Sequence[Any]:
    """List the records of one register that name an incident and that the viewer may read."""
    if not asking.viewer.may(register.read):
        return []
    # As it is written, in small or large letters, or as a telephone writes the first word: by
    # an index. Folding what stands in every record would read every record, for the wall is
    # asked before anything is folded.
    ways = (str, str.lower, str.upper, str.capitalize)
    keys = {way(key) for key in keys_of(incident) for way in ways}
    model = register.model
    query = (
        register.readable(asking.viewer, asking.at)
        .where(model.incident_key.in_(sorted(keys)))
        .order_by(model.reference)
        .limit(MOST_SHOWN)
    )
    found = asking.session.scalars(query).all()
    return recheck(asking.session, asking.viewer, register.read, found, asking.at)


def _namers(
    asking: Asking, register: Register, incident: Incident, teller: Teller
) -> tuple[ShownNamer, ...]:
    records = records_naming(asking, register, incident)
    opened = register.open_all(asking.session, asking.viewer, records, at=asking.at)
    return tuple(
        ShownNamer(
            register.name(each, opened[each.id], teller),
            each.reference,
            f"{register.path}/{each.reference}",
        )
        for each in records
        if opened[each.id].shows(Reveals.CIRCUMSTANCE)
    )


def _name_alive(person: LivingPerson, openings: Openings, teller: Teller) -> str:
    return present_row(person, openings, teller).name


def _of_linked(kind: Kind, model: type[Any]) -> Register:
    open_all = partial(kind.open_all, groups=NAMED)
    return Register(kind.path, model, kind.read, kind.readable, open_all, kind.name)


PEOPLE = _of_linked(REPORTS, MissingPerson)
REMAINS = _of_linked(FINDS, Remains)
ALIVE = Register(
    "/living",
    LivingPerson,
    Permission.LIVING_READ,
    readable_living,
    partial(openings_of, needs={group: LivingPerson.opened_by[group] for group in NAMED}),
    _name_alive,
)
