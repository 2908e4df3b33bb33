"""Weight of tattoos, scars and other distinguishing marks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log10

from matching.codes import Answer, BodySite, MarkType
from matching.evidence.listed import ListParameters, ListWeight, Thing, weigh_lists
from matching.evidence.numbers import OpenShare, Share
from matching.evidence.rarity import ListRarity
from matching.evidence.weight import Kind, Reason, Weight
from matching.evidence.words import words_of
from matching.records import Listed, Mark, MissingRecord, RemainsRecord

GROUPS = {
    "scar": ("scar", "surgical_scar", "burn"),
    "spot": ("mole", "birthmark", "skin_condition"),
}
"""Kinds of mark that people take for one another; every other kind is its own group."""

REGIONS = {
    "head": "head scalp face forehead temple eyebrow eyelid eye ear earlobe nose nostril "
    "cheek lip mouth tongue tooth chin jaw",
    "neck": "neck nape throat",
    "trunk_front": "collarbone chest breast ribs abdomen navel side",
    "trunk_back": "shoulder_blade upper_back lower_back back",
    "upper_arm": "shoulder armpit arm upper_arm elbow",
    "forearm": "forearm wrist",
    "hand": "hand palm thumb index_finger middle_finger ring_finger little_finger finger "
    "fingernail",
    "pelvis": "hip buttock groin genitals",
    "leg": "leg thigh knee shin calf",
    "foot": "ankle foot heel sole big_toe toe toenail",
    "whole_body": "whole_body",
}
"""Body regions: neighbouring sites that two tellers may name differently. Our choice."""

IN_BONE = frozenset(
    {
        MarkType.AMPUTATION,
        MarkType.DEFORMITY,
        MarkType.OLD_FRACTURE,
        MarkType.MISSING_TOOTH_VISIBLE,
        MarkType.PROSTHESIS,
    }
)
"""Marks that outlast skin."""

_GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}
_REGION_OF = {site: region for region, sites in REGIONS.items() for site in sites.split()}


@dataclass(frozen=True, slots=True)
class Visible:
    """Probability that a mark can be seen, by the condition of the remains."""

    skin: Mapping[str, Share]
    bone: Mapping[str, Share]


@dataclass(frozen=True, slots=True)
class NoneReported:
    """What it means that a family says there are no marks."""

    share_with_marks: OpenShare
    missed: OpenShare


@dataclass(frozen=True, slots=True)
class MarksParameters(ListParameters):
    """What lists of marks have beyond other lists."""

    listed_when_none: OpenShare
    none_reported: NoneReported
    visible: Visible
    recovered: Mapping[str, Share]


def weigh_marks(
    missing: MissingRecord,
    remains: RemainsRecord,
    parameters: MarksParameters,
    rarity: ListRarity,
) -> Weight | None:
    """Weigh the marks told of a missing person against those seen on remains.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
        `marks`: lists, or "asked, has none". The condition and completeness of the remains
        say what could have been seen: a skeleton has no tattoos.
    parameters : MarksParameters
        Table ``marks`` of the model file.
    rarity : ListRarity
        How common each mark and word is in the registry.

    Returns
    -------
    Weight or None
        Between ``log10(unrelated)`` and `ceiling`. None where either side was not
        recorded, unknown or refused, and where nothing told could have been seen.

    Notes
    -----
    Method, derivation and limits: ``docs/methods/marks.md``.
    """
    if Answer.ABSENT in (missing.marks.answer, remains.marks.answer):
        return _weigh_none(missing, remains, parameters, rarity)
    if not missing.marks.items or not remains.marks.items:
        return None
    sought = sought_marks(missing, remains, parameters)
    found = [thing_of_mark(mark) for mark in remains.marks]
    weighed = weigh_lists(
        sought, found, parameters.listed, parameters=parameters, rarity=rarity
    )
    return list_weight(Kind.MARKS, weighed)


def list_weight(kind: Kind, weighed: ListWeight | None) -> Weight | None:
    """Name the reason of a list's weight, with how many things agreed."""
    if weighed is None:
        return None
    reason = Reason.LIST_DIFFERS
    if weighed.partly:
        reason = Reason.LIST_PARTLY_AGREES
    if weighed.agreeing:
        reason = Reason.LIST_AGREES
    facts = (
        ("agreeing", float(weighed.agreeing)),
        ("partly", float(weighed.partly)),
        ("unseen", float(weighed.unseen)),
    )
    return Weight(kind, weighed.log10_lr, reason, facts)


def sought_marks(
    missing: MissingRecord, remains: RemainsRecord, parameters: MarksParameters
) -> list[tuple[Thing, float]]:
    """List the marks told, each with the probability that these remains could have shown it."""
    return [
        (thing_of_mark(mark), visibility(mark.kind, remains, parameters))
        for mark in missing.marks
    ]


def visibility(kind: MarkType, remains: RemainsRecord, parameters: MarksParameters) -> float:
    """Probability, in [0, 1], that a mark of this kind could have been seen."""
    by_condition = parameters.visible.bone if kind in IN_BONE else parameters.visible.skin
    condition = "unknown" if remains.condition is None else remains.condition.value
    return by_condition[condition] * parameters.recovered[remains.completeness.value]


@lru_cache(maxsize=65536)
def thing_of_mark(mark: Mark) -> Thing:
    """Code a mark for comparison."""
    kind = mark.kind.value
    group = _GROUP_OF.get(kind, kind)
    region = region_of_site(mark.site)
    site = None if mark.site is None else mark.site.value
    side = None if mark.side is None else mark.side.value
    return Thing(group, kind, region, site, side, words_of(mark.words))


def region_of_site(site: BodySite | None) -> str | None:
    """Body region of a site; None where the site was not said."""
    return None if site is None else _REGION_OF[site.value]


def _weigh_none(
    missing: MissingRecord,
    remains: RemainsRecord,
    parameters: MarksParameters,
    rarity: ListRarity,
) -> Weight | None:
    """Weigh an answer "has none": the only one that may count against by itself."""
    if missing.marks.answer is Answer.ABSENT:
        return _weigh_none_reported(remains.marks, remains, parameters)
    if not missing.marks.items:
        return None
    sought = sought_marks(missing, remains, parameters)
    weighed = weigh_lists(
        sought, (), parameters.listed_when_none, parameters=parameters, rarity=rarity
    )
    if weighed is None:
        return None
    facts = (("unseen", float(weighed.unseen)),)
    return Weight(Kind.MARKS, weighed.log10_lr, Reason.LIST_NONE_FOUND, facts)


def _weigh_none_reported(
    seen: Listed[Mark], remains: RemainsRecord, parameters: MarksParameters
) -> Weight | None:
    none = parameters.none_reported
    if seen.items:
        weight = log10(none.missed / none.share_with_marks)
        facts = (("seen", float(len(seen))),)
        return Weight(Kind.MARKS, weight, Reason.LIST_NONE_REPORTED, facts)
    if seen.answer is not Answer.ABSENT or not visibility(MarkType.TATTOO, remains, parameters):
        return None
    weight = log10((1 - none.missed) / (1 - none.share_with_marks))
    return Weight(Kind.MARKS, weight, Reason.LIST_NONE_ON_BOTH)
