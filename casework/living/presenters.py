"""What the pages about people alive are given: frozen, in words, nothing more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from casework.codes import Sex
from casework.dataset.catalogue import field_at
from casework.dataset.shape import RecordKind
from casework.dataset.telling import tell_value
from casework.living.model import LivingPerson, LivingPersonDecision
from casework.openings import Openings
from casework.record_codes import Communication
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
)
from casework.web.drawn_record import drawn_marks, drawn_teeth
from casework.web.living_words import COMMUNICATION_WORDS, STATUS_WORDS, WHERE_SEEN_WORDS
from casework.web.missing_words import NAME_WORDS
from casework.web.pieces import Fact
from privacy.model import Reveals


@dataclass(frozen=True, slots=True)
class LivingRow:
    """One person alive in a list: never where they are."""

    reference: str
    href: str
    name: str
    is_named: bool
    sex: str
    age: str
    where_seen: str
    seen: str
    region: str
    status: str
    search: str
    is_invented: bool


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """What was entered about being searched for, when, by whom and why."""

    words: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LivingFile:
    """The file of one person alive."""

    reference: str
    name: str
    status: str
    search: str
    kept_from: str
    is_invented: bool
    seen: FactGroup
    whereabouts: FactGroup
    who: FactGroup
    looks: FactGroup
    marks: FactGroup
    articles: FactGroup
    told_by: FactGroup
    body: BodyDrawing | None
    teeth: TeethDrawing | None


def present_row(person: LivingPerson, openings: Openings, teller: Teller) -> LivingRow:
    """Put one person into the words of a list, as far as their groups are open."""
    shows_body = openings.shows(Reveals.BODY)
    names = _names(person, openings)
    closed = teller.gettext("reservado")  # not the dash of what nobody recorded
    return LivingRow(
        reference=person.reference,
        href=f"/living/{person.reference}",
        name=names[0] if names else _without_a_name(openings, teller),
        is_named=bool(names),
        sex=_sex(person, teller) if shows_body else closed,
        age=teller.numbers_short(person.age) if shows_body else closed,
        where_seen=teller.gettext(WHERE_SEEN_WORDS[person.where_seen]),
        seen=teller.dates_short(person.found),
        region=_region(person, teller),
        status=teller.gettext(STATUS_WORDS[person.living_status]),
        search=teller.code(person.search_consent),
        is_invented=person.invented,
    )


def present_file(
    person: LivingPerson, openings: Openings, teller: Teller, *, owner: str
) -> LivingFile:
    """Put a file into words, as far as its groups are open."""
    _ = teller.gettext
    row = present_row(person, openings, teller)
    card = partial(card_of, row=person, openings=openings, teller=teller)
    return LivingFile(
        reference=person.reference,
        name=row.name,
        status=row.status,
        search=row.search,
        kept_from=teller.countries(person.country_restrictions),
        is_invented=person.invented,
        seen=card(_("Cómo se supo de la persona"), Reveals.CIRCUMSTANCE, _seen),
        whereabouts=card(_("Dónde está"), Reveals.CONTACT, _whereabouts),
        who=card(_("Quién puede ser"), Reveals.IDENTITY, _who),
        looks=card(_("Cómo es"), Reveals.BODY, _looks),
        marks=card(_("Señas particulares"), Reveals.BODY, _marks),
        articles=card(_("Ropa y pertenencias"), Reveals.CIRCUMSTANCE, _articles),
        told_by=FactGroup(
            _("De dónde viene este registro"), _told_by(person, teller, owner=owner)
        ),
        body=drawn_marks(person.marks, openings, teller),
        teeth=drawn_teeth(person, openings, teller),
    )


def present_decisions(
    decisions: Sequence[LivingPersonDecision], names: dict[int, str], teller: Teller
) -> list[ShownDecision]:
    """Put what was entered about being searched for into words, the newest first."""
    return [
        ShownDecision(
            words=teller.code(each.decision),
            reason=each.reason,
            by=names.get(each.decided_by, ""),
            at=each.decided_at,
        )
        for each in decisions
    ]


def _names(person: LivingPerson, openings: Openings) -> list[str]:
    return [name.full for name in person.names] if openings.shows(Reveals.IDENTITY) else []


def _without_a_name(openings: Openings, teller: Teller) -> str:
    """Say that a name is closed or nobody knows it; which of the two only where it is open."""
    if openings.shows(Reveals.IDENTITY):
        return teller.gettext("Nombre no registrado")
    return teller.gettext("Nombre reservado")


def _sex(person: LivingPerson, teller: Teller) -> str:
    return "" if person.sex is Sex.UNKNOWN else teller.code(person.sex)


def _region(person: LivingPerson, teller: Teller) -> str:
    named = (person.admin1, teller.country(person.country))
    return ", ".join(part for part in named if part)


def _seen(person: LivingPerson, teller: Teller) -> tuple[Fact, ...]:
    _ = teller.gettext
    rows = (
        ("where_seen", _("En qué clase de lugar"), _(WHERE_SEEN_WORDS[person.where_seen])),
        ("found", _("Desde y hasta cuándo"), teller.dates(person.found)),
        ("country", _("Región"), _region(person, teller)),
        ("group_id", _("Grupo con que venía"), person.group_key),
        ("incident_id", _("Incidente"), person.incident_key),
    )
    return _facts(person, rows)


def _whereabouts(person: LivingPerson, teller: Teller) -> tuple[Fact, ...]:
    _ = teller.gettext
    place = field_at(RecordKind.LIVING_PERSON, "whereabouts")
    rows = (
        ("host", _("Institución que la atiende o la tiene"), person.host),
        ("whereabouts", _("Dónde está"), tell_value(place, person.whereabouts, teller)),
        ("list_name", _("Lista en que aparece"), person.list_name),
        ("list_number", _("Número o cama en esa lista"), person.list_number),
    )
    return _facts(person, rows)


def _who(person: LivingPerson, teller: Teller) -> tuple[Fact, ...]:
    _ = teller.gettext
    rows = (
        ("birth", _("Nacimiento"), teller.dates(person.birth)),
        ("birth_place", _("Lugar de nacimiento"), person.birth_place),
        ("nationality", _("Nacionalidad"), teller.countries(person.nationalities)),
        ("mother_name", _("Nombre de la madre"), person.mother_name),
        ("father_name", _("Nombre del padre"), person.father_name),
    )
    names = tuple(Fact(_(NAME_WORDS[name.kind]), name.full) for name in person.names)
    return (*names, *_facts(person, rows))


def _looks(person: LivingPerson, teller: Teller) -> tuple[Fact, ...]:
    _ = teller.gettext
    is_said = person.communication is not Communication.UNKNOWN
    speaks = _(COMMUNICATION_WORDS[person.communication]) if is_said else ""
    rows = (
        ("communication", _("Si puede decir quién es"), speaks),
        ("sex", _("Sexo"), _sex(person, teller)),
        ("age", _("Edad que parece tener"), teller.numbers(person.age, _("años"))),
    )
    return (*_facts(person, rows), *description_facts(person, teller, stature_note=""))


def _marks(person: LivingPerson, teller: Teller) -> tuple[Fact, ...]:
    return mark_facts(person, person.marks, teller)


def _articles(person: LivingPerson, teller: Teller) -> tuple[Fact, ...]:
    return article_facts(person, person.articles, teller)


def _facts(person: LivingPerson, rows: Iterable[tuple[str, str, str]]) -> tuple[Fact, ...]:
    return tuple(fact_of(person, field, label, text) for field, label, text in rows)


def _told_by(person: LivingPerson, teller: Teller, *, owner: str) -> tuple[Fact, ...]:
    responsible = Fact(teller.gettext("Institución responsable"), owner)
    return (responsible, *envelope_facts(person, teller))
