"""What the pages about missing persons are given: frozen, in words, nothing more."""

from dataclasses import dataclass
from functools import partial

from casework.codes import Sex, StatureBasis
from casework.missing.ages import age_by_birth
from casework.missing.model import MissingPerson, PersonName
from casework.missing.rules import MAY_BE_SEARCHED
from casework.openings import Openings
from casework.record_codes import ReporterKind
from casework.values import Place
from casework.web.body_chart import BodyDrawing
from casework.web.closed import card_of
from casework.web.dental_chart import TeethDrawing
from casework.web.described import (
    FactGroup,
    Teller,
    article_facts,
    description_facts,
    envelope_facts,
    fact_of,
    mark_facts,
    or_blank,
)
from casework.web.drawn_record import (
    beside_the_chart,
    carried_words,
    drawn_marks,
    drawn_teeth,
)
from casework.web.languages import marked
from casework.web.maps import MapDrawing, MapPoint, draw_map
from casework.web.missing_words import (
    NAME_WORDS,
    PRESUMPTION_WORDS,
    REPORTER_WORDS,
    STATUS_WORDS,
)
from casework.web.pieces import Fact, Known
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer

CARRIED_WORDS = {
    "other_names": marked("Otros nombres"),
    "id_numbers": marked("Números de documento"),
    "phones": marked("Teléfonos"),
    "teeth": marked("Dientes"),
    "origin_source_url": marked("Página en que está publicado"),
}
# A telephone number reaches a family: read with what else tells how to reach somebody.
REACHES_SOMEBODY = frozenset({"phones"})
OF_THE_BODY = frozenset({"teeth"})


COMPUTED = marked("%(age)s, por el nacimiento")


@dataclass(frozen=True, slots=True)
class MissingRow:
    """One missing person in a list."""

    reference: str
    href: str
    name: str
    is_named: bool
    also: str
    sex: str
    age: str
    nationality: str
    last_contact: str
    place: str
    status: str
    is_protected: bool
    is_invented: bool


@dataclass(frozen=True, slots=True)
class MissingFile:
    """The file of one missing person."""

    reference: str
    name: str
    status: str
    presumption: str
    is_protected: bool
    kept_from: str
    is_invented: bool
    who: FactGroup
    last_contact: FactGroup
    looks: FactGroup
    marks: FactGroup
    articles: FactGroup
    contact: FactGroup
    told_by: FactGroup
    carried: FactGroup
    body: BodyDrawing | None
    teeth: TeethDrawing | None
    map: MapDrawing | None
    map_caption: str
    pairings_href: str | None


def present_row(person: MissingPerson, openings: Openings, teller: Teller) -> MissingRow:
    """Put one missing person into the words of a list, as far as their groups are open."""
    shows_who, shows_body = openings.shows(Reveals.IDENTITY), openings.shows(Reveals.BODY)
    names = [name.full for name in person.names] if shows_who else []
    closed = teller.gettext("reservado")  # not the dash of what nobody recorded
    return MissingRow(
        reference=person.reference,
        href=f"/missing/{person.reference}",
        name=names[0] if names else _without_a_name(openings, teller),
        is_named=bool(names),
        also=", ".join(names[1:]),
        sex=sex_words(person, teller) if shows_body else closed,
        age=_age(person, openings, teller),
        nationality=teller.countries(person.nationalities) if shows_who else closed,
        last_contact=teller.dates_short(person.last_contact),
        place=teller.place(person),
        status=teller.gettext(STATUS_WORDS[person.search_status]),
        is_protected=shows_who and person.protected,
        is_invented=person.invented,
    )


def _age(person: MissingPerson, openings: Openings, teller: Teller) -> str:
    """Say the age that was told; where there is none, the one that the birth makes."""
    computed = age_by_birth(person) if openings.shows(Reveals.IDENTITY) else None
    if computed is not None:
        return teller.gettext(COMPUTED) % {"age": teller.numbers_short(computed)}
    if not openings.shows(Reveals.BODY):
        return teller.gettext("reservado")
    return teller.numbers_short(person.age)


