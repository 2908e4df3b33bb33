"""The words of the desk: what is asked, and what became of it."""

from collections.abc import Mapping

from casework.desk.model import RequestKind, Step
from casework.web.languages import marked

KIND_WORDS: Mapping[RequestKind, str] = {
    RequestKind.RECORD: marked("datos de un expediente"),
    RequestKind.SAMPLE: marked("una muestra"),
    RequestKind.DOCUMENT: marked("un documento"),
    RequestKind.VISIT: marked("una visita"),
    RequestKind.NOTIFICATION: marked("avisar a una familia"),
    RequestKind.REFERRAL: marked("ayuda con un expediente"),
    RequestKind.TRANSFER: marked("hacerse cargo de un expediente"),
    RequestKind.SIGNING: marked("firmar por un expediente"),
}
STATE_WORDS: Mapping[Step, str] = {
    Step.OPEN: marked("sin respuesta"),
    Step.ACCEPTED: marked("aceptado"),
    Step.ANSWERED: marked("respondido"),
    Step.DECLINED: marked("no se puede"),
    Step.WITHDRAWN: marked("retirado"),
}
STATE_TONES: Mapping[Step, str] = {
    Step.OPEN: "own",
    Step.ACCEPTED: "supports",
    Step.ANSWERED: "done",
    Step.DECLINED: "warning",
    Step.WITHDRAWN: "plain",
}
BUTTON_WORDS: Mapping[Step, str] = {
    Step.ACCEPTED: marked("Aceptar"),
    Step.ANSWERED: marked("Responder y cerrar"),
    Step.DECLINED: marked("No se puede"),
    Step.WITHDRAWN: marked("Retirar el pedido"),
}
