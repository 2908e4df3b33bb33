"""What is said of travel groups, in words."""

from collections.abc import Mapping

from casework.groups.model import Aboard, GroupKind, Outcome, ToldBy
from casework.web.languages import marked

KIND_WORDS: Mapping[GroupKind, str] = {
    GroupKind.BOAT: marked("lancha o embarcación pequeña"),
    GroupKind.RAFT: marked("balsa o cámara de llanta"),
    GroupKind.SHIP: marked("barco"),
    GroupKind.TRUCK: marked("camión o tráiler"),
    GroupKind.BUS: marked("autobús"),
    GroupKind.CAR: marked("automóvil"),
    GroupKind.TRAIN: marked("tren"),
    GroupKind.ON_FOOT: marked("grupo a pie"),
    GroupKind.AEROPLANE: marked("avión"),
    GroupKind.OTHER: marked("otro grupo de viaje"),
}
TOLD_BY_WORDS: Mapping[ToldBy, str] = {
    ToldBy.SURVIVOR: marked("alguien que iba en el grupo"),
    ToldBy.RELATIVE: marked("la familia"),
    ToldBy.WITNESS: marked("otra persona que lo vio"),
    ToldBy.AUTHORITY: marked("una autoridad"),
    ToldBy.DOCUMENT: marked("un documento o una lista"),
    ToldBy.PRESS: marked("la prensa o redes sociales"),
    ToldBy.OTHER: marked("otra fuente"),
}
ABOARD_WORDS: Mapping[Aboard, tuple[str, str]] = {
    Aboard.TRAVELLED: (marked("iba en el grupo"), "supports"),
    Aboard.NOT_WITH: (marked("no iba en el grupo"), "against"),
    Aboard.NOT_KNOWN: (marked("no se sabe si iba en el grupo"), "plain"),
}
OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.ARRIVED: marked("llegó"),
    Outcome.RETURNED: marked("regresó"),
    Outcome.DEAD: marked("falleció"),
    Outcome.MISSING: marked("se le busca"),
    Outcome.UNKNOWN: marked("no se sabe qué fue de esa persona"),
}
