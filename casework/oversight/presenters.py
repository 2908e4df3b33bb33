"""The action log in words a person reads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from casework.oversight.detail_values import told
from casework.oversight.queries import LogLine
from casework.oversight.watching import Onlooker
from casework.web.languages import marked
from casework.web.purpose_words import PURPOSE_WORDS
from casework.web.role_words import ROLE_WORDS
from privacy.audit.log import Deed
from privacy.permissions import Purpose

DEED_WORDS: dict[str, str] = {
    Deed.SIGNED_IN: marked("inició sesión"),
    Deed.SIGN_IN_FAILED: marked("alguien intentó entrar sin lograrlo"),
    Deed.SIGNED_OUT: marked("cerró la sesión"),
    Deed.ACCESS_REFUSED: marked("pidió algo que su función no incluye"),
    Deed.UNPROVEN: marked("pidió algo sin haber confirmado ahora quién es"),
    Deed.NOT_FOUND: marked("pidió algo que no hay o que no puede ver"),
    Deed.POLICY_DISAGREED: marked("una consulta y las reglas no coincidieron"),
    Deed.POLICY_EXPLAINED: marked("preguntó por qué una regla decide así"),
    Deed.ACCOUNT_CREATED: marked("dio una cuenta"),
    Deed.ACCOUNT_DISABLED: marked("retiró una cuenta"),
    Deed.PROVIDER_SET: marked("dijo con qué proveedor entra una institución"),
    Deed.INVITED: marked("pidió abrir la puerta a una persona"),
    Deed.INVITATION_CONFIRMED: marked("confirmó que se abra la puerta a una persona"),
    Deed.INVITATION_WITHDRAWN: marked("retiró una invitación"),
    Deed.INVITATION_ACCEPTED: marked("aceptó su invitación"),
    Deed.TOKEN_ASKED: marked("pidió un acceso para un programa"),
    Deed.TOKEN_CONFIRMED: marked("confirmó el acceso de un programa"),
    Deed.TOKEN_REVOKED: marked("retiró el acceso de un programa"),
    Deed.TOKEN_USED: marked("un programa pidió algo"),
    Deed.ROLE_CHANGED: marked("cambió la función de una cuenta"),
    Deed.PASSWORD_CHANGED: marked("cambió su contraseña"),
    Deed.FACTOR_ENROLLED: marked("añadió una llave o un código a su cuenta"),
    Deed.FACTOR_REMOVED: marked("quitó una llave o un código de su cuenta"),
    Deed.FACTOR_PROVED: marked("demostró estar presente"),
    Deed.PURPOSE_CHOSEN: marked("dijo para qué abre expedientes"),
    Deed.INSTITUTION_CREATED: marked("registró una institución"),
    Deed.MISSING_LISTED: marked("leyó la lista de personas desaparecidas"),
    Deed.MISSING_READ: marked("abrió el expediente de una persona desaparecida"),
    Deed.STATED: marked("anotó algo en un expediente"),
    Deed.UNDONE: marked("deshizo lo último que había anotado en un expediente"),
    Deed.SETTLED: marked("decidió a qué atenerse donde se decían cosas distintas"),
    Deed.STATEMENTS_READ: marked("leyó la historia de un expediente"),
    Deed.MISSING_REPORTED: marked("registró un reporte de desaparición"),
    Deed.CONSENT_GRANTED: marked("anotó autorizaciones de una persona"),
    Deed.CONSENT_REFUSED: marked("anotó que una persona dijo que no"),
    Deed.CONSENT_WITHDRAWN: marked("anotó que una persona retiró su autorización"),
    Deed.CONSENT_READ: marked("leyó las autorizaciones de un expediente"),
    Deed.CONSENT_FORM_PRINTED: marked("imprimió la hoja de autorizaciones"),
    Deed.RELATIVE_ENTERED: marked("anotó a alguien que da información"),
    Deed.FAMILY_READ: marked("abrió la página de una familia"),
    Deed.CONTACT_POINT_KEPT: marked("anotó cómo llegar a una familia"),
    Deed.CONTACT_POINT_ENDED: marked("anotó que un medio ya no lleva a una familia"),
    Deed.CONTACT_AGREED: marked("anotó qué se acordó con una familia"),
    Deed.CONTACT_LOGGED: marked("anotó un contacto con una familia"),
    Deed.PROMISES_LISTED: marked("leyó lo prometido a las familias"),
    Deed.STATUS_CODE_GIVEN: marked("dio a una familia un código"),
    Deed.STATUS_CODE_REVOKED: marked("terminó el código de una familia"),
    Deed.STATUS_MESSAGE_NOTED: marked("anotó si un mensaje espera a una familia"),
    Deed.STATUS_LINE_CHANGED: marked("cambió el teléfono público de su institución"),
    Deed.STATUS_SLIP_PRINTED: marked("imprimió el papel con un código"),
    Deed.STATUS_READ: marked("alguien miró con un código cómo va una búsqueda"),
    Deed.STATUS_REFUSED: marked("alguien probó un código sin acertar"),
    Deed.LIFT_REQUESTED: marked("pidió levantar la protección de una persona"),
    Deed.PROTECTION_LIFTED: marked("levantó la protección de una persona"),
    Deed.LIFT_REFUSED: marked("no levantó la protección de una persona"),
    Deed.PROTECTION_RESTORED: marked("volvió a proteger a una persona"),
    Deed.LIFTS_LISTED: marked("leyó las solicitudes de levantar una protección"),
    Deed.NOTICES_LISTED: marked("leyó los avisos para su institución"),
    Deed.NOTICE_READ: marked("marcó como leído un aviso de otra institución"),
    Deed.REMAINS_LISTED: marked("leyó la lista de restos"),
    Deed.REMAINS_READ: marked("abrió el expediente de unos restos"),
    Deed.REMAINS_RECORDED: marked("registró restos"),
    Deed.LIVING_LISTED: marked("leyó la lista de personas con vida sin familia localizada"),
    Deed.LIVING_READ: marked("abrió el registro de una persona con vida"),
    Deed.LIVING_REGISTERED: marked("registró a una persona con vida"),
    Deed.LIVING_DECIDED: marked("anotó si una persona con vida quiere que se la busque"),
    Deed.LIVING_PAIRING_LISTED: marked("leyó quién podría buscar a personas con vida"),
    Deed.LIVING_PAIRING_READ: marked("comparó a una persona con vida con quien alguien busca"),
    Deed.LIVING_FAMILY_DECIDED: marked(
        "anotó qué dijo una persona con vida de que su familia lo sepa"
    ),
    Deed.LIVING_AGREED_READ: marked(
        "leyó qué aceptó una persona con vida que se diga a su familia"
    ),
    Deed.INCIDENT_LISTED: marked("leyó la lista de incidentes"),
    Deed.INCIDENT_READ: marked("abrió un incidente"),
    Deed.SITE_LISTED: marked("miró la lista de sitios"),
    Deed.SITE_READ: marked("abrió un sitio"),
    Deed.SITE_ENTERED: marked("registró un sitio"),
    Deed.SITE_CORRECTED: marked("corrigió lo que se dice de un sitio"),
    Deed.SITE_GRAVE_RECORDED: marked("registró o corrigió una tumba"),
    Deed.SITE_NAMED: marked("anotó en qué sitio están unos restos o dónde se hallaron"),
    Deed.INCIDENT_RECORDED: marked("registró un incidente"),
    Deed.INCIDENT_CORRECTED: marked("corrigió un incidente"),
    Deed.INCIDENT_PEOPLE_READ: marked("miró qué registros son de un incidente"),
    Deed.INCIDENT_NAMED: marked("anotó que un registro es de un incidente"),
    Deed.FILE_UPLOADED: marked("subió un archivo"),
    Deed.IMPORT_STARTED: marked("comenzó una importación"),
    Deed.IMPORT_CANCELLED: marked("canceló una importación"),
    Deed.IMPORT_FINISHED: marked("terminó una importación"),
    Deed.IMPORT_READ: marked("leyó el informe de una importación"),
    Deed.MATCHING_REQUESTED: marked("pidió comparar todo el registro"),
    Deed.MATCHING_OPENED_CASES: marked("abrió expedientes para compararlos"),
    Deed.MATCHING_FINISHED: marked("terminó de comparar"),
    Deed.ENGINE_REPORT_REQUESTED: marked("pidió qué enseñan las decisiones"),
    Deed.ENGINE_REPORT_MADE: marked("terminó de ver qué enseñan las decisiones"),
    Deed.ENGINE_WEIGHTS_SIGNED: marked("firmó que se usen pesos aprendidos"),
    Deed.ENGINE_WEIGHTS_WITHDRAWN: marked("retiró pesos aprendidos"),
    Deed.MATCHING_CANCELLED: marked("canceló la comparación"),
    Deed.PAIRING_LISTED: marked("leyó la lista de propuestas"),
    Deed.REVIEWS_LISTED: marked("leyó qué revisiones esperan"),
    Deed.UNBLINDINGS_LISTED: marked("miró los pedidos de abrir propuestas reservadas"),
    Deed.UNBLINDING_READ: marked("abrió un pedido de abrir una propuesta reservada"),
    Deed.UNBLINDING_ASKED: marked("pidió abrir una propuesta reservada"),
    Deed.UNBLINDING_ANSWERED: marked("contestó un pedido de abrir una propuesta reservada"),
    Deed.REVIEW_READ: marked("leyó la revisión de una propuesta"),
    Deed.REVIEW_OPENED: marked("abrió la revisión de una propuesta"),
    Deed.REVIEW_SEATED: marked("dio un asiento en una revisión"),
    Deed.REVIEW_SEAT_CHANGED: marked("pausó, retomó o entregó un asiento de una revisión"),
    Deed.REVIEWS_SHARED: marked("repartió propuestas entre quienes examinan"),
    Deed.REVIEW_SHARE_READ: marked("miró cómo se repartirían propuestas"),
    Deed.REVIEW_HOURS_KEPT: marked("dijo cuántas horas hay para examinar propuestas"),
    Deed.OPINION_READ: marked("abrió la hoja de un dictamen"),
    Deed.OPINION_DRAFTED: marked("guardó el borrador de un dictamen"),
    Deed.OPINION_GIVEN: marked("dio su dictamen"),
    Deed.BOARD_READ: marked("leyó la junta de una propuesta"),
    Deed.BOARD_CONVENED: marked("convocó a la junta"),
    Deed.BOARD_NAMED: marked("nombró integrantes de la junta"),
    Deed.BOARD_VOTED: marked("votó en la junta"),
    Deed.BOARD_CLOSED: marked("cerró la junta con su acta"),
    Deed.LINKS_READ: marked("miró registros que pueden ser de la misma persona"),
    Deed.LINK_SAID: marked("dijo algo de dos registros"),
    Deed.LINK_PRINTED: marked("imprimió la comparación de dos registros"),
    Deed.GROUP_LISTED: marked("miró la lista de grupos de viaje"),
    Deed.GROUP_READ: marked("abrió un grupo de viaje"),
    Deed.GROUP_ENTERED: marked("registró un grupo de viaje"),
    Deed.GROUP_DESCRIBED: marked("corrigió lo que se dice de un grupo de viaje"),
    Deed.GROUP_MEMBER_SAID: marked("dijo si alguien iba en un grupo de viaje"),
    Deed.TERM_PROPOSED: marked("propuso una palabra del glosario"),
    Deed.TERM_ACCEPTED: marked("aceptó una palabra del glosario"),
    Deed.TERM_DECLINED: marked("no aceptó una palabra del glosario"),
    Deed.TERM_WITHDRAWN: marked("retiró una palabra del glosario"),
    Deed.PAIRING_READ: marked("abrió una comparación"),
    Deed.PAIRING_HISTORY_READ: marked("leyó la historia de una propuesta"),
    Deed.PAIRING_OPENED: marked("abrió un par que el motor no propuso"),
    Deed.PAIRINGS_BY_HAND_LISTED: marked("leyó la lista de pares abiertos a mano"),
    Deed.REQUESTS_LISTED: marked("leyó la lista de pedidos entre oficinas"),
    Deed.REQUEST_READ: marked("abrió un pedido entre oficinas"),
    Deed.REQUEST_SENT: marked("pidió algo a otra oficina"),
    Deed.REQUEST_MOVED: marked("cambió el estado de un pedido"),
    Deed.REQUEST_WRITTEN: marked("escribió a otra oficina sobre un pedido"),
    Deed.KEEPER_CHANGED: marked("recibió un expediente que otra institución entregó"),
    Deed.PAIRING_PRINTED: marked("imprimió una hoja de comparación"),
    Deed.DECISION_PRINTED: marked("imprimió el informe de una decisión"),
    Deed.BOARD_PRINTED: marked("imprimió el acta de una junta"),
    Deed.MISSING_PRINTED: marked("imprimió el expediente de una persona desaparecida"),
    Deed.REMAINS_PRINTED: marked("imprimió el registro de restos"),
    Deed.CUSTODY_PRINTED: marked("imprimió la cadena de custodia de una muestra"),
    Deed.DOCUMENT_VERIFIED: marked("comprobó un documento impreso"),
    Deed.DOCUMENT_REFUSED: marked("quiso comprobar un documento que no se hizo aquí"),
    Deed.MISSING_EXPORTED: marked("entregó una copia de expedientes"),
    Deed.COPIES_READ: marked("leyó el registro de copias entregadas"),
    Deed.PAPER_KEPT: marked("guardó un papel firmado"),
    Deed.PAPERS_LISTED: marked("leyó la lista de papeles firmados"),
    Deed.PAPER_READ: marked("abrió un papel firmado"),
    Deed.PEDIGREE_READ: marked("vio el árbol de una familia"),
    Deed.PEDIGREE_DRAWN: marked("dibujó el árbol de una familia"),
    Deed.SAMPLES_READ: marked("vio las muestras de un expediente"),
    Deed.SAMPLE_REGISTERED: marked("registró una muestra"),
    Deed.SAMPLE_FOLLOWED: marked("anotó por dónde pasó una muestra"),
    Deed.SAMPLE_CORRECTED: marked("corrigió lo anotado de una muestra"),
    Deed.FREQUENCIES_ENTERED: marked("trajo una tabla de frecuencias de alelos"),
    Deed.GATE_READ: marked("vio lo que falta para decidir de una propuesta"),
    Deed.GATE_ENTERED: marked("anotó algo de lo que pide una identificación"),
    Deed.GATE_WITHDRAWN: marked("anotó que algo de lo que pide una identificación ya no vale"),
    Deed.DECISIONS_LISTED: marked("vio la lista de decisiones"),
    Deed.DECISION_READ: marked("leyó una decisión"),
    Deed.DECISION_PROPOSED: marked("propuso una decisión"),
    Deed.DECISION_SIGNED: marked("firmó o rechazó una decisión"),
    Deed.DECISION_LOCKED: marked("cerró una decisión con la última firma"),
    Deed.DECISION_ENDED: marked("dejó sin valor una decisión"),
    Deed.DECISION_RELEASED: marked("liberó una identificación para hablar con la familia"),
    Deed.RELEASES_LISTED: marked("vio las identificaciones liberadas"),
    Deed.TELLING_READ: marked("leyó cómo se avisó a una familia y lo que siguió"),
    Deed.TELLING_ENTERED: marked("anotó un paso con una familia"),
    Deed.LETTER_PRINTED: marked("imprimió una carta a una familia"),
    Deed.NOTE_PRINTED: marked("imprimió una nota consular"),
    Deed.DNA_RESULT_READ: marked("vio lo que el ADN dice de una propuesta"),
    Deed.DNA_RESULT_ENTERED: marked("anotó lo que el ADN dice de una propuesta"),
    Deed.DNA_RESULT_PRINTED: marked("imprimió lo que el ADN dice de una propuesta"),
    Deed.DNA_SEARCHED: marked("comparó por ADN todos los restos con todas las familias"),
    Deed.PROFILES_LISTED: marked("vio qué perfiles de ADN hay de un expediente"),
    Deed.PROFILE_READ: marked("abrió un perfil de ADN"),
    Deed.PROFILE_KEPT: marked("guardó un perfil de ADN"),
    Deed.PROFILE_REPLACED: marked("reemplazó un perfil de ADN"),
    Deed.PROFILE_WITHDRAWN: marked("retiró un perfil de ADN"),
    Deed.PHOTO_KEPT: marked("guardó una fotografía"),
    Deed.PHOTOS_LISTED: marked("leyó la lista de fotografías"),
    Deed.PHOTO_READ: marked("abrió una fotografía"),
    Deed.PHOTO_CROPPED: marked("recortó una fotografía"),
    Deed.PHOTO_REMOVED: marked("quitó una fotografía"),
    Deed.RIGHTS_LISTED: marked("leyó la lista de solicitudes de derechos"),
    Deed.RIGHTS_READ: marked("abrió una solicitud de derechos"),
    Deed.RIGHTS_RECEIVED: marked("recibió una solicitud de derechos"),
    Deed.RIGHTS_DECIDED: marked("decidió sobre una solicitud de derechos"),
    Deed.RIGHTS_REPORTED: marked("hizo el informe de todo lo que se guarda de una persona"),
    Deed.RIGHTS_CORRECTED: marked("corrigió un expediente a petición de la persona"),
    Deed.RIGHTS_RESTRICTED: marked("limitó el uso de un expediente"),
    Deed.RIGHTS_RELEASED: marked("levantó la limitación de un expediente"),
    Deed.RIGHTS_STOPPED: marked("detuvo el uso de un expediente para una finalidad"),
    Deed.RIGHTS_ANSWERED: marked("respondió una solicitud de derechos"),
    Deed.RECORD_ERASED: marked("borró un expediente"),
    Deed.RETENTION_READ: marked("leyó qué está por revisarse o borrarse"),
    Deed.RETENTION_NOTED: marked("avisó que un expediente cumplió su plazo"),
    Deed.RETENTION_ROUND: marked("terminó una ronda de conservación"),
    Deed.RETENTION_DOUBTED: marked("detuvo la conservación: el reloj saltó"),
    Deed.RETENTION_CONFIRMED: marked("confirmó que el reloj está bien"),
    Deed.RETENTION_REVIEWED: marked("dijo que un expediente sigue haciendo falta"),
    Deed.RETENTION_RESTRICTED: marked("cerró un expediente por el que nadie respondió"),
    Deed.RETENTION_ENDING: marked("decidió qué pasa con un expediente al cumplir su plazo"),
    Deed.RETENTION_HELD: marked("pidió conservar un expediente más tiempo"),
    Deed.RETENTION_LIFT_ASKED: marked("pidió dejar de conservar un expediente"),
    Deed.RETENTION_LIFTED: marked("aceptó dejar de conservar un expediente"),
    Deed.SEALED_OPENED: marked("abrió datos reservados"),
    Deed.SEALED_REFUSED: marked("pidió datos reservados que no se le abrieron"),
    Deed.QUOTA_EXCEEDED: marked("quiso abrir más datos reservados de los que admite una hora"),
    Deed.KEYS_ROTATED: marked("cambió la llave que guarda las llaves"),
    Deed.KEYS_RETIRED: marked("retiró una llave antigua"),
    Deed.SEARCH_KEPT: marked("guardó una búsqueda para sí"),
    Deed.SEARCH_REMOVED: marked("borró una búsqueda que guardaba"),
    Deed.LOG_READ: marked("leyó esta bitácora"),
    Deed.LOG_LINE_ERASED: marked("vació una línea de esta bitácora"),
    Deed.LOG_NOT_SIGNED: marked("no pudo firmar esta bitácora"),
}


DETAIL_WORDS: dict[str, str] = {
    "shown": marked("registros mostrados"),
    "missing": marked("persona desaparecida"),
    "remains": marked("restos"),
    "living": marked("personas con vida"),
    "answer": marked("qué dijo"),
    "wanted": marked("qué pidió"),
    "copy": marked("ejemplar"),
    "language": marked("idioma"),
    "profile": marked("clase de archivo"),
    "read": marked("filas leídas"),
    "outcome": marked("resultado"),
    "model": marked("modelo"),
    "proposed": marked("propuestas"),
    "file": marked("archivo"),
    "form": marked("forma"),
    "recipient": marked("institución que recibe"),
    "request": marked("solicitud"),
    "decision": marked("decisión"),
    "field": marked("campo"),
    "rule": marked("regla"),
    "stage": marked("etapa"),
    "noted": marked("avisos"),
    "erased": marked("borrados"),
    "until": marked("hasta"),
    "basis": marked("motivo"),
    "items": marked("puntos"),
    "position": marked("línea"),
    "reason": marked("motivo"),
    "nationalities": marked("nacionalidades"),
    "blinded": marked("propuestas con una parte reservada"),
    "named": marked("identidades abiertas"),
    "count": marked("cuántos"),
    "group": marked("qué datos"),
    "fields": marked("qué campos"),
    "saying": marked("qué se dijo"),
    "opened": marked("abiertos en la hora"),
    "quota": marked("límite de la hora"),
    "permission": marked("qué preguntó"),
    "asked_for": marked("sobre la cuenta"),
    "role": marked("función"),
    "before": marked("antes"),
    "after": marked("después"),
    "files": marked("expedientes"),
    "how": marked("con qué"),
    "kind": marked("clase"),
    "sessions": marked("sesiones cerradas"),
    "version": marked("versión de la llave"),
    "page": marked("página"),
    "change": marked("qué pasó con el asiento"),
}


# The blind token of a searched name: it compares lines, and says nothing to a reader.
SOUGHT = "sought"


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of the log, in the reader's language."""

    position: int
    at: datetime
    who: str
    role: str
    institution: str
    deed: str
    about: str
    purpose: str
    details: str

    @classmethod
    def of(cls, line: LogLine, gettext: Callable[[str], str]) -> "ShownLine":
        return cls(
            position=line.position,
            at=line.at,
            who=line.person,
            role=gettext(ROLE_WORDS[line.role]),
            institution=line.institution,
            deed=gettext(DEED_WORDS.get(line.deed, line.deed)),
            about=line.about,
            purpose=gettext(PURPOSE_WORDS[Purpose(line.purpose)]),
            details=", ".join(
                f"{gettext(DETAIL_WORDS.get(key, key))}: {said}"
                for key, value in line.details.items()
                if key != SOUGHT and value is not None and (said := told(key, value, gettext))
            ),
        )


@dataclass(frozen=True, slots=True)
class ShownOnlooker:
    """Somebody who saw one record, in the reader's language."""

    who: str
    institution: str
    times: int
    first: datetime
    last: datetime

    @classmethod
    def of(cls, each: Onlooker, gettext: Callable[[str], str]) -> "ShownOnlooker":
        role = gettext(ROLE_WORDS[each.role])
        return cls(
            who=f"{each.person}, {role}" if each.person else role,
            institution=each.institution,
            times=each.times,
            first=each.first,
            last=each.last,
        )
