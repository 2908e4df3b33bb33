"""The forms of steps: what each asks for, what was typed, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

from casework.errors import InvalidInput
from casework.telling.model import StepKind
from casework.telling.words import ACCEPTED_WORDS, ASKS_WORDS, HOW_WORDS
from casework.web.languages import OFFERED, marked

Short = Annotated[str, StringConstraints(max_length=300, strip_whitespace=True)]
Long = Annotated[str, StringConstraints(max_length=6_000, strip_whitespace=True)]
Several = Annotated[
    list[str], BeforeValidator(lambda typed: typed if isinstance(typed, list) else [typed])
]
# What each step asks for; a name that ends in ? may stay empty.
ASKED: Mapping[StepKind, tuple[str, ...]] = {
    StepKind.TALK_PLANNED: ("due_on", "who", "whom", "language", "how"),
    StepKind.TOLD: ("happened_on", "who", "whom", "language", "how", "said", "asked?"),
    StepKind.NOT_REACHED: ("happened_on", "who", "why", "due_on"),
    StepKind.ASKED_TO_WAIT: ("happened_on", "whom", "why?", "due_on"),
    StepKind.SUPPORT_OFFERED: ("happened_on", "who", "support", "accepted", "due_on?"),
    StepKind.RETURN_PLANNED: ("happened_on", "who", "where", "due_on?"),
    StepKind.PAPERS_READY: ("happened_on", "who", "papers", "due_on?"),
    StepKind.LEFT: ("happened_on", "where", "carrier", "due_on?"),
    StepKind.ARRIVED: ("happened_on", "where", "carrier", "due_on?"),
    StepKind.RECEIVED: ("happened_on", "where", "whom", "who"),
    StepKind.BELONGING_RETURNED: ("happened_on", "item", "whom", "who"),
    StepKind.BELONGING_KEPT: ("happened_on", "item", "why", "due_on?"),
    StepKind.CALL_AGREED: ("due_on", "who", "whom", "how"),
    StepKind.CALL_HELD: ("happened_on", "who", "whom", "said"),
    StepKind.CALL_NOT_HELD: ("happened_on", "who", "why", "due_on?"),
    StepKind.WANTS_NO_CONTACT: ("happened_on", "whom", "said"),
    StepKind.WANTS_CONTACT: ("happened_on", "whom", "said"),
    StepKind.WANTS_OTHER_OPINION: ("happened_on", "whom", "said"),
    StepKind.OPINION_ANSWERED: ("happened_on", "who", "whom", "said"),
    StepKind.RECALL_TOLD: (
        *("happened_on", "who", "whom", "language", "how", "said", "asked?"),
    ),
    StepKind.LETTER: ("language", "phone", "free?"),
    StepKind.NOTE: ("language", "addressed_to", "asks", "their_number?", "free?"),
}
# What a letter is printed in is one of ours; in which language people spoke may be any.
PRINTED = frozenset({StepKind.LETTER, StepKind.NOTE})
LACKS = marked("Falta: %(fields)s.")


class StepForm(BaseModel):
    """One step, as typed."""

    model_config = ConfigDict(extra="ignore")

    happened_on: Short = ""
    due_on: Short = ""
    who: Short = ""
    whom: Short = ""
    language: Short = ""
    how: Short = ""
    said: Long = ""
    asked: Long = ""
    support: Short = ""
    accepted: Short = ""
    why: Long = ""
    where: Short = ""
    papers: Short = ""
    carrier: Short = ""
    item: Short = ""
    addressed_to: Long = ""
    phone: Short = ""
    free: Long = ""
    asks: Several = []
    their_number: Short = ""
    closes: Short = ""


class LacksFields(InvalidInput):
    """Fields that were left empty, by name."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(LACKS)
        self.names = names


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A step as it was typed, read."""

    kind: StepKind
    told: Mapping[str, Any]
    happened_on: date | None = None
    due_on: date | None = None
    closes: int | None = None


def read_step(kind: StepKind, form: StepForm, *, today: date) -> Said:
    """Make a step of what was typed.

    Raises
    ------
    InvalidInput
        If something lacks, a day is none, what happened lies ahead, or a plan in the past.
    """
    needed = tuple(name for name in ASKED[kind] if not name.endswith("?"))
    if lacking := tuple(name for name in needed if not getattr(form, name)):
        raise LacksFields(lacking)
    _refuse_codes(kind, form)
    names = {name.removesuffix("?") for name in ASKED[kind]}
    return Said(
        kind=kind,
        told={
            name: value
            for name in sorted(names - {"happened_on", "due_on"})
            if (value := getattr(form, name))
        },
        happened_on=_day(form.happened_on, before=today) if "happened_on" in names else None,
        due_on=_day(form.due_on, after=today) if "due_on" in names else None,
        closes=int(form.closes) if form.closes.isascii() and form.closes.isdigit() else None,
    )


def _refuse_codes(kind: StepKind, form: StepForm) -> None:
    names = {name.removesuffix("?") for name in ASKED[kind]}
    if "how" in names and form.how not in HOW_WORDS:
        raise InvalidInput(marked("Elija de qué manera."))
    if "accepted" in names and form.accepted not in ACCEPTED_WORDS:
        raise InvalidInput(marked("Diga si la familia lo aceptó."))
    if "asks" in names and not set(form.asks) <= set(ASKS_WORDS):
        raise InvalidInput(marked("Elija qué se pide."))
    if kind in PRINTED and form.language not in OFFERED:
        raise InvalidInput(marked("Elija en qué idioma se imprime."))


def _day(typed: str, *, before: date | None = None, after: date | None = None) -> date | None:
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise InvalidInput(marked("Escriba la fecha así: 2026-03-01.")) from None
    if before and day > before:
        raise InvalidInput(marked("Ese día todavía no llega."))
    if after and day < after:
        raise InvalidInput(marked("Ese día ya pasó: diga uno que venga."))
    return day
