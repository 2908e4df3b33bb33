"""Weight of the colour of the hair."""

from matching.codes import Condition, HairColour
from matching.evidence.confusion import FRESH, ColourParameters, shares_seen, weigh_colour
from matching.evidence.rarity import ColourRarity
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
    rarity: ColourRarity,
) -> Weight | None:
    """Weigh the colour of hair reported against that seen.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
        `hair`; the condition of the remains decides how far a colour is trusted.
    parameters : ColourParameters
        Table ``hair`` of the model file.
    rarity : ColourRarity
        Colours seen on the remains of the registry.

    Returns
    -------
    Weight or None
        ``log10 [P(seen | reported) / P(seen)]``, finite. None without two colours, where
        hair was dyed (it may have any colour later), and for hair "missing" on remains that
        have lost it to decay.

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
        among=shares_seen(remains.condition, parameters, rarity, silent),
        neighbours=NEIGHBOURS,
    )


def says_nothing(condition: Condition | None) -> tuple[HairColour, ...]:
    """Colours of remains that are not compared: dyed, and "bald" when it may be decay."""
    if condition in FRESH:
        return (HairColour.DYED,)
    return (HairColour.DYED, HairColour.BALD)
