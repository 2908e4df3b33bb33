"""Weight of the colour of the eyes."""

from matching.evidence.confusion import ColourParameters, shares_seen, weigh_colour
from matching.evidence.rarity import ColourRarity
from matching.evidence.weight import Kind, Weight
from matching.records import MissingRecord, RemainsRecord

NEIGHBOURS = {
    "black": ("dark_brown", "brown"),
    "dark_brown": ("black", "brown"),
    "brown": ("black", "dark_brown", "light_brown", "hazel"),
    "light_brown": ("brown", "hazel"),
    "hazel": ("brown", "light_brown", "green"),
    "green": ("hazel", "grey", "blue"),
    "blue": ("grey", "green"),
    "grey": ("blue", "green"),
}


def weigh_eyes(
    missing: MissingRecord,
    remains: RemainsRecord,
    parameters: ColourParameters,
    rarity: ColourRarity,
) -> Weight | None:
    """Weigh the colour of eyes reported against that seen.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
        `eyes`; the condition of the remains decides how far a colour is trusted.
    parameters : ColourParameters
        Table ``eyes`` of the model file.
    rarity : ColourRarity
        Colours seen on the remains of the registry.

    Returns
    -------
    Weight or None
        ``log10 [P(seen | reported) / P(seen)]``, finite. None without two colours.

    Notes
    -----
    Method, sources and limits: ``docs/methods/eyes.md``.
    """
    if missing.eyes is None or remains.eyes is None:
        return None
    pair = (missing.eyes.value, remains.eyes.value)
    return weigh_colour(
        Kind.EYES,
        pair,
        remains.condition,
        parameters=parameters,
        among=shares_seen(remains.condition, parameters, rarity),
        neighbours=NEIGHBOURS,
    )
