"""The forms of the gate: what was typed, and what it says."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Annotated, Any

from fastapi import UploadFile
from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

from casework.errors import InvalidInput
from casework.identifications.model import (
    DecisionOutcome,
    ExclusionMethod,
    ExclusionStrength,
    GateKind,
    HandedOver,
    PrimaryMethod,
)
from casework.identifications.words import COMMINGLING_WORDS, TOLD_WORDS
from casework.web.languages import marked

Short = Annotated[str, StringConstraints(max_length=300, strip_whitespace=True)]
Long = Annotated[str, StringConstraints(max_length=6_000, strip_whitespace=True)]
Several = Annotated[
    list[str], BeforeValidator(lambda typed: typed if isinstance(typed, list) else [typed])
]
LARGEST_REPORT = 20_000_000  # bytes; only its fingerprint is kept

# What each item asks for; without any of it the item does not stand.
ASKED: Mapping[GateKind, tuple[str, ...]] = {
    GateKind.PRIMARY_REPORT: ("signatory", "institution", "day", "number"),
    GateKind.BOARD_EXCEPTION: ("why",),
    GateKind.RESOLVED_DISCREPANCY: ("why",),
    GateKind.LEGAL_ACT: ("authority", "document", "number", "day"),
    GateKind.COMPLETENESS: ("parts", "commingling"),
    GateKind.NOTIFICATION_PLAN: ("who", "how", "when", "language"),
}
LACKS = marked("Falta: %(fields)s.")


class GateForm(BaseModel):
    """One item of the gate, as typed."""

    model_config = ConfigDict(extra="ignore", arbitrary_types_allowed=True)

    method: Short = ""
    about: Short = ""
    signatory: Short = ""
    institution: Short = ""
    day: Short = ""
    number: Short = ""
    authority: Short = ""
    document: Short = ""
    parts: Long = ""
    commingling: Short = ""
    who: Short = ""
    how: Long = ""
    when: Short = ""
    language: Short = ""
    why: Long = ""
    paper: UploadFile | str | None = None


class ReasonForm(BaseModel):
    """A deed and its reason, as typed."""

    model_config = ConfigDict(extra="ignore")

    answer: Short = ""
    reason: Long = ""
    handed_over: Short = ""


class AskForm(BaseModel):
    """What is asked for of what lacks, as chosen; `more` goes with each request."""

    model_config = ConfigDict(extra="ignore")

    ask: Several = []
    more: Long = ""


class DecisionForm(BaseModel):
    """What somebody proposes to decide, as typed."""

    model_config = ConfigDict(extra="ignore")

    outcome: Short = ""
    reason: Long = ""
    method: Short = ""
    strength: Short = ""
    facts: Several = []


class LacksFields(InvalidInput):
    """Fields that were left empty, by name."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(LACKS)
        self.names = names


def read_item(
    kind: GateKind, form: GateForm, *, today: date, open_kinds: tuple[str, ...]
) -> tuple[str, dict[str, Any]]:
    """Make an item of the gate of what was typed: what it is about, and what it says.

    Raises
    ------
    InvalidInput
        If something lacks, or a day is none or lies ahead.
    """
    needed = ASKED[kind]
    if lacking := tuple(name for name in needed if not getattr(form, name)):
        raise LacksFields(lacking)
    if "day" in needed:
        _refuse_day(form.day, today)
    if kind is GateKind.COMPLETENESS and form.commingling not in COMMINGLING_WORDS:
        raise InvalidInput(marked("Diga si se buscó mezcla de personas."))
    said = {name: getattr(form, name) for name in needed if name in TOLD_WORDS}
    about = ""
    if kind is GateKind.PRIMARY_REPORT:
        if form.method not in set(PrimaryMethod):
            raise InvalidInput(marked("Elija de qué identificador es el informe."))
        about = form.method
        if fingerprint := _fingerprint(form):
            said["sha256"] = fingerprint
    if kind is GateKind.RESOLVED_DISCREPANCY:
        if form.about not in open_kinds:
            raise InvalidInput(marked("Elija cuál de las diferencias se explica."))
        about = form.about
    return about, said


def _refuse_day(typed: str, today: date) -> None:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise InvalidInput(marked("Escriba la fecha así: 2026-03-01.")) from None
    if day > today:
        raise InvalidInput(marked("Ese día todavía no llega."))


def _fingerprint(form: GateForm) -> str:
    """Hash the paper; it is not kept here, so that what it holds of others is not either."""
    if not isinstance(form.paper, UploadFile):
        return ""
    content = form.paper.file.read(LARGEST_REPORT + 1)
    if len(content) > LARGEST_REPORT:
        raise InvalidInput(marked("El archivo es demasiado grande: caben 20 megabytes."))
    return sha256(content).hexdigest() if content else ""


def read_outcome(form: DecisionForm) -> DecisionOutcome:
    """Read which of the three it is.

    Raises
    ------
    InvalidInput
        If it is none.
    """
    try:
        return DecisionOutcome(form.outcome)
    except ValueError:
        raise InvalidInput(marked("Elija qué se decide.")) from None


def method_in(form: DecisionForm) -> ExclusionMethod | None:
    """Give the method of an exclusion, if one was chosen."""
    return ExclusionMethod(form.method) if form.method in set(ExclusionMethod) else None


def strength_in(form: DecisionForm) -> ExclusionStrength | None:
    """Give its strength, if one was chosen."""
    return ExclusionStrength(form.strength) if form.strength in set(ExclusionStrength) else None


def handed_over_in(form: ReasonForm) -> HandedOver | None:
    """Give what was said of a hand-over, if anything was."""
    return HandedOver(form.handed_over) if form.handed_over in set(HandedOver) else None
