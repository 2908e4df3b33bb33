"""What the codes of the remains' own lists are called."""

from casework.record_codes import IdentificationStatus, RemainsKind
from casework.web.languages import marked

KIND_WORDS = {
    RemainsKind.COMPLETE: marked("una persona, restos completos"),
    RemainsKind.INCOMPLETE: marked("una persona, restos incompletos"),
    RemainsKind.PART: marked("una parte"),
    RemainsKind.COMMINGLED: marked("restos de varias personas, mezclados"),
    RemainsKind.CREMATED: marked("restos cremados"),
    RemainsKind.SKELETAL_ELEMENT: marked("uno o varios huesos"),
    RemainsKind.NEWBORN: marked("una persona recién nacida"),
    RemainsKind.UNKNOWN: marked("no registrado"),
}
STATUS_WORDS = {
    IdentificationStatus.UNEXAMINED: marked("sin examinar"),
    IdentificationStatus.UNDER_EXAMINATION: marked("en examen"),
    IdentificationStatus.CANDIDATES_UNDER_REVIEW: marked("propuestas en revisión"),
    IdentificationStatus.PENDING_SECOND_SIGNATURE: marked("falta la segunda firma"),
    IdentificationStatus.IDENTIFIED: marked("persona identificada"),
    IdentificationStatus.IDENTIFIED_UNCLAIMED: marked(
        "persona identificada, sin familia hallada"
    ),
    IdentificationStatus.REPATRIATED: marked("persona repatriada"),
    IdentificationStatus.UNRESOLVED_PERIODIC_REVIEW: marked(
        "sin resolver, en revisión periódica"
    ),
    IdentificationStatus.REOPENED: marked("reabierto"),
}
# Classes of the Pima County medical examiner (minimum data set, group 15).
PRECISION_WORDS = {
    1: marked("medido con GPS, unos 100 m"),
    2: marked("calle o dirección, unos 300 m"),
    3: marked("indicaciones de camino, unos 2 km"),
    4: marked("indicaciones vagas, unos 15 km"),
    5: marked("los restos habían sido movidos"),
    6: marked("no se sabe dónde"),
}