def _without_a_name(openings: Openings, teller: Teller) -> str:
    """Say that a name is closed or was never given; which of the two only where it is open."""
    if openings.shows(Reveals.IDENTITY):
        return teller.gettext("Nombre no registrado")
    return teller.gettext("Nombre reservado")


def present_file(
    person: MissingPerson,
    viewer: Viewer,
    openings: Openings,
    teller: Teller,
    *,
    owner: str,
) -> MissingFile:
    """Put a file into words, as far as its groups are open to `viewer`."""
    _ = teller.gettext
    row = present_row(person, openings, teller)
    card = partial(card_of, row=person, openings=openings, teller=teller)
    return MissingFile(
        reference=person.reference,
        name=row.name,
        status=row.status,
        presumption=_(PRESUMPTION_WORDS[person.presumption]),
        is_protected=row.is_protected,
        kept_from=teller.countries(person.country_restrictions),
        is_invented=person.invented,
        who=card(_("Quién es"), Reveals.IDENTITY, _who),
        last_contact=card(_("Último contacto"), Reveals.CIRCUMSTANCE, _contact),
        looks=card(_("Cómo es"), Reveals.BODY, _looks),
        marks=card(_("Señas particulares"), Reveals.BODY, _marks),
        articles=card(_("Ropa y pertenencias"), Reveals.CIRCUMSTANCE, _articles),
        contact=card(_("Quién dio aviso"), Reveals.CONTACT, _reported),
        told_by=FactGroup(
            _("De dónde viene este registro"),
            (*_told_by(person, teller, owner=owner), *_in_the_source(person, openings, teller)),
        ),
        carried=FactGroup(_("Anotado sin comparar"), _carried(person, openings, teller)),
        body=drawn_marks(person.marks, openings, teller),
        teeth=drawn_teeth(person, openings, teller),
        map=place_map(person.point, row.reference, teller),
        map_caption=_("Lugar del último contacto"),
        pairings_href=_pairings_href(person, viewer),
    )


def sex_words(person: MissingPerson, teller: Teller) -> str:
    """Say the sex, or nothing where it was not said."""
    return "" if person.sex is Sex.UNKNOWN else teller.code(person.sex)


def place_map(point: Place | None, label: str, teller: Teller) -> MapDrawing | None:
    """Draw the place of last contact with the circle of its imprecision."""
    if point is None:
        return None
    marker = MapPoint(point.lat, point.lon, point.radius_km, label, "missing")
    return draw_map(
        [marker],
        width=480,
        height=340,
        title=teller.gettext("Lugar del último contacto"),
        language=teller.language,
    )


def _who(person: MissingPerson, teller: Teller) -> tuple[Fact, ...]:
    _ = teller.gettext
    computed = age_by_birth(person)
    label = _("Edad al último contacto, calculada por el nacimiento")
    ages = [Fact(label, teller.numbers(computed, _("años")))] if computed else []
    rows = (
        ("birth", _("Nacimiento"), teller.dates(person.birth)),
        ("birth_place", _("Lugar de nacimiento"), person.birth_place),
        ("nationality", _("Nacionalidad"), teller.countries(person.nationalities)),
        ("mother_name", _("Nombre de la madre"), person.mother_name),
        ("father_name", _("Nombre del padre"), person.father_name),
    )
    return (
        *(_name_fact(name, teller) for name in person.names),
        *ages,
        *(fact_of(person, field, label, text) for field, label, text in rows),
    )


def _looks(person: MissingPerson, teller: Teller) -> tuple[Fact, ...]:
    _ = teller.gettext
    age = teller.numbers(person.age, _("años"))
    return (
        fact_of(person, "sex", _("Sexo"), sex_words(person, teller)),
        fact_of(person, "age", _("Edad al último contacto"), age),
        *description_facts(person, teller, stature_note=_stature_note(person, teller)),
    )


def _marks(person: MissingPerson, teller: Teller) -> tuple[Fact, ...]:
    return mark_facts(person, person.marks, teller)


