"""Counts how common things are in one registry, for the weights that rest on rarity."""

from collections import Counter
from collections.abc import Iterable, Sequence

from matching.evidence.clothing import articles_of, thing_of_article
from matching.evidence.listed import Thing
from matching.evidence.marks import thing_of_mark
from matching.evidence.place import crowds_by_cell
from matching.evidence.rarity import ListRarity, Rarity, region_of
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
        The whole registry, not one pair: weights of rare agreement depend on it. Words are
        counted on both sides, everything else on the remains alone, as the question is what
        other remains would show by chance.
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
    places = [one.place for one in remains if one.place is not None]
    located = [one for one in remains if one.country]
    told_marks = (thing_of_mark(mark) for one in missing for mark in one.marks)
    told_clothes = (thing_of_article(it) for one in missing for it in articles_of(one))
    return Rarity(
        found_years=dated,
        dated_remains=dated.total(),
        crowds=crowds_by_cell(places, model.place.crowding),
        placed_remains=len(places),
        regions=Counter(region_of(one) for one in located),
        countries=Counter(one.country for one in located if one.country),
        located_remains=len(located),
        marks=_count([[thing_of_mark(m) for m in one.marks] for one in remains], told_marks),
        clothing=_count(
            [[thing_of_article(it) for it in articles_of(one)] for one in remains], told_clothes
        ),
    )


def _count(lists: Sequence[Sequence[Thing]], told: Iterable[Thing]) -> ListRarity:
    groups, regions = Counter[str](), Counter[tuple[str, str]]()
    details, words = Counter[tuple[str, str]](), Counter[str]()
    described = 0
    recorded = [things for things in lists if things]
    for things in recorded:
        groups.update({thing.group for thing in things})
        regions.update({(thing.group, thing.region or "") for thing in things})
        details.update({(thing.group, thing.detail or "") for thing in things})
    for thing in [thing for things in recorded for thing in things] + list(told):
        if thing.words:
            described += 1
            words.update(thing.words)
    return ListRarity(len(recorded), groups, regions, details, described, words)
