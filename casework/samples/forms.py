"""The forms of samples: what was typed, and what it says."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from casework.samples.actions import Happened, Taken
from casework.samples.model import Happening, SampleKind, SampleState
from casework.samples.words import ENTRY_DETAILS, SAMPLE_DETAILS
from casework.web.languages import marked

Short = Annotated[str, StringConstraints(max_length=300)]
_Number = Annotated[
    int | None,
    Field(ge=1, le=2**62),
    BeforeValidator(lambda typed: None if typed == "" else typed),
]
UNREAD_DAY = marked("Escriba el día así: 2026-03-09.")


class SampleForm(BaseModel):
    """A sample, as typed."""

    model_config = ConfigDict(extra="ignore")

    kind: SampleKind | None = None
    relative_id: _Number = None
    taken_on: Short = ""
    label: Short = ""
    element: Short = ""
    collected_by: Short = ""
    place: Short = ""
    kit: Short = ""
    laboratory: Short = ""
    retained_where: Short = ""


class EntryForm(BaseModel):
    """Something that happened to a sample, as typed."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    happening: Happening = Happening.HANDED_OVER
    happened_on: Short = ""
    state: SampleState = SampleState.SENT
    corrects: _Number = None
    other: Annotated[str, StringConstraints(max_length=40)] = ""
    from_: Annotated[Short, Field(alias="from")] = ""
    to: Short = ""
    place: Short = ""
    seal: Short = ""
    document: Short = ""
    note: Short = ""


def read_sample(form: SampleForm, usual: SampleKind) -> tuple[Taken | None, dict[str, str]]:
    """Make a sample of what was typed, or say what has to be looked at."""
    taken_on, is_read = _day(form.taken_on)
    if not is_read:
        return None, {"taken_on": UNREAD_DAY}
    kind = form.kind or usual
    details = {name: str(getattr(form, name)) for name in SAMPLE_DETAILS}
    donor = form.relative_id if kind is SampleKind.REFERENCE_RELATIVE else None
    return Taken(kind=kind, relative_id=donor, taken_on=taken_on, details=details), {}


def read_entry(form: EntryForm, *, today: date) -> tuple[Happened | None, dict[str, str]]:
    """Make an entry of what was typed, without the other file; or say what is wrong."""
    happened_on, is_read = _day(form.happened_on)
    if not is_read:
        return None, {"happened_on": UNREAD_DAY}
    details = {
        name: str(getattr(form, "from_" if name == "from" else name)) for name in ENTRY_DETAILS
    }
    if form.happening is not Happening.HANDED_OVER:
        details = {"note": form.note}
    said = Happened(
        happening=form.happening,
        happened_on=happened_on or today,
        state=form.state,
        details=details,
    )
    return said, {}


def _day(typed: str) -> tuple[date | None, bool]:
    if not typed.strip():
        return None, True
    try:
        return date.fromisoformat(typed.strip()), True
    except ValueError:
        return None, False
