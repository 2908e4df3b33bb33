"""Which kinds of evidence are weighed for each kind of pairing: one line each."""

from collections.abc import Hashable, Mapping
from typing import Any

from matching.errors import KindNotSupported
from matching.evidence.age import estimate_ends, reported_age
from matching.evidence.eyes import weigh_eyes
from matching.evidence.sex import chance_female, weigh_sex
from matching.evidence.stature import expected_stature, found_stature
from matching.evidence.weight import Kind
from matching.model_file import Model
from matching.packing.comparison import Evidence, Floats, Integers, Judged
from matching.packing.days import Days
from matching.packing.later_kinds import HAIR, LATER
from matching.packing.places import Places
from matching.packing.reweighed import Reweighed
from matching.packing.tables import (
    age_weights,
    ages_seen,
    ages_told,
    stature_weights,
    stature_weights_of,
    statures_seen,
    statures_told,
)
from matching.packing.things import Clothes, Marks
from matching.packing.valued import Table, by_fields, by_table
from matching.pairings import Pairing


def _age_told(one: Any, _: Judged) -> Hashable | None:
    return reported_age(one)


def _age_seen(one: Any, _: Judged) -> Hashable | None:
    return None if one.age is None else estimate_ends(one.age)


AGES = Table(
    lambda told, judged: ages_told(told, judged.model),
    lambda seen, judged: ages_seen(seen, judged.model),
    lambda told, seen, judged: age_weights(told, seen, judged.model),
)


def _stature_told(one: Any, judged: Judged) -> Hashable | None:
    return expected_stature(one, judged.model.stature)


def _stature_seen(one: Any, judged: Judged) -> Hashable | None:
    found = found_stature(one, judged.model.stature)
    female = chance_female(one.sex, one.sex_method, judged.model.sex)
    return None if found is None else (found, female)


def _statures_of(
    told: Floats, seen: Floats, model: Model, pairs: tuple[Integers, Integers]
) -> Floats:
    # By name, as what is laid out may go to another process.
    return stature_weights_of(told, seen, pairs, model)


STATURES = Table(
    lambda told, _: statures_told(told),
    lambda seen, judged: statures_seen(seen, judged.model),
    lambda told, seen, judged: stature_weights(told, seen, judged.model),
    _statures_of,
)

TOLD_AND_SEEN: tuple[Evidence, ...] = (
    by_fields(
        Kind.SEX,
        ("sex",),
        ("sex", "sex_method"),
        lambda left, right, judged: weigh_sex(left, right, judged.model.sex),
    ),
    by_table(Kind.AGE, _age_told, _age_seen, AGES),
    by_table(Kind.STATURE, _stature_told, _stature_seen, STATURES),
    Days(),
    Places(),
    Marks(),
    HAIR,
    by_fields(
        Kind.EYES,
        ("eyes",),
        ("eyes", "condition"),
        lambda left, right, judged: weigh_eyes(
            left, right, judged.model.eyes, judged.rarity.eyes
        ),
    ),
    Clothes(),
    *LATER,
)

EVIDENCE: Mapping[str, tuple[Evidence, ...]] = dict.fromkeys(
    (pairing.value for pairing in Pairing), TOLD_AND_SEEN
)
"""By kind of pairing, in the order of `Kind`, in which weights are summed and shown. What is
told is held against what was seen in each of them: see `matching.pairings`."""


def evidence_of(model: Model) -> tuple[Evidence, ...]:
    """Kinds of evidence that a model weighs, in the order of `Kind`.

    Raises
    ------
    KindNotSupported
        If the model weighs a kind that the search does not know: leaving it out in silence
        would rank by other weights than are explained.
    """
    known = {one.kind: one for one in EVIDENCE[model.kind]}
    unknown = [kind.value for kind in model.kinds if kind not in known]
    if unknown:
        raise KindNotSupported(f"the search does not weigh {', '.join(unknown)} yet")
    learned = {} if model.learned is None else model.learned.of
    return tuple(
        Reweighed(known[kind], learned[kind.value]) if kind.value in learned else known[kind]
        for kind in model.kinds
    )
