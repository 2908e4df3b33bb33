"""Reading sites: their newest words, their graves, and the remains that name them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from casework.errors import NotFound
from casework.listing import folded, holds_all, joined_text
from casework.remains.model import Remains
from casework.remains.queries import readable_remains
from casework.sites.model import Site, SiteFact, SiteGrave
from privacy.door import readable, recheck
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer
from privacy.sealing.opening import open_group

MOST_LISTED, MOST_REMAINS = 200, 200


@dataclass(frozen=True, slots=True)
class KnownSite:
    """A site with what is said of it, the newest first; `is_open` where the exact words are."""

    site: Site
    facts: Sequence[SiteFact]
    said_of_graves: Sequence[SiteGrave]  # the newest first
    is_open: bool

    @property
    def graves(self) -> Sequence[SiteGrave]:
        """Give the newest word on each grave, in the order in which they were entered."""
        oldest_first = reversed(self.said_of_graves)
        return tuple({each.reference: each for each in oldest_first}.values())

    @property
    def newest(self) -> SiteFact:
        return self.facts[0]


def get_site(session: Session, viewer: Viewer, reference: str, *, at: datetime) -> Site:
    """Open one site, by its own reference or by that of one of its graves.

    Raises
    ------
    NotFound
        If there is none that `viewer` may read.
    """
    wanted = reference.strip().upper()
    of_grave = sa.select(SiteGrave.case_id).where(SiteGrave.reference == wanted)
    found = session.scalars(
        readable(viewer, Permission.SITE_READ, Site, at).where(
            sa.or_(Site.reference == wanted, Site.id.in_(of_grave))
        )
    ).all()
    sure = recheck(session, viewer, Permission.SITE_READ, found, at)
    if not sure:
        raise NotFound("site")
    site: Site = sure[0]
    return site


def know_site(session: Session, viewer: Viewer, site: Site, *, at: datetime) -> KnownSite:
    """Read all that is said of a site already opened; what is sealed, as far as it may be."""
    facts, graves = facts_of(session, site), said_of_graves(session, site)
    # Asked first, so that whoever may not is not noted as refused what they never asked for.
    may = (
        viewer.may(Permission.SITE_EXACT_READ) and site.institution_id == viewer.institution_id
    )
    is_open = may and bool(
        open_group(session, viewer, [*facts, *graves], Reveals.IDENTITY, at=at).rows
    )
    return KnownSite(site, facts, graves, is_open)


def facts_of(session: Session, site: Site) -> Sequence[SiteFact]:
    """Read what was said of a site already opened, the newest first; the exact place closed."""
    said = sa.select(SiteFact).where(SiteFact.case_id == site.id)
    return session.scalars(said.order_by(SiteFact.id.desc())).all()


def said_of_graves(session: Session, site: Site) -> Sequence[SiteGrave]:
    """Read what was said of the graves of a site already opened, the newest first."""
    said = sa.select(SiteGrave).where(SiteGrave.case_id == site.id)
    return session.scalars(said.order_by(SiteGrave.id.desc())).all()


def graves_of(session: Session, site: Site) -> dict[str, SiteGrave]:
    """Read the newest word on each grave of a site already opened, by their references."""
    return {each.reference: each for each in reversed(said_of_graves(session, site))}


def list_sites(
    session: Session,
    viewer: Viewer,
    *,
    at: datetime,
    words: Collection[str] = (),
    references: Collection[str] = (),
    country: str | None = None,
    page: int = 1,
) -> list[tuple[Site, SiteFact]]:
    """List a page of the sites that the viewer may know of, each with what was said last.

    A word stands in what is said of the site, or is the section, row or number of a grave.
    """
    if not viewer.may(Permission.SITE_READ):
        return []
    query = readable(viewer, Permission.SITE_READ, Site, at).join(SiteFact, is_newest())
    for word in words:
        text = joined_text(SiteFact.name, SiteFact.kept_by, SiteFact.admin1, SiteFact.country)
        query = query.where(sa.or_(holds_all(text, [word]), _has_grave(word)))
    if country:
        query = query.where(SiteFact.country == country)
    if references:
        of_grave = sa.select(SiteGrave.case_id).where(SiteGrave.reference.in_(references))
        query = query.where(sa.or_(Site.reference.in_(references), Site.id.in_(of_grave)))
    found = session.scalars(
        query.order_by(Site.entered_at.desc(), Site.id)
        .limit(MOST_LISTED)
        .offset((page - 1) * MOST_LISTED)
    ).all()
    sure = recheck(session, viewer, Permission.SITE_READ, found, at)
    ids = [site.id for site in sure]
    said = sa.select(SiteFact).where(SiteFact.case_id.in_(ids)).order_by(SiteFact.id)
    newest = {each.case_id: each for each in session.scalars(said)}
    return [(site, newest[site.id]) for site in sure]


def is_newest() -> sa.ColumnElement[bool]:
    """Ask for the last word on a site, of all that was said of it."""
    later = aliased(SiteFact)
    of_site = sa.select(sa.func.max(later.id)).where(later.case_id == Site.id)
    return SiteFact.id == of_site.correlate(Site).scalar_subquery()


def _has_grave(word: str) -> sa.ColumnElement[bool]:
    """Ask for a grave of which a word is the section, row or number, as last said."""
    later = aliased(SiteGrave)
    overtaken = sa.exists().where(
        later.reference == SiteGrave.reference, later.id > SiteGrave.id
    )
    named = (SiteGrave.section, SiteGrave.line, SiteGrave.number)
    return sa.exists().where(
        SiteGrave.case_id == Site.id,
        sa.or_(*(folded(each.expression) == word for each in named)),
        sa.not_(overtaken),
    )


@dataclass(frozen=True, slots=True)
class Resting:
    """The remains that name a site, as far as the viewer may read them: where, and how."""

    is_cut: bool  # there are more than these
    lying: Sequence[tuple[Remains, str]]  # with the site or grave in which they lie
    lay: Sequence[Remains]  # who lay there before and lies somewhere else by what was said last
    kept: Sequence[Remains]
    found: Sequence[Remains]

    @property
    def seen(self) -> list[str]:
        told = (*(each for each, _ in self.lying), *self.lay, *self.kept, *self.found)
        return sorted({each.reference for each in told})


def resting_at(session: Session, viewer: Viewer, known: KnownSite, *, at: datetime) -> Resting:
    """Find who is said to lie, to be kept and to have been found at a site already opened."""
    if not viewer.may(Permission.REMAINS_READ):
        return Resting(is_cut=False, lying=(), lay=(), kept=(), found=())
    names = [known.site.reference, *(each.reference for each in known.graves)]
    named = sa.or_(
        Remains.found_site.in_(names),
        Remains.grave_sites.overlap(names),
        Remains.custody_sites.overlap(names),
    )
    query = readable_remains(viewer, at).where(named).order_by(Remains.reference)
    found = session.scalars(query.limit(MOST_REMAINS + 1)).all()
    sure = recheck(session, viewer, Permission.REMAINS_READ, found[:MOST_REMAINS], at)
    return Resting(
        is_cut=len(found) > MOST_REMAINS,
        lying=[(each, each.grave_sites[0]) for each in sure if _first(each.grave_sites, names)],
        lay=[each for each in sure if _later(each.grave_sites, names)],
        kept=[each for each in sure if _first(each.custody_sites, names)],
        found=[each for each in sure if each.found_site in names],
    )


def _first(sites: Sequence[str], names: Iterable[str]) -> bool:
    return bool(sites) and sites[0] in set(names)


def _later(sites: Sequence[str], names: Iterable[str]) -> bool:
    return not _first(sites, names) and bool(set(sites[1:]) & set(names))
