"""Weight of two lists of things: shared by marks and by clothing.

Each thing on the list of the missing person is looked for on the list of the remains. How
well the best counterpart agrees has a probability if both lists describe one person, and
another by chance, from how common such a thing is in the registry; their ratios multiply.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import log10

from matching.evidence.numbers import Ceiling, OpenShare, Positive, mixed
from matching.evidence.rarity import Commonness, ListRarity

MOST_THINGS = 60
"""Things seen on one set of remains that are compared; longer lists are read by people."""
OPPOSITE = (("left", "right"), ("right", "left"))


class Level(IntEnum):
    """How well two things agree."""

    OTHER_GROUP = 0
    REGION_DIFFERS = 1
    DETAIL_DIFFERS = 2
    AGREES = 3
    REGION_UNKNOWN = 4


@dataclass(frozen=True, slots=True)
class Thing:
    """A mark or an article, coded for comparison.

    `group` holds kinds that are taken for one another (scar and burn; jeans and trousers),
    `region` what is coarse (body region, colour family), `detail` what is fine (site,
    colour). `region` and `detail` are None where not said.
    """

    group: str
    kind: str
    region: str | None
    detail: str | None
    side: str | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreements:
    """Shares of the levels of agreement where one thing is listed twice."""

    region_differs: OpenShare
    detail_differs: OpenShare
    agrees: OpenShare


@dataclass(frozen=True, slots=True)
class ListParameters:
    """What is common to both kinds of list."""

    unrelated: OpenShare
    listed: OpenShare
    words_alike: OpenShare
    records: Positive
    ceiling: Ceiling
    agreement: Agreements
    commonness: Mapping[str, OpenShare]


@dataclass(frozen=True, slots=True)
class ListWeight:
    """Weight of two lists, and how many things agreed, agreed in part, or were not found."""

    log10_lr: float
    agreeing: int
    partly: int
    unseen: int


def weigh_lists(
    sought: Sequence[tuple[Thing, float]],
    found: Sequence[Thing],
    listed: float,
    *,
    parameters: ListParameters,
    rarity: ListRarity,
) -> ListWeight | None:
    """Weigh the things told of a missing person against those seen on remains.

    Parameters
    ----------
    sought : sequence of (Thing, visible)
        Things told, each with the probability in [0, 1] that it could have been seen.
    found : sequence of Thing
        Things seen; empty where an examiner says there are none.
    listed : float
        Probability that a visible thing stands on the list of the remains.
    parameters : ListParameters
    rarity : ListRarity

    Returns
    -------
    ListWeight or None
        `log10_lr` at most `ceiling`. None if nothing told could have been seen and nothing
        seen agrees: that weighs nothing.

    Notes
    -----
    Each thing seen answers for one thing told, the first that it fits best. Method and
    derivation: ``docs/methods/marks.md``.
    """
    product, comparable = 1.0, False
    tally = dict.fromkeys(Level, 0)
    left = dict(enumerate(found[:MOST_THINGS]))
    for thing, visible in sought:
        common = commonness_of(thing, parameters, rarity)
        ratios = ratios_by_level(listed, common, parameters.agreement)
        told = word_ratios(thing.words, parameters, rarity)
        best, level = _best(thing, left, ratios, told)
        if best is None and visible <= 0:
            continue
        product *= ratio_unseen(visible, listed, common) if best is None else best
        comparable = True
        tally[level] += 1
    if not comparable:
        return None
    weight = min(log10(mixed(parameters.unrelated, product)), parameters.ceiling)
    whole, none = tally[Level.AGREES], tally[Level.OTHER_GROUP]
    return ListWeight(weight, whole, sum(tally.values()) - whole - none, none)


def _best(
    thing: Thing,
    left: dict[int, Thing],
    ratios: Mapping[Level, float],
    told: "WordRatios",
) -> tuple[float | None, Level]:
    """Take the counterpart with the largest ratio, the first of equals, off what is left."""
    best, chosen, reached = None, -1, Level.OTHER_GROUP
    for place, other in left.items():
        level = level_of(thing, other)
        if level is Level.OTHER_GROUP:
            continue
        ratio = ratios[level] * told.against(other.words)
        if best is None or ratio > best:
            best, chosen, reached = ratio, place, level
    left.pop(chosen, None)
    return best, reached


def level_of(told: Thing, seen: Thing) -> Level:
    """How well a thing told agrees with a thing seen.

    The same group is needed for any agreement. A left side against a right one, or another
    kind of the group, is a difference of detail: reports mirror and misname.
    """
    if told.group != seen.group:
        return Level.OTHER_GROUP
    if told.region is None or seen.region is None:
        return Level.REGION_UNKNOWN
    if told.region != seen.region:
        return Level.REGION_DIFFERS
    opposite = (told.side, seen.side) in OPPOSITE
    if told.detail != seen.detail or told.kind != seen.kind or opposite:
        return Level.DETAIL_DIFFERS
    return Level.AGREES


def commonness_of(thing: Thing, parameters: ListParameters, rarity: ListRarity) -> Commonness:
    """How common the thing is on lists of the registry, from the model's default on."""
    default = parameters.commonness.get(thing.group, parameters.commonness["other"])
    key = (thing.group, thing.region, thing.detail)
    return rarity.commonness(key, default, parameters.records)


def ratios_by_level(
    listed: float, common: Commonness, agreement: Agreements
) -> dict[Level, float]:
    """Likelihood ratio of each level of agreement of a thing that was seen.

    ``listed × share of the level where one thing is listed twice / share of the registry's
    lists that reach exactly this level``; how visible the thing was cancels.
    """
    return {
        Level.REGION_UNKNOWN: listed / common.group,
        Level.REGION_DIFFERS: listed
        * agreement.region_differs
        / (common.group - common.region),
        Level.DETAIL_DIFFERS: listed
        * agreement.detail_differs
        / (common.region - common.detail),
        Level.AGREES: listed * agreement.agrees / common.detail,
    }


def ratio_unseen(visible: float, listed: float, common: Commonness) -> float:
    """Likelihood ratio of a thing that is not on the list although it could have been seen."""
    return (1 - visible * listed) / (1 - visible * common.group)


@dataclass(frozen=True, slots=True)
class WordRatios:
    """Ratios of the words of one description, rarest first; `none` where none is shared."""

    words: tuple[str, ...]
    ratios: tuple[float, ...]
    none: float

    def against(self, seen: tuple[str, ...]) -> float:
        """Ratio of the rarest shared word; 1 where either description has no words."""
        if not self.words or not seen:
            return 1.0
        for word, ratio in zip(self.words, self.ratios, strict=True):
            if word in seen:
                return ratio
        return self.none


def word_ratios(
    words: tuple[str, ...], parameters: ListParameters, rarity: ListRarity
) -> WordRatios:
    """Likelihood ratio of each word being the rarest that the other description shares.

    With probability `words_alike` both descriptions are in like words and the rarest shared
    one is any of the n with equal probability; by chance it is word i with probability
    ``q_i × Π (1 - q_j)`` over the rarer j.
    """
    alike = parameters.words_alike
    rarest_first = sorted(words, key=lambda word: (rarity.word_share(word), word))
    ratios, rarer_missed = [], 1.0
    for word in rarest_first:
        share = rarity.word_share(word)
        by_chance = share * rarer_missed
        ratios.append((1 - alike) + alike / (len(words) * by_chance))
        rarer_missed *= 1 - share
    return WordRatios(tuple(rarest_first), tuple(ratios), 1 - alike)
