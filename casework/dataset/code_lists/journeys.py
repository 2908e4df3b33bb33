"""Lists about the last contact and the journey."""

from casework.dataset.shape import CodeList
from casework.incidents.presenters import ROUTE_WORDS
from casework.web.languages import marked


def _code(name: str) -> str:
    """Write IOM's own name of a route as a code."""
    return name.lower().replace("-", "_").replace(" ", "_")


CONTACT_KIND = CodeList(
    "contact_kind",
    {
        "in_person": marked("en persona"),
        "call": marked("llamada"),
        "message": marked("mensaje"),
        "social_network": marked("publicación en una red social"),
        "third_party": marked("aviso de otra persona"),
        "ransom_call": marked("llamada en que pidieron dinero"),
        "detention_notice": marked("aviso de detención"),
        "other": marked("de otra manera"),
    },
)
CIRCUMSTANCE = CodeList(
    "circumstance",
    {
        "travelling_to_us": marked("iba hacia Estados Unidos"),
        "travelling_elsewhere": marked("iba hacia otro país"),
        "river_crossing": marked("cruzaba un río"),
        "desert_crossing": marked("cruzaba el desierto"),
        "sea_crossing": marked("iba por mar"),
        "jungle_darien": marked("cruzaba la selva del Darién"),
        "freight_train": marked("iba en un tren de carga"),
        "vehicle_transport": marked("iba en un tráiler, camión o contenedor"),
        "road_accident": marked("accidente de tránsito"),
        "left_behind_by_guide": marked("quien guiaba la dejó atrás"),
        "group_split": marked("el grupo se separó"),
        "illness_exhaustion": marked("enfermedad o agotamiento"),
        "kidnapped": marked("se la llevaron por la fuerza"),
        "forcibly_recruited": marked("la reclutaron por la fuerza"),
        "raid_arrest": marked("redada o arresto"),
        "detention": marked("estaba detenida"),
        "deportation_return": marked("la retornaron o deportaron"),
        "lost_contact_by_phone": marked("dejó de contestar el teléfono"),
        "medical_facility": marked("estaba en un hospital o clínica"),
        "shelter": marked("estaba en un albergue"),
        "work_site": marked("estaba en su lugar de trabajo"),
        "natural_disaster": marked("desastre natural"),
        "armed_conflict": marked("conflicto armado"),
        "other": marked("otra circunstancia"),
    },
)
SUSPECTED_ACT = CodeList(
    "suspected_act",
    {
        "none": marked("ninguno"),
        "enforced_disappearance": marked("desaparición forzada"),
        "kidnapping": marked("secuestro"),
        "trafficking": marked("trata de personas"),
        "smuggling": marked("tráfico de migrantes"),
        "extortion": marked("extorsión"),
        "homicide": marked("homicidio"),
        "accident": marked("accidente"),
        "detention_or_deportation": marked("detención o deportación"),
        "separation_by_transporter": marked("quien los transportaba los separó"),
        "other": marked("otro hecho"),
    },
)
STATE_OUTCOME = CodeList(
    "state_outcome",
    {
        "held": marked("siguió detenida"),
        "released": marked("la dejaron libre"),
        "transferred": marked("la trasladaron"),
        "deported": marked("la deportaron"),
    },
)
RELIABILITY = CodeList(
    "reliability",
    {
        "sure": marked("es seguro"),
        "likely": marked("es probable"),
        "doubtful": marked("es dudoso"),
    },
)
TRANSPORT = CodeList(
    "transport",
    {
        "foot": marked("a pie"),
        "bus": marked("autobús"),
        "car": marked("automóvil"),
        "truck": marked("camión o tráiler"),
        "train": marked("tren"),
        "boat_artisanal": marked("embarcación artesanal"),
        "boat_fast": marked("lancha rápida"),
        "raft": marked("balsa o cámara de llanta"),
        "swim": marked("a nado"),
        "ship_stowaway": marked("escondida en un barco"),
        "aeroplane": marked("avión"),
        "motorcycle": marked("motocicleta"),
        "animal": marked("caballo, mula u otro animal"),
        "other": marked("otro medio"),
    },
)
ROUTE = CodeList(
    "route",
    {
        **{_code(name): said for name, said in ROUTE_WORDS.items()},
        "west_africa_atlantic": marked("Del África occidental por el Atlántico"),
        "other": marked("Otra ruta"),
    },
    "IOM Missing Migrants Project",
)
OUTCOME = CodeList(
    "outcome",
    {
        "arrived": marked("llegó"),
        "returned": marked("regresó"),
        "missing": marked("tampoco se sabe de esa persona"),
        "dead": marked("falleció"),
    },
)
NETWORK = CodeList(
    "network",
    {
        "facebook": marked("Facebook"),
        "instagram": marked("Instagram"),
        "tiktok": marked("TikTok"),
        "whatsapp": marked("WhatsApp"),
        "telegram": marked("Telegram"),
        "x": marked("X (Twitter)"),
        "imo": marked("imo"),
        "other": marked("otra red"),
    },
)
VISITED = CodeList(
    "visited",
    {
        "shelter": marked("albergue"),
        "hospital": marked("hospital o clínica"),
        "detention_centre": marked("centro de detención"),
        "migration_office": marked("oficina de migración"),
        "consulate": marked("consulado"),
        "camp": marked("campamento"),
        "church": marked("iglesia"),
        "other": marked("otro lugar"),
    },
)
