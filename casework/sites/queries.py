"""Reading sites: their newest words, their graves, and the remains that name them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import NotFound
from casework.listing import holds_all, joined_text
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
    graves: Sequence[SiteGrave]
    is_open: bool

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
    facts = session.scalars(
        sa.select(SiteFact).where(SiteFact.case_id == site.id).order_by(SiteFact.id.desc())
    ).all()
    graves = session.scalars(
        sa.select(SiteGrave).where(SiteGrave.case_id == site.id).order_by(SiteGrave.id)
    ).all()
    newest = tuple({each.reference: each for each in graves}.values())
    # Asked first, so that whoever may not is not noted as refused what they never asked for.
    may = (
        viewer.may(Permission.SITE_EXACT_READ) and site.institution_id == viewer.institution_id
    )
    is_open = may and bool(
        open_group(session, viewer, [*facts, *newest], Reveals.IDENTITY, at=at).rows
    )
    return KnownSite(site, facts, newest, is_open)


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
    """List a page of the sites that the viewer may know of, each with what was said last."""
    if not viewer.may(Permission.SITE_READ):
        return []
    last = sa.select(sa.func.max(SiteFact.id)).group_by(SiteFact.case_id)
    facts = sa.select(SiteFact).where(SiteFact.id.in_(last))
    if words:
        text = joined_text(SiteFact.name, SiteFact.kept_by, SiteFact.admin1, SiteFact.country)
        facts = facts.where(holds_all(text, list(words)))
    if country:
        facts = facts.where(SiteFact.country == country)
    of_site = {each.case_id: each for each in session.scalars(facts)}
    query = readable(viewer, Permission.SITE_READ, Site, at).where(Site.id.in_(of_site))
    if references:
        of_grave = sa.select(SiteGrave.case_id).where(SiteGrave.reference.in_(references))
        query = query.where(sa.or_(Site.reference.in_(references), Site.id.in_(of_grave)))
    found = session.scalars(
        query.order_by(Site.entered_at.desc(), Site.id)
        .limit(MOST_LISTED)
        .offset((page - 1) * MOST_LISTED)
    ).all()
    sure = recheck(session, viewer, Permission.SITE_READ, found, at)
    return [(site, of_site[site.id]) for site in sure]


@dataclass(frozen=True, slots=True)
class Resting:
    """The remains that name a site, as far as the viewer may read them: where, and how."""

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
        return Resting((), (), (), ())
    names = [known.site.reference, *(each.reference for each in known.graves)]
    named = sa.or_(
        Remains.found_site.in_(names),
        Remains.grave_sites.overlap(names),
        Remains.custody_sites.overlap(names),
    )
    query = readable_remains(viewer, at).where(named).order_by(Remains.reference)
    found = session.scalars(query.limit(MOST_REMAINS)).all()
    sure = recheck(session, viewer, Permission.REMAINS_READ, found, at)
    return Resting(
        lying=[(each, each.grave_sites[0]) for each in sure if _first(each.grave_sites, names)],
        lay=[each for each in sure if _later(each.grave_sites, names)],
        kept=[each for each in sure if _first(each.custody_sites, names)],
        found=[each for each in sure if each.found_site in names],
    )


def _first(sites: Sequence[str], names: Iterable[str]) -> bool:
    return bool(sites) and sites[0] in set(names)


def _later(sites: Sequence[str], names: Iterable[str]) -> bool:
    return not _first(sites, names) and bool(set(sites[1:]) & set(names))
