"""What our documents are called."""

from casework.documents.model import DocumentKind
from casework.web.languages import marked

KIND_WORDS = {
    DocumentKind.MISSING_PERSON_FILE: marked("Expediente de una persona desaparecida"),
    DocumentKind.REMAINS_FILE: marked("Registro de los restos de una persona"),
    DocumentKind.COMPARISON: marked("Informe de comparación"),
    DocumentKind.DNA_RESULT: marked("Lo que dice el ADN"),
    DocumentKind.CHAIN_OF_CUSTODY: marked("Cadena de custodia"),
    DocumentKind.COPY_OF_RECORDS: marked("Copia de expedientes"),
    DocumentKind.FAMILY_LETTER: marked("Carta a la familia"),
    DocumentKind.CONSULAR_NOTE: marked("Nota consular"),
    DocumentKind.ACCESS_ANSWER: marked("Respuesta sobre los datos propios"),
    DocumentKind.IDENTIFICATION_REPORT: marked("Informe de identificación"),
    DocumentKind.EXCLUSION_REPORT: marked("Informe de exclusión"),
    DocumentKind.PREMATURE_REPORT: marked("Decisión prematura: qué falta"),
    DocumentKind.BOARD_MINUTES: marked("Acta de la junta"),
    DocumentKind.CONSENT_FORM: marked("Hoja de autorizaciones, sin nada marcado"),
    DocumentKind.STATUS_SLIP: marked("Papel con un código"),
}
