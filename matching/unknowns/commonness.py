"""What may be kept of how common things are: counts of codes, and nobody's words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from matching.errors import UnreadableRarity
from matching.evidence.rarity import ChartRarity, ListRarity, Rarity


def kept(rarity: Rarity) -> dict[str, Any]:
    """Give what can be kept with a run without sealing it.

    Parameters
    ----------
    rarity : Rarity

    Returns
    -------
    dict
        As JSON takes it: years, regions, countries, colours, nationalities, codes of things and
        the number of charts. Left out are names, numbers, telephones, words of descriptions,
        charts, incidents, days of birth, and where anybody was last heard of.
    """
    return replace(
        Rarity(),
        found_years=rarity.found_years,
        dated_remains=rarity.dated_remains,
        regions=rarity.regions,
        countries=rarity.countries,
        located_remains=rarity.located_remains,
        marks=_codes_of(rarity.marks),
        clothing=_codes_of(rarity.clothing),
        hair=rarity.hair,
        eyes=rarity.eyes,
        build=rarity.build,
        handedness=rarity.handedness,
        nationality=rarity.nationality,
        teeth=ChartRarity(charts=rarity.teeth.charts),
    ).as_dict()


def read_kept(stored: Mapping[str, Any] | None) -> Rarity:
    """Read what `kept` gave; where nothing is kept, or it was counted otherwise, the model's.

    Returns
    -------
    Rarity
        Counts of nothing leave every kind to the frequencies of the model file.
    """
    try:
        return Rarity.from_dict(stored) if stored else Rarity()
    except UnreadableRarity:
        return Rarity()


def _codes_of(rarity: ListRarity) -> ListRarity:
    return ListRarity(lists=rarity.lists, groups=rarity.groups, things=rarity.things)
