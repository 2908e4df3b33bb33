"""Handing out a copy over the API: the same walls, the same register, the same mark."""

from typing import Annotated

from fastapi import APIRouter, Body
from pydantic import BaseModel, ConfigDict, Field

from casework.exports.actions import Wanted, hand_out
from casework.exports.delivering import watermark_of
from casework.exports.rows import plain_values
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.visit import Entered
from privacy.permissions import Permission, Purpose
from privacy.released.model import Form

router = APIRouter(prefix="/api/v1", tags=["copies"])


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
    wanted = Wanted(
        recipient_id=asked.recipient_id,
        purpose=asked.purpose,
        reason=asked.reason,
        form=Form.JSON,
        references=tuple(each.upper() for each in asked.references),
    )
    copy = hand_out(visit.session, visit.viewer, wanted, at=visit.at)
    return ReleasedRecords(
        copy_number=copy.number,
        watermark=watermark_of(copy, teller_for(visit.language), visit.at),
        records=[
            CopiedRecord(
                copy_number=copy.number, reference=row.reference, values=plain_values(row)
            )
            for row in copy.rows
        ],
    )
