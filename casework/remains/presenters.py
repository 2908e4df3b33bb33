"""What the pages about remains are given: frozen, in words, nothing more."""

from dataclasses import dataclass
from functools import partial
from itertools import chain

from casework.codes import Completeness, RemainsSex, RemainsStatureBasis, SexMethod
from casework.dataset.code_lists.remains import FAMILY_SEARCH, IRREVERSIBLE_ACT
from casework.envelope import Originality
from casework.openings import Openings
from casework.record_codes import IdentificationStatus, RemainsKind
from casework.remains.found_at import FoundAt
from casework.remains.model import Remains
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
from casework.web.pieces import Fact
from casework.web.remains_words import KIND_WORDS, PRECISION_WORDS, STATUS_WORDS
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer

CARRIED_WORDS = {
    "given_names": marked("Nombres en papeles hallados"),
    "surname_1": marked("Apellido en papeles hallados"),
    "surname_2": marked("Segundo apellido en papeles hallados"),
    "other_names": marked("Otros nombres hallados"),
    "id_numbers": marked("Números de documento"),
    "phones": marked("Teléfonos hallados"),
    "teeth": marked("Dientes"),
    "origin_source_url": marked("Página en que está publicado"),
}
# What of it stood in papers and may lead to a name; telephones found lead to a family.
IN_PAPERS = ("given_names", "surname_1", "surname_2", "other_names", "id_numbers", "phones")
OF_THE_BODY = frozenset({"teeth"})
NOT_SAID = frozenset({RemainsSex.UNKNOWN, SexMethod.UNKNOWN, Completeness.UNKNOWN})


@dataclass(frozen=True, slots=True)
class RemainsRow:
    """The remains of one person in a list."""

    reference: str
    href: str
    number: str
    sex: str
    age: str
    stature: str
    found: str
    place: str
    condition: str
    status: str
    is_invented: bool
    act: str = ""  # one that cannot be undone, and when


@dataclass(frozen=True, slots=True)
class RemainsFile:
    """The file of one person's remains."""

    reference: str
    number: str
    kind: str
    status: str
    kept_from: str
    is_invented: bool
    find: FactGroup
    profile: FactGroup
    looks: FactGroup
    marks: FactGroup
    articles: FactGroup
    papers: FactGroup
    told_by: FactGroup
    carried: FactGroup
    body: BodyDrawing | None
    teeth: TeethDrawing | None
    map: MapDrawing | None
    pairings_href: str | None
    act: str  # one that cannot be undone, and when
    family: str  # how the search for it goes, of somebody with a name and without one
    sites: tuple[tuple[str, str], ...]  # where they were found, lie and are kept: word, link


def present_row(remains: Remains, openings: Openings, teller: Teller) -> RemainsRow:
    """Put one record into the words of a list, as far as its groups are open."""
    shows_body = openings.shows(Reveals.BODY)
    closed = teller.gettext("reservado")  # not the dash of what nobody recorded
    sex = "" if remains.sex in NOT_SAID else teller.code(remains.sex)
    return RemainsRow(
        reference=remains.reference,
        href=f"/remains/{remains.reference}",
        number=remains.post_mortem_number,
        sex=sex if shows_body else closed,
        age=teller.numbers_short(remains.age) if shows_body else closed,
        stature=teller.numbers_short(remains.stature_cm) if shows_body else closed,
        found=teller.dates_short(remains.found),
        place=teller.place(remains),
        condition=teller.code(remains.condition) if shows_body else closed,
        status=teller.gettext(STATUS_WORDS[remains.identification_status]),
        is_invented=remains.invented,
        act=planned_act_words(remains, teller),
    )


def planned_act_words(remains: Remains, teller: Teller) -> str:
    """Name the act that comes first and its day; nothing where none is planned."""
    act = remains.irreversible_act_planned
    if not act:
        return ""
    day = teller.day(remains.irreversible_act_planned_from)
    words = teller.gettext(IRREVERSIBLE_ACT.words[act])
    return f"{words}, {day}" if day else f"{words}, {teller.gettext('sin fecha')}"


