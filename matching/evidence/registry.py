"""Counts how common things are in one registry, for the weights that rest on rarity."""

from collections import Counter
from collections.abc import Iterable, Sequence

from matching.codes import Condition
from matching.evidence.build import seen_build
from matching.evidence.clothing import articles_of, thing_of_article
from matching.evidence.confusion import FRESH
from matching.evidence.crowding import crowds_of
from matching.evidence.destination import ways_of
from matching.evidence.hair import age_group, says_nothing
from matching.evidence.listed import Thing
from matching.evidence.marks import thing_of_mark
from matching.evidence.rarity import (
    Code,
    ColourRarity,
    HairRarity,
    ListRarity,
    Rarity,
    region_of,
)
from matching.evidence.rarity_of_few import (
    count_births,
    count_charts,
    count_groups,
    count_nationalities,
    count_papers,
)
from matching.evidence.time import found_year
from matching.model_file import Model
from matching.records import MissingRecord, RemainsRecord


def rarity_of(
    missing: Sequence[MissingRecord], remains: Sequence[RemainsRecord], model: Model
) -> Rarity:
    """Count how common places, years, marks, articles and words are.

    Parameters
    ----------
    missing, remains : sequences of records
        The whole registry, not one pair: weights of rare agreement depend on it. Words and
        places are counted on both sides, everything else on the remains alone, as the
        question is what other remains would show by chance.
    model : Model

    Returns
    -------
    Rarity
        Pass the same one to every definition of one search.

    Notes
    -----
    Method: ``docs/methods/search.md``.
    """
    dated = Counter(found_year(one.found) for one in remains if one.found is not None)
    told = [one.place for one in missing if one.place is not None]
    seen = [one.place for one in remains if one.place is not None]
    located = [one for one in remains if one.country]
    told_marks = (thing_of_mark(mark) for one in missing for mark in one.marks)
    told_clothes = (thing_of_article(it) for one in missing for it in articles_of(one))
    return Rarity(
        found_years=dated,
        dated_remains=dated.total(),
        crowds=crowds_of(told, seen, model.place),
        regions=Counter(region_of(one) for one in located),
        countries=Counter(one.country for one in located if one.country),
        located_remains=len(located),
        marks=_count([[thing_of_mark(m) for m in one.marks] for one in remains], told_marks),
        clothing=_count(
            [[thing_of_article(it) for it in articles_of(one)] for one in remains], told_clothes
        ),
        hair=_count_hair(remains, model),
        eyes=_count_colours((one.condition, one.eyes) for one in remains),
        teeth=count_charts(remains),
        papers=count_papers(missing),
        nationality=count_nationalities(missing, remains),
        build=_count_colours((one.condition, seen_build(one)) for one in remains),
        handedness=_count_colours((one.condition, one.handedness) for one in remains),
        group=count_groups(remains),
        births=count_births(missing),
        ways={} if model.destination is None else ways_of(missing, model.destination),
    )


def _count_hair(remains: Sequence[RemainsRecord], model: Model) -> HairRarity:
    seen = [
        (age_group(one, model.hair), (one.condition, one.hair))
        for one in remains
        if one.hair is not None and one.hair not in says_nothing(one.condition)
    ]
    everybody = _count_colours(sight for _, sight in seen)
    groups = sorted({group for group, _ in seen if group})
    by_age = {
        group: _count_colours(sight for theirs, sight in seen if theirs == group)
        for group in groups
    }
    return HairRarity(everybody.fresh, everybody.changed, by_age)


def _count_colours(seen: Iterable[tuple[Condition | None, str | None]]) -> ColourRarity:
    fresh, changed = Counter[str](), Counter[str]()
    for condition, colour in seen:
        if colour is not None:
            (fresh if condition in FRESH else changed)[str(colour)] += 1
    return ColourRarity(fresh, changed)


def _count(lists: Sequence[Sequence[Thing]], told: Iterable[Thing]) -> ListRarity:
    recorded = [things for things in lists if things]
    groups = Counter(group for things in recorded for group in {one.group for one in things})
    words, words_of = Counter[str](), Counter[tuple[str, str]]()
    described_of = Counter[str]()
    seen = [thing for things in recorded for thing in things]
    for thing in [*seen, *told]:
        if thing.words:
            described_of[thing.kind] += 1
            words.update(thing.words)
            words_of.update((thing.kind, word) for word in thing.words)
    described = described_of.total()
    return ListRarity(
        len(recorded), groups, _by_code(seen), described, words, described_of, words_of
    )


def _by_code(seen: Iterable[Thing]) -> dict[str, dict[str | None, Counter[Code]]]:
    codes: dict[str, dict[str | None, Counter[Code]]] = {}
    for thing in seen:
        of_region = codes.setdefault(thing.group, {}).setdefault(thing.region, Counter())
        of_region[thing.kind, thing.detail, thing.side] += 1
    return codes
