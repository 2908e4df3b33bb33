"""Weight of clothing and belongings."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from matching.evidence.listed import ListParameters, Thing, weigh_lists
from matching.evidence.marks import list_weight
from matching.evidence.numbers import Share
from matching.evidence.rarity import ListRarity
from matching.evidence.weight import Kind, Weight
from matching.evidence.words import words_of
from matching.records import Article, MissingRecord, RemainsRecord

GROUPS = {
    "top": "shirt t_shirt polo_shirt blouse tank_top undershirt",
    "warm_top": "sweater sweatshirt",
    "jacket": "jacket coat vest rainwear suit",
    "trousers": "trousers jeans sweatpants leggings",
    "short": "shorts skirt swimwear",
    "underwear": "underpants bra",
    "legwear": "socks tights",
    "shoes": "shoes sneakers boots",
    "sandals": "sandals slippers",
    "headwear": "cap hat",
    "scarf": "scarf bandana",
    "glasses": "glasses sunglasses",
    "ring": "ring wedding_ring",
    "chain": "chain necklace pendant",
    "devotional": "rosary religious_image amulet",
    "bag": "backpack bag handbag",
    "phone": "phone sim_card",
    "paper": "document paper_note photograph book",
}
"""Articles that two tellers may name differently; every other article is its own group."""

FAMILIES = {
    "dark": "black dark_blue dark_green grey",
    "light": "white beige silver transparent",
    "blue": "blue light_blue turquoise",
    "red": "red dark_red pink purple",
    "warm": "orange yellow gold brown",
    "green": "green camouflage",
    "mixed": "several other",
}
"""Colours that fading, dust and night turn into one another. Our choice."""

_GROUP_OF = {item: group for group, items in GROUPS.items() for item in items.split()}
_FAMILY_OF = {
    colour: family for family, colours in FAMILIES.items() for colour in colours.split()
}


@dataclass(frozen=True, slots=True)
class ClothingParameters(ListParameters):
    """What lists of clothing have beyond other lists."""

    recovered: Mapping[str, Share]


def weigh_clothing(
    missing: MissingRecord,
    remains: RemainsRecord,
    parameters: ClothingParameters,
    rarity: ListRarity,
) -> Weight | None:
    """Weigh what a person wore and carried against what was found with remains.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
        `clothing` and `belongings`, taken together. How much was recovered says how much of
        it could have been found.
    parameters : ClothingParameters
        Table ``clothing`` of the model file.
    rarity : ListRarity
        How common each article, colour and word is in the registry.

    Returns
    -------
    Weight or None
        Between ``log10(unrelated)``, as clothes are changed and borrowed, and `ceiling`.
        None unless both sides list something: that nothing was found weighs nothing.

    Notes
    -----
    Method, derivation and limits: ``docs/methods/clothing.md``.
    """
    sought, found = articles_of(missing), articles_of(remains)
    if not sought or not found:
        return None
    recovered = parameters.recovered[remains.completeness.value]
    told = [(thing_of_article(article), recovered) for article in sought]
    seen = [thing_of_article(article) for article in found]
    weighed = weigh_lists(told, seen, parameters.listed, parameters=parameters, rarity=rarity)
    return list_weight(Kind.CLOTHING, weighed)


def articles_of(record: MissingRecord | RemainsRecord) -> tuple[Article, ...]:
    """Clothing, then belongings."""
    return record.clothing.items + record.belongings.items


@lru_cache(maxsize=65536)
def thing_of_article(article: Article) -> Thing:
    """Code an article for comparison; its brand counts among its words."""
    item = article.item.value
    colour = None if article.colour is None else article.colour.value
    family = None if colour is None else _FAMILY_OF[colour]
    words = words_of(f"{article.brand} {article.words}")
    return Thing(_GROUP_OF.get(item, item), item, family, colour, None, words)
