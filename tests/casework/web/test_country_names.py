"""Countries are found by the names that people type, in any of our languages."""

import pytest

from casework.web.country_names import country_named, nationality_named


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("mx", "MX"),
        (" México ", "MX"),
        ("mexico", "MX"),
        ("Brésil", "BR"),
        ("Cote d’Ivoire", "CI"),
        ("Guinea–Bisáu", "GW"),
        ("Narnia", None),
        ("", None),
    ],
)
def test_a_country_is_found_whatever_the_accents_and_signs(typed, code):
    assert country_named(typed) == code


def test_whom_no_country_counts_as_its_own_has_a_code_too():
    assert nationality_named("Apátrida") == nationality_named("stateless")
    assert nationality_named("Honduras") == "HN"
