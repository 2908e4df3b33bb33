"""What a permission lets somebody do, in words: on the page of the rules and in the log."""

from collections.abc import Mapping

from casework.web.languages import marked
from privacy.permissions import Permission

PERMISSION_WORDS: Mapping[Permission, str] = {
    Permission.INCIDENT_READ: marked("leer incidentes"),
    Permission.INCIDENT_RECORD: marked("registrar incidentes y corregirlos"),
    Permission.MISSING_READ: marked("saber de una persona desaparecida y sus circunstancias"),
    Permission.MISSING_IDENTITY_READ: marked("leer quién es una persona desaparecida"),
    Permission.MISSING_CONTACT_READ: marked("leer cómo llegar a su familia"),
    Permission.MISSING_BODY_READ: marked("leer cómo es una persona desaparecida"),
    Permission.MISSING_DNA_READ: marked("leer el ADN de una familia"),
    Permission.MISSING_REPORT: marked("tomar un reporte"),
    Permission.CONSENT_READ: marked("leer autorizaciones"),
    Permission.CONSENT_RECORD: marked("anotar autorizaciones"),
    Permission.CONTACT_KEEP: marked("mantener el contacto con las familias"),
    Permission.SAMPLE_KEEP: marked("registrar muestras y por qué manos pasan"),
    Permission.PROFILE_KEEP: marked("guardar y leer perfiles de ADN"),
    Permission.PROTECTION_LIFT: marked("decidir si se levanta una protección"),
    Permission.REMAINS_READ: marked("saber de unos restos y su hallazgo"),
    Permission.REMAINS_IDENTITY_READ: marked("leer los nombres hallados con unos restos"),
    Permission.REMAINS_BODY_READ: marked("leer el examen de unos restos"),
    Permission.REMAINS_DNA_READ: marked("leer el ADN de unos restos"),
    Permission.REMAINS_RECORD: marked("registrar restos"),
    Permission.LIVING_READ: marked("saber de una persona con vida y en qué región está"),
    Permission.LIVING_IDENTITY_READ: marked("leer quién puede ser una persona con vida"),
    Permission.LIVING_CONTACT_READ: marked("leer dónde está una persona con vida"),
    Permission.LIVING_BODY_READ: marked("leer cómo es una persona con vida"),
    Permission.LIVING_RECORD: marked("registrar a personas con vida"),
    Permission.SITE_READ: marked("saber qué sitios hay y en qué zona"),
    Permission.SITE_EXACT_READ: marked("leer dónde está exactamente un sitio"),
    Permission.SITE_RECORD: marked("registrar sitios y tumbas"),
    Permission.PAIRING_READ: marked("leer propuestas"),
    Permission.PAIRING_BLINDED_READ: marked("leer propuestas con una parte reservada"),
    Permission.UNBLINDING_READ: marked("leer pedidos de abrir propuestas reservadas"),
    Permission.UNBLINDING_ASK: marked("pedir que se abra una propuesta reservada"),
    Permission.UNBLINDING_ANSWER: marked(
        "contestar por su institución si se abre una propuesta reservada"
    ),
    Permission.SOUGHT_READ: marked("saber quién podría buscar a una persona con vida"),
    Permission.SOUGHT_BLINDED_READ: marked(
        "saber que alguien podría buscar a una persona con vida, sin saber quién"
    ),
    Permission.SOUGHT_AGREED_READ: marked(
        "saber qué aceptó una persona con vida que se diga a su familia"
    ),
    Permission.REVIEW_EXAMINE: marked("examinar propuestas y dar su dictamen"),
    Permission.REVIEW_ASSIGN: marked("pedir dictámenes, y convocar y cerrar la junta"),
    Permission.DECISION_READ: marked("leer decisiones"),
    Permission.DECISION_PROPOSE: marked("proponer decisiones"),
    Permission.DECISION_SIGN: marked("firmar decisiones"),
    Permission.RELEASE_READ: marked("leer identificaciones liberadas"),
    Permission.TELLING_KEEP: marked("anotar cómo se avisó a la familia y lo que siguió"),
    Permission.LINK_READ: marked("leer qué registros se enlazaron"),
    Permission.TERM_PROPOSE: marked("proponer palabras del glosario"),
    Permission.TERM_DECIDE: marked("aceptar o retirar palabras del glosario"),
    Permission.LINK_RECORD: marked("decir que dos registros son de la misma persona"),
    Permission.REQUEST_READ: marked("leer lo que su oficina y otra se piden"),
    Permission.REQUEST_SEND: marked("pedir algo a otra oficina"),
    Permission.MATCHING_RUN: marked("comparar todo el registro"),
    Permission.FILE_IMPORT: marked("importar un archivo"),
    Permission.MISSING_EXPORT: marked("entregar una copia de expedientes"),
    Permission.COPY_READ: marked("leer qué copias se entregaron"),
    Permission.PAPER_KEEP: marked("guardar papeles firmados"),
    Permission.RIGHTS_READ: marked("leer solicitudes de derechos"),
    Permission.RIGHTS_RECORD: marked("anotar solicitudes de derechos"),
    Permission.RIGHTS_DECIDE: marked("decidir solicitudes de derechos"),
    Permission.RETENTION_READ: marked("leer cuánto se conserva"),
    Permission.RETENTION_HOLD: marked("conservar un expediente más tiempo"),
    Permission.LOG_READ: marked("leer la bitácora"),
    Permission.ENGINE_READ: marked("leer cómo pesa el motor"),
    Permission.ENGINE_ADOPT: marked("firmar los pesos que enseñan las decisiones"),
    Permission.POLICY_READ: marked("leer las reglas de acceso"),
    Permission.ACCOUNT_ADMINISTER: marked("dar y retirar cuentas"),
    Permission.ACCOUNT_CONFIRM: marked("confirmar una invitación"),
}
