"""Marks on the skin and in the bone, what was worn and carried, and how people put it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from casework.demonstration.dice import Dice, Weighted
from casework.demonstration.shipped import given_names, wording, world

TATTOOED_FROM = 14
ONE_MORE = 0.35
"""Chance that someone with one mark of a kind has another; our choice."""


@dataclass(frozen=True, slots=True)
class MarkOn:
    """A mark as it is; `said` are the ways it may be put, by language."""

    kind: str
    site: str
    side: str
    said: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ArticleOn:
    """A piece of clothing or a belonging as it is."""

    layer: str
    belongs: str
    item: str
    colour: str
    brand: str
    words: str


def draw_marks(dice: Dice, sex: str, age: float) -> tuple[MarkOn, ...]:
    """Give a person the marks that their sex and age allow."""
    marks = []
    for kind, facts in wording()["marks"].items():
        if kind == "tattoo" and age < TATTOOED_FROM:
            continue
        more = facts["women" if sex == "female" else "men"]
        while dice.chance(more):
            marks.append(draw_mark(dice, kind, sex))
            more = ONE_MORE
    return tuple(marks)


def draw_mark(dice: Dice, kind: str, sex: str) -> MarkOn:
    """Draw one mark of a kind."""
    site = dice.draw(_sites(kind))
    motif = dice.draw(_motifs(kind, sex))
    chosen = wording()["marks"][kind]["motifs"][motif]
    filled = _filled(dice)
    said = {
        language: tuple(phrase.format(**filled) for phrase in chosen[language])
        for language in ("es", "pt", "en", "fr")
    }
    return MarkOn(kind, site, _side(dice, site), said)


def draw_articles(dice: Dice) -> tuple[ArticleOn, ...]:
    """Dress a person and give them what they carry."""
    layers = wording()["articles"]
    return tuple(
        draw_article(dice, layer)
        for layer, facts in layers.items()
        if dice.chance(facts["worn"])
    )


def draw_article(dice: Dice, layer: str) -> ArticleOn:
    """Draw one article of a layer."""
    facts = wording()["articles"][layer]
    item = dice.draw(_items(layer))
    return ArticleOn(
        layer=layer,
        belongs=facts["belongs"],
        item=item,
        colour=dice.draw(_by_item("article_colours", item)),
        brand=dice.draw(_by_item("brands", item)),
        words=dice.one_of(facts["words"]),
    )


def put_mark(dice: Dice, mark: MarkOn, language: str) -> str:
    """Describe a mark as `type:site:side:words`, with an observer's slips."""
    slips = world()["observation"]
    site, side = mark.site, mark.side
    if dice.chance(slips["mark_site_confused"]) and (near := wording()["near_sites"].get(site)):
        site = dice.one_of(near)
    if side in ("left", "right") and dice.chance(slips["side_confused"]):
        side = {"left": "right", "right": "left"}[side]
    side = "" if dice.chance(slips["side_left_out"]) else side
    site = "" if dice.chance(slips["site_left_out"]) else site
    return f"{mark.kind}:{site}:{side}:{dice.one_of(mark.said[language])}"


def put_article(dice: Dice, article: ArticleOn, confused: float) -> str:
    """Describe an article as `item:colour:brand:words`, with an observer's slips."""
    words = wording()
    seen = article
    if dice.chance(confused):
        near = words["near_colours"].get(article.colour, ["other"])
        seen = replace(seen, colour=dice.one_of(near))
    if dice.chance(confused / 3) and (others := words["near_items"].get(article.item)):
        seen = replace(seen, item=dice.one_of(others))
    brand = seen.brand if dice.chance(0.7) else ""
    detail = seen.words if dice.chance(0.6) else ""
    colour = "" if dice.chance(0.06) else seen.colour
    return f"{seen.item}:{colour}:{brand}:{detail}".rstrip(":")


def language_of(dice: Dice) -> str:
    """Draw the language in which one record's words are put down."""
    return dice.draw(_languages())


@cache
def _languages() -> Weighted[str]:
    return Weighted.of(world()["people"]["speaks"])


@cache
def _sites(kind: str) -> Weighted[str]:
    return Weighted.of(wording()["marks"][kind]["sites"])


@cache
def _motifs(kind: str, sex: str) -> Weighted[int]:
    motifs: list[dict[str, Any]] = wording()["marks"][kind]["motifs"]
    fitting = {
        at: motif["weight"]
        for at, motif in enumerate(motifs)
        if sex == "female" or not motif.get("women_only", False)
    }
    return Weighted.of(fitting)


@cache
def _items(layer: str) -> Weighted[str]:
    return Weighted.of(wording()["articles"][layer]["items"])


@cache
def _by_item(table: str, item: str) -> Weighted[str]:
    rows = wording()[table]
    return Weighted.of(rows.get(item, rows["default"]))


def _side(dice: Dice, site: str) -> str:
    if site in wording()["sites"]["middle"]:
        return dice.one_of(("middle", "", ""))
    return dice.one_of(("left", "right"))


def _filled(dice: Dice) -> dict[str, str]:
    """Fill the blanks of a motif: a name, initials, a date, a length."""
    name = dice.draw(given_names("MX", dice.one_of(("female", "male")))).split()[0]
    letters = "".join(dice.one_of("ABCDEFGJKLMNRSY") for _ in range(dice.whole(2, 3)))
    day = f"{dice.whole(1, 28):02d}-{dice.whole(1, 12):02d}-{dice.whole(1975, 2018)}"
    return {"name": name, "letters": letters, "date": day, "cm": str(dice.whole(1, 9))}
