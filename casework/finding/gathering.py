"""One page of what a search finds: each register searched, opened and logged as a list is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import selectinload

from casework.finding.asked import Search, read_asked
from casework.finding.coded import with_codes
from casework.finding.found import A_PAGE, MOST_BY_WORDS, Hit, Looking
from casework.finding.people import find_people, is_frequent_name
from casework.finding.unnamed import find_incidents, find_remains
from casework.incidents.model import Incident
from casework.incidents.queries import count_of
from casework.listing import AtLeast
from casework.missing.model import MissingPerson
from casework.missing.names import sought_token
from casework.missing.opening import open_listed as open_people
from casework.missing.queries import readable_missing
from casework.openings import Openings
from casework.remains.model import Remains
from casework.remains.opening import open_listed as open_remains
from casework.remains.queries import readable_remains
from casework.sites.queries import MOST_LISTED, list_sites
from casework.web.visit import Visit
from privacy.audit.log import Deed, record
from privacy.door import recheck
from privacy.permissions import Permission

Row = TypeVar("Row")
# Of each kind where none was chosen.
AT_FIRST = 5


@dataclass(frozen=True, slots=True)
class Found(Generic[Row]):
    """A page of one register: its rows, why each was found, what of it is open, how many."""

    rows: Sequence[Row]
    total: int
    hits: dict[int, Hit]
    openings: dict[int, Openings]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one search found in each register that the searcher may read."""

    people: Found[MissingPerson] | None
    remains: Found[Remains] | None
    incidents: Found[Incident] | None
    sites: Found[Any] | None


def size_of(search: Search) -> int:
    """Say how many of a kind stand on a page."""
    return A_PAGE if search.kind else AT_FIRST


def gather(visit: Visit, search: Search) -> Gathered | None:
    """Search all registers that were asked for; nothing where nothing was typed."""
    asked = with_codes(read_asked(search.q), visit.language)
    if not (asked.references or asked.needs or asked.words or asked.year):
        return None
    looking = Looking(visit.session, visit.viewer, search, asked, visit.at)
    return Gathered(
        people=_people(looking) if _is_wanted(looking, "people") else None,
        remains=_remains(looking) if _is_wanted(looking, "remains") else None,
        incidents=_incidents(looking) if _is_wanted(looking, "incidents") else None,
        sites=_sites(looking) if _is_wanted(looking, "sites") else None,
    )


_READS = {
    "people": Permission.MISSING_READ,
    "remains": Permission.REMAINS_READ,
    "incidents": Permission.INCIDENT_READ,
    "sites": Permission.SITE_READ,
}


def _is_wanted(looking: Looking, kind: str) -> bool:
    return looking.viewer.may(_READS[kind]) and looking.search.kind in {None, kind}


def _page(looking: Looking, hits: Sequence[Hit]) -> dict[int, Hit]:
    size = size_of(looking.search)
    first = (looking.search.page - 1) * size
    return {hit.case_id: hit for hit in hits[first : first + size]}


def _total(hits: Sequence[Hit]) -> int:
    return AtLeast(MOST_BY_WORDS) if len(hits) >= MOST_BY_WORDS else len(hits)


def _people(looking: Looking) -> Found[MissingPerson]:
    hits = find_people(looking)
    page = _page(looking, hits)
    total = _total(hits)
    if is_frequent_name(looking.asked) and len(hits) >= A_PAGE:
        total = AtLeast(len(hits))
    query = readable_missing(looking.viewer, looking.at)
    found = looking.session.scalars(
        query.where(MissingPerson.id.in_(page)).options(selectinload(MissingPerson.names))
    ).all()
    rows = _in_order(looking, Permission.MISSING_READ, found, page)
    openings = open_people(
        looking.session, looking.viewer, rows, at=looking.at, words=_sought_words(looking)
    )
    return Found(rows, total, page, openings)


def _remains(looking: Looking) -> Found[Remains]:
    hits = find_remains(looking)
    page = _page(looking, hits)
    query = readable_remains(looking.viewer, looking.at)
    found = looking.session.scalars(query.where(Remains.id.in_(page))).all()
    rows = _in_order(looking, Permission.REMAINS_READ, found, page)
    openings = open_remains(
        looking.session, looking.viewer, rows, at=looking.at, sought=_sought(looking)
    )
    return Found(rows, _total(hits), page, openings)


def _sites(looking: Looking) -> Found[Any]:
    """Find sites and their newest words; they hold nothing of somebody, nor of a year."""
    search, asked = looking.search, looking.asked
    rows: Sequence[Any] = ()
    if not (search.of_somebody or search.year or asked.year):
        rows = list_sites(
            looking.session,
            looking.viewer,
            at=looking.at,
            words=asked.words,
            references=asked.references,
            country=search.country,
        )
    size = size_of(search)
    page = rows[(search.page - 1) * size : search.page * size]
    record(
        looking.session,
        Deed.SITE_LISTED,
        by=looking.viewer,
        at=looking.at,
        shown=len(page),
        sought=_sought(looking),
    )
    total = AtLeast(MOST_LISTED) if len(rows) >= MOST_LISTED else len(rows)
    return Found(page, total, {}, {})


def _incidents(looking: Looking) -> Found[Incident]:
    query, size = find_incidents(looking), size_of(looking.search)
    rows: Sequence[Incident] = ()
    if query is not None:
        page = query.limit(size).offset((looking.search.page - 1) * size)
        rows = looking.session.scalars(page).all()
    record(
        looking.session,
        Deed.INCIDENT_LISTED,
        by=looking.viewer,
        at=looking.at,
        shown=len(rows),
        sought=_sought(looking),
    )
    total = count_of(looking.session, query.order_by(None)) if query is not None else 0
    return Found(rows, total, {}, {})


def _in_order(
    looking: Looking, permission: Permission, rows: Sequence[Any], page: dict[int, Hit]
) -> list[Any]:
    """Ask the policies about each row once more, and put them as they fit."""
    sure = recheck(looking.session, looking.viewer, permission, rows, looking.at)
    places = {case: place for place, case in enumerate(page)}
    return sorted(sure, key=lambda row: places[row.id])


def _sought_words(looking: Looking) -> list[str]:
    return [*looking.asked.words, *looking.asked.references]


def _sought(looking: Looking) -> str:
    return sought_token(looking.session, _sought_words(looking))
