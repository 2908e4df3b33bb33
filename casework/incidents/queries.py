"""Reading incidents: lists, one file, the places on the map, and what was said before."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session

from casework.errors import NotFound
from casework.incidents.model import Incident, IncidentVersion
from casework.incidents.rules import SaidIncident, keys_of
from casework.listing import (
    Listed,
    ListSearch,
    MaybeBlank,
    holds_all,
    joined_text,
    order_of,
    page_of,
)
from casework.signin.model import Institution
from privacy.permissions import Permission, Viewer

NEWEST_FIRST = "-date"
SORTED_BY = {
    "date": Incident.date_from,
    "dead": Incident.dead,
    "missing": Incident.missing,
    "place": Incident.place,
}
YEARS = (1990, 2100)
ROUTES_OFFERED = 40
# Our choice: press and authorities often differ by so much over one event. What is known only
# by its month or year may be any event, and is not held against a new one.
NEAR, LONGEST_EVENT, MOST_SIMILAR = timedelta(days=3), timedelta(days=14), 6
MOST_NAMED = 2  # by the two records of one pair: one each, if they name any
# West, south, east, north: the Americas and the seas that people cross to reach them.
AMERICAS = (-125.0, -56.0, -30.0, 50.0)
_ALPHA_2 = (
    "AG AI AR AW BB BL BM BO BQ BR BS BZ CA CL CO CR CU CW DM DO EC FK GD GF GP GT GY HN HT JM "
    "KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI"
)
COUNTRIES_OF_AMERICAS = _ALPHA_2.split()


class IncidentSearch(ListSearch):
    """What the register of incidents can be searched by."""

    year: MaybeBlank[Annotated[int, Field(ge=YEARS[0], le=YEARS[1])]] = None
    route: MaybeBlank[Annotated[str, Field(max_length=200)]] = None
    cause: MaybeBlank[Annotated[str, Field(max_length=200)]] = None
    # Without a choice, the Americas: sources count the whole world in one file.
    area: MaybeBlank[Literal["world"]] = None
    # Whether the Missing Migrants Project counts them; what nobody said of is among neither.
    counted: MaybeBlank[Literal["yes", "no"]] = None


@dataclass(frozen=True, slots=True)
class Spot:
    """An incident as far as a map needs it."""

    reference: str
    lat: float
    lon: float
    country: str | None
    dead: int
    missing: int

    @property
    def people(self) -> int:
        return self.dead + self.missing


@dataclass(frozen=True, slots=True)
class Sums:
    """How many incidents and people a search holds, as far as anybody counted them."""

    incidents: int
    dead: int
    missing: int
    without_place: int
    invented: int


@dataclass(frozen=True, slots=True)
class Offered:
    """The years, countries, routes and causes that occur: what a search can choose from."""

    years: Sequence[int]
    countries: Sequence[str]
    routes: Sequence[str]
    causes: Sequence[str]


def readable_incidents(viewer: Viewer) -> sa.Select[Incident]:
    """Incidents that `viewer` may read about: nobody is singled out in them."""
    return sa.select(Incident).where(sa.literal(viewer.may(Permission.INCIDENT_READ)))


def get_incident(session: Session, viewer: Viewer, reference: str) -> Incident:
    """Open one file.

    Raises
    ------
    NotFound
        If there is none that `viewer` may read.
    """
    found = session.scalar(readable_incidents(viewer).where(Incident.reference == reference))
    if found is None:
        raise NotFound("incident")
    return found


def keeper_of(session: Session, incident: Incident) -> str:
    """Name the institution that entered an incident by hand; nothing for an imported one."""
    if incident.institution_id is None:
        return ""
    return session.get_one(Institution, incident.institution_id).name


def key_named(session: Session, viewer: Viewer, words: str) -> str:
    """Give the key that records of an incident share, of one named by any of its names.

    Reports and remains meet by that key, the source's own. Somebody may have read our reference
    on a page, or written in small letters; what names no incident here stays as it was said.
    """
    said = words.strip()
    found = session.scalars(
        readable_incidents(viewer)
        .where(
            sa.or_(
                Incident.reference == said.upper(),
                sa.func.lower(Incident.source_key) == said.lower(),
            )
        )
        .limit(2)
    ).all()
    return found[0].source_key if len(found) == 1 else words


def incidents_named(
    session: Session, viewer: Viewer, words: Collection[str]
) -> Sequence[Incident]:
    """Find the incidents that records name by these words; of several one has, none is told."""
    # As it is written, or in small or large letters: what is kept is hardly ever folded.
    said = {way(each.strip()) for each in words for way in (str, str.lower, str.upper)} - {""}
    if not said:
        return []
    named = sa.or_(Incident.source_key.in_(said), Incident.reference.in_(said))
    found = session.scalars(
        readable_incidents(viewer).where(named).order_by(Incident.id).limit(MOST_NAMED + 1)
    ).all()
    if len(found) > MOST_NAMED:
        return []
    meant = {each.casefold() for each in said}
    called = Counter(
        key for each in found for key in {key.casefold() for key in keys_of(each)} & meant
    )
    return [
        each
        for each in found
        if all(called[key.casefold()] == 1 for key in keys_of(each) if key.casefold() in meant)
    ]


def list_versions(session: Session, incident: Incident) -> Sequence[IncidentVersion]:
    """List what the source said before of an incident already opened, oldest first."""
    return session.scalars(
        sa.select(IncidentVersion)
        .where(IncidentVersion.case_id == incident.id)
        .order_by(IncidentVersion.version)
    ).all()


def list_similar(
    session: Session, viewer: Viewer, said: SaidIncident, *, but: str = ""
) -> Sequence[Incident]:
    """List incidents that may be the same event: the days nearly meet, in one country or route.

    `but` is the reference of the incident that is being corrected.
    """
    if said.date_from is None or said.date_to is None or not (said.country or said.route):
        return []
    where = [Incident.country == said.country] if said.country else []
    where += [Incident.route == said.route] if said.route else []
    long_ones = Incident.date_to - Incident.date_from > LONGEST_EVENT.days
    return session.scalars(
        readable_incidents(viewer)
        .where(
            sa.or_(*where),
            Incident.date_from <= said.date_to + NEAR,
            Incident.date_to >= said.date_from - NEAR,
            sa.not_(long_ones),
            Incident.reference != but,
        )
        .order_by(Incident.date_from.desc(), Incident.id)
        .limit(MOST_SIMILAR)
    ).all()


def list_incidents(
    session: Session, viewer: Viewer, search: IncidentSearch
) -> Listed[Incident]:
    """List one page, and count within what `viewer` may see."""
    readable = readable_incidents(viewer)
    matching = _narrowed(readable, search)
    order = order_of(search.sort, SORTED_BY, NEWEST_FIRST, Incident.id)
    # Nobody is named here, so that no row is asked about: counting is quick.
    keys, total = page_of(
        session, matching, key=Incident.id, order=order, search=search, exact=True
    )
    rows = session.scalars(readable.where(Incident.id.in_(keys)).order_by(*order)).all()
    return Listed(rows, total, count_of(session, readable))


def every_incident(
    session: Session, viewer: Viewer, search: IncidentSearch
) -> Sequence[Incident]:
    """List all of a search, for a table that is handed out whole."""
    wanted = _narrowed(readable_incidents(viewer), search)
    return session.scalars(wanted.order_by(Incident.date_from, Incident.id)).all()


def count_of(session: Session, query: sa.Select[Incident]) -> int:
    """Count the rows of a query that already started from its viewer."""
    return session.scalar(query.with_only_columns(sa.func.count(Incident.id))) or 0


def sums_of(session: Session, viewer: Viewer, search: IncidentSearch) -> Sums:
    """Add up a search; what nobody counted adds nothing."""
    row = session.execute(
        _narrowed(readable_incidents(viewer), search).with_only_columns(
            sa.func.count(Incident.id),
            sa.func.sum(Incident.dead),
            sa.func.sum(Incident.missing),
            sa.func.count(Incident.id).filter(Incident.lat.is_(None)),
            sa.func.count(Incident.id).filter(Incident.invented),
        )
    ).one()
    incidents, dead, missing, without_place, invented = row
    return Sums(incidents, dead or 0, missing or 0, without_place, invented)


def list_spots(session: Session, viewer: Viewer, search: IncidentSearch) -> list[Spot]:
    """List every incident of a search that lies in the Americas, for the map."""
    rows = session.execute(
        _narrowed(readable_incidents(viewer), search)
        .where(_lies_in_the_americas())
        .with_only_columns(
            Incident.reference,
            sa.func.coalesce(Incident.lat, 0.0),
            sa.func.coalesce(Incident.lon, 0.0),
            Incident.country,
            sa.func.coalesce(Incident.dead, 0),
            sa.func.coalesce(Incident.missing, 0),
        )
    )
    return [Spot(*row) for row in rows]


def offered(session: Session, viewer: Viewer) -> Offered:
    """List what a search can choose from, as the sources wrote it."""
    readable = readable_incidents(viewer)
    year = sa.cast(sa.func.date_part("year", Incident.date_from), sa.Integer)
    return Offered(
        years=sorted(_distinct(session, readable, year), reverse=True),
        countries=_distinct(session, readable, Incident.country),
        routes=sorted(_usual_routes(session, readable)),
        causes=sorted(_distinct(session, readable, sa.func.unnest(Incident.cause_codes))),
    )


def _usual_routes(session: Session, query: sa.Select[Incident]) -> list[str]:
    """List the routes named most often; some sources write a route of its own per incident."""
    named = (
        query.where(Incident.route.is_not(None), Incident.route != "")
        .with_only_columns(Incident.route)
        .group_by(Incident.route)
        .order_by(sa.func.count().desc(), Incident.route)
        .limit(ROUTES_OFFERED)
    )
    return [route for route in session.scalars(named) if route]


def _distinct(session: Session, query: sa.Select[Incident], column: Any) -> list[Any]:
    found = session.scalars(query.with_only_columns(column).distinct())
    return [value for value in found if value not in (None, "")]


def _narrowed(query: sa.Select[Incident], search: IncidentSearch) -> sa.Select[Incident]:
    if search.words:
        query = query.where(speaks_of(search.words))
    if not search.area:
        query = query.where(_in_the_americas())
    if search.year:
        query = query.where(sa.func.date_part("year", Incident.date_from) == search.year)
    if search.country:
        query = query.where(Incident.country == search.country)
    if search.route:
        query = query.where(Incident.route == search.route)
    if search.cause:
        query = query.where(sa.literal(search.cause) == sa.any_(Incident.cause_codes))
    if search.invented:
        query = query.where(Incident.invented.is_(search.invented == "yes"))
    if search.counted:
        query = query.where(Incident.mmp_eligible.is_(search.counted == "yes"))
    return query


def _lies_in_the_americas() -> sa.ColumnElement[bool]:
    west, south, east, north = AMERICAS
    return Incident.lat.between(south, north) & Incident.lon.between(west, east)


def _in_the_americas() -> sa.ColumnElement[bool]:
    """Ask for incidents whose point or country lies there; either may be missing."""
    return _lies_in_the_americas() | Incident.country.in_(COUNTRIES_OF_AMERICAS)


def speaks_of(words: Sequence[str]) -> sa.ColumnElement[bool]:
    """Ask for the incidents that hold every word."""
    told = joined_text(
        Incident.reference,
        Incident.source_key,
        Incident.place,
        Incident.title,
        Incident.route,
        sa.func.array_to_string(Incident.sources, " "),
    )
    return holds_all(told, words)
