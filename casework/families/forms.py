"""The forms about consents: what was typed, and the answers it makes. Nothing is ticked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from casework.families.actions import Answers
from casework.families.items import (
    FORM_VERSION,
    USUAL_YEARS,
    YEARS,
    Question,
    Reached,
    ledger_items,
)
from casework.families.model import Kinship
from casework.families.words import LANGUAGE_NAMES
from casework.opening import years_after
from casework.web.languages import marked
from privacy.consent.ledger import Item, Told

YES, NO = "yes", "no"
Short = Annotated[str, StringConstraints(max_length=200)]


class RelativeForm(BaseModel):
    """Somebody who gives information, as typed."""

    kinship: Kinship = Kinship.UNKNOWN
    language: Short = ""
    name: Short = ""
    contact: Annotated[str, StringConstraints(max_length=300)] = ""


class ConsentForm(BaseModel):
    """One going through the items, as typed; an item without an answer was not asked."""

    model_config = ConfigDict(extra="ignore")

    story: Short = ""
    body: Short = ""
    name: Short = ""
    photo: Short = ""
    compare: Short = ""
    dna: Short = ""
    contact: Short = ""
    consulate: Short = ""
    consulate_contact: Short = ""
    count: Short = ""
    justice: Short = ""
    recipient: Short = ""
    years: Short = USUAL_YEARS
    language: Short = ""
    interpreter: Short = ""
    evidence: Annotated[str, Field(max_length=64, pattern=r"^([0-9a-f]{64})?$")] = ""

    def answer_to(self, question: Question) -> str:
        """Give what was answered: yes, no, or nothing."""
        return str(getattr(self, question.value))


def read_answers(
    form: ConsentForm, reached: Mapping[str, Reached], *, at: datetime
) -> tuple[Answers | None, dict[str, str]]:
    """Make entries for the ledger of what was answered; `reached` by the chosen recipient."""
    problems = problems_of(form, reached)
    if problems:
        return None, problems
    whom = reached[form.recipient]
    answers = answers_until(
        ledger_items(_answered(form, YES), whom),
        ledger_items(_answered(form, NO), whom),
        years=form.years,
        language=form.language,
        at=at,
    )
    told = replace(
        answers.told,
        interpreter=form.interpreter == YES,
        evidence_hash=form.evidence or None,
    )
    return replace(answers, told=told), {}


def answers_until(
    yes: Sequence[Item], no: Sequence[Item], *, years: str, language: str, at: datetime
) -> Answers:
    """Give answers an end: so many years from now, to the day."""
    until = datetime.combine(years_after(at.date(), int(years)), at.timetz())
    told = Told(form_version=FORM_VERSION, language=language[:20])
    return Answers(yes=yes, no=no, expires=until, told=told)


def problems_of(form: ConsentForm, reached: Mapping[str, Reached]) -> dict[str, str]:
    """Name what has to be looked at before anything is entered."""
    found: dict[str, str] = {}
    if not any(form.answer_to(each) in {YES, NO} for each in Question):
        found["story"] = marked("Anote al menos una respuesta: sí o no.")
    if form.recipient not in reached:
        found["recipient"] = marked("Elija a quién llega lo que autoriza.")
    elif form.consulate == YES and not reached[form.recipient].consulates:
        found["consulate"] = marked(
            "Falta la nacionalidad de la persona: sin ella no se sabe qué consulado sería."
        )
    if form.language and form.language not in LANGUAGE_NAMES:
        found["language"] = marked("Elija la lengua de la hoja que se leyó.")
    if form.years not in YEARS:
        found["years"] = marked("Elija hasta cuándo vale.")
    return found


def _answered(form: ConsentForm, answer: str) -> list[Question]:
    return [each for each in Question if form.answer_to(each) == answer]
