"""A nationality includes and hardly ever speaks against."""

from math import log10

import pytest

from matching.evidence.nationality import nationality_ratio, weigh_nationality
from matching.evidence.rarity import COUNTRIES_ON_THE_ROUTES, NationalityRarity
from matching.evidence.rarity_of_few import count_nationalities
from matching.evidence.weight import Reason
from matching.records import Listed
from tests.matching.everything import NEWEST, a_missing_person, some_remains

P = NEWEST.nationality
RARITY = NationalityRarity(
    told={"HN": 60, "GT": 30, "MX": 110}, seen={"MX": {"MX": 70, "HN": 10}, "US": {"MX": 5}}
)
CODES = [*P.population, "AR", "BO", "CL", "PA", "CR", "UY", "PY"]


def weigh(told, seen, country="MX", rarity=RARITY):
    return weigh_nationality(
        a_missing_person(nationality=Listed.of(*told)),
        some_remains(nationality=Listed.of(*seen), country=country),
        P,
        rarity,
    )


def share(code, country="MX"):
    return RARITY.share(code, country, P.population, P.records)


@pytest.mark.parametrize("told", [("HN",), ("HN", "MX"), ("BR",)])
@pytest.mark.parametrize("country", ["MX", "US", ""])
def test_the_ratio_averages_to_one_over_what_remains_found_there_indicate(told, country):
    # Countries that the model does not name share what it leaves them.
    assert len(CODES) == COUNTRIES_ON_THE_ROUTES
    shares = {code: share(code, country) for code in CODES}

    mean = sum(
        shares[code] * nationality_ratio(told, (code, country), P, RARITY) for code in CODES
    )

    assert sum(shares.values()) == pytest.approx(1)
    assert mean == pytest.approx(1)


def test_the_weight_is_right_over_the_share_of_the_country_of_recovery():
    found = weigh(["HN"], ["HN"])

    ratio = P.right / share("HN") + 1 - P.right
    assert found.log10_lr == pytest.approx(log10(P.unrelated + (1 - P.unrelated) * ratio))
    assert found.reason is Reason.NATIONALITY_SAME


def test_another_nationality_speaks_little_against_whatever_it_is():
    found = weigh(["HN"], ["MX"])

    assert found.log10_lr == pytest.approx(
        log10(P.unrelated + (1 - P.unrelated) * (1 - P.right))
    )
    assert found.log10_lr > -0.5
    assert found.reason is Reason.NATIONALITY_DIFFERS


def test_a_nationality_common_where_the_remains_were_found_says_less_there():
    assert weigh(["MX"], ["MX"], "MX").log10_lr < weigh(["HN"], ["HN"], "MX").log10_lr


def test_of_two_nationalities_either_may_be_indicated():
    one, both = weigh(["HN"], ["HN"]), weigh(["HN", "GT"], ["HN"])

    assert 0 < both.log10_lr < one.log10_lr


def test_several_indications_are_averaged():
    found = weigh(["HN"], ["HN", "MX"])

    ratios = [nationality_ratio(("HN",), (code, "MX"), P, RARITY) for code in ("HN", "MX")]
    mean = sum(ratios) / 2
    assert found.log10_lr == pytest.approx(log10(P.unrelated + (1 - P.unrelated) * mean))


@pytest.mark.parametrize("sides", [((), ("HN",)), (("HN",), ())])
def test_what_was_not_said_or_not_indicated_weighs_nothing(sides):
    assert weigh(*sides) is None


def test_a_nationality_told_by_nobody_stays_possible():
    assert 0 < share("BR") < share("HN")
    assert NationalityRarity().share("AR", "MX", {}, 20) == 1 / COUNTRIES_ON_THE_ROUTES


def test_indications_are_counted_by_country_of_recovery():
    people = [a_missing_person(), a_missing_person(nationality=Listed.of("GT", "MX"))]
    remains = [some_remains(country=None), some_remains(), some_remains(nationality=Listed())]

    found = count_nationalities(people, remains)

    assert found == NationalityRarity({"GT": 2, "MX": 1}, {"": {"GT": 1}, "MX": {"GT": 1}})
