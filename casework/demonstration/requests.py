"""What invented offices ask of each other: so that no desk of the demonstration is bare."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from casework.desk.actions import Asking, send_request, write
from casework.desk.model import RequestKind, Step
from casework.desk.queries import Tray, get_request, list_requests
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from casework.signin.model import Institution
from privacy.permissions import Viewer

# What a consulate asks, how many days ago, and how many days it gave.
ASKED = (
    (
        RequestKind.SAMPLE,
        20,
        14,
        "La hermana puede dar una muestra en Tapachula hasta el viernes. ¿Quién la toma?",
    ),
    (
        RequestKind.DOCUMENT,
        5,
        5,
        "Hace falta copia de la partida de nacimiento para pedir el pasaporte provisional.",
    ),
    (
        RequestKind.VISIT,
        3,
        10,
        "¿Puede alguien acompañar a la familia a la entrevista del lunes?",
    ),
    (RequestKind.RECORD, 12, 10, "La familia recordó un tatuaje: ¿está anotado?"),
)
OF_NOBODY = "¿A qué hora atienden los sábados? Tres familias viajan desde lejos."


def ask_each_other(
    session: Session, consul: Viewer, keeper: Institution, *, at: datetime
) -> list[int]:
    """Let a consul ask of whoever keeps the files of its people, once; number the requests."""
    _, sent = list_requests(session, consul, Tray.SENT, at, page=1, size=1)
    if sent:
        return []
    people = session.scalars(
        readable_missing(consul, at)
        .where(MissingPerson.owner_institution_id == keeper.id, MissingPerson.invented)
        .order_by(MissingPerson.id)
        .limit(len(ASKED))
    ).all()
    numbers = []
    for person, (kind, ago, given, words) in zip(people, ASKED, strict=False):
        sent_at = at - timedelta(days=ago)
        asking = Asking(
            kind=kind,
            to=keeper,
            about=person,
            due_on=(sent_at + timedelta(days=given)).date(),
            words=words,
        )
        numbers.append(send_request(session, consul, asking, at=sent_at).id)
    usual = Asking(
        kind=RequestKind.VISIT,
        to=keeper,
        about=None,
        due_on=(at + timedelta(days=6)).date(),
        words=OF_NOBODY,
    )
    send_request(session, consul, usual, at=at - timedelta(days=1))
    return numbers


def answer_some(session: Session, officer: Viewer, numbers: list[int], *, at: datetime) -> None:
    """Let whoever is asked take up one request and answer another."""
    said = (
        (0, Step.ACCEPTED, "La toma el servicio forense el jueves; avisamos a la hermana."),
        (3, Step.ANSWERED, "Sí: una rosa en el antebrazo izquierdo."),
    )
    for place, step, words in said:
        if place < len(numbers):
            request = get_request(session, officer, numbers[place], at=at)
            write(session, officer, request, words, step, at=at - timedelta(days=1))
