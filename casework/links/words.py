"""The words of links: what is said of two records, and how their evidence comes out."""

from collections.abc import Mapping

from casework.candidates.presenters import KIND_WORDS
from casework.links.model import Saying
from casework.links.weighing import Fit
from casework.web.languages import marked

SAYING_WORDS: Mapping[Saying, str] = {
    Saying.SAME_PERSON: marked("es la misma persona"),
    Saying.SAME_REMAINS: marked("son los mismos restos, registrados dos veces"),
    Saying.PARTS_OF_ONE: marked("son partes de una misma persona"),
    Saying.NOT_THE_SAME: marked("no es la misma persona"),
    Saying.NOT_KNOWN: marked("no se sabe si es la misma persona"),
    Saying.TAKEN_BACK: marked("se retira lo dicho"),
}
BUTTON_WORDS: Mapping[Saying, str] = {
    Saying.SAME_PERSON: marked("Es la misma persona"),
    Saying.SAME_REMAINS: marked("Son los mismos restos"),
    Saying.PARTS_OF_ONE: marked("Son partes de una persona"),
    Saying.NOT_THE_SAME: marked("No es la misma"),
    Saying.NOT_KNOWN: marked("No se sabe"),
    Saying.TAKEN_BACK: marked("Retirar lo dicho"),
}
FIT_WORDS: Mapping[Fit, str] = {
    Fit.AGREES: marked("coincide"),
    Fit.NEAR: marked("se parece"),
    Fit.DIFFERS: marked("es distinto"),
}
# Between two records of one kind nothing was "found": these are names and numbers both give.
KINDS: Mapping[str, str] = {**KIND_WORDS, "papers": marked("Nombres y documentos")}
