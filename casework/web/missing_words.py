"""What the codes of a missing person's own lists are called."""

from casework.record_codes import NameKind, Presumption, ReporterKind, SearchStatus
from casework.web.languages import marked

STATUS_WORDS = {
    SearchStatus.OPEN: marked("búsqueda abierta"),
    SearchStatus.ACTIVE_LINES: marked("búsqueda con pistas activas"),
    SearchStatus.LOCATED_ALIVE: marked("localizada con vida"),
    SearchStatus.LOCATED_DETAINED: marked("localizada en detención"),
    SearchStatus.IDENTIFIED_DECEASED: marked("identificada, fallecida"),
    SearchStatus.WITHDRAWN_BY_FAMILY: marked("retirada por la familia"),
    SearchStatus.LINKED_DUPLICATE: marked("unida a otro reporte"),
    SearchStatus.SUSPENDED: marked("búsqueda suspendida"),
}
PRESUMPTION_WORDS = {
    Presumption.ALIVE: marked("se presume con vida"),
    Presumption.DEAD_BY_REPORTER: marked("quien reporta la cree fallecida"),
    Presumption.DECLARED_ABSENT: marked("declarada ausente"),
    Presumption.DECLARED_DEAD: marked("declarada fallecida"),
}
REPORTER_WORDS = {
    ReporterKind.RELATIVE: marked("familiar o persona cercana"),
    ReporterKind.INSTITUTION: marked("institución"),
    ReporterKind.ANONYMOUS: marked("anónimo"),
    ReporterKind.UNKNOWN: marked("no registrado"),
}
NAME_WORDS = {
    NameKind.LEGAL: marked("Nombre legal"),
    NameKind.USED: marked("Nombre que usa"),
    NameKind.NICKNAME: marked("Apodo"),
    NameKind.TRAVELLING: marked("Nombre de viaje"),
    NameKind.OTHER: marked("Otra forma de referirse"),
}