def family_words(remains: Remains, openings: Openings, teller: Teller) -> str:
    """Say how far the search for a family is, of somebody with a name and without one."""
    is_decided = remains.identification_status is IdentificationStatus.IDENTIFIED_UNCLAIMED
    if not openings.shows(Reveals.IDENTITY):
        return ""
    if not (is_decided or remains.named_but_unclaimed):
        return ""
    state = remains.family_search or "not_started"
    return teller.gettext(FAMILY_SEARCH.words[state])


def present_file(
    remains: Remains,
    viewer: Viewer,
    openings: Openings,
    teller: Teller,
    *,
    owner: str,
    where: FoundAt,
) -> RemainsFile:
    """Put a file into words, as far as its groups are open to `viewer`."""
    _ = teller.gettext
    card = partial(card_of, row=remains, openings=openings, teller=teller)
    return RemainsFile(
        reference=remains.reference,
        number=remains.post_mortem_number,
        kind=_(KIND_WORDS[remains.remains_kind]),
        status=_(STATUS_WORDS[remains.identification_status]),
        kept_from=teller.countries(remains.country_restrictions),
        is_invented=remains.invented,
        find=card(_("Hallazgo"), Reveals.CIRCUMSTANCE, partial(_find, where)),
        profile=card(_("Perfil biológico"), Reveals.BODY, _profile),
        looks=card(_("Cómo era"), Reveals.BODY, _looks),
        marks=card(_("Señas particulares"), Reveals.BODY, _marks),
        articles=card(_("Ropa y pertenencias"), Reveals.CIRCUMSTANCE, _articles),
        papers=card(_("Quién pudo ser, según sus papeles"), Reveals.IDENTITY, _papers),
        told_by=FactGroup(
            _("De dónde viene este registro"), _told_by(remains, teller, owner=owner)
        ),
        carried=FactGroup(_("Anotado sin comparar"), _carried(remains, openings, teller)),
        body=drawn_marks(remains.marks, openings, teller),
        teeth=drawn_teeth(remains, openings, teller),
        map=_map(remains, where, teller),
        pairings_href=f"/pairings?q={remains.reference}"
        if viewer.may(Permission.PAIRING_READ)
        else None,
        act=planned_act_words(remains, teller),
        family=family_words(remains, openings, teller),
        sites=_sites(remains, teller) if viewer.may(Permission.SITE_READ) else (),
    )


def _sites(remains: Remains, teller: Teller) -> tuple[tuple[str, str], ...]:
    """Lead to the sites that are named; a copy may name some of another registry."""
    is_copy = remains.originality is Originality.COPY
    where = "/search?q=%s" if is_copy else "/sites/%s"
    label = teller.gettext("Sitio o tumba %(reference)s")
    last = (remains.grave_sites[:1], remains.custody_sites[:1])
    named = dict.fromkeys(filter(None, (remains.found_site, *chain(*last))))
    return tuple((label % {"reference": each}, where % each) for each in named)


def _find(where: FoundAt, remains: Remains, teller: Teller) -> tuple[Fact, ...]:
    _ = teller.gettext
    rows = (
        ("found", _("Fecha del hallazgo"), teller.dates(remains.found)),
        ("place_name", _("Lugar"), teller.place(where)),
        ("place", _("Precisión del lugar"), _precision(where, remains, teller)),
        ("remains_kind", _("Qué se recuperó"), _kind(remains, teller)),
        (
            "death_days",
            _("Tiempo desde la muerte"),
            teller.numbers(remains.death_days, _("días")),
        ),
        ("incident_id", _("Incidente"), remains.incident_key),
        ("site_ref", _("Sitio del hallazgo"), remains.found_site),
        ("group_id", _("Hallados junto con"), remains.group_key),
    )
    return tuple(fact_of(remains, field, label, text) for field, label, text in rows)


