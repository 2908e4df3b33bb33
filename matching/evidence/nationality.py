"""Weight of a nationality told of a missing person against one that remains indicate."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from matching.evidence.numbers import OpenShare, Positive, Share, log10_capped, mixed
from matching.evidence.rarity import NationalityRarity
from matching.evidence.weight import Kind, Reason, Weight
from matching.records import MissingRecord, RemainsRecord


@dataclass(frozen=True, slots=True)
class NationalityParameters:
    """How often an indication is right, and the population of the routes."""

    unrelated: OpenShare
    right: OpenShare
    records: Positive
    population: Mapping[str, Share]


def weigh_nationality(
    missing: MissingRecord,
    remains: RemainsRecord,
    parameters: NationalityParameters,
    rarity: NationalityRarity,
) -> Weight | None:
    """Weigh the nationalities told against those that papers, coins or labels indicate.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
        `nationality`, lists of countries; `country` of the recovery.
    parameters : NationalityParameters
        Table ``nationality`` of the model file.
    rarity : NationalityRarity
        Nationalities told and indicated in the registry.

    Returns
    -------
    Weight or None
        ``log10 [P(indicated | told) / P(indicated on remains found in that country)]``. It
        is there to include: another nationality weighs little against, nowhere below
        ``log10 [unrelated + (1 - unrelated)(1 - right)]``. None unless both are known.

    Notes
    -----
    Method, derivation and limits: ``docs/methods/nationality.md``.
    """
    told, seen = told_nationality(missing), seen_nationality(remains)
    if told is None or seen is None:
        return None
    ratios = [nationality_ratio(told, (one, seen[1]), parameters, rarity) for one in seen[0]]
    same = any(one in told for one in seen[0])
    reason = Reason.NATIONALITY_SAME if same else Reason.NATIONALITY_DIFFERS
    facts = (
        ("missing", " ".join(told)),
        ("remains", " ".join(seen[0])),
        ("country", seen[1]),
    )
    ratio = mixed(parameters.unrelated, sum(ratios) / len(ratios))
    return Weight(Kind.NATIONALITY, log10_capped(ratio), reason, facts)


def told_nationality(missing: MissingRecord) -> tuple[str, ...] | None:
    """Nationalities told, each once; None where none is."""
    return tuple(sorted(set(missing.nationality))) or None


def seen_nationality(remains: RemainsRecord) -> tuple[tuple[str, ...], str] | None:
    """Nationalities indicated, each once, and the country of recovery or ""."""
    indicated = tuple(sorted(set(remains.nationality)))
    return (indicated, remains.country or "") if indicated else None


def nationality_ratio(
    told: Collection[str],
    seen: tuple[str, str],
    parameters: NationalityParameters,
    rarity: NationalityRarity,
) -> float:
    """Likelihood ratio of one indication on remains found in a country.

    ``[right × (indicated is told) / number told + (1 - right) × share] / share``, with the
    share of this nationality among indications on remains found in that country: that many
    Mexicans are found in Mexico speaks for no Mexican in particular.
    """
    indicated, country = seen
    share = rarity.share(indicated, country, parameters.population, parameters.records)
    hit = parameters.right / len(told) if indicated in told else 0.0
    return hit / share + 1 - parameters.right
