"""The words of the gate and of decisions."""

from collections.abc import Mapping

from casework.candidates.presenters import KIND_WORDS
from casework.identifications.model import (
    DecisionOutcome,
    EndCause,
    ExclusionMethod,
    ExclusionStrength,
    GateKind,
    HandedOver,
    PrimaryMethod,
    SignedFor,
)
from casework.identifications.queries import DecisionState
from casework.identifications.rules import Need
from casework.web.languages import marked

NEED_WORDS: Mapping[Need, str] = {
    Need.EXAMINERS: marked("Dos personas lo examinaron por separado"),
    Need.PRIMARY: marked("Un informe firmado de un identificador primario"),
    Need.DISCREPANCY: marked("Ninguna diferencia sin explicar"),
    Need.NUMBERS: marked("Los números están anotados"),
    Need.LEGAL: marked("El acto de la autoridad legal"),
    Need.COMPLETENESS: marked("Qué partes hay"),
    Need.PLAN: marked("Un plan para avisar a la familia"),
}
# What lacked, in words for whoever is asked to bring it; nothing of it is anybody's fault.
LACKING_WORDS: Mapping[Need, str] = {
    Need.EXAMINERS: marked(
        "Que dos personas lo examinen, cada una por su lado, y que la revisión concluya que "
        "son la misma persona."
    ),
    Need.PRIMARY: marked(
        "Un informe firmado de huellas, dientes, ADN o el número de un implante. Un rostro, "
        "una foto o un objeto reconocido no bastan."
    ),
    Need.DISCREPANCY: marked(
        "Una explicación escrita de cada diferencia que alguien vio y nadie explicó todavía."
    ),
    Need.NUMBERS: marked(
        "Las probabilidades anotadas, con todo lo que se sabe; si se apoya solo en el ADN, por "
        "encima de lo que se pide en ese país."
    ),
    Need.LEGAL: marked("El acto de la autoridad legal: poner un nombre es un acto legal."),
    Need.COMPLETENESS: marked(
        "Decir qué partes hay de la persona, y si se buscó que no fueran de varias."
    ),
    Need.PLAN: marked(
        "Un plan para hablar con la familia: quién, cómo, cuándo y en qué idioma."
    ),
}
GATE_WORDS: Mapping[GateKind, str] = {
    GateKind.PRIMARY_REPORT: marked("Anotar un informe"),
    GateKind.BOARD_EXCEPTION: marked("Anotar la excepción que votó la junta"),
    GateKind.RESOLVED_DISCREPANCY: marked("Explicar una diferencia"),
    GateKind.LEGAL_ACT: marked("Anotar el acto legal"),
    GateKind.COMPLETENESS: marked("Anotar qué partes hay"),
    GateKind.NOTIFICATION_PLAN: marked("Anotar el plan"),
}
METHOD_WORDS: Mapping[PrimaryMethod, str] = {
    PrimaryMethod.FRICTION_RIDGES: marked("huellas"),
    PrimaryMethod.ODONTOLOGY: marked("dientes"),
    PrimaryMethod.DNA: marked("ADN"),
    PrimaryMethod.IMPLANT: marked("número de serie de un implante"),
}
COMMINGLING_WORDS: Mapping[str, str] = {
    "none_found": marked("se buscó: no hay restos de otra persona"),
    "found": marked("se buscó: hay restos de otra persona"),
    "not_examined": marked("no se buscó"),
}
OUTCOME_WORDS: Mapping[DecisionOutcome, str] = {
    DecisionOutcome.IDENTIFICATION: marked("Identificación"),
    DecisionOutcome.EXCLUSION: marked("Exclusión"),
    DecisionOutcome.PREMATURE: marked("Prematura"),
}
STATE_WORDS: Mapping[DecisionState, tuple[str, str]] = {
    DecisionState.WAITS: (marked("espera firmas"), "warning"),
    DecisionState.LOCKED: (marked("firmada y cerrada"), "done"),
    DecisionState.DECLINED: (marked("rechazada"), "against"),
    DecisionState.ENDED: (marked("ya no vale"), "against"),
}
EXCLUSION_WORDS: Mapping[ExclusionMethod, str] = {
    ExclusionMethod.DNA: marked("ADN"),
    ExclusionMethod.DENTAL: marked("dientes"),
    ExclusionMethod.PRINTS: marked("huellas"),
    ExclusionMethod.IMPLANT: marked("implante"),
    ExclusionMethod.ANTHROPOLOGY: marked("antropología"),
    ExclusionMethod.DATE_OR_PLACE: marked("fecha o lugar imposibles"),
    ExclusionMethod.LOCATED_ALIVE: marked("la persona fue hallada con vida"),
    ExclusionMethod.OTHER: marked("otro"),
}
STRENGTH_WORDS: Mapping[ExclusionStrength, str] = {
    ExclusionStrength.CONCLUSIVE: marked("concluyente"),
    ExclusionStrength.PROVISIONAL: marked("provisional"),
}
SIGNED_WORDS: Mapping[SignedFor, str] = {
    SignedFor.PERSON: marked("Por el registro de la persona"),
    SignedFor.REMAINS: marked("Por el registro de los restos"),
    SignedFor.BOTH: marked("Por los dos registros"),
}
CAUSE_WORDS: Mapping[EndCause, str] = {
    EndCause.WITHDRAWN: marked("La retiró su propia institución antes de las firmas."),
    EndCause.RECALLED: marked("Una de las dos instituciones la dejó sin valor."),
    EndCause.FACT_CHANGED: marked(
        "Cambió un hecho en que se apoyaba: el par volvió a abrirse solo."
    ),
}
HANDED_WORDS: Mapping[HandedOver, str] = {
    HandedOver.NO: marked("Los restos no se han entregado."),
    HandedOver.PARTLY: marked("Los restos se entregaron en parte."),
    HandedOver.YES: marked("Los restos ya se entregaron."),
    HandedOver.UNKNOWN: marked("No se sabe si los restos se entregaron."),
}
FACT_WORDS: Mapping[str, str] = {
    "sex": KIND_WORDS["sex"],
    "age": KIND_WORDS["age"],
    "stature": KIND_WORDS["stature"],
    "hair": KIND_WORDS["hair"],
    "eyes": KIND_WORDS["eyes"],
    "time": KIND_WORDS["time"],
    "place": KIND_WORDS["place"],
    "marks": KIND_WORDS["marks"],
    "clothing": KIND_WORDS["clothing"],
    "teeth": KIND_WORDS["teeth"],
    "papers": marked("Documentos, implantes y teléfonos"),
    "dna": marked("Resultados de ADN"),
    "report": marked("Informes anotados"),
    "status": marked("Estado de la búsqueda"),
}
# What was typed into the forms of the gate, by the name it is kept under.
TOLD_WORDS: Mapping[str, str] = {
    "signatory": marked("Quién lo firma"),
    "institution": marked("De qué institución"),
    "day": marked("Fecha"),
    "number": marked("Número"),
    "sha256": marked("Huella del informe (SHA-256)"),
    "authority": marked("Autoridad"),
    "document": marked("Documento"),
    "parts": marked("Qué partes hay"),
    "commingling": marked("Mezcla de personas"),
    "who": marked("Quién habla con la familia"),
    "how": marked("Cómo"),
    "when": marked("Cuándo"),
    "language": marked("En qué idioma"),
    "why": marked("Por qué"),
}
