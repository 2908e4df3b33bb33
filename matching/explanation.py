"""Why a pairing weighs what it weighs: reasons and values for people to read, no sentences.

The registry turns each reason code into a sentence in the reader's language.
"""

from dataclasses import dataclass
from enum import StrEnum

from matching.codes import Answer, RemainsSex, Sex
from matching.evidence.age import reported_age, weigh_age
from matching.evidence.clothing import articles_of, weigh_clothing
from matching.evidence.eyes import weigh_eyes
from matching.evidence.hair import weigh_hair
from matching.evidence.marks import weigh_marks
from matching.evidence.place import weigh_place
from matching.evidence.rarity import Rarity
from matching.evidence.sex import weigh_sex
from matching.evidence.stature import weigh_stature
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
    missing: MissingRecord, remains: RemainsRecord, model: Model, rarity: Rarity
) -> Explanation:
    """Weigh one pair by the definitions, and keep the reasons.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
    model : Model
    rarity : Rarity
        Of the whole registry (`matching.evidence.registry.rarity_of`), not of this pair.

    Returns
    -------
    Explanation
    """
    weighed = weigh_kinds(missing, remains, model, rarity)
    weights = tuple(weight for weight in weighed.values() if weight is not None)
    lacking = tuple(
        Lacking(kind, _side(kind, missing, remains))
        for kind, weight in weighed.items()
        if weight is None
    )
    return Explanation(sum(weight.log10_lr for weight in weights), weights, lacking)


def weigh_kinds(
    missing: MissingRecord, remains: RemainsRecord, model: Model, rarity: Rarity
) -> dict[Kind, Weight | None]:
    """Weigh each kind by its definition; None where nothing can be compared.

    Returns
    -------
    dict of Kind to Weight or None
        In the order of `Kind`.
    """
    pair = (missing, remains)
    return {
        Kind.SEX: weigh_sex(*pair, model.sex),
        Kind.AGE: weigh_age(*pair, model.age, model.survival),
        Kind.STATURE: weigh_stature(*pair, model.stature, model.sex),
        Kind.TIME: weigh_time(*pair, model.time, survival=model.survival, rarity=rarity),
        Kind.PLACE: weigh_place(*pair, model.place, rarity),
        Kind.MARKS: weigh_marks(*pair, model.marks, rarity.marks),
        Kind.HAIR: weigh_hair(*pair, model.hair, rarity.hair),
        Kind.EYES: weigh_eyes(*pair, model.eyes, rarity.eyes),
        Kind.CLOTHING: weigh_clothing(*pair, model.clothing, rarity.clothing),
    }


def _side(kind: Kind, missing: MissingRecord, remains: RemainsRecord) -> Side:
    """Say which side knows nothing of a kind."""
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
        Kind.PLACE: missing.place is not None or bool(missing.country),
        Kind.MARKS: missing.marks.answer in (Answer.RECORDED, Answer.ABSENT),
        Kind.HAIR: missing.hair is not None,
        Kind.EYES: missing.eyes is not None,
        Kind.CLOTHING: bool(articles_of(missing)),
    }


def _seen(remains: RemainsRecord) -> dict[Kind, bool]:
    return {
        Kind.SEX: remains.sex not in (RemainsSex.UNKNOWN, RemainsSex.INDETERMINATE),
        Kind.AGE: remains.age is not None,
        Kind.STATURE: remains.stature_cm is not None,
        Kind.TIME: remains.found is not None,
        Kind.PLACE: remains.place is not None or bool(remains.country),
        Kind.MARKS: remains.marks.answer in (Answer.RECORDED, Answer.ABSENT),
        Kind.HAIR: remains.hair is not None,
        Kind.EYES: remains.eyes is not None,
        Kind.CLOTHING: bool(articles_of(remains)),
    }
