"""Samples over the API: what was taken, by whose leave, and through whose hands it went."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from casework.errors import NotFound
from casework.missing.queries import get_own_missing_person
from casework.samples import actions, queries
from casework.samples.actions import Happened, Taken
from casework.samples.model import Happening, SampleKind, SampleState
from casework.samples.queries import MISSING, REMAINS, Kept, Rack, Side
from casework.samples.rules import state_of
from casework.samples.words import ENTRY_DETAILS, SAMPLE_DETAILS
from casework.web.access import requires
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(prefix="/api/v1", tags=["samples"])
Details = Annotated[
    dict[str, Annotated[str, StringConstraints(max_length=300)]], Field(max_length=10)
]


class SampleEvent(BaseModel):
    """What happened to a sample; `corrects` is the entry that it says anew."""

    id: int
    happening: Happening
    happened_on: date
    state: SampleState | None
    serves_also: str | None
    details: dict[str, str]
    corrects: int | None
    entered_at: datetime


class SampleFile(BaseModel):
    """A sample, as far as its DNA group is open; `has_consent` is asked anew each time."""

    reference: str
    kind: SampleKind
    relative_id: int | None
    taken_on: date | None
    state: SampleState
    has_consent: bool
    details: dict[str, str]
    chain: list[SampleEvent]


class NewSample(BaseModel):
    """A sample that was taken. Details: label, element, collected_by, place, kit, and so on."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "kind": "reference_relative",
                "relative_id": 12,
                "taken_on": "2026-03-09",
                "details": {"kit": "FTA", "collected_by": "L. Inventada"},
            }
        }
    )

    kind: SampleKind
    relative_id: int | None = Field(default=None, ge=1, le=2**62)
    taken_on: date | None = None
    details: Details = {}


class NewEvent(BaseModel):
    """What happened to a sample. Details: from, to, place, seal, document, note."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "happening": "handed_over",
                "happened_on": "2026-03-10",
                "details": {"from": "L. Inventada", "to": "Laboratorio", "seal": "A-17"},
            }
        }
    )

    happening: Happening
    happened_on: date
    state: SampleState | None = None
    serves_also: str | None = Field(default=None, max_length=40)
    corrects: int | None = Field(default=None, ge=1, le=2**62)
    details: Details = {}


@router.get("/missing/{reference}/samples", summary="The samples of a family")
@requires(Permission.SAMPLE_KEEP)
def of_family(visit: Entered, reference: str) -> list[SampleFile]:
    """List samples with their chains; only of your own institution's files, after a step-up."""
    return _told(visit, _open(visit, MISSING, reference))


@router.post("/missing/{reference}/samples", status_code=201, summary="Register a sample")
@requires(Permission.SAMPLE_KEEP)
def take_of_family(visit: Entered, reference: str, new: NewSample) -> list[SampleFile]:
    """Register a sample; a relative's needs their own consent for DNA, standing now."""
    return _take(visit, MISSING, reference, new)


@router.post(
    "/missing/{reference}/samples/{sample}/chain", status_code=201, summary="Follow a sample"
)
@requires(Permission.SAMPLE_KEEP)
def follow_of_family(
    visit: Entered, reference: str, sample: str, event: NewEvent
) -> list[SampleFile]:
    """Add what happened to a sample; nothing that was entered is changed."""
    return _follow(visit, MISSING, reference, sample, event)


@router.get("/remains/{reference}/samples", summary="The samples of remains")
@requires(Permission.SAMPLE_KEEP)
def of_remains(visit: Entered, reference: str) -> list[SampleFile]:
    """List samples with their chains; only of your own institution's remains."""
    return _told(visit, _open(visit, REMAINS, reference))


@router.post(
    "/remains/{reference}/samples", status_code=201, summary="Register a sample of remains"
)
@requires(Permission.SAMPLE_KEEP)
def take_of_remains(visit: Entered, reference: str, new: NewSample) -> list[SampleFile]:
    """Register a sample of remains."""
    return _take(visit, REMAINS, reference, new)


@router.post(
    "/remains/{reference}/samples/{sample}/chain",
    status_code=201,
    summary="Follow a sample of remains",
)
@requires(Permission.SAMPLE_KEEP)
def follow_of_remains(
    visit: Entered, reference: str, sample: str, event: NewEvent
) -> list[SampleFile]:
    """Add what happened to a sample; nothing that was entered is changed."""
    return _follow(visit, REMAINS, reference, sample, event)


def _open(visit: Visit, side: Side, reference: str) -> Rack:
    return actions.read_rack(visit.session, visit.viewer, side, reference, at=visit.at)


def _take(visit: Visit, side: Side, reference: str, new: NewSample) -> list[SampleFile]:
    taken = Taken(
        kind=new.kind,
        relative_id=new.relative_id,
        taken_on=new.taken_on,
        details={name: new.details.get(name, "") for name in SAMPLE_DETAILS},
    )
    rack = _open(visit, side, reference)
    actions.register_sample(visit.session, visit.viewer, rack, taken, at=visit.at)
    return _told(visit, _open(visit, side, reference))


def _follow(
    visit: Visit, side: Side, reference: str, sample: str, event: NewEvent
) -> list[SampleFile]:
    rack = _open(visit, side, reference)
    kept = next((each for each in rack.samples if each.sample.reference == sample), None)
    if kept is None:
        raise NotFound("sample")
    other = (
        get_own_missing_person(visit.session, visit.viewer, event.serves_also, at=visit.at)
        if event.serves_also and side is MISSING
        else None
    )
    happened = Happened(
        happening=event.happening,
        happened_on=event.happened_on,
        state=event.state or SampleState.SENT,
        other=other,
        details={name: event.details.get(name, "") for name in ENTRY_DETAILS},
    )
    corrects = queries.entry_in(kept, event.corrects) if event.corrects else None
    actions.add_entry(
        visit.session,
        visit.viewer,
        rack,
        kept,
        happened=happened,
        corrects=corrects,
        at=visit.at,
    )
    return _told(visit, _open(visit, side, reference))


def _told(visit: Visit, rack: Rack) -> list[SampleFile]:
    others = queries.serves_also(visit.session, visit.viewer, rack, at=visit.at)
    return [_file(each, others) for each in rack.samples]


def _file(kept: Kept, others: dict[int, str]) -> SampleFile:
    sample = kept.sample
    return SampleFile(
        reference=sample.reference,
        kind=sample.kind,
        relative_id=getattr(sample, "relative_id", None),
        taken_on=sample.taken_on,
        state=state_of(kept.entries),
        has_consent=kept.has_consent,
        details=sample.details,
        chain=[
            SampleEvent(
                id=each.id,
                happening=each.happening,
                happened_on=each.happened_on,
                state=each.state,
                serves_also=others.get(getattr(each, "other_case_id", None) or 0),
                details=each.details,
                corrects=each.corrects_id,
                entered_at=each.entered_at,
            )
            for each in kept.entries
            if (getattr(each, "other_case_id", None) or 0) in {0, *others}
        ],
    )
