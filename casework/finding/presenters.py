"""What a search found, in words: the facts by which one knows it, and why it is there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from casework.description import DescriptionColumns
from casework.finding.found import Because, Reason
from casework.finding.gathering import Found, Gathered
from casework.incidents.model import Incident
from casework.incidents.presenters import present_row as incident_row
from casework.listing import folded_text
from casework.missing.model import MissingPerson
from casework.missing.presenters import present_row as person_row
from casework.remains.model import Remains
from casework.remains.presenters import present_row as remains_row
from casework.sites.model import Site, SiteFact
from casework.sites.showing import present_site
from casework.web.described import Teller
from casework.web.languages import marked
from privacy.model import Reveals

# `typed` is what was typed, `found` what the record says.
REASON_WORDS = {
    Because.REFERENCE: marked("es su referencia: %(typed)s"),
    Because.NAME: marked("el nombre: %(found)s"),
    Because.SURNAME: marked("el apellido: %(found)s"),
    Because.SOUND: marked("suena igual: %(typed)s – %(found)s"),
    Because.LETTERS: marked("se escribe parecido: %(typed)s – %(found)s"),
    Because.NICKNAME: marked("también se dice así: %(typed)s – %(found)s"),
    Because.INITIAL: marked("la inicial: %(typed)s – %(found)s"),
    Because.RELATIVE: marked("el nombre de un familiar o de quien reporta: %(typed)s"),
    Because.NOT_THERE: marked("no se encontró aquí: %(typed)s"),
}
TEXT_WORDS = {
    Reveals.CIRCUMSTANCE: marked("en el lugar, la ropa o lo que se contó: %(typed)s"),
    Reveals.BODY: marked("en las señas o la descripción: %(typed)s"),
    Reveals.IDENTITY: marked("en un número de documento o de registro: %(typed)s"),
    Reveals.CONTACT: marked("en un teléfono o una forma de llegar a la familia: %(typed)s"),
}
IN_A_PLACE = marked("el lugar: %(typed)s")


@dataclass(frozen=True, slots=True)
class ShownReason:
    """Why a record was found; what was typed and is not there is told more quietly."""

    because: Because
    words: str


@dataclass(frozen=True, slots=True)
class ShownHit:
    """One record that was found."""

    reference: str
    href: str
    title: str
    is_named: bool
    also: str
    facts: tuple[str, ...]
    reasons: tuple[ShownReason, ...]
    is_protected: bool
    is_invented: bool


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """What was found in one register."""

    kind: str
    title: str
    total: int
    hits: tuple[ShownHit, ...]


GROUP_WORDS = {
    "people": marked("Personas desaparecidas"),
    "remains": marked("Restos humanos"),
    "incidents": marked("Incidentes"),
    "sites": marked("Sitios"),
}


def present_groups(gathered: Gathered, teller: Teller) -> list[ShownGroup]:
    """Put what was found into words, register by register."""
    people, remains, incidents = gathered.people, gathered.remains, gathered.incidents
    shown: dict[str, tuple[Found[Any], Iterable[ShownHit]]] = {}
    if people is not None:
        shown["people"] = people, (_person(each, people, teller) for each in people.rows)
    if remains is not None:
        shown["remains"] = remains, (_remains(each, remains, teller) for each in remains.rows)
    if incidents is not None:
        shown["incidents"] = incidents, (_incident(each, teller) for each in incidents.rows)
    if gathered.sites is not None:
        shown["sites"] = gathered.sites, (_site(each, teller) for each in gathered.sites.rows)
    return [
        ShownGroup(kind, teller.gettext(GROUP_WORDS[kind]), found.total, tuple(hits))
        for kind, (found, hits) in shown.items()
    ]


def _person(person: MissingPerson, found: Found[MissingPerson], teller: Teller) -> ShownHit:
    row = person_row(person, found.openings[person.id], teller)
    facts = (row.sex, _aged(row.age, teller), row.nationality, row.last_contact, row.place)
    return ShownHit(
        reference=row.reference,
        href=row.href,
        title=row.name,
        is_named=row.is_named,
        also=row.also,
        facts=_told(teller, *facts, row.status),
        reasons=_reasons(person, found.hits[person.id].reasons, teller),
        is_protected=row.is_protected,
        is_invented=row.is_invented,
    )


def _remains(remains: Remains, found: Found[Remains], teller: Teller) -> ShownHit:
    row = remains_row(remains, found.openings[remains.id], teller)
    facts = (row.sex, _aged(row.age, teller), row.found, row.place, row.condition)
    return ShownHit(
        reference=row.reference,
        href=row.href,
        title=row.number or row.reference,
        is_named=True,
        also="",
        facts=_told(teller, *facts, row.status),
        reasons=_reasons(remains, found.hits[remains.id].reasons, teller),
        is_protected=False,
        is_invented=row.is_invented,
    )


def _site(known: tuple[Site, SiteFact], teller: Teller) -> ShownHit:
    row = present_site(*known, teller)
    return ShownHit(
        reference=row.reference,
        href=row.href,
        title=row.name,
        is_named=True,
        also="",
        facts=_told(teller, row.kind, row.place, row.state),
        reasons=(),
        is_protected=False,
        is_invented=row.is_invented,
    )


def _incident(incident: Incident, teller: Teller) -> ShownHit:
    row = incident_row(incident, teller)
    dead, missing = row.dead or 0, row.missing or 0
    died = teller.ngettext("%(num)s persona muerta", "%(num)s personas muertas", dead)
    vanished = teller.ngettext(
        "%(num)s persona desaparecida", "%(num)s personas desaparecidas", missing
    )
    people = (
        died % {"num": dead} if dead else "",
        vanished % {"num": missing} if missing else "",
    )
    return ShownHit(
        reference=incident.reference,
        href=row.href,
        title=", ".join(_told(teller, row.when, row.place)) or incident.reference,
        is_named=True,
        also="",
        facts=_told(teller, row.route, row.causes, *people),
        reasons=(),
        is_protected=False,
        is_invented=row.is_invented,
    )


def _told(teller: Teller, *facts: str) -> tuple[str, ...]:
    """Keep what is said and open: what is closed is left out, whether or not it is recorded."""
    nothing = {"", teller.gettext("reservado")}
    return tuple(fact for fact in facts if fact not in nothing)


def _aged(age: str, teller: Teller) -> str:
    if not age or not age[0].isdigit():
        return ""
    return teller.gettext("%(age)s años") % {"age": age}


def _reasons(
    record: DescriptionColumns, reasons: Iterable[Reason], teller: Teller
) -> tuple[ShownReason, ...]:
    return tuple(
        ShownReason(
            each.because,
            teller.gettext(_words(record, each)) % {"typed": each.typed, "found": each.found},
        )
        for each in reasons
    )


def _words(record: DescriptionColumns, reason: Reason) -> str:
    if reason.because is not Because.TEXT:
        return REASON_WORDS[reason.because]
    where = folded_text(f"{record.place} {record.admin1}")
    if reason.group is Reveals.CIRCUMSTANCE and folded_text(reason.typed) in where:
        return IN_A_PLACE
    return TEXT_WORDS[reason.group]
