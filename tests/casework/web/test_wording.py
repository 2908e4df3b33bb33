"""Dates, numbers and weights as people say them."""

import math
from datetime import UTC, date, datetime

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from casework.web.form_values import read_days
from casework.web.languages import locale_of, translations_for
from casework.web.wording import EVEN_BELOW, Wording

SPANISH = Wording(locale_of("es"), translations_for("es"))
ENGLISH = Wording(locale_of("en"), translations_for("en"))


@pytest.mark.parametrize(
    ("first", "last", "spanish", "english"),
    [
        ((2021, 3, 9), (2021, 3, 9), "9 de marzo de 2021", "9 March 2021"),
        ((2021, 3, 1), (2021, 3, 31), "marzo de 2021", "March 2021"),
        ((2020, 2, 1), (2020, 2, 29), "febrero de 2020", "February 2020"),
        ((2021, 1, 1), (2021, 12, 31), "2021", "2021"),
        ((2019, 1, 1), (2021, 12, 31), "entre 2019 y 2021", "between 2019 and 2021"),
        (
            (2021, 3, 3),
            (2021, 3, 9),
            "entre el 3 y el 9 de marzo de 2021",
            "between 3 and 9 March 2021",
        ),
        (
            (2021, 3, 3),
            (2021, 4, 9),
            "entre el 3 de marzo y el 9 de abril de 2021",
            "between 3 March and 9 April 2021",
        ),
        (
            (2020, 12, 30),
            (2021, 1, 2),
            "entre el 30 de diciembre de 2020 y el 2 de enero de 2021",
            "between 30 December 2020 and 2 January 2021",
        ),
        (
            (2021, 3, 1),
            (2021, 6, 30),
            "entre marzo y junio de 2021",
            "between March and June 2021",
        ),
    ],
)
def test_a_range_of_dates_is_said_as_precisely_as_it_is_known(first, last, spanish, english):
    span = date(*first), date(*last)

    assert SPANISH.date_range(*span) == spanish
    assert ENGLISH.date_range(*span) == english


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (None, None, "no registrado"),
        (date(2021, 3, 9), None, "desde el 9 de marzo de 2021"),
        (None, date(2021, 3, 9), "hasta el 9 de marzo de 2021"),
    ],
)
def test_a_range_of_dates_may_be_open(first, last, said):
    assert SPANISH.date_range(first, last) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2021, 3, 9), date(2021, 3, 9), "9 mar 2021"),
        (date(2021, 3, 1), date(2021, 3, 31), "mar 2021"),
        (date(2021, 3, 1), date(2021, 4, 30), "mar – abr 2021"),
        (date(2021, 1, 1), date(2021, 12, 31), "2021"),
        (date(2019, 1, 1), date(2021, 12, 31), "2019 – 2021"),
        (date(2021, 3, 3), date(2021, 4, 9), "3 mar – 9 abr 2021"),
        (date(2021, 3, 3), date(2021, 3, 9), "3 – 9 mar 2021"),
        (date(2020, 12, 30), date(2021, 1, 2), "30 dic 2020 – 2 ene 2021"),
        (None, None, "—"),
    ],
)
def test_in_a_column_a_range_of_dates_is_short(first, last, said):
    assert SPANISH.date_range_short(first, last) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (162, 171, "entre 162 y 171 cm"),
        (162, 162, "162 cm"),
        (162.5, None, "al menos 162.5 cm"),
        (None, 171, "como máximo 171 cm"),
        (None, None, "no registrado"),
    ],
)
def test_a_range_of_numbers_carries_its_unit_unless_nothing_is_known(low, high, said):
    assert SPANISH.number_range(low, high, "cm") == said


def test_a_moment_carries_its_zone():
    assert SPANISH.instant(datetime(2026, 3, 9, 14, 5, tzinfo=UTC)) == "9 mar 2026, 14:05 UTC"


def test_a_small_share_is_never_shown_as_zero():
    assert SPANISH.share(1e-7) == "menos de 0.01%"
    assert SPANISH.share(0.0) == "0%"


