"""Weight of the build of the person."""

from matching.codes import Build
from matching.evidence.body_weight import seen_kilograms
from matching.evidence.confusion import FRESH, ColourParameters, shares_seen, weigh_colour
from matching.evidence.rarity import ColourRarity
from matching.evidence.weight import Kind, Weight
from matching.records import MissingRecord, RemainsRecord

IN_ORDER = [one.value for one in Build]
NEIGHBOURS = {
    code: tuple(IN_ORDER[at] for at in (here - 1, here + 1) if 0 <= at < len(IN_ORDER))
    for here, code in enumerate(IN_ORDER)
}


def weigh_build(
    missing: MissingRecord,
    remains: RemainsRecord,
    parameters: ColourParameters,
    rarity: ColourRarity,
) -> Weight | None:
    """Weigh the build told against that seen.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
        `build`; the condition of the remains decides how far it is trusted.
    parameters : ColourParameters
        Table ``build`` of the model file.
    rarity : ColourRarity
        Builds seen on the remains of the registry.

    Returns
    -------
    Weight or None
        ``log10 [P(seen | told) / P(seen)]``, finite. None without two builds, and where the
        remains were weighed in kilograms: that is one witness, and the better one.

    Notes
    -----
    Method, sources and limits: ``docs/methods/build.md``.
    """
    seen = seen_build(remains)
    if missing.build is None or seen is None:
        return None
    return weigh_colour(
        Kind.BUILD,
        (missing.build.value, seen.value),
        remains.condition,
        parameters=parameters,
        among=shares_seen(remains.condition, parameters, rarity),
        neighbours=NEIGHBOURS,
    )


def seen_build(remains: RemainsRecord) -> Build | None:
    """Build as it is compared: none once decay swells or strips, or where they were weighed."""
    if remains.condition not in FRESH or seen_kilograms(remains) is not None:
        return None
    return remains.build
