"""The kinds of evidence `Kind.MARKS` and `Kind.CLOTHING` as the search sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from typing import Any

import numpy as np

from matching.codes import Answer, MarkType
from matching.evidence.clothing import articles_of, thing_of_article
from matching.evidence.listed import ListParameters
from matching.evidence.marks import MarksParameters, thing_of_mark, visibility
from matching.evidence.weight import Kind
from matching.packing.comparison import NOTHING, Floats, Integers, Judged, Keys, Possible
from matching.packing.steps import LOWEST, STEPS, Steps
from matching.packing.things.classes import Structured
from matching.packing.things.kernels import (
    bound_present,
    bound_unseen,
    fill_seen,
    weigh_lists,
)
from matching.packing.things.layout import RULES, UNKNOWN
from matching.packing.things.seeing import Read, Seen, read, see
from matching.packing.things.telling import Teller, Told
from matching.packing.valued.kernels import fill_columns


class Marks:
    """How tattoos, scars and other marks are read and laid together."""

    kind = Kind.MARKS

    def tell(self, left: Sequence[Any], judged: Judged) -> Told:
        lists = [tuple(map(thing_of_mark, one.marks.items)) for one in left]
        absent = [one.marks.answer is Answer.ABSENT for one in left]
        return Teller(judged.model.marks, judged.rarity.marks).tell(lists, absent)

    def see(self, right: Sequence[Any], judged: Judged) -> Seen:
        lists = [tuple(map(thing_of_mark, one.marks.items)) for one in right]
        absent = [one.marks.answer is Answer.ABSENT for one in right]
        parameters = judged.model.marks
        looks = {
            (one.condition, one.completeness): (
                visibility(MarkType.TATTOO, one, parameters),
                visibility(MarkType.OLD_FRACTURE, one, parameters),
            )
            for one in _distinct_looks(right)
        }
        seen = [looks[one.condition, one.completeness] for one in right]
        skin, bone = np.array(seen, dtype=np.float64).reshape(-1, 2).T
        return see(lists, absent, np.ascontiguousarray(skin), np.ascontiguousarray(bone))

    def compare(self, told: Told, seen: Seen, judged: Judged) -> "ListsCompared":
        return _compare(Kind.MARKS, told, seen, _mark_rules(judged.model.marks))


class Clothes:
    """How clothing and belongings are read and laid together."""

    kind = Kind.CLOTHING

    def tell(self, left: Sequence[Any], judged: Judged) -> Told:
        lists = [tuple(map(thing_of_article, articles_of(one))) for one in left]
        teller = Teller(judged.model.clothing, judged.rarity.clothing)
        return teller.tell(lists, [False] * len(left))

    def see(self, right: Sequence[Any], judged: Judged) -> Seen:
        lists = [tuple(map(thing_of_article, articles_of(one))) for one in right]
        recovered = judged.model.clothing.recovered
        share = np.array([recovered[one.completeness.value] for one in right])
        return see(lists, [False] * len(right), share, share)

    def compare(self, told: Told, seen: Seen, judged: Judged) -> "ListsCompared":
        return _compare(Kind.CLOTHING, told, seen, _rules(judged.model.clothing))


def _distinct_looks(right: Sequence[Any]) -> list[Any]:
    return list({(one.condition, one.completeness): one for one in right}.values())


def _rules(parameters: ListParameters) -> Structured:
    rules = np.zeros(1, dtype=RULES)
    rules["unrelated"], rules["ceiling"] = parameters.unrelated, parameters.ceiling
    rules["listed"] = rules["listed_when_none"] = parameters.listed
    rules["words_none"] = 1 - parameters.words_alike
    return rules


def _mark_rules(parameters: MarksParameters) -> Structured:
    rules, none = _rules(parameters), parameters.none_reported
    rules["listed_when_none"] = parameters.listed_when_none
    rules["none_but_seen"] = log10(none.missed / none.share_with_marks)
    rules["none_on_both"] = log10((1 - none.missed) / (1 - none.share_with_marks))
    return rules


@dataclass(frozen=True, slots=True)
class ListsCompared:
    """Lists of both sides, with the bounds of the classes of things told.

    ``looks``: by which row of ``unseen`` each right record is bounded, `NOTHING` without a
    list; ``present`` by code of a thing seen and class; ``group_from``: where the classes of
    each group begin.
    """

    kind: Kind
    rows: Integers
    most: Steps
    keys: Keys | None
    told: Told
    seen: Seen
    read: Read
    looks: Integers
    unseen: Steps
    present: Steps
    group_from: Integers
    rules: Structured
    least: int
    possible: Possible | None = None
    shared: bool = False

    def fill(self, classes: Integers, right: Integers, table: Steps, at: int) -> None:
        fill_columns(classes, right, table, at, self.looks, self.unseen)
        fill_seen(
            classes, right, table, at, self.told.classes.first[self.told.classes.start],
            self.group_from, self.seen.at, self.seen.length, self.seen.occurring,
            self.read.code, self.read.things["group"], self.present,
        )  # fmt: skip

    def weigh(self, left: Integers, right: Integers) -> Floats:
        told, seen = self.told, self.seen
        weights: Floats = weigh_lists(
            left, right, told.at, told.length, told.occurring, told.first, told.things,
            told.words, told.word_ratios, seen.at, seen.length, seen.occurring,
            self.read.things, self.read.words, seen.skin, seen.bone, self.rules,
        )  # fmt: skip
        return weights


def _compare(kind: Kind, told: Told, seen: Seen, rules: Structured) -> ListsCompared:
    understood, classes = read(seen, told), told.classes
    present = bound_present(
        classes.thing, classes.first, classes.worded, classes.damping, told.things,
        understood.example, understood.worded, understood.things, rules["words_none"][0],
    )  # fmt: skip
    distinct = seen.states
    unseen = bound_unseen(
        classes.thing, classes.first, classes.damping, told.things,
        np.ascontiguousarray(distinct[:, 1]), np.ascontiguousarray(distinct[:, 2]),
        distinct[:, 0].astype(np.int32), rules,
    )  # fmt: skip
    present, unseen = _merged(present, 0, told), _merged(unseen, 1, told)
    most = np.maximum(present.max(axis=1, initial=0), unseen.max(axis=0, initial=0))
    groups = int(classes.group.max(initial=-1)) + 1
    return ListsCompared(
        kind=kind,
        rows=classes.rows,
        most=most,
        keys=Keys(told.key_at, told.keys, told.gains, understood.key_at, understood.keys),
        told=told,
        seen=seen,
        read=understood,
        looks=np.where(seen.length == UNKNOWN, NOTHING, seen.looks).astype(np.int32),
        unseen=unseen,
        present=np.ascontiguousarray(present.T),
        group_from=_group_from(told.classes.group[told.classes.start], groups),
        rules=rules,
        least=_least(rules),
    )


def _least(rules: Structured) -> int:
    """Give the least that the bounds of a list sum to, damped as they are: the mixture's."""
    lists = np.floor(log10(rules["unrelated"][0]) * STEPS) - 1
    none = max(np.floor(rules["none_but_seen"][0] * STEPS), LOWEST)
    return int(min(lists, none))


def _merged(steps: Steps, axis: int, told: Told) -> Steps:
    """Bounds of the classes: the highest of what each gathers."""
    bounds: Steps = np.maximum.reduceat(steps, told.classes.start, axis=axis)
    return np.ascontiguousarray(bounds)


def _group_from(class_group: Integers, groups: int) -> Integers:
    """Where the classes of each group begin; "has none" stands behind the last."""
    things = class_group[class_group != NOTHING]
    return np.searchsorted(things, np.arange(groups + 1)).astype(np.int32)
