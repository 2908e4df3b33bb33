"""What is said of contacts with families, in words."""

from casework.contacts.model import (
    Channel,
    ContentClass,
    Direction,
    Literacy,
    Outcome,
    Safe,
    SecurityConcern,
)
from casework.web.languages import marked

CHANNEL_WORDS: dict[Channel, str] = {
    Channel.PHONE: marked("teléfono"),
    Channel.WHATSAPP: marked("WhatsApp"),
    Channel.EMAIL: marked("correo electrónico"),
    Channel.ADDRESS: marked("dirección"),
    Channel.SOCIAL: marked("red social"),
    Channel.THIRD_PARTY: marked("por medio de otra persona"),
    Channel.IN_PERSON: marked("en persona"),
}
SAFE_WORDS: dict[Safe, str] = {
    Safe.YES: marked("sí"),
    Safe.NO: marked("no"),
    Safe.NOT_ASKED: marked("no se le preguntó"),
}
LITERACY_WORDS: dict[Literacy, str] = {
    Literacy.READS: marked("lee"),
    Literacy.DOES_NOT_READ: marked("no lee: dígalo de viva voz"),
    Literacy.NOT_ASKED: marked("no se le preguntó si lee"),
}
CONCERN_WORDS: dict[SecurityConcern, str] = {
    SecurityConcern.NOT_ASKED: marked("no se le preguntó"),
    SecurityConcern.NONE: marked("ninguno"),
    SecurityConcern.EXTORTION: marked("extorsión"),
    SecurityConcern.THREAT: marked("amenazas"),
    SecurityConcern.TRAFFICKER: marked("quienes trafican con personas"),
    SecurityConcern.STATE_ACTOR: marked("alguien del Estado"),
    SecurityConcern.DOMESTIC_VIOLENCE: marked("violencia en su casa"),
    SecurityConcern.UNKNOWN: marked("teme algo, y no dijo qué"),
}
DIRECTION_WORDS: dict[Direction, str] = {
    Direction.TO_FAMILY: marked("llamamos nosotros"),
    Direction.FROM_FAMILY: marked("llamó la familia"),
}
CONTENT_WORDS: dict[ContentClass, str] = {
    ContentClass.ROUTINE: marked("cómo va la búsqueda"),
    ContentClass.REQUEST: marked("se le pidió un dato"),
    ContentClass.RUMOUR: marked("se descartó un rumor"),
    ContentClass.IDENTIFICATION: marked("una identificación"),
    ContentClass.COMPLAINT: marked("una queja"),
    ContentClass.CANDIDATE: marked("una posible coincidencia"),
}
OUTCOME_WORDS: dict[Outcome, str] = {
    Outcome.SPOKE: marked("se habló"),
    Outcome.MESSAGE_LEFT: marked("se dejó un mensaje"),
    Outcome.NO_ANSWER: marked("no contestó"),
    Outcome.SOMEBODY_ELSE: marked("contestó otra persona"),
    Outcome.WRONG_NUMBER: marked("ya no es su número"),
    Outcome.NOT_SAFE: marked("no podía hablar con tranquilidad"),
    Outcome.WANTS_NO_CONTACT: marked("pide que no se le llame más"),
}
