"""What the pages about codes are given: for who keeps the file, and for who looks it up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.status.actions import GivenCode
from casework.status.model import PublicLine, StatusCode
from casework.web.described import Teller
from casework.web.languages import OFFERED, marked


@dataclass(frozen=True, slots=True)
class ShownCode:
    """What is known of a code that was given: never the code."""

    given_on: str
    language: str
    message_waits: bool


@dataclass(frozen=True, slots=True)
class ShownGiven:
    """A code and its PIN, for the one time that they are shown."""

    code: str
    pin: str


@dataclass(frozen=True, slots=True)
class ShownStatus:
    """All that somebody with a code is told."""

    institution: str
    next_contact: str
    message_waits: str
    line: str
    line_href: str
    line_hours: str


# A number written before anything else; words after it are read and not dialled.
NUMBER = re.compile(r"\+?\d[\d ().-]{5,}\d")
WRONG = marked("El código y la clave no van juntos, o ya no valen. Revise cada letra.")
SLOW = marked("Hubo varios intentos seguidos. Espere %(seconds)s segundos y pruebe otra vez.")
NEXT: Mapping[str, str] = {
    "ahead": marked("Le buscaremos a más tardar el %(day)s."),
    "late": marked(
        "Debíamos buscarle el %(day)s y todavía no lo hicimos. Puede llamarnos cuando quiera."
    ),
    "none": marked("Todavía no hay una fecha acordada. Puede llamarnos cuando quiera."),
}


def shown_code(code: StatusCode, teller: Teller) -> ShownCode:
    """Say of a code when it was given and in which language it speaks."""
    return ShownCode(
        given_on=teller.day(code.made_at.date()),
        language=OFFERED[code.language],
        message_waits=code.message_waits,
    )


def shown_given(given: GivenCode) -> ShownGiven:
    """Write a code as it is read aloud: in two halves."""
    half = len(given.code) // 2
    return ShownGiven(f"{given.code[:half]}-{given.code[half:]}", given.pin)


def shown_status(
    code: StatusCode, institution: str, line: PublicLine | None, teller: Teller, *, today: date
) -> ShownStatus:
    """Say what may be said to whoever holds a code and its PIN."""
    _ = teller.gettext
    on = code.next_contact_on
    which = "none" if on is None else "late" if on < today else "ahead"
    waits = marked(
        "Hay un mensaje para usted que se da en persona. Eso no quiere decir que sea una mala "
        "noticia ni una buena: llámenos para acordar cuándo."
    )
    nothing = marked("No hay ningún mensaje esperando.")
    return ShownStatus(
        institution=institution,
        next_contact=_(NEXT[which]) % {"day": teller.day(on)},
        message_waits=_(waits if code.message_waits else nothing),
        line=line.line if line else "",
        line_href=_dialled(line.line) if line else "",
        line_hours=line.hours if line else "",
    )


def _dialled(line: str) -> str:
    """Give the link that dials a line, or nothing where it does not begin with its number."""
    number = NUMBER.match(line.strip())
    return f"tel:{re.sub('[^+0-9]', '', number[0])}" if number else ""
