"""Opening one site: to be read with who lies there, or to be corrected by who keeps it."""

from casework.errors import InvalidInput
from casework.sites.model import Site
from casework.sites.queries import KnownSite, Resting, get_site, know_site, resting_at
from casework.sites.rules import KEPT_ELSEWHERE
from casework.web.visit import Visit
from privacy.audit.log import Deed, record
from privacy.errors import NotPermitted
from privacy.permissions import Permission


def open_site(visit: Visit, site: Site) -> tuple[KnownSite, Resting]:
    """Give what is known of a site and the remains that name it; the log names them all."""
    known = know_site(visit.session, visit.viewer, site, at=visit.at)
    resting = resting_at(visit.session, visit.viewer, known, at=visit.at)
    record(
        visit.session,
        Deed.SITE_READ,
        by=visit.viewer,
        at=visit.at,
        about=site.reference,
        concerning=resting.seen,
    )
    return known, resting


def open_to_correct(visit: Visit, reference: str) -> KnownSite:
    """Give what is known of a site that the visitor's institution keeps.

    Raises
    ------
    NotFound
        If there is none that the visitor may read.
    InvalidInput
        If another institution keeps it.
    NotPermitted
        If its exact words are closed: said anew without them, it would have none.
    """
    site = get_site(visit.session, visit.viewer, reference, at=visit.at)
    if site.institution_id != visit.viewer.institution_id:
        raise InvalidInput(KEPT_ELSEWHERE)
    known = know_site(visit.session, visit.viewer, site, at=visit.at)
    if not known.is_open:
        raise NotPermitted(Permission.SITE_EXACT_READ.value)
    return known
