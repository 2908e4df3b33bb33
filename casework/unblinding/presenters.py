"""What a reader is shown of requests to open a pair. Templates receive these, never models."""

from collections.abc import Mapping
from dataclasses import dataclass

from casework.candidates.presenters import band_words
from casework.unblinding.model import Answer
from casework.unblinding.queries import Asked, State
from casework.web.described import Teller
from casework.web.languages import marked
from privacy.permissions import Viewer

STATE_WORDS: Mapping[State, str] = {
    State.WAITS: marked("espera respuesta"),
    State.OPEN: marked("abierta"),
    State.DECLINED: marked("no se abrió"),
    State.WITHDRAWN: marked("cerrada"),
    State.UNANSWERED: marked("sin respuesta"),
    State.LAPSED: marked("terminó su plazo"),
}
STATE_TONES: Mapping[State, str] = {State.WAITS: "warning", State.OPEN: "done"}
ANSWER_WORDS: Mapping[Answer, str] = {
    Answer.AGREED: marked("está de acuerdo"),
    Answer.DECLINED: marked("dijo que no"),
    Answer.WITHDRAWN: marked("lo retiró"),
}
NEXT_WORDS: Mapping[State, str] = {
    State.OPEN: marked(
        "El equipo forense de las dos instituciones puede leer y comparar los dos registros."
    ),
    State.DECLINED: marked("Una de las dos instituciones dijo que no. El par sigue reservado."),
    State.WITHDRAWN: marked("Se cerró: el par está reservado otra vez."),
    State.UNANSWERED: marked("Nadie contestó a tiempo. Puede pedirse otra vez."),
    State.LAPSED: marked(
        "Se abrió hasta un día que ya pasó. Las dos instituciones pueden acordar otro."
    ),
}


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """What one of the two said, and when."""

    office: str
    said: str
    when: str
    until: str
    words: str


@dataclass(frozen=True, slots=True)
class ShownAsked:
    """One request, as blinded to either side as the proposal is."""

    id: int
    href: str
    own_reference: str
    own_href: str
    band: str
    asker: str
    country: str
    other: str
    asked: str
    answer_by: str
    state: str
    tone: str
    code: str
    next: str
    until: str
    words: str
    answers: tuple[ShownAnswer, ...]
    waits: bool
    is_invented: bool


def shown_asked(
    asked: Asked,
    viewer: Viewer,
    offices: Mapping[int, tuple[str, str]],
    teller: Teller,
) -> ShownAsked:
    """Put a request into words; `offices`: name and country of each institution."""
    _, row, state = teller.gettext, asked.row, asked.state
    asker, country = offices[row.asking_institution_id]
    place = "missing" if asked.keeps_person(viewer) else "remains"
    return ShownAsked(
        id=row.id,
        href=f"/unblindings/{row.id}",
        own_reference=asked.own_reference,
        own_href=f"/{place}/{asked.own_reference}" if asked.own else "",
        band=band_words(row.band, teller),
        asker=asker,
        country=teller.country(country),
        other=offices[asked.asked_institution_id][0],
        asked=teller.wording.instant(row.asked_at),
        answer_by=teller.wording.day(row.answer_by),
        state=_(STATE_WORDS[state]),
        tone=STATE_TONES.get(state, "plain"),
        code=state.value,
        next=_next(asked, viewer, teller),
        until=teller.wording.day(row.open_until) if row.open_until else "",
        words=asked.words,
        answers=tuple(
            ShownAnswer(
                office=offices[each.institution_id][0],
                said=_(ANSWER_WORDS[each.said]),
                when=teller.wording.instant(each.answered_at),
                until=teller.wording.day(each.until) if each.until else "",
                words=asked.answer_words.get(each.id, ""),
            )
            for each in asked.answers
        ),
        waits=asked.waits_for(viewer),
        is_invented=bool(asked.own and asked.own.invented),
    )


def _next(asked: Asked, viewer: Viewer, teller: Teller) -> str:
    _ = teller.gettext
    if asked.state is not State.WAITS:
        return _(NEXT_WORDS[asked.state])
    if asked.waits_for(viewer):
        return _("Falta que la coordinación de su institución diga que sí o que no.")
    return _("Su institución ya dijo que sí. Falta la respuesta de la otra.")
