"""Weight of the colour of the hair."""

from matching.codes import HairColour
from matching.evidence.confusion import FRESH, ColourParameters, weigh_colour
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
    missing: MissingRecord, remains: RemainsRecord, parameters: ColourParameters
) -> Weight | None:
    """Weigh the colour of hair reported against that seen.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
        `hair`; the condition of the remains decides how far a colour is trusted.
    parameters : ColourParameters
        Table ``hair`` of the model file.

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
    if HairColour.DYED in (missing.hair, remains.hair):
        return None
    if remains.hair is HairColour.BALD and remains.condition not in FRESH:
        return None
    pair = (missing.hair.value, remains.hair.value)
    return weigh_colour(
        Kind.HAIR, pair, remains.condition, parameters=parameters, neighbours=NEIGHBOURS
    )
