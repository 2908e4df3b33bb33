"""How much the dates of some records will take, reckoned before they are laid out."""

from dataclasses import replace
from datetime import date

import pytest

from matching.codes import Condition
from matching.model_file import load_model
from matching.packing.days.comparison import Days
from matching.records import DateRange
from matching.search import dates_take, lay_out
from tests.matching.everything import a_missing_person, some_remains

MODEL = load_model("missing-remains-2026.4")


def on(year):
    return DateRange(date(year, 5, 1), date(year, 5, 3))


@pytest.mark.parametrize("earliest", [2019, 1921])
def test_what_is_reckoned_is_what_is_laid_out(earliest):
    people = [replace(a_missing_person(), last_contact=on(year)) for year in (earliest, 2020)]
    remains = [
        replace(some_remains(), found=on(2021), condition=condition) for condition in Condition
    ]

    laid = lay_out(people, remains, MODEL)
    dated = next(one for one in laid.comparisons if one.kind is Days.kind)

    assert dates_take(people, remains, MODEL) == dated.curves.nbytes + dated.peaks.nbytes