def _profile(remains: Remains, teller: Teller) -> tuple[Fact, ...]:
    _ = teller.gettext
    sex = "" if remains.sex in NOT_SAID else teller.code(remains.sex)
    method = "" if remains.sex_method in NOT_SAID else teller.code(remains.sex_method)
    completeness = remains.completeness
    whole = "" if completeness in NOT_SAID else teller.code(completeness)
    return (
        fact_of(remains, "sex", _("Sexo"), sex, note=method),
        fact_of(remains, "age", _("Edad al morir"), teller.numbers(remains.age, _("años"))),
        fact_of(
            remains, "condition", _("Estado de los restos"), teller.code(remains.condition)
        ),
        fact_of(remains, "completeness", _("Cuánto se recuperó"), whole),
    )


def _looks(remains: Remains, teller: Teller) -> tuple[Fact, ...]:
    basis = remains.stature_basis
    is_based = remains.stature_cm and basis is not RemainsStatureBasis.UNKNOWN
    return description_facts(
        remains, teller, stature_note=teller.code(basis) if is_based else ""
    )


def _marks(remains: Remains, teller: Teller) -> tuple[Fact, ...]:
    return mark_facts(remains, remains.marks, teller)


def _articles(remains: Remains, teller: Teller) -> tuple[Fact, ...]:
    return article_facts(remains, remains.articles, teller)


def _papers(remains: Remains, teller: Teller) -> tuple[Fact, ...]:
    """Tell what may lead to a name: what papers say, and the nationality they indicate."""
    nationality = teller.countries(remains.nationalities)
    label = teller.gettext("Nacionalidad, si algo la indica")
    return (
        fact_of(remains, "nationality", label, nationality),
        *(
            Fact(
                teller.gettext(CARRIED_WORDS[name]),
                carried_words(name, remains.carried[name], teller.gettext),
            )
            for name in IN_PAPERS
            if name in remains.carried
        ),
    )


def _kind(remains: Remains, teller: Teller) -> str:
    is_known = remains.remains_kind is not RemainsKind.UNKNOWN
    return teller.gettext(KIND_WORDS[remains.remains_kind]) if is_known else ""


def _precision(where: FoundAt, remains: Remains, teller: Teller) -> str:
    if where.is_rounded:
        return teller.gettext(
            "redondeado a la zona: se halló o reposa en un sitio, y el lugar exacto lo lee la "
            "institución que lleva el registro"
        )
    if remains.location_precision is not None:
        return teller.gettext(PRECISION_WORDS[remains.location_precision])
    if where.radius_km is None:
        return ""
    km = teller.wording.number(where.radius_km)
    return teller.gettext("a unos %(km)s km a la redonda") % {"km": km}


def _told_by(remains: Remains, teller: Teller, *, owner: str) -> tuple[Fact, ...]:
    _ = teller.gettext
    return (
        Fact(_("Institución responsable"), owner),
        Fact(_("Por qué se busca"), teller.code(remains.search_consent)),
        *envelope_facts(remains, teller),
        or_blank(_("Identificador en la fuente"), remains.origin_record_id or ""),
    )


def _carried(remains: Remains, openings: Openings, teller: Teller) -> tuple[Fact, ...]:
    """Tell what else was read and is not weighed; teeth need the body's group too."""
    if not openings.shows(Reveals.IDENTITY):
        return ()
    return tuple(
        Fact(
            teller.gettext(CARRIED_WORDS[name]) if name in CARRIED_WORDS else name,
            carried_words(name, text, teller.gettext),
        )
        for name, text in sorted(beside_the_chart(remains.carried).items())
        if name not in IN_PAPERS
        and openings.shows(Reveals.BODY if name in OF_THE_BODY else Reveals.IDENTITY)
    )


def _map(remains: Remains, where: FoundAt, teller: Teller) -> MapDrawing | None:
    point = where.point
    if point is None:
        return None
    marker = MapPoint(
        point.lat, point.lon, point.radius_km, remains.post_mortem_number, "remains"
    )
    return draw_map(
        [marker],
        width=480,
        height=340,
        title=teller.gettext("Lugar del hallazgo"),
        language=teller.language,
    )
