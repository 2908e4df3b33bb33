"""Why a pairing weighs what it weighs: reasons and values for people to read, no sentences.

The registry turns each reason code into a sentence in the reader's language.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np

from matching.codes import Answer, RemainsSex, Sex
from matching.evidence.age import reported_age, weigh_age
from matching.evidence.birth import day_of_birth, weigh_birth
from matching.evidence.blood_group import weigh_blood_group
from matching.evidence.body_weight import weigh_body_weight
from matching.evidence.build import weigh_build
from matching.evidence.charts import chart_of
from matching.evidence.clothing import articles_of, weigh_clothing
from matching.evidence.destination import weigh_destination
from matching.evidence.eyes import weigh_eyes
from matching.evidence.group import weigh_group
from matching.evidence.hair import weigh_hair
from matching.evidence.handedness import weigh_handedness
from matching.evidence.marks import weigh_marks
from matching.evidence.medical import seen_serials, told_serials, weigh_medical
from matching.evidence.nationality import weigh_nationality
from matching.evidence.outside import OutsideResult, weigh_outside
from matching.evidence.papers import seen_papers, told_papers, weigh_papers
from matching.evidence.place import weigh_place
from matching.evidence.rarity import Rarity
from matching.evidence.recovery import weigh_recovery
from matching.evidence.sex import weigh_sex
from matching.evidence.stature import weigh_stature
from matching.evidence.teeth import weigh_teeth
from matching.evidence.time import weigh_time
from matching.evidence.weight import Kind, Weight
from matching.model_file import Model
from matching.records import MissingRecord, RemainsRecord


class Side(StrEnum):
    """Where a value is lacking."""

    MISSING = "missing"
    REMAINS = "remains"
    BOTH = "both"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Lacking:
    """A kind that could not be compared.

    `side` says where nothing is known; `NEITHER` means both sides know something that
    cannot be compared: marks that such remains cannot show, dyed hair, a child's stature.
    """

    kind: Kind
    side: Side


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that speaks for and against one pairing, and what is not known.

    Attributes
    ----------
    log10_lr : float
        Sum of the weights, in the order of `Kind`; equal to the search's to the last digit
        but for rounding in kinds looked up in tables.
    weights : tuple of Weight
        One for each kind that could be compared, in the order of `Kind`.
    lacking : tuple of Lacking
        One for each kind that could not.
    """

    log10_lr: float
    weights: tuple[Weight, ...]
    lacking: tuple[Lacking, ...]


def explain(
    missing: MissingRecord,
    remains: RemainsRecord,
    model: Model,
    rarity: Rarity,
    *,
    outside: Iterable[OutsideResult] = (),
) -> Explanation:
    """Weigh one pair by the definitions, and keep the reasons.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
    model : Model
    rarity : Rarity
        Of the whole registry (`matching.evidence.registry.rarity_of`), not of this pair.
    outside : iterable of OutsideResult
        What other systems say of this pair.

    Returns
    -------
    Explanation
    """
    weighed = weigh_kinds(missing, remains, model, rarity, outside=outside)
    weights = tuple(weight for weight in weighed.values() if weight is not None)
    lacking = _lacking(weighed, missing, remains)
    return Explanation(sum(weight.log10_lr for weight in weights), weights, lacking)


def lacking_kinds(
    missing: MissingRecord, remains: RemainsRecord, model: Model, rarity: Rarity
) -> tuple[Lacking, ...]:
    """Name the kinds of the model that cannot be compared, each with its side.

    Parameters
    ----------
    missing, remains, model, rarity
        As for `explain`.

    Returns
    -------
    tuple of Lacking
    """
    return _lacking(weigh_kinds(missing, remains, model, rarity), missing, remains)


def _lacking(
    weighed: Mapping[Kind, Weight | None], missing: MissingRecord, remains: RemainsRecord
) -> tuple[Lacking, ...]:
    return tuple(
        Lacking(kind, _side(kind, missing, remains))
        for kind, weight in weighed.items()
        if weight is None
    )


def weigh_kinds(
    missing: MissingRecord,
    remains: RemainsRecord,
    model: Model,
    rarity: Rarity,
    *,
    outside: Iterable[OutsideResult] = (),
) -> dict[Kind, Weight | None]:
    """Weigh each kind by its definition; None where nothing can be compared.

    Returns
    -------
    dict of Kind to Weight or None
        The kinds of the model, in the order of `Kind`; last, what other systems found, if
        they found anything.
    """
    weigh = definitions(model, rarity)
    weighed: dict[Kind, Weight | None] = {
        kind: _as_learned(weigh[kind](missing, remains), model) for kind in model.kinds
    }
    results = tuple(outside)
    if results and model.outside is not None:
        weighed[Kind.OUTSIDE] = weigh_outside(results, model.outside)
    return weighed


def _as_learned(weight: Weight | None, model: Model) -> Weight | None:
    """Let a weight count as decisions taught it, where they did."""
    if weight is None or model.learned is None or weight.kind.value not in model.learned.of:
        return weight
    counted = model.learned.of[weight.kind.value].of(np.array(weight.log10_lr))
    return replace(weight, log10_lr=float(counted))


Definition = Callable[[MissingRecord, RemainsRecord], Weight | None]


