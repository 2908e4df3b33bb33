"""Handing out a copy over the API: the same walls, the same register, the same mark."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body
from pydantic import BaseModel, ConfigDict, Field

from casework.dataset.shape import RecordKind
from casework.exports.actions import Wanted, hand_out
from casework.exports.delivering import watermark_of
from casework.exports.rows import plain_values
from casework.exports.whole import FORMAT, hand_out_whole
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission, Purpose
from privacy.released.model import Form

router = APIRouter(prefix="/api/v1", tags=["copies"])
_SAID: dict[str, Any] = {
    "number": 1,
    "method": "interview",
    "said_by": "Rosa Inventada",
    "said_on": "2026-03-09",
    "entered_at": "2026-03-09T12:00:00Z",
    "assertions": {"hair": {"value": "brown"}},
}
_RECORD: dict[str, Any] = {
    "copy": "0A1B2C3D4E5F",
    "missing_person_record": 1,
    "record_id": "registry.example/2f1c",
    "reference": "MP-7K3Q-D9XT",
    "groups": "body circumstance",
    "statements": [_SAID],
}


class Asked(BaseModel):
    """What is to be handed out, to whom, what for and why."""

    model_config = ConfigDict(extra="forbid")

    recipient_id: int = Field(ge=1, le=2**53)
    purpose: Purpose
    reason: str = Field(min_length=10, max_length=2000)
    references: list[Annotated[str, Field(max_length=40)]] = Field([], max_length=200)


class CopiedRecord(BaseModel):
    """One record: its open groups only, and the number of the copy."""

    copy_number: str
    reference: str
    record_id: str
    made_at: datetime
    kept_from: list[str] = Field(description="countries that may not see it, nor get it")
    values: dict[str, object]


class ReleasedRecords(BaseModel):
    """One copy, marked."""

    copy_number: str
    watermark: str
    records: list[CopiedRecord]


@router.post("/missing/export", summary="Hand a marked copy to another institution")
@requires(Permission.MISSING_EXPORT)
def export(visit: Entered, asked: Annotated[Asked, Body()]) -> ReleasedRecords:
    """Hand out what the recipient may read; each copy has a number that is registered."""
    visit.demand_step_up()
    copy = hand_out(visit.session, visit.viewer, _wanted(asked), at=visit.at)
    return ReleasedRecords(
        copy_number=copy.number,
        watermark=watermark_of(copy, teller_for(visit.language), visit.at),
        records=[
            CopiedRecord(
                copy_number=copy.number,
                reference=row.reference,
                record_id=row.record_id,
                made_at=visit.at,
                kept_from=list(row.kept_from),
                values=plain_values(row),
            )
            for row in copy.rows
        ],
    )


class WholeRecords(BaseModel):
    """One copy of whole records, marked; as a file it is read by `reunir import`."""

    format: str = Field(examples=[FORMAT])
    copy_number: str = Field(alias="copy")
    watermark: str
    records: list[dict[str, Any]] = Field(examples=[[_RECORD]])


@router.post(
    "/missing/export/records", summary="Hand whole records of people to another registry"
)
@requires(Permission.MISSING_EXPORT)
def export_people(visit: Entered, asked: Annotated[Asked, Body()]) -> WholeRecords:
    """Hand out what was said, statement by statement, as far as the recipient may read it."""
    return _whole(visit, asked, RecordKind.MISSING_PERSON)


@router.post(
    "/remains/export/records", summary="Hand whole records of remains to another registry"
)
@requires(Permission.MISSING_EXPORT)
def export_remains(visit: Entered, asked: Annotated[Asked, Body()]) -> WholeRecords:
    """Hand out the same of remains."""
    return _whole(visit, asked, RecordKind.REMAINS)


@router.post(
    "/living/export/records", summary="Hand whole records of people alive to another registry"
)
@requires(Permission.MISSING_EXPORT)
def export_living(visit: Entered, asked: Annotated[Asked, Body()]) -> WholeRecords:
    """Hand out the same of people who agreed to it, named one by one; never where they are."""
    return _whole(visit, asked, RecordKind.LIVING_PERSON)


def _whole(visit: Visit, asked: Asked, kind: RecordKind) -> WholeRecords:
    visit.demand_step_up()
    copy = hand_out_whole(visit.session, visit.viewer, _wanted(asked), kind, at=visit.at)
    return WholeRecords(
        format=FORMAT,
        copy=copy.number,
        watermark=watermark_of(copy, teller_for(visit.language), visit.at),
        records=[dict(each) for each in copy.records],
    )


def _wanted(asked: Asked) -> Wanted:
    return Wanted(
        recipient_id=asked.recipient_id,
        purpose=asked.purpose,
        reason=asked.reason,
        form=Form.JSON,
        references=tuple(each.upper() for each in asked.references),
    )
