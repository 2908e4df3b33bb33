"""The minimum data set over the API, so that other programs can build their forms from it."""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from casework.dataset.catalogue import GROUPS, TOOTH_NUMBERS, code_lists
from casework.dataset.shape import Field as Asked
from casework.dataset.shape import Group, Kind, Level, RecordKind
from casework.envelope import DATASET_VERSION
from casework.web.access import ANY_DUTY, requires
from casework.web.languages import OFFERED, translations_for
from casework.web.visit import Entered
from privacy.model import Reveals

router = APIRouter(prefix="/api/v1", tags=["minimum data set"])
_EXAMPLE: dict[str, Any] = {
    "key": "hair",
    "label": "hair colour",
    "hint": "",
    "kind": "code",
    "level": "wanted",
    "reveals": "body",
    "asked_of": ["missing_person", "remains"],
    "codes": "hair_colour",
    "unit": "",
    "bounds": None,
    "asked_apart": False,
    "leaves": True,
    "parts": [],
}


class DatasetField(BaseModel):
    """One question; `codes` names a list, `parts` are asked of every entry."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    key: str
    label: str
    hint: str
    kind: Kind
    level: Level
    reveals: Reveals
    asked_of: list[RecordKind]
    codes: str | None
    unit: str
    bounds: tuple[float, float] | None
    asked_apart: bool
    leaves: bool
    parts: list["DatasetField"]


class DatasetGroup(BaseModel):
    """Questions that belong together, under the number of the minimum data set."""

    key: str
    number: int
    title: str
    hint: str
    fields: list[DatasetField]


class DatasetList(BaseModel):
    """Codes with their words; `standard` is empty for a list of our own."""

    standard: str
    words: dict[str, str]


class Dataset(BaseModel):
    """The whole catalogue in the words of one language."""

    version: str = Field(examples=[DATASET_VERSION])
    language: str = Field(examples=["en"])
    groups: list[DatasetGroup]
    code_lists: dict[str, DatasetList]
    tooth_numbers: list[str] = Field(description="entries of `teeth`, by ISO 3950")


@router.get("/dataset", summary="Read the minimum data set: questions, codes and their words")
@requires(ANY_DUTY)
def minimum_dataset(
    visit: Entered,
    language: Annotated[
        str, Query(max_length=8, description="of the words; left out, the caller's own")
    ] = "",
) -> Dataset:
    """Give every question in the order of asking; a language we do not speak is passed over."""
    spoken = language if language in OFFERED else visit.language
    words = translations_for(spoken).gettext
    lists = {
        each.key: DatasetList(
            standard=each.standard,
            words={code: words(said) for code, said in each.words.items()},
        )
        for each in code_lists()
    }
    return Dataset(
        version=DATASET_VERSION,
        language=spoken,
        groups=[_group(each, spoken) for each in GROUPS],
        code_lists=lists,
        tooth_numbers=list(TOOTH_NUMBERS),
    )


def _group(group: Group, language: str) -> DatasetGroup:
    return DatasetGroup(
        key=group.key,
        number=group.number,
        title=_said(group.title, language),
        hint=_said(group.hint, language),
        fields=_fields(group.fields, language),
    )


def _fields(fields: Iterable[Asked], language: str) -> list[DatasetField]:
    return [
        DatasetField(
            key=each.key,
            label=_said(each.label, language),
            hint=_said(each.hint, language),
            kind=each.kind,
            level=each.level,
            reveals=each.reveals,
            asked_of=[kind for kind in RecordKind if kind in each.of],
            codes=each.codes.key if each.codes else None,
            unit=_said(each.unit, language),
            bounds=each.bounds,
            asked_apart=each.asked_apart,
            leaves=each.leaves,
            parts=_fields(each.parts, language),
        )
        for each in fields
    ]


def _said(message: str, language: str) -> str:
    """Translate a message; the empty one stands for the catalogue's own head."""
    return translations_for(language).gettext(message) if message else ""
