"""Weight of the hand a person preferred."""

from matching.evidence.confusion import ColourParameters, Neighbours, shares_seen, weigh_colour
from matching.evidence.rarity import ColourRarity
from matching.evidence.weight import Kind, Weight
from matching.records import MissingRecord, RemainsRecord

NEIGHBOURS: Neighbours = {"right": ("both",), "left": ("both",), "both": ("right", "left")}


def weigh_handedness(
    missing: MissingRecord,
    remains: RemainsRecord,
    parameters: ColourParameters,
    rarity: ColourRarity,
) -> Weight | None:
    """Weigh the hand told against the one an examiner holds for stronger.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
        `handedness`.
    parameters : ColourParameters
        Table ``handedness`` of the model file.
    rarity : ColourRarity
        Hands noted of the remains of the registry.

    Returns
    -------
    Weight or None
        ``log10 [P(noted | told) / P(noted)]``, finite. None without both.

    Notes
    -----
    Method, sources and limits: ``docs/methods/handedness.md``.
    """
    if missing.handedness is None or remains.handedness is None:
        return None
    return weigh_colour(
        Kind.HANDEDNESS,
        (missing.handedness.value, remains.handedness.value),
        remains.condition,
        parameters=parameters,
        among=shares_seen(remains.condition, parameters, rarity),
        neighbours=NEIGHBOURS,
    )
