"""The report: what decisions would change, how right what was said had been, who is found less.

Every figure that leaves here is of ten people or more.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from casework.learning.queries import DecidedPair, Listed
from matching.decisions import (
    FEWEST,
    Decided,
    Judged,
    held_out,
    judged,
    learn,
)
from matching.evaluation import ListedPairs, ListSide, evaluate
from matching.evaluation_groups import FoundGroup, found_by_group, widest_gap
from matching.factors import Factor
from matching.learned_model import MARK
from matching.model_file import Model, load_model

COLUMNS = ("year", "sex", "age_group", "nationality", "institution")
OTHERS = "(others)"
TEN = 10
MOST_NAMED = 20
NOT_RECORDED = ("unknown", OTHERS)
Factors = Mapping[str, Factor]
Known = Mapping[str, Mapping[str, Any]]


def factors_of(version: str, known: Known) -> dict[str, Factor]:
    """Give the factors that a version of the model had."""
    both = known.get(version.partition(MARK)[2], {})
    return {kind: Factor(*each) for kind, each in both.items()}


def report_of(
    pairs: Sequence[DecidedPair], listed: Sequence[Listed], known: Known
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Say what all decisions would change: the factors, and the report about them.

    Real and invented people are never taken together: of the invented only where nobody real
    was decided.
    """
    model = load_model(None)
    own = [each for each in pairs if not each.invented] or list(pairs)
    teaching = [each for each in own if each.teaches]
    decided = [_as_decided(each, known, model) for each in teaching]
    kinds = [kind.value for kind in model.kinds]
    lesson = learn(decided, kinds)
    chosen = {
        kind: [each.speaks_for, each.speaks_against] for kind, each in lesson.factors.items()
    }
    identified = [each for each in own if each.is_true]
    report = {
        "model": f"{model.name} {model.version}",
        "invented": bool(own) and own[0].invented,
        "decided": _shown(len(own)),
        "true": _shown(lesson.true),
        "excluded": _shown(lesson.excluded),
        "left_out": _shown(len(own) - len(teaching)),
        "learned": [asdict(each) for each in lesson.learned if each.pairs >= FEWEST],
        "judged": _judged(decided, kinds),
        "reliability": _reliability(teaching),
        "found": _found(identified),
        "columns": _columns(identified),
        "moved": moved(listed, lesson.factors, known),
    }
    return chosen, report


def _shown(count: int) -> int | None:
    """Give a count, or nothing where fewer than ten stand behind it."""
    return count if count == 0 or count >= TEN else None


def _as_decided(pair: DecidedPair, known: Known, model: Model) -> Decided:
    factors = factors_of(pair.said.model_version, known)
    weights = {
        kind: _before(weight, factors.get(kind)) for kind, weight in pair.said.weights.items()
    }
    bends = model.calibration
    is_beyond = bends is not None and pair.said.log10_lr > bends.trusted_to
    return Decided(
        pair.is_true,
        pair.said.posterior,
        weights,
        pair.left_out,
        bend=bends.share_beyond if bends is not None and is_beyond else 1.0,
        factors=factors,
    )


def _before(weight: float, factor: Factor | None) -> float:
    """Give a weight as the evidence had it, before the factor it was shown with."""
    if factor is None:
        return weight
    return weight / (factor.speaks_for if weight > 0 else factor.speaks_against)


def _judged(decided: Sequence[Decided], kinds: Sequence[str]) -> dict[str, Any] | None:
    so = [each.is_true for each in decided]
    if min(sum(so), len(so) - sum(so)) < TEN:
        return None
    before = judged([each.posterior for each in decided], so)
    after = judged(held_out(decided, kinds), so)
    return {"before": _told(before), "after": _told(after)}


def _told(found: Judged | None) -> dict[str, Any] | None:
    return None if found is None else asdict(found)


def _listed_pairs(pairs: Sequence[DecidedPair]) -> ListedPairs:
    ranks = np.array([each.said.rank_for_missing for each in pairs], dtype=np.int64)
    names = [str(each.number) for each in pairs]
    said = np.array([each.said.posterior for each in pairs])
    return ListedPairs(names, names, said, ranks, ranks)


