"""What the codes of the living are called: where they were seen, and whether they can speak."""

from casework.record_codes import Communication, LivingStatus, WhereSeen
from casework.web.languages import marked

WHERE_SEEN_WORDS = {
    WhereSeen.HOSPITAL: marked("hospital o clínica"),
    WhereSeen.DETENTION: marked("lugar de detención"),
    WhereSeen.SHELTER: marked("albergue"),
    WhereSeen.CHILD_PROTECTION: marked("protección de la niñez"),
    WhereSeen.RESCUED: marked("rescate en el camino o en el mar"),
    WhereSeen.STREET: marked("en la calle"),
    WhereSeen.ELSEWHERE: marked("en otro lugar"),
    WhereSeen.UNKNOWN: marked("no se sabe"),
}
COMMUNICATION_WORDS = {
    Communication.SAYS_WHO: marked("dice quién es"),
    Communication.IN_UNKNOWN_LANGUAGE: marked("habla, y nadie entiende su idioma"),
    Communication.CONFUSED: marked("está confundida o no recuerda"),
    Communication.TOO_YOUNG: marked("es muy pequeña para decirlo"),
    Communication.CANNOT_SPEAK: marked("no puede hablar"),
    Communication.UNCONSCIOUS: marked("está inconsciente"),
    Communication.DOES_NOT_WANT: marked("no quiere decirlo"),
    Communication.UNKNOWN: marked("no se sabe"),
}
STATUS_WORDS = {
    LivingStatus.OPEN: marked("sigue ahí, o no se sabe"),
    LivingStatus.KNOWN: marked("ya se sabe quién es"),
    LivingStatus.LEFT: marked("ya no está ahí"),
    LivingStatus.DIED: marked("falleció"),
    LivingStatus.WITHDRAWN: marked("retiró su autorización"),
}
