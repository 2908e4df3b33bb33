"""Lists that the registry already speaks: the engine's, and those of records' own states."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from casework.codes import (
    ArticleItem,
    BloodGroup,
    BodySite,
    Build,
    Colour,
    Completeness,
    Condition,
    EyeColour,
    HairColour,
    Handedness,
    MarkType,
    RemainsSex,
    RemainsStatureBasis,
    Sex,
    SexMethod,
    Side,
    StatureBasis,
    ToothState,
)
from casework.dataset.shape import CodeList
from casework.record_codes import (
    Communication,
    LivingStatus,
    NameKind,
    Presumption,
    RemainsKind,
    ReporterKind,
    SearchStatus,
    WhereSeen,
)
from casework.web import living_words as living
from casework.web import missing_words as missing
from casework.web import remains_words as remains
from casework.web.code_words import WORDS

_WORDS: Mapping[type[StrEnum], Mapping[Any, str]] = {
    **WORDS,
    NameKind: missing.NAME_WORDS,
    Presumption: missing.PRESUMPTION_WORDS,
    RemainsKind: remains.KIND_WORDS,
    ReporterKind: missing.REPORTER_WORDS,
    Communication: living.COMMUNICATION_WORDS,
    LivingStatus: living.STATUS_WORDS,
    WhereSeen: living.WHERE_SEEN_WORDS,
}


def code_list(key: str, codes: type[StrEnum], standard: str = "") -> CodeList:
    """Make a list of codes that the registry already has, with the words it already uses."""
    words = _WORDS[codes]
    return CodeList(key, {code.value: words[code] for code in codes}, standard)


ARTICLE_ITEM = code_list("article_item", ArticleItem)
BLOOD_GROUP = code_list("blood_group", BloodGroup)
BODY_SITE = code_list("body_site", BodySite)
BUILD = code_list("build", Build)
COLOUR = code_list("colour", Colour)
COMMUNICATION = code_list("communication", Communication)
COMPLETENESS = code_list("completeness", Completeness)
CONDITION = code_list("condition", Condition, "Pima County OME")
EYE_COLOUR = code_list("eye_colour", EyeColour)
HAIR_COLOUR = code_list("hair_colour", HairColour)
HANDEDNESS = code_list("handedness", Handedness)
LIVING_STATUS = code_list("living_status", LivingStatus)
LOCATION_PRECISION = CodeList(
    "location_precision",
    {str(code): words for code, words in remains.PRECISION_WORDS.items()},
    "Pima County OME",
)
MARK_TYPE = code_list("mark_type", MarkType)
NAME_KIND = code_list("name_kind", NameKind)
PRESUMPTION = code_list("presumption", Presumption, "CED/C/7")
REMAINS_KIND = code_list("remains_kind", RemainsKind)
REMAINS_SEX = code_list("remains_sex", RemainsSex)
REMAINS_STATURE_BASIS = code_list("remains_stature_basis", RemainsStatureBasis)
REPORTER_KIND = code_list("reporter_kind", ReporterKind)
# That somebody was identified, or is on record twice, is said where it is decided.
SEARCH_STATUS = CodeList(
    "search_status",
    {
        status.value: missing.STATUS_WORDS[status]
        for status in SearchStatus
        if status not in {SearchStatus.IDENTIFIED_DECEASED, SearchStatus.LINKED_DUPLICATE}
    },
)
SEX = code_list("sex", Sex)
SEX_METHOD = code_list("sex_method", SexMethod)
SIDE = code_list("side", Side)
STATURE_BASIS = code_list("stature_basis", StatureBasis)
TOOTH_STATE = code_list("tooth_state", ToothState)
WHERE_SEEN = code_list("where_seen", WhereSeen)
