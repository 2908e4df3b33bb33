"""Records refuse what cannot be, and say nothing by default."""

from dataclasses import FrozenInstanceError, fields
from datetime import date

import pytest

from matching.codes import Answer, MarkType, Sex
from matching.errors import ImpossibleRange
from matching.records import (
    DateRange,
    Listed,
    Mark,
    MissingRecord,
    Names,
    Place,
    Range,
    RemainsRecord,
)


def test_a_range_knows_its_middle_and_its_width():
    stature = Range(160, 170)

    assert (stature.middle, stature.width) == ((160 + 170) / 2, 170 - 160)


@pytest.mark.parametrize(("low", "high"), [(2, 1), (float("nan"), 1), (1, float("nan"))])
def test_a_reversed_or_unknowable_range_is_refused(low, high):
    with pytest.raises(ImpossibleRange):
        Range(low, high)


def test_reversed_dates_are_refused():
    with pytest.raises(ImpossibleRange):
        DateRange(date(2021, 5, 2), date(2021, 5, 1))


@pytest.mark.parametrize(("lat", "lon"), [(91, 0), (-91, 0), (0, 181), (0, -181)])
def test_a_place_off_the_globe_is_refused(lat, lon):
    with pytest.raises(ImpossibleRange):
        Place(lat, lon)


def test_a_list_without_items_was_not_recorded_unless_something_else_is_said():
    assert Listed.of().answer is Answer.NOT_RECORDED


def test_a_list_can_be_walked_and_counted():
    scar = Mark(MarkType.SCAR)

    marks = Listed.of(scar)

    assert (list(marks), len(marks), marks.answer) == ([scar], 1, Answer.RECORDED)


@pytest.mark.parametrize("answer", [each for each in Answer if each is not Answer.RECORDED])
def test_a_list_with_items_has_no_answer_but_recorded(answer):
    with pytest.raises(ImpossibleRange):
        Listed((Mark(MarkType.SCAR),), answer)


def test_a_recorded_list_has_items():
    with pytest.raises(ImpossibleRange):
        Listed((), Answer.RECORDED)


def test_a_record_says_nothing_by_default():
    silent = (None, "", "unknown", {}, Listed(), Names())

    said = {
        field.name
        for record in (MissingRecord(record_id="m"), RemainsRecord(record_id="r"))
        for field in fields(record)
        if getattr(record, field.name) not in silent
    }

    assert said == {"record_id"}


def test_a_record_cannot_be_changed():
    record = MissingRecord(record_id="m")

    with pytest.raises(FrozenInstanceError):
        record.sex = Sex.MALE
