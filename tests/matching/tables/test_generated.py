"""Whatever stands in a cell, a row is read or refused, and what is said comes back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.codes import ArticleItem, BodySite, Colour, MarkType, Side
from matching.tables import MISSING_COLUMNS, REMAINS_COLUMNS, read_missing, read_remains

# Near misses of what is right, as people and programs really write them.
WRITTEN = """none unknown refused nan -25 20 1e5 2014 2014-05 2014-02-30 03/05/2014 N/A 0 0.0
181 male Fem scar scar:knee:left:x:y : | a|b t_shirt:red none|scar HN|GT HN,GT ١٢ {} {hint} .
9e999"""
CLUMSY = st.sampled_from([*WRITTEN.split(), "male ", "\ufeff1", "\x00", "\n"])
WORDS = st.text(st.characters(exclude_characters="|", exclude_categories=["Cs"]), max_size=12)
DAYS = st.dates(date(1900, 1, 1), date(2030, 1, 1))
SPANS = st.tuples(DAYS, DAYS).map(sorted)


def rows(columns):
    cells = st.dictionaries(st.sampled_from(sorted(columns)), CLUMSY | st.text(max_size=8))
    return cells.map(lambda row: {"record_id": "a"} | row)


@given(rows(MISSING_COLUMNS))
def test_any_row_about_a_person_is_read_or_refused_with_a_reason(row):
    record, problems = read_missing(row)

    assert (record is None) == bool(problems)
    assert all(problem.sentence for problem in problems)


@given(rows(REMAINS_COLUMNS))
def test_any_row_about_remains_is_read_or_refused_with_a_reason(row):
    record, problems = read_remains(row)

    assert (record is None) == bool(problems)
    assert all(problem.sentence for problem in problems)


@given(
    st.sampled_from(MarkType),
    st.sampled_from(BodySite),
    st.sampled_from(Side),
    WORDS.map(str.strip),
)
def test_a_mark_comes_back_as_it_was_written(kind, site, side, words):
    record, _ = read_missing({"record_id": "a", "marks": f"{kind}:{site}:{side}:{words}"})

    (mark,) = record.marks
    assert (mark.kind, mark.site, mark.side, mark.words) == (kind, site, side, words)


@given(st.sampled_from(ArticleItem), st.sampled_from(Colour), WORDS.map(str.strip))
def test_an_article_comes_back_as_it_was_written(item, colour, words):
    record, _ = read_remains({"record_id": "a", "clothing": f"{item}:{colour}::{words}"})

    (article,) = record.clothing
    assert (article.item, article.colour, article.words) == (item, colour, words)


@given(SPANS)
def test_dates_come_back_as_they_were_written(span):
    first, last = span

    record, _ = read_remains(
        {"record_id": "a", "found_from": f"{first}", "found_to": f"{last}"}
    )

    assert (record.found.earliest, record.found.latest) == (first, last)


@given(st.floats(0, 125), st.floats(0, 125))
def test_two_ages_are_a_range_or_a_refusal_and_never_swapped(low, high):
    row = {"record_id": "a", "age_min": f"{low:.6f}", "age_max": f"{high:.6f}"}

    record, problems = read_missing(row)

    if problems:
        assert float(row["age_min"]) > float(row["age_max"])
    else:
        assert (record.age.low, record.age.high) == pytest.approx((low, high), abs=1e-6)
