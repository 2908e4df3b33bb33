"""Entering sites and graves, and correcting them: allowed, done and recorded in one deed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from casework.errors import InvalidInput
from casework.references import Prefix, new_reference
from casework.sites.model import Site, SiteFact, SiteGrave
from casework.sites.rules import (
    KEPT_ELSEWHERE,
    GraveDraft,
    SiteDraft,
    coarse,
    exact,
    problems_of,
    problems_of_grave,
)
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, Viewer, demand


@dataclass(frozen=True, slots=True)
class Working:
    """Whose deed it is, and when."""

    session: Session
    viewer: Viewer
    at: datetime


def enter_site(by: Working, draft: SiteDraft, *, invented: bool = False) -> Site:
    """Enter a site; the viewer's institution keeps it from then on.

    Raises
    ------
    NotPermitted
        If the duty does not record sites.
    InvalidInput
        If something said of it cannot be so.
    """
    demand(by.viewer, Permission.SITE_RECORD)
    _demand_possible(problems_of(draft))
    site = Site(
        reference=new_reference(Prefix.SITE),
        invented=invented,
        entered_by=by.viewer.account_id,
        institution_id=by.viewer.institution_id,
        entered_at=by.at,
    )
    by.session.add(site)
    by.session.flush()
    _add_fact(by, site, draft)
    _record(by, Deed.SITE_ENTERED, site)
    return site


def correct_site(by: Working, site: Site, draft: SiteDraft) -> None:
    """Say anew what is known of a site already opened; what was said before stays.

    Raises
    ------
    NotPermitted
        If the duty does not record sites.
    InvalidInput
        If another institution keeps it, or something said of it cannot be so.
    """
    _demand_own(by, site)
    _demand_possible(problems_of(draft))
    _add_fact(by, site, draft)
    _record(by, Deed.SITE_CORRECTED, site)


def enter_grave(
    by: Working, site: Site, draft: GraveDraft, *, reference: str = ""
) -> SiteGrave:
    """Enter a grave of a site already opened, or say anew what is known of one.

    Raises
    ------
    NotPermitted
        If the duty does not record sites.
    InvalidInput
        If another institution keeps the site, or something said of it cannot be so.
    """
    _demand_own(by, site)
    _demand_possible(problems_of_grave(draft))
    grave = SiteGrave(
        case=site,
        reference=reference or new_reference(Prefix.GRAVE),
        section=draft.section.strip(),
        line=draft.line.strip(),
        number=draft.number.strip(),
        plan=draft.plan.strip(),
        state=draft.state,
        entered_by=by.viewer.account_id,
        entered_at=by.at,
    )
    grave.marker = draft.marker.strip()
    by.session.add(grave)
    by.session.flush()
    _record(by, Deed.SITE_GRAVE_RECORDED, site)
    return grave


def _demand_own(by: Working, site: Site) -> None:
    demand(by.viewer, Permission.SITE_RECORD)
    if site.institution_id != by.viewer.institution_id:
        raise InvalidInput(KEPT_ELSEWHERE)


def _demand_possible(problems: dict[str, str]) -> None:
    if problems:
        raise InvalidInput(next(iter(problems.values())))


def _add_fact(by: Working, site: Site, draft: SiteDraft) -> None:
    fact = SiteFact(
        case=site,
        kind=draft.kind,
        state=draft.state,
        name=draft.name.strip(),
        kept_by=draft.kept_by.strip(),
        country=draft.country,
        admin1=draft.admin1.strip(),
        **coarse(draft),
        entered_by=by.viewer.account_id,
        entered_at=by.at,
    )
    fact.exact = exact(draft)
    by.session.add(fact)
    by.session.flush()


def _record(by: Working, deed: Deed, site: Site) -> None:
    record(by.session, deed, by=by.viewer, at=by.at, about=site.reference)
