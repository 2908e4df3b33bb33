"""Invented sites with graves, and invented people who rest there."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.remains.model import Remains
from casework.remains.queries import readable_remains
from casework.sites.actions import Working, enter_grave, enter_site
from casework.sites.model import GraveKind, SiteKind, SiteState
from casework.sites.naming import How, name_site
from casework.sites.queries import list_sites
from casework.sites.rules import GraveDraft, SiteDraft
from privacy.permissions import Viewer

YARD = SiteDraft(
    kind=SiteKind.CEMETERY,
    name="Panteón inventado de los Ausentes",
    kept_by="Municipio inventado",
    country="MX",
    admin1="Chiapas",
    place="Detrás de la ermita inventada",
    lat=14.9123,
    lon=-92.2601,
    radius_km=0.1,
    notes="La llave la tiene quien cuida la puerta.",
)
GRAVES = (
    GraveDraft(kind=GraveKind.NICHE, section="B", line="3", number="14"),
    GraveDraft(
        kind=GraveKind.GRAVE, section="C", line="1", number="7", marker="Desconocida, 2024"
    ),
    GraveDraft(kind=GraveKind.COMMON_GRAVE, section="D", state=SiteState.PROTECTED),
)
FIELD = SiteDraft(
    kind=SiteKind.CLANDESTINE_GRAVE,
    state=SiteState.PROTECTED,
    name="Fosa inventada del llano",
    kept_by="Fiscalía inventada",
    country="MX",
    admin1="Tamaulipas",
    place="Junto a un camino inventado",
    lat=24.8412,
    lon=-98.1503,
    radius_km=0.3,
    notes="No ir sin escolta. Avisó una familia que busca.",
)
MORGUE = SiteDraft(
    kind=SiteKind.MORGUE,
    name="Servicio forense inventado",
    kept_by="Servicio forense de México (inventado)",
    country="MX",
    admin1="Chiapas",
)


def invent_sites(session: Session, coordinator: Viewer, *, at: datetime) -> None:
    """Let a coordinator enter three sites, once, and say who rests and was found there."""
    if list_sites(session, coordinator, at=at):
        return
    by = Working(session, coordinator, at)
    yard, field, morgue = (
        enter_site(by, each, invented=True) for each in (YARD, FIELD, MORGUE)
    )
    graves = [enter_grave(by, yard, draft) for draft in GRAVES]
    own = Remains.owner_institution_id == coordinator.institution_id
    found = session.scalars(
        readable_remains(coordinator, at)
        .where(own, Remains.invented, sa.not_(Remains.restricted_at.is_not(None)))
        .order_by(Remains.id)
        .limit(len(graves) + 3)
    ).all()
    places = [
        *((yard, grave.reference, How.LIE) for grave in graves),
        *((field, field.reference, How.FOUND) for _ in range(2)),
        (morgue, morgue.reference, How.KEPT),
    ]
    for remains, (site, reference, how) in zip(found, places, strict=False):
        name_site(by, remains, site, reference=reference, how=how, on=at.date())
