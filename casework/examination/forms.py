"""What the examination's pages send, and what it means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, Field

from casework.bones.atlas import BONES, Region, Stage, bones_of
from casework.bones.inventory import BoneState, Seen, SeenBone
from casework.examination.bone_dictation import Refused, read_dictation
from casework.web.languages import marked

Short = Annotated[str, Field(max_length=60)]
EVERYTHING = "all"
TAKE_BACK = "take_back"
NO_COUNT = marked("Escriba cuántos hay con un número de 1 a 999.")
NO_BONE = marked("Elija un hueso o una región.")
NO_STATE = marked("Elija cómo está.")
MOST_COUNTED = 999


class BoneForm(BaseModel):
    """Bones pointed at, or dictated; `at_once` is one button for a region: `skull:present`."""

    said_by: Annotated[str, Field(max_length=200)] = ""
    shown: int = 0
    where: Short = ""
    state: Short = ""
    count: Short = ""
    dictated: Annotated[str, Field(max_length=4000)] = ""
    stage: Short = ""
    do: Short = ""
    at_once: Annotated[str, Field(alias="set", max_length=60)] = ""


@dataclass(frozen=True, slots=True)
class BonesRead:
    """Bones to write down (None takes one back), what was not understood, and why not."""

    bones: Mapping[str, SeenBone | None]
    left: str = ""
    refused: tuple[Refused, ...] = ()


def read_bones(form: BoneForm, stage: Stage, known: Seen) -> BonesRead:
    """Read what one button of the page says."""
    if form.do == "dictate":
        heard = read_dictation(form.dictated, stage, frozenset(known))
        refused = tuple(dict.fromkeys(heard.refused))
        return BonesRead(
            heard.bones,
            "\n".join(dict.fromkeys(heard.left)),
            refused,
        )
    where, _, state = (
        form.at_once.partition(":") if form.at_once else (form.where, "", form.state)
    )
    codes = codes_at(where, stage)
    if not codes:
        return BonesRead({}, refused=(Refused(NO_BONE, ""),))
    if state == TAKE_BACK:
        return BonesRead(dict.fromkeys(codes))
    if state not in set(BoneState):
        return BonesRead({}, refused=(Refused(NO_STATE, ""),))
    count = "" if form.at_once else form.count.strip()
    if count and not (count.isdecimal() and 1 <= int(count) <= MOST_COUNTED):
        return BonesRead({}, refused=(Refused(NO_COUNT, ""),))
    seen = SeenBone(BoneState(state), int(count) if count else None)
    return BonesRead(dict.fromkeys(codes, seen))


def codes_at(where: str, stage: Stage) -> tuple[str, ...]:
    """Give the bones of a bone's, a region's or everything's name."""
    found: Iterable[str] = ()
    if where == EVERYTHING:
        found = (bone.code for bone in bones_of(stage))
    elif where in set(Region):
        found = (bone.code for bone in bones_of(stage) if bone.region == where)
    elif where in BONES:
        found = (where,)
    return tuple(found)
