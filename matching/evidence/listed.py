"""Weight of two lists of things: shared by marks and by clothing.

Each thing on the list of the missing person is looked for among those of its group on the
list of the remains. That the group is there at all has a probability if both lists describe
one person, and another by chance; so has how well each candidate agrees. As only one of the
candidates can be the counterpart, their ratios are averaged; those of the things multiply.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import log10

from matching.evidence.numbers import Ceiling, OpenShare, Positive, mixed
from matching.evidence.rarity import ListRarity

MOST_THINGS = 60
"""Things seen on one set of remains that are compared; longer lists are read by people."""
REGIONS_OF_A_KIND = 8
DETAILS_OF_A_REGION = 5
"""Among how many body regions, or colour families, and details of each, the default strength
of a group is spread; our choice."""
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
    word_records: Positive
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
    Each thing seen answers for one thing told, the first that it fits best. Of several
    things told of one group only the first says how rare it is that the group is there at
    all: who has one tattoo often has more. Method and derivation: ``docs/methods/marks.md``.
    """
    product, comparable = 1.0, False
    tally = dict.fromkeys(Level, 0)
    left = dict(enumerate(found[:MOST_THINGS]))
    groups: set[str] = set()
    for thing, visible in sought:
        share = None if thing.group in groups else group_share(thing, parameters, rarity)
        groups.add(thing.group)
        ratio, level = _take(thing, left, parameters, rarity)
        if level is Level.OTHER_GROUP and visible <= 0:
            continue
        product *= ratio * group_ratio(level, visible, listed, share)
        comparable = True
        tally[level] += 1
    if not comparable:
        return None
    weight = min(log10(mixed(parameters.unrelated, product)), parameters.ceiling)
    whole, none = tally[Level.AGREES], tally[Level.OTHER_GROUP]
    return ListWeight(weight, whole, sum(tally.values()) - whole - none, none)


def _take(
    thing: Thing, left: dict[int, Thing], parameters: ListParameters, rarity: ListRarity
) -> tuple[float, Level]:
    """Average over the candidates; take the best, the first of equals, off what is left."""
    ratios = ratios_by_level(thing, parameters, rarity)
    told = word_ratios(thing, parameters, rarity)
    levels = {place: level_of(thing, other) for place, other in left.items()}
    candidates = {
        place: ratios[level] * told.against(left[place].words)
        for place, level in levels.items()
        if level is not Level.OTHER_GROUP
    }
    if not candidates:
        return 1.0, Level.OTHER_GROUP
    chosen = max(candidates, key=lambda place: (candidates[place], -place))
    del left[chosen]
    return sum(candidates.values()) / len(candidates), levels[chosen]


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


def group_share(thing: Thing, parameters: ListParameters, rarity: ListRarity) -> float:
    """Share of the registry's lists that name the thing's group, from the default on."""
    default = parameters.commonness.get(thing.group, parameters.commonness["other"])
    return rarity.group_share(thing.group, default, parameters.records)


def group_ratio(level: Level, visible: float, listed: float, share: float | None) -> float:
    """Likelihood ratio of a group being on the list at all, or not being there.

    Parameters
    ----------
    level : Level
        `OTHER_GROUP` where no candidate was left.
    visible, listed : float
        Probability that the thing could be seen, and stands on the list if it could.
    share : float or None
        Share of the registry's lists with the group; None where it has been judged by.

    Returns
    -------
    float
        ``listed / share`` where the group is there: how visible the thing was cancels.
        ``(1 - visible × listed) / (1 - visible × share)`` where it is not.
    """
    if share is None:
        return 1.0
    if level is not Level.OTHER_GROUP:
        return listed / share
    return (1 - visible * listed) / (1 - visible * share)


def chances_by_level(
    thing: Thing, parameters: ListParameters, rarity: ListRarity
) -> dict[Level, float]:
    """Share of the things of a group, in the registry, at each level from this one.

    Counted, with `records` things spread over regions and details on top; sums to one.
    """
    if thing.region is None:
        return {Level.REGION_UNKNOWN: 1.0}
    region = 1 / REGIONS_OF_A_KIND
    counts = {
        Level.REGION_DIFFERS: parameters.records * (1 - region),
        Level.DETAIL_DIFFERS: parameters.records * region * (1 - 1 / DETAILS_OF_A_REGION),
        Level.AGREES: parameters.records * region / DETAILS_OF_A_REGION,
        Level.REGION_UNKNOWN: 0.0,
    }
    for seen_region, codes in rarity.things.get(thing.group, {}).items():
        if seen_region != thing.region:
            other = Level.REGION_UNKNOWN if seen_region is None else Level.REGION_DIFFERS
            counts[other] += sum(codes.values())
            continue
        for (kind, detail, side), number in codes.items():
            seen = Thing(thing.group, kind, seen_region, detail, side, ())
            counts[level_of(thing, seen)] += number
    total = sum(counts.values())
    return {level: count / total for level, count in counts.items()}


def ratios_by_level(
    thing: Thing, parameters: ListParameters, rarity: ListRarity
) -> dict[Level, float]:
    """Likelihood ratio of each level between a thing told and its counterpart.

    ``share of the level where one thing is listed twice / share of the registry's things
    that stand at this level``, among those whose region is known; else 1.
    """
    chances = chances_by_level(thing, parameters, rarity)
    ratios = {Level.REGION_UNKNOWN: 1.0}
    known = 1 - chances[Level.REGION_UNKNOWN]
    agreement = parameters.agreement
    expected = {
        Level.REGION_DIFFERS: agreement.region_differs,
        Level.DETAIL_DIFFERS: agreement.detail_differs,
        Level.AGREES: agreement.agrees,
    }
    total = sum(expected.values())
    if thing.region is not None:
        for level, share in expected.items():
            ratios[level] = known * share / total / chances[level]
    return ratios


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


def word_ratios(thing: Thing, parameters: ListParameters, rarity: ListRarity) -> WordRatios:
    """Likelihood ratio of each word being the rarest that the other description shares.

    With probability `words_alike` both descriptions are in like words and the rarest shared
    one is any of the n with equal probability; by chance it is word i with probability
    ``q_i × Π (1 - q_j)`` over the rarer j.
    """
    alike = parameters.words_alike
    shares = {
        word: rarity.word_share(thing.kind, word, parameters.word_records)
        for word in thing.words
    }
    rarest_first = sorted(shares, key=lambda word: (shares[word], word))
    ratios, rarer_missed = [], 1.0
    for word in rarest_first:
        by_chance = shares[word] * rarer_missed
        ratios.append((1 - alike) + alike / (len(shares) * by_chance))
        rarer_missed *= 1 - shares[word]
    return WordRatios(tuple(rarest_first), tuple(ratios), 1 - alike)
