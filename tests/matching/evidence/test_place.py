"""Places are compared by distance, against how crowded the registry is around there."""

from math import log10, pi

import numpy as np
import pytest

from matching.evidence.place import (
    EARTH_RADIUS_KM,
    crowd_density,
    crowds_by_cell,
    distance_km,
    journey_density,
    region_ratio,
    weigh_place,
)
from matching.evidence.rarity import Rarity
from matching.evidence.weight import Reason
from matching.model_file import load_model
from matching.records import Place
from tests.matching.everything import TAPACHULA, a_missing_person, some_remains

P = load_model().place
NO_RARITY = Rarity()
NOGALES = Place(31.3, -110.94, 5.0)


def weight(here, there, rarity=NO_RARITY):
    return weigh_place(a_missing_person(place=here), some_remains(place=there), P, rarity)


def test_near_places_speak_for_and_an_ocean_against():
    near = weight(TAPACHULA, Place(15.1, -92.4, 1.0))
    far = weight(TAPACHULA, Place(-33.4, -70.6, 1.0))

    assert near.log10_lr > 0 > far.log10_lr
    assert near.reason is Reason.PLACE_DISTANCE


def test_no_distance_is_ever_a_hard_filter():
    antipode = Place(-TAPACHULA.lat, TAPACHULA.lon + 180)

    assert weight(TAPACHULA, antipode).log10_lr >= log10(P.unrelated)


@pytest.mark.parametrize("spread", [0.0, 25.0**2, 300.0**2])
def test_the_density_of_journeys_integrates_to_one_over_the_plane(spread):
    # With it, the mean ratio among non-matches is one wherever they are found.
    step, reach = 1.0, 20_000.0
    km = np.arange(step / 2, reach, step)

    total = sum(journey_density(d, spread, P.distance) * 2 * pi * d * step for d in km)

    assert total == pytest.approx(1, abs=2e-3)


@pytest.mark.parametrize("degrees", [1e-6, 0.5, 90.0, 180.0])
def test_distances_are_great_circles(degrees):
    found = distance_km(Place(0, 0), Place(0, degrees))

    assert found == pytest.approx(EARTH_RADIUS_KM * pi * degrees / 180, rel=1e-7)


def test_a_place_without_precision_is_taken_for_as_good_as_the_model_says():
    told = weight(Place(14.9, -92.26), NOGALES)
    stated = weight(Place(14.9, -92.26, P.default_radius_km), NOGALES)

    assert told.log10_lr == stated.log10_lr


def test_a_crowded_place_weighs_less():
    crowds = crowds_by_cell([TAPACHULA] * 500, P.crowding)
    rarity = Rarity(crowds=crowds, placed_remains=500)
    elsewhere = Rarity(crowds=crowds_by_cell([NOGALES] * 500, P.crowding), placed_remains=500)

    crowded = weight(TAPACHULA, TAPACHULA, rarity)

    assert crowded.log10_lr < weight(TAPACHULA, TAPACHULA, elsewhere).log10_lr


def test_the_crowd_of_one_cell_is_a_normal_density_at_its_middle():
    crowds = crowds_by_cell([TAPACHULA] * 3, P.crowding)

    assert list(crowds.values()) == [pytest.approx(3 / (2 * pi * P.crowding.bandwidth_km**2))]


def test_nobody_around_leaves_the_flat_spread_over_the_area():
    assert crowd_density(NOGALES, P, NO_RARITY) == pytest.approx(1 / P.crowding.area_km2)


def test_the_poles_and_the_date_line_have_cells():
    crowds = crowds_by_cell([Place(90, 180), Place(-90, -180)], P.crowding)

    assert len(crowds) == 2


def region(missing, remains, rarity=NO_RARITY):
    person = a_missing_person(place=None, country=missing[0], admin1=missing[1])
    one = some_remains(place=None, country=remains[0], admin1=remains[1])
    return weigh_place(person, one, P, rarity)


@pytest.mark.parametrize(
    ("remains", "reason"),
    [
        (("MX", "chiapas "), Reason.PLACE_SAME_REGION),
        (("MX", "Sonora"), Reason.PLACE_SAME_COUNTRY),
        (("MX", ""), Reason.PLACE_SAME_COUNTRY),
        (("US", "Arizona"), Reason.PLACE_OTHER_COUNTRY),
    ],
)
def test_without_points_regions_and_countries_are_compared(remains, reason):
    assert region(("MX", "Chiapas"), remains).reason is reason


def test_the_ratio_of_regions_averages_to_one_among_non_matches():
    rarity = Rarity(
        regions={("MX", "chiapas"): 30, ("MX", "sonora"): 50},
        countries={"MX": 80},
        located_remains=200,
    )
    records = P.region.share_records
    country = rarity.country_share("MX", records)
    same = country * rarity.region_share(("MX", "chiapas"), records)
    chances = {"chiapas": same, "sonora": country - same}

    def ratio(place):
        return region_ratio(("MX", "chiapas"), place, P, rarity)[0]

    mean = sum(share * ratio(("MX", name)) for name, share in chances.items())
    mean += (1 - country) * ratio(("US", ""))
    assert mean == pytest.approx(1)


def test_a_common_region_weighs_less_than_a_rare_one():
    rarity = Rarity(
        regions={("MX", "chiapas"): 3, ("MX", "sonora"): 500},
        countries={"MX": 503},
        located_remains=503,
    )

    rare = region(("MX", "Chiapas"), ("MX", "Chiapas"), rarity)
    common = region(("MX", "Sonora"), ("MX", "Sonora"), rarity)

    assert rare.log10_lr > common.log10_lr


@pytest.mark.parametrize("countries", [(None, "MX"), ("MX", None)])
def test_without_points_or_countries_nothing_is_weighed(countries):
    assert region((countries[0], ""), (countries[1], "")) is None
