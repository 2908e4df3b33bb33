"""Countries, states, points and dates as registers write them."""

from datetime import date

import pytest

from casework.codes import COUNTRIES
from casework.imports.profiles import dates, places
from casework.imports.profiles.cells import decimal_number, split_known, split_urls, tidy
from casework.values import DateRange


def test_every_country_has_a_code_of_the_list_and_boxes_that_are_boxes():
    assert set(places.country_boxes()) <= COUNTRIES
    assert all(
        box.west <= box.east and box.south <= box.north
        for boxes in places.country_boxes().values()
        for box in boxes
    )


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Iran (Islamic Republic of)", "IR"),
        ("Côte d’Ivoire", "CI"),
        ("Türkiye", "TR"),
        ("México", "MX"),
        ("HN", "HN"),
        ("Haití", "HT"),
        ("Atlantis", None),
    ],
)
def test_a_country_is_found_by_its_names(name, code):
    assert places.country_code(name) == code


def test_every_state_lies_in_a_box_of_its_country():
    strays = [
        name
        for name, state in places.us_states().items()
        if not any(
            box.holds(float(state.lat), float(state.lon), 0.5)
            for box in places.country_boxes()[state.country]
        )
    ]

    assert strays == []


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("13.81, -89.25", (13.81, -89.25)),
        ("(13.81;-89.25)", (13.81, -89.25)),
        ("POINT (-89.25 13.81)", (13.81, -89.25)),
        ("point(-89.25 13.81)", (13.81, -89.25)),
        ("13.81", None),
        ("N 13 W 89", None),
    ],
)
def test_points_are_read_in_the_order_their_form_says(text, point):
    assert places.read_point(text) == point


def test_a_point_at_sea_near_its_country_is_its_own():
    libya = places.Where.of("Libya", country="LY")

    assert places.misplaced((34.8, 13.0), libya) is None


def test_without_country_or_known_region_nothing_is_judged():
    nowhere = places.Where.of("", country=None, region="Uncategorized")

    assert places.misplaced((1.0, 170.0), nowhere) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016-02-03", date(2016, 2, 3), date(2016, 2, 3)),
    ],
)
def test_a_partial_date_means_all_its_days(text, first, last):
    assert dates.read_partial(text) == DateRange(first, last)


@pytest.mark.parametrize(
    "text", ["", "20", "2014-13", "3014", "44693", "2014-02-30", "1014-05"]
)
def test_what_is_no_date_is_not_made_one(text):
    assert dates.read_partial(text) is None


def test_excel_days_are_counted_from_the_day_excel_calls_zero():
    # Excel shows 1 March 1900 for 61, for it believes in a 29 February 1900.
    epoch = date(1899, 12, 30).toordinal()
    assert epoch + 61 == date(1900, 3, 1).toordinal()

    assert dates.read_day("44693") == date.fromordinal(epoch + 44693)


@pytest.mark.parametrize(
    ("text", "number"), [("May", 5), ("sept", 9), ("7", 7), ("13", None), ("", None)]
)
def test_months_are_read_as_words_or_numbers(text, number):
    assert dates.month_number(text) == number


def test_cells_are_split_only_where_they_should_be():
    assert split_known("a,b, c d,a", ["b, c"]) == ("a", "b, c d")
    assert split_urls("http://x/a,b, https://y/") == ("http://x/a,b", "https://y/")
    assert tidy(" a\ufeff\n b ") == "a b"
    assert decimal_number("1,5") is None
