"""Two values of an appearance compared: same, a neighbouring one, or chance.

Shared by hair, eyes, build and handedness; "colour" stands for any of them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from matching.codes import Condition
from matching.evidence.numbers import OpenShare, Positive, log10_capped
from matching.evidence.rarity import ColourRarity
from matching.evidence.weight import Kind, Reason, Weight

Neighbours = Mapping[str, tuple[str, ...]]

FRESH = (Condition.FULLY_FLESHED, Condition.DECOMPOSED)

_REASONS = (Reason.COLOUR_SAME, Reason.COLOUR_NEAR, Reason.COLOUR_DIFFERS)
_OTHER_REASONS = (Reason.VALUE_SAME, Reason.VALUE_NEAR, Reason.VALUE_DIFFERS)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Probability of seeing the same colour and of a neighbouring shade; the rest is chance."""

    same: OpenShare
    near: OpenShare


@dataclass(frozen=True, slots=True)
class ColourParameters:
    """Colours among the population, worth so many records, and how well they are seen again.

    From `older_from_years` on, people are judged among those of their age; 0 tells no ages
    apart.
    """

    records: Positive
    frequency: Mapping[str, OpenShare]
    fresh: Agreement
    changed: Agreement
    older_from_years: int = 0


def weigh_colour(
    kind: Kind,
    pair: tuple[str, str],
    condition: Condition | None,
    *,
    parameters: ColourParameters,
    among: Mapping[str, float],
    neighbours: Neighbours,
) -> Weight:
    """Weigh a colour reported against a colour seen.

    Parameters
    ----------
    kind : Kind
        Hair, eyes, build or handedness.
    pair : (reported, seen)
        Codes of the values.
    condition : Condition or None
        Colours of remains in conditions 1 and 2 count as fresh, all others as changed.
    parameters : ColourParameters
        Table of the model file.
    among : mapping of colour to share
        Colours seen on remains in such a condition, as `shares_seen` counts them.
    neighbours : mapping
        Shades that people take for one another, listed both ways.

    Returns
    -------
    Weight
        ``log10 [P(seen | reported) / P(seen)]``, finite.
    """
    reported, seen = pair
    agreement = parameters.fresh if condition in FRESH else parameters.changed
    person = chance_seen(pair, agreement, among, neighbours)
    facts = (
        ("missing", reported),
        ("remains", seen),
        ("condition", "unknown" if condition is None else condition.value),
    )
    weight = log10_capped(person / among[seen])
    return Weight(kind, weight, _reason(kind, pair, neighbours), facts)


def chance_seen(
    pair: tuple[str, str],
    agreement: Agreement,
    among: Mapping[str, float],
    neighbours: Neighbours,
) -> float:
    """Probability of seeing a colour on remains of a person reported with another.

    A colour without neighbours leaves their share to chance, so the probabilities of all
    colours sum to one.
    """
    reported, seen = pair
    near = neighbours.get(reported, ())
    by_chance = 1 - agreement.same - (agreement.near if near else 0.0)
    chance = by_chance * among[seen]
    if seen == reported:
        chance += agreement.same
    if seen in near:
        chance += agreement.near / len(near)
    return chance


def shares_seen(
    condition: Condition | None,
    parameters: ColourParameters,
    rarity: ColourRarity,
    left_out: Collection[str] = (),
) -> dict[str, float]:
    """Share of each colour on remains of the registry in such a condition; sums to one.

    Counted on the registry's remains, with the model's frequencies as so many `records`
    more. As the weight divides by it, the mean ratio over the remains is one whatever colour
    was reported. Colours that cannot be compared are `left_out`.
    """
    counts = rarity.fresh if condition in FRESH else rarity.changed
    default = {c: share for c, share in parameters.frequency.items() if c not in left_out}
    return leaning(counts, default, parameters.records)


def leaning(
    counts: Mapping[str, int], default: Mapping[str, float], records: float
) -> dict[str, float]:
    """Shares of counts that lean on default ones as on so many `records`; sums to one."""
    scale = records / sum(default.values())
    number = sum(counts.get(colour, 0) for colour in default) + records
    return {
        colour: (counts.get(colour, 0) + scale * share) / number
        for colour, share in default.items()
    }


def _reason(kind: Kind, pair: tuple[str, str], neighbours: Neighbours) -> Reason:
    same, near, differs = _REASONS if kind in (Kind.HAIR, Kind.EYES) else _OTHER_REASONS
    reported, seen = pair
    if reported == seen:
        return same
    return near if seen in neighbours.get(reported, ()) else differs
