"""Places are compared by distance, against how crowded the registry is around there."""

from math import log10, pi

import numpy as np
import pytest

from matching.evidence import crowding
from matching.evidence.crowding import Crowds, crowd_density, crowds_of, reach_of
from matching.evidence.journeys import (
    EARTH_RADIUS_KM,
    distance_km,
    journey_density,
    variance_km2,
)
from matching.evidence.place import region_ratio, weigh_place
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


def everywhere(count):
    """Give places a few to some hundred km apart, more of them in the south."""
    steps = [(number * 0.37) % 1 for number in range(count)]
    return [Place(15 + 8 * step**3, -92 - 5 * step, 5.0) for step in steps]


def ratios(told, seen, crowds):
    """Give the ratio of each pair, before slips are allowed for; shape (told, seen)."""
    return np.array(
        [
            [
                journey_density(
                    distance_km(here, there),
                    variance_km2(here, P) + variance_km2(there, P),
                    P.distance,
                )
                / crowd_density(there, P, crowds)
                / reach_of(here, P, crowds)
                for there in seen
            ]
            for here in told
        ]
    )


def test_the_ratio_averages_to_one_over_a_registry():
    told, seen = everywhere(400), everywhere(250)

    found = ratios(told, seen, crowds_of(told, seen, P))

    assert found.mean() == pytest.approx(1, abs=0.1)


def test_no_person_is_judged_above_average_over_all_remains():
    # Hundreds entered at the coordinates of one morgue, few of the missing near it.
    told, seen = [TAPACHULA] * 5 + everywhere(400), [TAPACHULA] * 200 + everywhere(100)
    crowds = crowds_of(told, seen, P)

    by_person = ratios(told, seen, crowds).mean(axis=1)

    # What was counted in may be up to so many flat records short of what is there.
    room = P.crowding.area_records / len(seen)
    assert by_person.max() <= 1 + room
    assert ratios([TAPACHULA], [TAPACHULA], crowds).item() <= len(seen) / 200 * (1 + room)


def test_a_person_without_reach_would_be_matched_with_the_whole_morgue(monkeypatch):
    told, seen = [TAPACHULA] * 5 + everywhere(400), [TAPACHULA] * 200 + everywhere(100)
    monkeypatch.setattr(crowding, "_reach", lambda met, *_: np.ones_like(met))

    by_person = ratios(told[:1], seen, crowds_of(told, seen, P)).mean(axis=1)

    assert by_person.max() > 3


def test_a_crowded_place_weighs_less():
    crowded = Rarity(crowds=crowds_of([TAPACHULA] * 500, [TAPACHULA], P))
    elsewhere = Rarity(crowds=crowds_of([NOGALES] * 500, [TAPACHULA], P))

    weights = [weight(TAPACHULA, TAPACHULA, rarity) for rarity in (crowded, elsewhere)]

    assert weights[0].log10_lr < weights[1].log10_lr


def test_the_crowd_is_the_mean_density_of_everybodys_journeys():
    told = [TAPACHULA] * 3
    crowds = crowds_of(told, [NOGALES], P)

    spread = 2 * variance_km2(NOGALES, P)
    journeys = 3 * journey_density(distance_km(TAPACHULA, NOGALES), spread, P.distance)
    flat = P.crowding.area_records / P.crowding.area_km2
    expected = (journeys + flat) / (3 + P.crowding.area_records)
    assert crowd_density(NOGALES, P, crowds) == pytest.approx(expected)


def test_a_place_the_registry_has_not_seen_is_judged_as_if_it_had():
    told, seen = everywhere(40), everywhere(30)
    with_it = crowds_of(told, [*seen, NOGALES], P)

    without = crowds_of(told, seen, P)

    assert crowd_density(NOGALES, P, without) == pytest.approx(
        crowd_density(NOGALES, P, with_it)
    )
    assert reach_of(seen[0], P, without) > 0


def test_a_registry_that_says_nothing_leaves_the_flat_spread_over_the_area():
    assert crowd_density(NOGALES, P, Crowds()) == pytest.approx(1 / P.crowding.area_km2)
    assert reach_of(NOGALES, P, Crowds()) == 1


def test_the_poles_and_the_date_line_are_gathered():
    crowds = crowds_of([Place(90, 180)], [Place(-90, -180)], P)

    assert len(crowds.told) == len(crowds.seen) == 1


def test_a_point_and_the_middle_of_a_country_are_gathered_apart():
    vague = Place(TAPACHULA.lat, TAPACHULA.lon, 400.0)

    assert len(crowds_of([TAPACHULA, vague], [], P).told) == 2


def test_places_are_gathered_more_coarsely_when_there_are_too_many(monkeypatch):
    fine = crowds_of(everywhere(50), everywhere(50), P)
    monkeypatch.setattr(crowding, "MOST_SPOTS", 20)

    coarse = crowds_of(everywhere(50), everywhere(50), P)

    assert fine.degrees == crowding.GRIDS[0] < coarse.degrees
    assert len(coarse.told) < len(fine.told)
    assert sum(spot.records for spot in coarse.told.values()) == 50


def test_the_coarsest_grid_is_taken_when_none_has_few_enough_places(monkeypatch):
    monkeypatch.setattr(crowding, "MOST_SPOTS", 1)

    assert crowds_of(everywhere(50), [], P).degrees == crowding.GRIDS[-1]


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