def test_a_share_short_of_everything_is_never_shown_as_everything():
    assert SPANISH.share(1 - 1e-7) == "más de 99.9%"
    assert SPANISH.share(0.996) == "99.6%"
    assert SPANISH.share(1.0) == "100%"


def test_a_share_is_written_with_the_digits_it_needs():
    assert ENGLISH.share(0.0123) == "1.23%"
    assert ENGLISH.share(0.871) == "87%"


def test_a_weight_says_how_many_times_and_for_which_explanation():
    forty = math.log10(40)

    assert SPANISH.weight_in_words(forty) == (
        "El hallazgo es 40 veces más probable si son la misma persona."
    )
    assert SPANISH.weight_in_words(-forty) == (
        "El hallazgo es 40 veces más probable si son personas distintas."
    )


def test_a_weight_that_decides_nothing_says_so():
    assert "ningún lado" in SPANISH.weight_in_words(math.log10(EVEN_BELOW) - 1e-9)
    assert "ningún lado" not in SPANISH.weight_in_words(math.log10(EVEN_BELOW) + 1e-9)


@pytest.mark.parametrize("absent", [None, math.nan])
def test_what_cannot_be_compared_is_not_said_to_argue_against(absent):
    assert SPANISH.weight_in_words(absent).startswith("No se puede comparar")
    assert SPANISH.weight_short(absent) == "—"


def test_what_cannot_be_is_not_given_a_number():
    assert SPANISH.weight_in_words(-math.inf) == (
        "Lo registrado no puede darse si son la misma persona."
    )
    assert SPANISH.weight_short(-math.inf) == "−∞"


def test_beyond_a_million_no_digits_are_claimed():
    assert "más de un millón de veces" in SPANISH.weight_in_words(9.3)
    assert "more than a million times" in ENGLISH.weight_in_words(math.inf)


@pytest.mark.parametrize(
    ("log10_lr", "said"), [(1.64, "+1.6"), (-0.44, "−0.4"), (0.04, "0.0"), (-0.04, "0.0")]
)
def test_a_short_weight_shows_its_sign_unless_it_rounds_to_nothing(log10_lr, said):
    assert SPANISH.weight_short(log10_lr) == said


@given(st.floats(min_value=math.log10(EVEN_BELOW) + 1e-6, max_value=6))
def test_the_ratio_in_words_is_within_two_digits_of_the_weight(log10_lr):
    said = float(ENGLISH.times(log10_lr).replace(",", ""))

    # Two significant digits err by at most half of the second one: 5 in 100.
    assert said == pytest.approx(10**log10_lr, rel=0.051)


@given(st.floats(min_value=-12, max_value=12))
def test_a_sentence_never_favours_the_side_the_weight_speaks_against(log10_lr):
    said = SPANISH.weight_in_words(log10_lr)

    assert not (log10_lr > 0 and "distintas" in said)
    assert not (log10_lr < 0 and "misma persona" in said)


def test_a_day_in_kreyol_is_named_in_kreyol():
    kreyol = locale_of("ht")

    assert format_date(date(2026, 8, 4), "full", locale=kreyol) == "madi 4 out 2026"
    assert format_date(date(2026, 2, 1), "long", locale=kreyol) == "1 fevriye 2026"


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("es", "2021-03-09", "9 mar 2021"),
        ("pt", "2021-10", "outubro 2021"),  # «out.» is August in Kreyòl
        ("ht", "2021-08-09", "2021-08-09"),  # «out» is October in Portuguese
        ("fr", "2021", "2021"),
        ("en", "2021-13-45", "2021-13-45"),
        ("en", "last spring", "last spring"),
    ],
)
def test_a_day_stands_in_a_form_as_its_reader_would_type_it(language, written, said):
    assert Wording(locale_of(language), translations_for(language)).typed_day(written) == said


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr", "ht"])
def test_every_day_that_stands_in_a_form_is_read_back(language):
    days = [f"2024-{month:02}-{day:02}" for month in range(1, 13) for day in (1, 12, 28)]

    read = [
        read_days(Wording(locale_of(language), translations_for(language)).typed_day(each), "")
        for each in days
    ]

    assert [each.earliest.isoformat() for each in read] == days
