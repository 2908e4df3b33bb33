"""The weight of one kind of evidence for one pairing."""

from dataclasses import dataclass
from enum import StrEnum

Fact = str | float


class Kind(StrEnum):
    """The kinds of evidence, in the order in which they are summed and shown.

    A model weighs those whose table its file has (`Model.kinds`).
    """

    SEX = "sex"
    AGE = "age"
    STATURE = "stature"
    TIME = "time"
    PLACE = "place"
    MARKS = "marks"
    HAIR = "hair"
    EYES = "eyes"
    CLOTHING = "clothing"
    TEETH = "teeth"
    MEDICAL = "medical"
    PAPERS = "papers"
    NATIONALITY = "nationality"
    BUILD = "build"
    BODY_WEIGHT = "body_weight"
    HANDEDNESS = "handedness"
    BLOOD_GROUP = "blood_group"
    GROUP = "group"
    DESTINATION = "destination"
    BIRTH = "birth"
    RECOVERY = "recovery"
    OUTSIDE = "outside"


class Reason(StrEnum):
    """Why a weight is what it is; the registry turns each into a sentence."""

    SEX_AGREES = "sex_agrees"
    SEX_DIFFERS = "sex_differs"
    AGE_WITHIN = "age_within"
    AGE_NEAR = "age_near"
    AGE_FAR = "age_far"
    STATURE_NEAR = "stature_near"
    STATURE_FAR = "stature_far"
    TIME_FITS = "time_fits"
    TIME_UNUSUAL = "time_unusual"
    TIME_WITHIN_IMPRECISION = "time_within_imprecision"
    TIME_IMPOSSIBLE = "time_impossible"
    PLACE_DISTANCE = "place_distance"
    PLACE_SAME_REGION = "place_same_region"
    PLACE_SAME_COUNTRY = "place_same_country"
    PLACE_OTHER_COUNTRY = "place_other_country"
    LIST_AGREES = "list_agrees"
    LIST_PARTLY_AGREES = "list_partly_agrees"
    LIST_DIFFERS = "list_differs"
    LIST_NONE_FOUND = "list_none_found"
    LIST_NONE_REPORTED = "list_none_reported"
    LIST_NONE_ON_BOTH = "list_none_on_both"
    COLOUR_SAME = "colour_same"
    COLOUR_NEAR = "colour_near"
    COLOUR_DIFFERS = "colour_differs"
    TIME_BEFORE_CONTACT = "time_before_contact"
    TEETH_SAME = "teeth_same"
    TEETH_EXPLAINABLE = "teeth_explainable"
    TEETH_UNEXPLAINED = "teeth_unexplained"
    SERIAL_SAME = "serial_same"
    SERIAL_NEAR = "serial_near"
    SERIAL_DIFFERS = "serial_differs"
    PAPERS_AGREE = "papers_agree"
    PAPERS_PARTLY_AGREE = "papers_partly_agree"
    PAPERS_DIFFER = "papers_differ"
    NATIONALITY_SAME = "nationality_same"
    NATIONALITY_DIFFERS = "nationality_differs"
    VALUE_SAME = "value_same"
    VALUE_NEAR = "value_near"
    VALUE_DIFFERS = "value_differs"
    BODY_WEIGHT_NEAR = "body_weight_near"
    BODY_WEIGHT_FAR = "body_weight_far"
    BLOOD_GROUP_FITS = "blood_group_fits"
    BLOOD_GROUP_DIFFERS = "blood_group_differs"
    GROUP_SAME = "group_same"
    GROUP_DIFFERS = "group_differs"
    DESTINATION_AHEAD = "destination_ahead"
    DESTINATION_ASIDE = "destination_aside"
    BIRTH_SAME = "birth_same"
    BIRTH_SWAPPED = "birth_swapped"
    BIRTH_DIFFERS = "birth_differs"
    RECOVERY_SAME = "recovery_same"
    RECOVERY_NEAR = "recovery_near"
    RECOVERY_FAR = "recovery_far"
    OUTSIDE_SUPPORTS = "outside_supports"
    OUTSIDE_OPPOSES = "outside_opposes"


@dataclass(frozen=True, slots=True)
class Weight:
    """How much one kind of evidence speaks for a pairing, and what it rests on.

    Attributes
    ----------
    kind : Kind
    log10_lr : float
        Base-10 log likelihood ratio: positive speaks for one person, negative against,
        ``-inf`` only for what cannot be. Never ``nan``: what cannot be compared has no
        weight at all (``None`` in place of a `Weight`).
    reason : Reason
        A code, never a sentence: sentences are translated where people read them.
    facts : tuple of (name, value)
        The values the weight rests on, in the order a sentence would want them.
    """

    kind: Kind
    log10_lr: float
    reason: Reason
    facts: tuple[tuple[str, Fact], ...] = ()
