"""Two colours compared: same, a neighbouring shade, or chance. Shared by hair and eyes."""

from collections.abc import Mapping
from dataclasses import dataclass

from matching.codes import Condition
from matching.evidence.numbers import OpenShare, log10_capped
from matching.evidence.weight import Kind, Reason, Weight

Neighbours = Mapping[str, tuple[str, ...]]

FRESH = (Condition.FULLY_FLESHED, Condition.DECOMPOSED)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Probability of seeing the same colour and of a neighbouring shade; the rest is chance."""

    same: OpenShare
    near: OpenShare


@dataclass(frozen=True, slots=True)
class ColourParameters:
    """Colours among the population, and how well they are seen again."""

    frequency: Mapping[str, OpenShare]
    fresh: Agreement
    changed: Agreement


def weigh_colour(
    kind: Kind,
    pair: tuple[str, str],
    condition: Condition | None,
    *,
    parameters: ColourParameters,
    neighbours: Neighbours,
) -> Weight:
    """Weigh a colour reported against a colour seen.

    Parameters
    ----------
    kind : Kind
        Hair or eyes.
    pair : (reported, seen)
        Codes of the colours.
    condition : Condition or None
        Colours of remains in conditions 1 and 2 count as fresh, all others as changed.
    parameters : ColourParameters
        Table of the model file.
    neighbours : mapping
        Shades that people take for one another, listed both ways.

    Returns
    -------
    Weight
        ``log10 [P(seen | reported) / P(seen)]``, finite.
    """
    reported, seen = pair
    agreement = parameters.fresh if condition in FRESH else parameters.changed
    among_all = _frequencies(parameters)
    anybody = sum(
        share * chance_seen((colour, seen), agreement, among_all, neighbours)
        for colour, share in among_all.items()
    )
    person = chance_seen(pair, agreement, among_all, neighbours)
    facts = (
        ("missing", reported),
        ("remains", seen),
        ("condition", "unknown" if condition is None else condition.value),
    )
    return Weight(
        kind, log10_capped(person / anybody), _reason(reported, seen, neighbours), facts
    )


def chance_seen(
    pair: tuple[str, str],
    agreement: Agreement,
    among_all: Mapping[str, float],
    neighbours: Neighbours,
) -> float:
    """Probability of seeing a colour on remains of a person reported with another.

    A colour without neighbours leaves their share to chance, so the probabilities of all
    colours sum to one.
    """
    reported, seen = pair
    near = neighbours.get(reported, ())
    by_chance = 1 - agreement.same - (agreement.near if near else 0.0)
    chance = by_chance * among_all[seen]
    if seen == reported:
        chance += agreement.same
    if seen in near:
        chance += agreement.near / len(near)
    return chance


def _frequencies(parameters: ColourParameters) -> dict[str, float]:
    total = sum(parameters.frequency.values())
    return {colour: share / total for colour, share in parameters.frequency.items()}


def _reason(reported: str, seen: str, neighbours: Neighbours) -> Reason:
    if reported == seen:
        return Reason.COLOUR_SAME
    near = seen in neighbours.get(reported, ())
    return Reason.COLOUR_NEAR if near else Reason.COLOUR_DIFFERS
