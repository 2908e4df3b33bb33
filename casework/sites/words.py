"""What is said of sites, in words."""

from collections.abc import Mapping

from casework.sites.model import GraveKind, SiteKind, SiteState
from casework.web.languages import marked

KIND_WORDS: Mapping[SiteKind, str] = {
    SiteKind.CEMETERY: marked("cementerio o panteón"),
    SiteKind.COMMON_GRAVE: marked("fosa común"),
    SiteKind.CLANDESTINE_GRAVE: marked("fosa clandestina"),
    SiteKind.MORGUE: marked("morgue o servicio forense"),
    SiteKind.HOSPITAL: marked("hospital"),
    SiteKind.ROUTE_POINT: marked("punto de una ruta o de una frontera"),
    SiteKind.OTHER: marked("otro lugar"),
}
GRAVE_WORDS: Mapping[GraveKind, str] = {
    GraveKind.GRAVE: marked("tumba"),
    GraveKind.NICHE: marked("nicho"),
    GraveKind.VAULT: marked("bóveda o mausoleo"),
    GraveKind.OSSUARY: marked("osario"),
    GraveKind.COMMON_GRAVE: marked("fosa común"),
    GraveKind.OTHER: marked("otra clase de sepultura"),
}
STATE_WORDS: Mapping[SiteState, str] = {
    SiteState.OPEN: marked("en uso o sin cerrar"),
    SiteState.EXHUMED: marked("exhumado"),
    SiteState.PROTECTED: marked("protegido"),
    SiteState.DESTROYED: marked("destruido"),
    SiteState.UNKNOWN: marked("no se sabe cómo está"),
}
