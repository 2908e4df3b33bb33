"""The words of requests and reports: kinds, states, steps, and what each column is called."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from casework.contacts import model as contact
from casework.contacts import words as contacts
from casework.families import words as families
from casework.families.model import Kinship, LiftState
from casework.profiles import words as profiles
from casework.profiles.model import Extent, MarkerKind
from casework.record_codes import NameKind, Presumption, SearchStatus
from casework.retention.presenters import RULE_WORDS, STAGE_WORDS
from casework.rights.model import Asker, IdentityProof, RequestKind, RequestState, StepKind
from casework.web import missing_words as missing
from casework.web.code_words import WORDS
from casework.web.languages import OFFERED, Spoken, marked
from privacy.consent.model import ConsentPurpose, DataCategory, Decision, LegalBasis
from privacy.retention.model import Stage
from privacy.retention.rules import CaseKind

REQUEST_WORDS: Mapping[RequestKind, str] = {
    RequestKind.ACCESS: marked("saber qué se guarda"),
    RequestKind.RECTIFICATION: marked("corregir"),
    RequestKind.RESTRICTION: marked("limitar el uso"),
    RequestKind.ERASURE: marked("borrar"),
    RequestKind.OBJECTION: marked("oponerse a una finalidad"),
}
ASKER_WORDS: Mapping[Asker, str] = {
    Asker.PERSON: marked("la persona misma"),
    Asker.RELATIVE: marked("un familiar, sobre lo suyo"),
    Asker.REPRESENTATIVE: marked("quien la representa"),
}
PROOF_WORDS: Mapping[IdentityProof, str] = {
    IdentityProof.DOCUMENT_SEEN: marked("mostró un documento"),
    IdentityProof.KNOWN_TO_INSTITUTION: marked("la institución la conoce"),
    IdentityProof.VIDEO_CALL: marked("por videollamada"),
    IdentityProof.POWER_OF_ATTORNEY: marked("con un poder notarial"),
}
STATE_WORDS: Mapping[RequestState, tuple[str, str]] = {
    RequestState.RECEIVED: (marked("recibida"), "warning"),
    RequestState.PROPOSED: (marked("espera a una segunda persona"), "warning"),
    RequestState.GRANTED: (marked("concedida"), "own"),
    RequestState.REFUSED: (marked("negada"), "plain"),
    RequestState.CARRIED_OUT: (marked("cumplida"), "done"),
}
STEP_WORDS: Mapping[StepKind, str] = {
    StepKind.RECEIVED: marked("Se recibió la solicitud."),
    StepKind.GRANTED: marked("Se concedió."),
    StepKind.REFUSED: marked("Se negó."),
    StepKind.PROPOSED: marked("Se propuso borrar; falta una segunda persona."),
    StepKind.RETURNED: marked("La segunda persona no estuvo de acuerdo."),
    StepKind.CONFIRMED: marked("La segunda persona estuvo de acuerdo."),
    StepKind.REPORT_MADE: marked("Se hizo el informe de todo lo que se guarda."),
    StepKind.CORRECTED: marked("Se corrigió un dato."),
    StepKind.RESTRICTED: marked("Se limitó el uso: nadie más abre ni compara el expediente."),
    StepKind.RELEASED: marked("Se levantó la limitación."),
    StepKind.STOPPED: marked("Se retiró lo autorizado para esa finalidad."),
    StepKind.ERASED: marked("Se borró el expediente."),
    StepKind.ANSWERED: marked("Se entregó la respuesta."),
}
TABLE_WORDS: Mapping[str, str] = {
    "missing_person": marked("Expediente"),
    "remains": marked("Expediente"),
    "missing_person_name": marked("Nombres"),
    "missing_person_mark": marked("Señas particulares"),
    "missing_person_article": marked("Prendas y objetos"),
    "missing_person_version": marked("Lo que el expediente decía antes"),
    "living_person": marked("Expediente"),
    "living_person_name": marked("Nombres"),
    "living_person_mark": marked("Señas particulares"),
    "living_person_article": marked("Prendas y objetos"),
    "living_person_version": marked("Lo que el expediente decía antes"),
    "living_person_decision": marked("Si quiere que se la busque"),
    "remains_mark": marked("Señas particulares"),
    "remains_article": marked("Prendas y objetos"),
    "remains_version": marked("Lo que el expediente decía antes"),
    "relative": marked("Lo que se guarda de usted"),
    "consent": marked("Autorizaciones dadas, negadas y retiradas"),
    "contact_point": marked("Cómo llegar a usted"),
    "contact_agreement": marked("Qué se acordó con usted"),
    "office_request": marked("Lo que unas oficinas pidieron a otras"),
    "contact_entry": marked("Lo que se habló con usted"),
    "status_code": marked("Códigos que se le dieron"),
    "signed_paper": marked("Papeles firmados"),
    "missing_person_photo": marked("Fotografías"),
    "remains_photo": marked("Fotografías"),
    "missing_person_sample": marked("Muestras que usted dio"),
    "remains_sample": marked("Muestras tomadas"),
    "missing_person_profile": marked("Perfiles de ADN de muestras que usted dio"),
    "remains_profile": marked("Perfiles de ADN"),
    "released_copy": marked("Copias entregadas"),
    "rights_request": marked("Solicitudes"),
    "retention_notice": marked("Avisos antes de borrar"),
    "retention_hold": marked("Motivos para conservar"),
    "protection_request": marked("Solicitudes sobre la protección"),
}
LEFT_OUT = (
    marked(
        "Lo que otras personas contaron de sí mismas y cómo comunicarse con ellas: es suyo."
    ),
    marked("Los nombres de quienes trabajan en las instituciones: se dice la función y dónde."),
    marked("Las comparaciones con otros expedientes: una propuesta no es un hallazgo."),
)
WHAT_STAYS = (
    marked("La referencia y a qué institución pertenecía, para que nadie la use de nuevo."),
    marked("La bitácora: quién abrió el expediente y cuándo, sin decir de quién era."),
    marked("Lo autorizado y lo retirado, sin nombres: prueba que el uso estaba permitido."),
    marked("El número con que la fuente lo llamaba, para no volver a cargarlo."),
    marked(
        "Lo que ya se entregó no puede dejar de haberse leído; se pide devolver las copias."
    ),
)

# What the codes of each list are called where a whole file is told.
_LISTS: Mapping[type[StrEnum], Mapping[Any, str]] = {
    **WORDS,
    SearchStatus: missing.STATUS_WORDS,
    Presumption: missing.PRESUMPTION_WORDS,
    NameKind: missing.NAME_WORDS,
    Kinship: families.KINSHIP_WORDS,
    contact.Channel: contacts.CHANNEL_WORDS,
    contact.Safe: contacts.SAFE_WORDS,
    contact.Literacy: contacts.LITERACY_WORDS,
    contact.Direction: contacts.DIRECTION_WORDS,
    contact.ContentClass: contacts.CONTENT_WORDS,
    contact.Outcome: contacts.OUTCOME_WORDS,
    Spoken: OFFERED,
    LiftState: families.LIFT_WORDS,
    DataCategory: families.CATEGORY_WORDS,
    ConsentPurpose: families.USE_WORDS,
    Decision: families.DECISION_WORDS,
    LegalBasis: families.BASIS_WORDS,
    RequestKind: REQUEST_WORDS,
    RequestState: {state: words for state, (words, _) in STATE_WORDS.items()},
    MarkerKind: profiles.KIND_WORDS,
    Extent: profiles.EXTENT_WORDS,
    CaseKind: RULE_WORDS,
    Stage: STAGE_WORDS,
}


def word_of(code: StrEnum) -> str:
    """Give a code's Spanish message; a list without words is told as it is stored."""
    told = _LISTS.get(type(code), {}).get(code)
    return str(told) if told else code.value
