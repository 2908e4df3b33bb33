"""The examination of remains for other programs; what is said goes in by its statements."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from casework.bones.inventory import completeness_of, minimum_individuals
from casework.examination.beside import planned_alert
from casework.examination.board import ORDER, status_of
from casework.examination.reading import examined
from casework.examination.seen_bones import seen_in, stage_in
from casework.web.access import requires
from casework.web.visit import Entered
from privacy.model import Reveals
from privacy.permissions import Permission

router = APIRouter(prefix="/api/v1/remains", tags=["remains"])
_EXAMPLE: dict[str, Any] = {
    "examinations": {"photography": "done", "odontology": "pending"},
    "bones": {"femur_l": "present"},
    "skeleton_percent": {"at_least": 40, "at_most": 55},
    "minimum_individuals": 1,
    "acts": [{"act": "sepultura", "days": 5, "authority": "Juzgado"}],
    "not_kept": ["dna_sample"],
}


class ToldAct(BaseModel):
    """An act that cannot be undone; `days` until it, below zero when its day is past."""

    act: str
    days: int | None
    authority: str


class Examination(BaseModel):
    """How far the examination is; what tells of the body is null where it is closed."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    examinations: dict[str, str] | None
    bones: dict[str, str] | None = Field(description="state of each bone that was noted")
    skeleton_percent: dict[str, int] | None
    minimum_individuals: int | None
    acts: list[ToldAct]
    not_kept: list[str] = Field(description="of `before_act`: what is not shown to be kept")


@router.get(
    "/{reference}/examination",
    summary="Read how far the examination of one person's remains is",
)
@requires(Permission.REMAINS_READ)
def examination(visit: Entered, reference: str) -> Examination:
    """Tell the board, the bones, of how many persons they are at least, and what presses."""
    about = examined(visit, reference)
    shows = about.openings.shows(Reveals.BODY)
    seen = seen_in(about.picture)
    whole = completeness_of(seen, stage_in(about.picture))
    alert = planned_alert(visit, about.hand, about.openings, about.picture)
    return Examination(
        examinations={kind: status_of(about.picture, kind) for kind in ORDER}
        if shows
        else None,
        bones={code: bone.state.value for code, bone in seen.items()} if shows else None,
        skeleton_percent={"at_least": whole.at_least, "at_most": whole.at_most}
        if shows
        else None,
        minimum_individuals=minimum_individuals(seen).number if shows else None,
        acts=[
            ToldAct(act=act.act, days=act.days, authority=act.authority)
            for act in (alert.acts if alert else ())
        ],
        not_kept=[each.key for each in alert.checks if each.state == "missing"]
        if alert
        else [],
    )
