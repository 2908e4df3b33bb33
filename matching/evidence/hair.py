"""Weight of the colour of the hair."""

from matching.codes import Condition, HairColour
from matching.evidence.confusion import (
    FRESH,
    ColourParameters,
    leaning,
    shares_seen,
    weigh_colour,
)
from matching.evidence.rarity import HairRarity
from matching.evidence.weight import Kind, Weight
from matching.records import MissingRecord, RemainsRecord

NEIGHBOURS = {
    "black": ("dark_brown",),
    "dark_brown": ("black", "brown"),
    "brown": ("dark_brown", "light_brown"),
    "light_brown": ("brown", "blond", "sandy"),
    "blond": ("light_brown", "sandy"),
    "sandy": ("light_brown", "blond", "red"),
    "red": ("sandy",),
    "grey": ("white",),
    "white": ("grey",),
}


def weigh_hair(
    missing: MissingRecord,
    remains: RemainsRecord,
    parameters: ColourParameters,
    rarity: HairRarity,
) -> Weight | None:
    """Weigh the colour of hair reported against that seen.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
        `hair`; the condition of the remains decides how far a colour is trusted.
    parameters : ColourParameters
        Table ``hair`` of the model file.
    rarity : HairRarity
        Colours seen on the remains of the registry, in all and by age.

    Returns
    -------
    Weight or None
        ``log10 [P(seen | reported) / P(seen)]``, finite. None without two colours, where
        hair was dyed (it may have any colour later), and for hair "missing" on remains that
        have lost it to decay. Remains of known age are judged among those of their age, so
        that grey hair of old people is not counted twice.

    Notes
    -----
    Method, sources and limits: ``docs/methods/hair.md``.
    """
    if missing.hair is None or remains.hair is None:
        return None
    silent = says_nothing(remains.condition)
    if missing.hair is HairColour.DYED or remains.hair in silent:
        return None
    pair = (missing.hair.value, remains.hair.value)
    return weigh_colour(
        Kind.HAIR,
        pair,
        remains.condition,
        parameters=parameters,
        among=_shares(remains, parameters, rarity),
        neighbours=NEIGHBOURS,
    )


def age_group(remains: RemainsRecord, parameters: ColourParameters) -> str | None:
    """Say whether remains are "younger" or "older"; None where that is not told apart."""
    if not parameters.older_from_years or remains.age is None:
        return None
    return "older" if remains.age.middle >= parameters.older_from_years else "younger"


def _shares(
    remains: RemainsRecord, parameters: ColourParameters, rarity: HairRarity
) -> dict[str, float]:
    """Share of each colour on such remains; few of an age lean on those of all ages."""
    silent = says_nothing(remains.condition)
    everybody = shares_seen(remains.condition, parameters, rarity, silent)
    group = age_group(remains, parameters)
    counted = rarity.by_age.get(group) if group else None
    if counted is None:
        return everybody
    counts = counted.fresh if remains.condition in FRESH else counted.changed
    return leaning(counts, everybody, parameters.records)


def says_nothing(condition: Condition | None) -> tuple[HairColour, ...]:
    """Colours of remains that are not compared: dyed, and "bald" when it may be decay."""
    if condition in FRESH:
        return (HairColour.DYED,)
    return (HairColour.DYED, HairColour.BALD)