def definitions(model: Model, rarity: Rarity) -> dict[Kind, Definition]:
    """Hand each definition its numbers; one that the model does not weigh is never called.

    Parameters
    ----------
    model : Model
    rarity : Rarity

    Returns
    -------
    dict of Kind to function of (MissingRecord, RemainsRecord)
        Each gives a `Weight`, or None where nothing can be compared.
    """
    by: Any = model  # the tables of kinds it does not weigh are None
    return {
        Kind.SEX: lambda m, r: weigh_sex(m, r, by.sex),
        Kind.AGE: lambda m, r: weigh_age(m, r, by.age, by.survival),
        Kind.STATURE: lambda m, r: weigh_stature(m, r, by.stature, by.sex),
        Kind.TIME: lambda m, r: weigh_time(m, r, by.time, survival=by.survival, rarity=rarity),
        Kind.PLACE: lambda m, r: weigh_place(m, r, by.place, rarity),
        Kind.MARKS: lambda m, r: weigh_marks(m, r, by.marks, rarity.marks),
        Kind.HAIR: lambda m, r: weigh_hair(m, r, by.hair, rarity.hair),
        Kind.EYES: lambda m, r: weigh_eyes(m, r, by.eyes, rarity.eyes),
        Kind.CLOTHING: lambda m, r: weigh_clothing(m, r, by.clothing, rarity.clothing),
        Kind.TEETH: lambda m, r: weigh_teeth(m, r, by.teeth, rarity.teeth),
        Kind.MEDICAL: lambda m, r: weigh_medical(m, r, by.medical),
        Kind.PAPERS: lambda m, r: weigh_papers(m, r, by.papers, rarity.papers),
        Kind.NATIONALITY: lambda m, r: weigh_nationality(
            m, r, by.nationality, rarity.nationality
        ),
        Kind.BUILD: lambda m, r: weigh_build(m, r, by.build, rarity.build),
        Kind.BODY_WEIGHT: lambda m, r: weigh_body_weight(m, r, by.body_weight),
        Kind.HANDEDNESS: lambda m, r: weigh_handedness(m, r, by.handedness, rarity.handedness),
        Kind.BLOOD_GROUP: lambda m, r: weigh_blood_group(m, r, by.blood_group),
        Kind.GROUP: lambda m, r: weigh_group(m, r, by.group, rarity.group),
        Kind.DESTINATION: lambda m, r: weigh_destination(
            m, r, by.destination, place=by.place, rarity=rarity
        ),
        Kind.BIRTH: lambda m, r: weigh_birth(m, r, by.birth, rarity.births),
        Kind.RECOVERY: lambda m, r: weigh_recovery(
            m, r, by.recovery, time=by.time, rarity=rarity
        ),
    }


def _side(kind: Kind, missing: MissingRecord, remains: RemainsRecord) -> Side:
    """Say which side knows nothing of a kind."""
    if kind is Kind.OUTSIDE:
        return Side.BOTH
    told, seen = _told(missing)[kind], _seen(remains)[kind]
    if told and seen:
        return Side.NEITHER
    if told:
        return Side.REMAINS
    return Side.MISSING if seen else Side.BOTH


def _told(missing: MissingRecord) -> dict[Kind, bool]:
    return {
        Kind.SEX: missing.sex is not Sex.UNKNOWN,
        Kind.AGE: reported_age(missing) is not None,
        Kind.STATURE: missing.stature_cm is not None,
        Kind.TIME: missing.last_contact is not None,
        Kind.MEDICAL: bool(told_serials(missing)),
        Kind.PAPERS: told_papers(missing) is not None,
        Kind.DESTINATION: bool(missing.destination and missing.place),
        Kind.RECOVERY: missing.found is not None,
        **_said_alike(missing),
    }


def _seen(remains: RemainsRecord) -> dict[Kind, bool]:
    return {
        Kind.SEX: remains.sex not in (RemainsSex.UNKNOWN, RemainsSex.INDETERMINATE),
        Kind.AGE: remains.age is not None,
        Kind.STATURE: remains.stature_cm is not None,
        Kind.TIME: remains.found is not None,
        Kind.MEDICAL: bool(seen_serials(remains)),
        Kind.PAPERS: seen_papers(remains) is not None,
        Kind.DESTINATION: remains.place is not None,
        Kind.RECOVERY: remains.found is not None,
        **_said_alike(remains),
    }


def _said_alike(record: MissingRecord | RemainsRecord) -> dict[Kind, bool]:
    """Kinds that both sides say in the same way."""
    return {
        Kind.PLACE: record.place is not None or bool(record.country),
        Kind.MARKS: record.marks.answer in (Answer.RECORDED, Answer.ABSENT),
        Kind.HAIR: record.hair is not None,
        Kind.EYES: record.eyes is not None,
        Kind.CLOTHING: bool(articles_of(record)),
        Kind.TEETH: chart_of(record.teeth, after_death=True) is not None,
        Kind.NATIONALITY: bool(record.nationality),
        Kind.BUILD: record.build is not None,
        Kind.BODY_WEIGHT: record.weight_kg is not None,
        Kind.HANDEDNESS: record.handedness is not None,
        Kind.BLOOD_GROUP: record.blood_group is not None,
        Kind.GROUP: any((record.incident_id, record.group_id)),
        Kind.BIRTH: day_of_birth(record.birth) is not None,
    }