def _articles(person: MissingPerson, teller: Teller) -> tuple[Fact, ...]:
    return article_facts(person, person.articles, teller)


def _name_fact(name: PersonName, teller: Teller) -> Fact:
    return Fact(teller.gettext(NAME_WORDS[name.kind]), name.full)


def _contact(person: MissingPerson, teller: Teller) -> tuple[Fact, ...]:
    _ = teller.gettext
    rows = (
        ("last_contact", _("Fecha"), teller.dates(person.last_contact)),
        ("place_name", _("Lugar"), teller.place(person)),
        ("place", _("Precisión del lugar"), radius_words(person.point, teller)),
        ("destination", _("Hacia dónde iba"), _destination(person, teller)),
        ("group_id", _("Grupo con que viajaba"), person.group_key),
        ("incident_id", _("Incidente"), person.incident_key),
    )
    return tuple(fact_of(person, field, label, text) for field, label, text in rows)


def _destination(person: MissingPerson, teller: Teller) -> str:
    """Name a destination given as a country's code; words stay as they were said."""
    return teller.country(person.destination)


def radius_words(point: Place | None, teller: Teller) -> str:
    """Say how exactly a place is known."""
    if point is None or point.radius_km is None:
        return ""
    km = teller.wording.number(point.radius_km)
    return teller.gettext("a unos %(km)s km a la redonda") % {"km": km}


def _stature_note(person: MissingPerson, teller: Teller) -> str:
    known = person.stature_cm and person.stature_basis is not StatureBasis.UNKNOWN
    return teller.code(person.stature_basis) if known else ""


def _told_by(person: MissingPerson, teller: Teller, *, owner: str) -> tuple[Fact, ...]:
    _ = teller.gettext
    return (
        Fact(_("Institución responsable"), owner),
        Fact(_("Sobre la búsqueda"), teller.code(person.search_consent)),
        *envelope_facts(person, teller),
    )


def _in_the_source(
    person: MissingPerson, openings: Openings, teller: Teller
) -> tuple[Fact, ...]:
    """Give the source's own number: where the source is public, it leads to the name."""
    if not openings.shows(Reveals.IDENTITY):
        return ()
    label = teller.gettext("Identificador en la fuente")
    return (or_blank(label, person.origin_record_id or ""),)


def _reported(person: MissingPerson, teller: Teller) -> tuple[Fact, ...]:
    _ = teller.gettext
    return (
        _reporter(person, teller),
        or_blank(_("Parentesco o relación"), person.reporter_relationship),
        or_blank(_("Institución que reportó"), person.reporting_institution),
    )


def _reporter(person: MissingPerson, teller: Teller) -> Fact:
    label = teller.gettext("Quién reportó")
    if person.reporter_kind is ReporterKind.UNKNOWN:
        return Fact(label, known=Known.NOT_RECORDED)
    return Fact(label, teller.gettext(REPORTER_WORDS[person.reporter_kind]))


def _carried(person: MissingPerson, openings: Openings, teller: Teller) -> tuple[Fact, ...]:
    """Tell what was read and is not weighed; each line needs the group of what it says too."""
    if not openings.shows(Reveals.IDENTITY):
        return ()
    return tuple(
        Fact(
            teller.gettext(CARRIED_WORDS[name]) if name in CARRIED_WORDS else name,
            carried_words(name, text, teller.gettext),
        )
        for name, text in sorted(beside_the_chart(person.carried).items())
        if openings.shows(_carried_group(name))
    )


def _carried_group(name: str) -> Reveals:
    if name in REACHES_SOMEBODY:
        return Reveals.CONTACT
    return Reveals.BODY if name in OF_THE_BODY else Reveals.IDENTITY


def _pairings_href(person: MissingPerson, viewer: Viewer) -> str | None:
    searched = person.search_consent in MAY_BE_SEARCHED
    if not (viewer.may(Permission.PAIRING_READ) and searched):
        return None
    return f"/pairings?q={person.reference}"
