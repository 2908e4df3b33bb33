"""What is said of DNA profiles, in words."""

from casework.dataset.code_lists.health import MARKERS
from casework.profiles.model import Extent, MarkerKind, ProfileSource
from casework.web.languages import marked

KIND_WORDS = {each: MARKERS.words[each.value] for each in MarkerKind}
EXTENT_WORDS = {
    Extent.WHOLE: marked("completo"),
    Extent.PARTIAL: marked("parcial"),
    Extent.NOTHING: marked("retirado"),
}
SOURCE_WORDS = {
    ProfileSource.BY_HAND: marked("escrito a mano"),
    ProfileSource.CSV: marked("tabla CSV"),
    ProfileSource.CODIS_CMF: marked("archivo CODIS (CMF XML)"),
    ProfileSource.GENEMAPPER: marked("tabla de GeneMapper"),
    ProfileSource.FAMILIAS: marked("archivo de Familias"),
}
# What is written of a profile: key, and its label.
DETAILS = {
    "kit": marked("Equipo de análisis"),
    "laboratory": marked("Laboratorio"),
    "laboratory_id": marked("Código en el laboratorio"),
    "range": marked("Tramo leído del ADN mitocondrial"),
    "reason": marked("Por qué reemplaza al anterior"),
    "note": marked("Algo más"),
}
