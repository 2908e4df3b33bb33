"""Marks and clothing: what a list that nobody has made yet would say of one that there is."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import log10
from typing import Any

from matching.evidence.clothing import articles_of, thing_of_article
from matching.evidence.listed import (
    Level,
    ListParameters,
    Thing,
    chances_by_level,
    group_ratio,
    group_share,
    ratios_by_level,
    word_ratios,
)
from matching.evidence.marks import IN_BONE, thing_of_mark, visibility
from matching.evidence.numbers import mixed
from matching.evidence.rarity import ListRarity
from matching.evidence.weight import Kind
from matching.unknowns.answers import Answer, by_share
from matching.unknowns.values import Case

MOST = 6
"""Things of a list that are gone through; further ones change the mean little."""
DIGITS = 2
"""Of a product, in log10, by which the ways that a list may end are put together."""
Ways = Mapping[float, float]
"""Weight in log10 of what comes of a thing → how often, by chance."""


def possible_lists(kind: Kind, case: Case) -> Iterator[Answer]:
    """List what a list of marks, or of clothing, would weigh once the other side had one.

    Parameters
    ----------
    kind : Kind
        Marks or clothing; any other gives nothing.
    case : Case
        One side with a list, or none. Where both are silent each group of things is told as
        often as the registry's lists name it, without place on the body and words.

    Yields
    ------
    Answer
        Nothing where the remains could show nothing of it.

    Notes
    -----
    Of several things of one group the first is counted, as in `weigh_lists`.
    """
    if kind not in (Kind.MARKS, Kind.CLOTHING):
        return
    parameters: Any = getattr(case.model, kind.value)
    rarity: ListRarity = getattr(case.rarity, kind.value)
    known = _known(kind, case)
    if known:
        of_each = [(1.0, thing, visible) for thing, visible in known]
    else:
        of_each = _any_group(kind, case, parameters, rarity)
    ways: Ways = {0.0: 1.0}
    for told, thing, visible in of_each:
        ways = _both(ways, _ways_of(thing, told, visible, (parameters, rarity)))
    if len(ways) > 1:
        for weight, share in ways.items():
            whole = log10(mixed(parameters.unrelated, 10**weight))
            yield by_share(share, min(whole, parameters.ceiling))


def _known(kind: Kind, case: Case) -> list[tuple[Thing, float]]:
    """Take the things that one side lists, one of each group; all can be told by a family."""
    missing, remains, model = case.missing, case.remains, case.model
    if kind is Kind.CLOTHING:
        recovered = model.clothing.recovered[remains.completeness.value]
        told = [(thing_of_article(one), recovered) for one in articles_of(missing)]
        told = told or [(thing_of_article(one), 1.0) for one in articles_of(remains)]
    else:
        told = [
            (thing_of_mark(one), visibility(one.kind, remains, model.marks))
            for one in missing.marks
        ]
        told = told or [(thing_of_mark(one), 1.0) for one in remains.marks]
    first = {thing.group: (thing, visible) for thing, visible in reversed(told)}
    return list(first.values())[::-1][:MOST]


def _any_group(
    kind: Kind, case: Case, parameters: ListParameters, rarity: ListRarity
) -> list[tuple[float, Thing, float]]:
    """Give every group with its share, and the chance that these remains show it."""
    found = []
    for group in parameters.commonness:
        thing = Thing(group, group, None, None, None, ())
        share = group_share(thing, parameters, rarity)
        found.append((share, thing, _shown(kind, group, case)))
    return found


def _shown(kind: Kind, group: str, case: Case) -> float:
    completeness = case.remains.completeness.value
    if kind is Kind.CLOTHING:
        return case.model.clothing.recovered[completeness]
    marks, condition = case.model.marks, case.remains.condition
    lasting = marks.visible.bone if group in IN_BONE else marks.visible.skin
    code = "unknown" if condition is None else condition.value
    return lasting[code] * marks.recovered[completeness]


def _ways_of(
    thing: Thing, told: float, visible: float, numbers: tuple[ListParameters, ListRarity]
) -> Ways:
    """Say what may come of one thing, told with probability `told`, by chance."""
    parameters, rarity = numbers
    share = group_share(thing, parameters, rarity)
    ways: defaultdict[float, float] = defaultdict(float)
    if visible <= 0:
        return {0.0: 1.0}
    ways[0.0] += 1 - told
    absent = group_ratio(Level.OTHER_GROUP, visible, parameters.listed, share)
    ways[log10(absent)] += told * (1 - visible * share)
    ratios = ratios_by_level(thing, parameters, rarity)
    words = list(_words(thing, parameters, rarity))
    there = group_ratio(Level.AGREES, visible, parameters.listed, share)
    for level, chance in chances_by_level(thing, parameters, rarity).items():
        for ratio, often in words:
            weight = log10(there * ratios[level] * ratio)
            ways[weight] += told * visible * share * chance * often
    return ways


def _words(
    thing: Thing, parameters: ListParameters, rarity: ListRarity
) -> Iterator[tuple[float, float]]:
    """Give the ratio of each rarest word that may be shared, and of none, with its chance."""
    told = word_ratios(thing, parameters, rarity)
    if not told.words:
        yield 1.0, 1.0
        return
    missed = 1.0
    for word, ratio in zip(told.words, told.ratios, strict=True):
        share = rarity.word_share(thing.kind, word, parameters.word_records)
        yield ratio, share * missed
        missed *= 1 - share
    yield told.none, missed


def _both(ways: Ways, others: Ways) -> Ways:
    """Put together what comes of two things that have nothing to do with each other."""
    joined: defaultdict[float, float] = defaultdict(float)
    for weight, share in ways.items():
        for other, often in others.items():
            if share * often:
                joined[round(weight + other, DIGITS)] += share * often
    return joined
