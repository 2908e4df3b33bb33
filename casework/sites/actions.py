"""Entering sites and graves, and correcting them: allowed, done and recorded in one deed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from casework.database import wait_for_turn
from casework.errors import Conflict, InvalidInput
from casework.references import Prefix, new_reference
from casework.sites.model import Site, SiteFact, SiteGrave
from casework.sites.queries import facts_of, graves_of
from casework.sites.rules import (
    ALREADY_THERE,
    CHANGED_MEANWHILE,
    KEPT_ELSEWHERE,
    NO_SUCH_GRAVE,
    GraveDraft,
    SiteDraft,
    coarse,
    exact,
    name_of_grave,
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


def correct_site(by: Working, site: Site, draft: SiteDraft, *, seen: int) -> None:
    """Say anew what is known of a site already opened; what was said before stays.

    `seen` is the version that its author looked at.

    Raises
    ------
    NotPermitted
        If the duty does not record sites.
    InvalidInput
        If another institution keeps it, or something said of it cannot be so.
    Conflict
        If somebody corrected it since its author looked.
    """
    _hold(by, site)
    _demand_possible(problems_of(draft))
    if facts_of(by.session, site)[0].id != seen:
        raise Conflict(CHANGED_MEANWHILE)
    _add_fact(by, site, draft)
    _record(by, Deed.SITE_CORRECTED, site)


def enter_grave(by: Working, site: Site, draft: GraveDraft) -> SiteGrave:
    """Enter a grave of a site already opened.

    Raises
    ------
    NotPermitted
        If the duty does not record sites.
    InvalidInput
        If another institution keeps the site, something said of it cannot be so, or the site
        has that grave already.
    """
    _hold(by, site)
    _demand_new(graves_of(by.session, site).values(), draft)
    return _add_grave(by, site, draft, new_reference(Prefix.GRAVE))


def correct_grave(
    by: Working, site: Site, reference: str, draft: GraveDraft, *, seen: int
) -> SiteGrave:
    """Say anew what is known of a grave of a site already opened; what was said before stays.

    `seen` is the version that its author looked at.

    Raises
    ------
    NotPermitted
        If the duty does not record sites.
    InvalidInput
        If another institution keeps the site, something said of it cannot be so, or the site
        has no such grave, or another one of that name.
    Conflict
        If somebody corrected it since its author looked.
    """
    _hold(by, site)
    graves = graves_of(by.session, site)
    if reference not in graves:
        raise InvalidInput(NO_SUCH_GRAVE)
    if graves[reference].id != seen:
        raise Conflict(CHANGED_MEANWHILE)
    _demand_new([each for each in graves.values() if each.reference != reference], draft)
    return _add_grave(by, site, draft, reference)


def _add_grave(by: Working, site: Site, draft: GraveDraft, reference: str) -> SiteGrave:
    grave = SiteGrave(
        case=site,
        reference=reference,
        kind=draft.kind,
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


def _hold(by: Working, site: Site) -> None:
    """Let one write on a site at a time, so that nobody writes past what another one wrote."""
    demand(by.viewer, Permission.SITE_RECORD)
    if site.institution_id != by.viewer.institution_id:
        raise InvalidInput(KEPT_ELSEWHERE)
    wait_for_turn(by.session, f"site:{site.id}")


def _demand_new(graves: Iterable[SiteGrave], draft: GraveDraft) -> None:
    _demand_possible(problems_of_grave(draft))
    if name_of_grave(draft) in map(name_of_grave, graves):
        raise InvalidInput(ALREADY_THERE)


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
