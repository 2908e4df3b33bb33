"""What a notification says in the page: what happened, and nothing of whom."""

from collections.abc import Mapping

from casework.notifications.model import HowOften, NotificationKind
from casework.web.languages import marked

KIND_WORDS: Mapping[NotificationKind, str] = {
    NotificationKind.REQUEST_RECEIVED: marked("Otra oficina le pide algo a la suya"),
    NotificationKind.REQUEST_ANSWERED: marked("Otra oficina escribió sobre un pedido"),
    NotificationKind.PROMISE_OVERDUE: marked("Hay compromisos con familias que llevan retraso"),
    NotificationKind.PROPOSAL_RELEASED: marked("Se liberó una propuesta"),
    NotificationKind.IMPORT_FINISHED: marked("Terminó la importación de un archivo"),
    NotificationKind.ACT_PLANNED: marked("Se prevé un acto que no se puede deshacer"),
    NotificationKind.MAY_BE_SOUGHT: marked(
        "Alguien puede estar buscando a una persona que atiende su institución"
    ),
    NotificationKind.OPENING_ASKED: marked("Piden abrir una propuesta reservada"),
    NotificationKind.OPENING_ANSWERED: marked("Hay novedades en un pedido de apertura"),
    NotificationKind.REVIEW_WAITS: marked("Le piden que examine una propuesta"),
    NotificationKind.REVIEW_SPOKEN: marked("Hay novedades en la revisión de una propuesta"),
    NotificationKind.DECISION_WAITS: marked("Una decisión sobre dos registros espera su firma"),
    NotificationKind.DECISION_ENDED: marked("Una decisión sobre dos registros ya no vale"),
    NotificationKind.IDENTIFICATION_RELEASED: marked(
        "La coordinación liberó una identificación para hablar con la familia"
    ),
    NotificationKind.TELLING_DUE: marked("Hay pasos con familias cuya fecha ya pasó"),
    NotificationKind.RELEASE_RECALLED: marked(
        "Lo que se liberó para una familia ya no vale: lea qué hacer antes de hablar con ella"
    ),
    NotificationKind.OTHER_OPINION_WISHED: marked("Una familia pide otra opinión"),
    NotificationKind.NAMED_ACT: marked(
        "Hay un acto que no se puede deshacer sobre restos con una identificación en curso, y "
        "no consta que se guardó una muestra"
    ),
}
OFTEN_WORDS: Mapping[HowOften, str] = {
    HowOften.NEVER: marked("nunca"),
    HowOften.DAY: marked("a lo más una vez al día"),
    HowOften.HOUR: marked("a lo más una vez por hora"),
}
