"""The words for how something is known and how sure it is."""

from casework.statements.columns import Certainty, Method
from casework.web.languages import marked

METHOD_WORDS = {
    Method.INTERVIEW: marked("lo contó alguien"),
    Method.DOCUMENT: marked("está en un documento"),
    Method.EXAMINATION: marked("se vio al examinar"),
    Method.LABORATORY: marked("resultado de laboratorio"),
    Method.IMPORT: marked("vino en un archivo"),
    Method.CORRECTION: marked("corrige algo mal anotado"),
}
CERTAINTY_WORDS = {
    Certainty.CERTAIN: marked("seguro"),
    Certainty.PROBABLE: marked("probable"),
    Certainty.POSSIBLE: marked("posible"),
    Certainty.DOUBTFUL: marked("dudoso"),
}
