"""Sites as the policies know them: whose they are decides who learns where exactly they lie."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from casework.sites.model import Site, SiteFact, SiteGrave
from privacy.permissions import Permission, Viewer
from privacy.policy.guarded import Facts, Guarded, Part, Plain, guard, guard_part


def _facts_of(
    session: Session, viewer: Viewer, rows: Sequence[Any], at: datetime
) -> list[Facts]:
    del session, viewer, at
    return [{"owner": row.institution_id} for row in rows]


guard(
    Guarded(
        model=Site,
        kind="Site",
        exists=Permission.SITE_READ,
        attributes={"owner": Plain(lambda _asked: Site.institution_id.expression)},
        facts_of=_facts_of,
    )
)
guard_part(Part(SiteFact, Site, Permission.SITE_READ))
guard_part(Part(SiteGrave, Site, Permission.SITE_READ))
