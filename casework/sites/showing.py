"""What the pages of sites are given: frozen, in words, as far as one viewer may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from casework.dataset.code_lists.remains import IRREVERSIBLE_ACT
from casework.remains.model import Remains
from casework.signin.model import Institution
from casework.sites.model import Site, SiteFact, SiteGrave
from casework.sites.naming import planned_acts
from casework.sites.queries import KnownSite, Resting
from casework.sites.words import GRAVE_WORDS, KIND_WORDS, STATE_WORDS
from casework.web.coordinates import written_coordinates
from casework.web.described import Teller
from casework.web.maps import MapDrawing, MapPoint, draw_map
from casework.web.pieces import Fact, Known


@dataclass(frozen=True, slots=True)
class SiteRow:
    """One site in a list."""

    reference: str
    href: str
    name: str
    kind: str
    place: str
    state: str
    is_invented: bool


@dataclass(frozen=True, slots=True)
class ShownRemains:
    """Remains that the reader may read, by the number of whoever keeps them."""

    reference: str
    href: str
    number: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShownGrave:
    """One grave, and who lies in it."""

    reference: str
    where: str
    plan: str
    state: str
    marker: str | None  # None where it is closed
    lying: tuple[ShownRemains, ...]
    earlier: tuple[str, ...]  # what was said of it before, each with its day


@dataclass(frozen=True, slots=True)
class ShownSite:
    """All that one reader may know of a site."""

    row: SiteRow
    is_open: bool
    is_cut: bool
    facts: tuple[Fact, ...]
    notes: str
    map: MapDrawing | None
    graves: tuple[ShownGrave, ...]
    lying: tuple[ShownRemains, ...]  # there, and in no grave that is told apart
    lay: tuple[ShownRemains, ...]
    kept: tuple[ShownRemains, ...]
    found: tuple[ShownRemains, ...]
    planned: tuple[ShownRemains, ...]
    earlier: tuple[tuple[str, tuple[Fact, ...]], ...]


def present_site(site: Site, fact: SiteFact, teller: Teller) -> SiteRow:
    """Put one site into the words of a list."""
    where = ", ".join(filter(None, (fact.admin1, teller.country(fact.country))))
    return SiteRow(
        reference=site.reference,
        href=f"/sites/{site.reference}",
        name=fact.name,
        kind=teller.gettext(KIND_WORDS[fact.kind]),
        place=where,
        state=teller.gettext(STATE_WORDS[fact.state]),
        is_invented=site.invented,
    )


def show_site(
    session: Session, known: KnownSite, resting: Resting, teller: Teller
) -> ShownSite:
    """Put all that one viewer may know of a site into words."""
    owner = _owner(session, known)
    by_place: dict[str, list[Remains]] = {}
    for each, place in resting.lying:
        by_place.setdefault(place, []).append(each)
    return ShownSite(
        row=present_site(known.site, known.newest, teller),
        is_open=known.is_open,
        is_cut=resting.is_cut,
        facts=_facts(known, known.newest, teller, owner),
        notes=_exact(known, known.newest).get("notes", ""),
        map=_map(known, teller),
        graves=tuple(
            _grave(known, each, by_place.get(each.reference, ()), teller)
            for each in known.graves
        ),
        lying=_remains(by_place.get(known.site.reference, ())),
        lay=_remains(resting.lay),
        kept=_remains(resting.kept),
        found=_remains(resting.found),
        planned=tuple(_planned(each, day, teller) for each, day in planned_acts(resting)),
        earlier=tuple(
            (teller.day(each.entered_at.date()), _said(known, each, teller, owner))
            for each in known.facts[1:]
        ),
    )


def facts_now(session: Session, known: KnownSite, teller: Teller) -> tuple[Fact, ...]:
    """Tell what is said of a site now, beside the form of somebody who said something else."""
    return _said(known, known.newest, teller, _owner(session, known))


def _said(known: KnownSite, fact: SiteFact, teller: Teller, owner: str) -> tuple[Fact, ...]:
    """Tell all that was said at one time, also what the page of a site has in its head."""
    _ = teller.gettext
    notes = _exact(known, fact).get("notes", "")
    return (
        Fact(_("Cómo se llama o cómo se le conoce"), fact.name),
        *_facts(known, fact, teller, owner),
        *([Fact(_("Notas selladas"), notes)] if notes else ()),
    )


def _owner(session: Session, known: KnownSite) -> str:
    return session.get_one(Institution, known.site.institution_id).name


def _exact(known: KnownSite, fact: SiteFact) -> dict[str, Any]:
    return fact.exact if known.is_open else {}


def _facts(known: KnownSite, fact: SiteFact, teller: Teller, owner: str) -> tuple[Fact, ...]:
    _ = teller.gettext
    exact = _exact(known, fact)
    radius = exact.get("radius_km") if known.is_open else fact.radius_km
    point = written_coordinates(exact["lat"], exact["lon"]) if "lat" in exact else ""
    near = _("a unos %(km)s km a la redonda") % {"km": teller.wording.number(radius or 0)}
    told = (
        (_("Clase de sitio"), _(KIND_WORDS[fact.kind])),
        (_("Cómo está"), _(STATE_WORDS[fact.state])),
        (_("País"), teller.country(fact.country)),
        (_("Departamento, estado o provincia"), fact.admin1),
        (_("Precisión del lugar"), near if radius else ""),
        (_("Quién lo cuida"), fact.kept_by),
        (_("Quién lleva este registro"), owner),
    )
    where = (
        Fact(_("Lugar"), exact["place"])
        if exact.get("place")
        else Fact(_("Lugar"), known=Known.NOT_RECORDED if known.is_open else Known.CLOSED)
    )
    return (
        *(
            Fact(name, text) if text else Fact(name, known=Known.NOT_RECORDED)
            for name, text in told
        ),
        where,
        *([Fact(_("Coordenadas"), point)] if point else ()),
    )


def _map(known: KnownSite, teller: Teller) -> MapDrawing | None:
    fact = known.newest
    said = _exact(known, fact)
    lat, lon = said.get("lat", fact.lat), said.get("lon", fact.lon)
    if lat is None or lon is None:
        return None
    radius = said.get("radius_km") if known.is_open else fact.radius_km
    return draw_map(
        [MapPoint(lat, lon, radius, fact.name, "site")],
        width=480,
        height=340,
        title=teller.gettext("Dónde está el sitio"),
        language=teller.language,
    )


def _grave(
    known: KnownSite, grave: SiteGrave, lying: Sequence[Remains], teller: Teller
) -> ShownGrave:
    return ShownGrave(
        reference=grave.reference,
        where=where_in_site(grave, teller),
        plan=grave.plan,
        state=teller.gettext(STATE_WORDS[grave.state]),
        marker=grave.marker if known.is_open else None,
        lying=_remains(lying),
        earlier=tuple(
            _earlier_grave(each, teller, is_open=known.is_open)
            for each in known.said_of_graves
            if each.reference == grave.reference and each.id != grave.id
        ),
    )


def where_in_site(grave: SiteGrave, teller: Teller) -> str:
    """Name a grave as people of a cemetery do: section, row, and the number of the niche."""
    _ = teller.gettext
    parts = ((_("sección"), grave.section), (_("hilera"), grave.line))
    told = [f"{name} {text}" for name, text in parts if text]
    told.append(f"{_(GRAVE_WORDS[grave.kind])} {grave.number}".rstrip())
    return ", ".join(told)


def _earlier_grave(grave: SiteGrave, teller: Teller, *, is_open: bool) -> str:
    said = [where_in_site(grave, teller), teller.gettext(STATE_WORDS[grave.state]), grave.plan]
    if is_open and grave.marker:
        said.append(teller.gettext("dice: «%(words)s»") % {"words": grave.marker})
    return f"{teller.day(grave.entered_at.date())}: {', '.join(filter(None, said))}"


def _remains(found: Sequence[Remains]) -> tuple[ShownRemains, ...]:
    return tuple(
        ShownRemains(each.reference, f"/remains/{each.reference}", each.post_mortem_number)
        for each in found
    )


def _planned(remains: Remains, day: Any, teller: Teller) -> ShownRemains:
    act = teller.gettext(IRREVERSIBLE_ACT.words[remains.irreversible_act_planned])
    note = ", ".join(filter(None, (act, teller.day(day) if day else "")))
    (shown,) = _remains([remains])
    return ShownRemains(shown.reference, shown.href, shown.number, note)