def _reliability(pairs: Sequence[DecidedPair]) -> list[dict[str, Any]]:
    truth = {(str(each.number), str(each.number)) for each in pairs if each.is_true}
    if not truth:
        return []
    found = evaluate(_listed_pairs(pairs), truth).reliability
    return [
        {
            "pairs": each.pairs,
            "true": each.true,
            "mean_posterior": each.mean_posterior,
            "share_true": each.share_true,
            "share_low": each.share_low,
            "share_high": each.share_high,
        }
        for each in found
        if each.pairs >= TEN
    ]


def _found(identified: Sequence[DecidedPair]) -> dict[str, Any] | None:
    """Say where the identified had stood, all together."""
    if len(identified) < TEN:
        return None
    whole = _by_group(identified, lambda _: "all")["all"]
    return _group("all", whole)


def _columns(identified: Sequence[DecidedPair]) -> list[dict[str, Any]]:
    return [told for column in COLUMNS if (told := _column(identified, column)) is not None]


def _column(identified: Sequence[DecidedPair], column: str) -> dict[str, Any] | None:
    """Say who is found less in one column; nothing where its groups are too small to show."""
    kept = large_groups(Counter(each.groups[column] for each in identified))
    if kept is None:
        return None
    found = _by_group(
        identified, lambda each: each.groups[column] if each.groups[column] in kept else OTHERS
    )
    gap = widest_gap(found, TEN, NOT_RECORDED)
    return {
        "column": column,
        "groups": [_group(name, each) for name, each in found.items()],
        "gap": None if gap is None else {**asdict(gap), "verdict": gap.verdict.value},
    }


def large_groups(sizes: Mapping[str, int]) -> set[str] | None:
    """Choose the groups to show: those of ten, where the others together are ten or none.

    So that no small group is found by taking the large ones from the whole. None where fewer
    than two would be left.
    """
    kept = sorted((name for name, size in sizes.items() if size >= TEN), key=sizes.__getitem__)
    hidden = sum(sizes.values()) - sum(sizes[name] for name in kept)
    while 0 < hidden < TEN and kept:
        hidden += sizes[kept.pop(0)]
    return set(kept) if len(kept) + (hidden > 0) > 1 else None


def _by_group(
    pairs: Sequence[DecidedPair], group: Callable[[DecidedPair], str]
) -> dict[str, FoundGroup]:
    truth = {(str(each.number), str(each.number)) for each in pairs}
    groups = {str(each.number): group(each) for each in pairs}
    return found_by_group(_listed_pairs(pairs), truth, groups, ListSide.LEFT)


def _group(name: str, found: FoundGroup) -> dict[str, Any]:
    ten, first = found.recall[TEN], found.recall[1]
    return {
        "name": name,
        "people": found.true_pairs,
        "first": {"value": first.value, "low": first.low, "high": first.high},
        "within_ten": {"value": ten.value, "low": ten.low, "high": ten.high},
        "expected": found.expected[TEN],
    }


def moved(listed: Sequence[Listed], factors: Factors, known: Known) -> dict[str, Any]:
    """Say which proposals of the last run would come into the first ten of a list, or leave."""
    comes: list[int] = []
    leaves: list[int] = []
    lists: dict[int, list[Listed]] = defaultdict(list)
    for each in listed:
        lists[each.person].append(each)
    for own in lists.values():
        anew = sorted(own, key=lambda each: (-_total(each, factors, known), each.rank))
        first = {each.id for each in anew[:TEN]}
        comes += [each.id for each in own if each.rank > TEN and each.id in first]
        leaves += [each.id for each in own if each.rank <= TEN and each.id not in first]
    return {
        "lists": len(lists),
        "comes": len(comes),
        "leaves": len(leaves),
        # Numbers of proposals: whoever reads the report opens those that they may read.
        "comes_first": comes[:MOST_NAMED],
        "leaves_first": leaves[:MOST_NAMED],
    }


def _total(each: Listed, factors: Factors, known: Known) -> float:
    was = factors_of(each.model_version, known)
    return sum(
        float(factors.get(kind, Factor()).of(np.array(_before(weight, was.get(kind)))))
        for kind, weight in each.weights.items()
    )
