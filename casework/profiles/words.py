"""What is said of DNA profiles, in words."""

from casework.dataset.code_lists.health import MARKERS
from casework.profiles.model import Extent, MarkerKind, ProfileSource
from casework.profiles.weighing import Remark, Single
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
    "left_out": marked("Lo que no se pudo leer"),
    "reason": marked("Por qué reemplaza al anterior"),
    "note": marked("Algo más"),
}
# What was noticed while a file was read. Alleles are told to whoever brought the file.
REMARK_WORDS = {
    Remark.RENAMED: marked("%(locus)s se leyó como %(read_as)s."),
    Remark.REREAD: marked("%(locus)s: %(alleles)s se leyó como %(read_as)s."),
    Remark.SINGLE_TAKEN: marked(
        "%(locus)s: un solo alelo (%(alleles)s), que se toma dos veces, como homocigoto."
    ),
    Remark.SINGLE_LEFT_OUT: marked(
        "%(locus)s: un solo alelo (%(alleles)s). Queda fuera, porque el otro pudo perderse."
    ),
    Remark.NOT_TYPED: marked("%(locus)s: no trae alelos. Queda fuera."),
    Remark.UNKNOWN: marked("%(locus)s (%(alleles)s): no se conoce ese locus. Queda fuera."),
    Remark.OFF_LADDER: marked(
        "%(locus)s: %(alleles)s, fuera de la escala de alelos. Queda fuera."
    ),
    Remark.UNREAD: marked("%(locus)s: %(alleles)s no se puede leer. Queda fuera."),
    Remark.TOO_MANY: marked(
        "%(locus)s: %(alleles)s son más alelos de los que tiene una persona. Queda fuera: "
        "puede ser una mezcla o una contaminación."
    ),
    Remark.TWICE: marked(
        "%(locus)s está dos veces con alelos distintos (%(alleles)s). Queda fuera."
    ),
}
SINGLE_WORDS = {
    Single.HOMOZYGOTE: marked("un alelo solo es un homocigoto: el laboratorio vio los dos"),
    Single.LEFT_OUT: marked("un alelo solo queda fuera: el otro pudo perderse"),
}
