"""Remains ahead of the last contact speak for, given how far they lie and who goes there."""

from dataclasses import replace
from math import log10, pi

import numpy as np
import pytest

from matching.evidence.courses import (
    bearings,
    distances_km,
    journeys_at,
    von_mises_ratio,
)
from matching.evidence.destination import (
    Heading,
    country_meant,
    course_ratios,
    degrees_aside,
    destination_weights,
    heading_of,
    spot_seen,
    ways_of,
    weigh_destination,
)
from matching.evidence.journeys import distance_km
from matching.evidence.rarity import Rarity
from matching.evidence.registry import rarity_of
from matching.evidence.weight import Reason
from matching.packing.later_kinds import DESTINATION
from matching.records import Place
from tests.matching.everything import NEWEST, TAPACHULA, a_missing_person, some_remains
from tests.matching.packing.kinds import must_agree

P, PLACE = NEWEST.destination, NEWEST.place
NOBODY = Rarity()
NORTH, SOUTH = Place(19.0, -97.0), Place(12.1, -86.3)
WAYS = Rarity(ways={(15.0, -92.5, "US"): 40, (19.0, -96.0, "US"): 20, (8.5, -77.5, "MX"): 9})
FROM_TAPACHULA = Heading((15.0, -92.5), "US")


def weigh(to="US", found=NORTH, rarity=NOBODY, at=TAPACHULA):
    person = a_missing_person(destination=to, place=at)
    return weigh_destination(person, some_remains(place=found), P, place=PLACE, rarity=rarity)


def test_over_all_directions_at_one_distance_the_ratio_averages_to_one():
    pole = Heading((90.0, 0.0), "US")
    circle = [(80.0, float(lon)) for lon in np.arange(0, 360, 0.5)]

    ratios = course_ratios([pole], circle, P)

    assert ratios.mean() == pytest.approx(1)
    assert ratios.min() > 1 - P.ahead


def test_over_everybody_whose_journeys_end_there_the_ratio_averages_to_one():
    ways = [Heading((lat, lon), country) for lat, lon, country in WAYS.ways]
    there = [(20.0, -99.0)]
    ending = np.array([*WAYS.ways.values()])[:, None] * journeys_at(
        distances_km([one.spot for one in ways], there), PLACE.distance
    )

    few = replace(P, records=1e-9)
    ratios = 10 ** destination_weights(ways, there, few, place=PLACE, rarity=WAYS)

    assert (ending * ratios).sum() / ending.sum() == pytest.approx(1)


def test_remains_ahead_speak_for_and_behind_against():
    ahead, behind = weigh(found=NORTH), weigh(found=SOUTH)

    assert ahead.log10_lr > 0 > behind.log10_lr > log10(1 - P.ahead)
    assert (ahead.reason, behind.reason) == (
        Reason.DESTINATION_AHEAD,
        Reason.DESTINATION_ASIDE,
    )


def test_where_everybody_goes_it_says_little_to_go_there_too():
    assert weigh(rarity=WAYS).log10_lr < weigh(rarity=NOBODY).log10_lr


def test_on_the_spot_there_is_no_direction():
    assert weigh(found=TAPACHULA).log10_lr == pytest.approx(0)


@pytest.mark.parametrize(
    ("to", "country"),
    [
        ("US", "US"),
        ("us", "US"),
        ("Estados Unidos", "US"),
        ("EE.UU.", "US"),
        ("États-Unis", "US"),
        ("México", "MX"),
        ("Houston", ""),
        ("", ""),
    ],
)
def test_a_destination_is_a_country_by_its_letters_or_its_name(to, country):
    assert country_meant(to) == country


@pytest.mark.parametrize(
    "changed",
    [
        {"to": "Houston"},
        {"to": ""},
        {"to": "ZA"},
        {"to": "MX"},  # the last contact was there already
        {"at": None},
        {"at": Place(14.9, -92.26, 400.0)},
        {"found": None},
        {"found": Place(19.0, -97.0, 400.0)},
    ],
)
def test_without_a_way_nothing_is_weighed(changed):
    assert weigh(**changed) is None


def test_people_of_the_registry_are_counted_by_their_ways():
    people = [a_missing_person(destination="US")] * 2 + [a_missing_person(destination="")]

    assert ways_of(people, P) == {(15.0, -92.5, "US"): 2}
    assert rarity_of(people, [some_remains()], NEWEST).ways == ways_of(people, P)


def test_directions_are_counted_from_north_to_east():
    here = [(0.0, 0.0)]

    found = bearings(here, [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 0.0)])

    assert found[0] == pytest.approx([0, pi / 2, pi, -pi / 2, 0])


def test_distances_are_those_of_the_place():
    found = distances_km([(15.0, -92.5)], [(20.0, -99.0)])

    assert found[0, 0] == pytest.approx(distance_km(Place(15.0, -92.5), Place(20.0, -99.0)))


def test_a_von_mises_distribution_averages_to_one_round_the_circle():
    angles = np.linspace(-pi, pi, 3600, endpoint=False)

    assert von_mises_ratio(angles, P.concentration).mean() == pytest.approx(1)


def test_the_nearest_goal_counts_for_what_is_called_ahead():
    assert degrees_aside(FROM_TAPACHULA, spot_seen(some_remains(place=NORTH)), P) < 30
    assert heading_of(a_missing_person(destination="US"), P) == FROM_TAPACHULA


def test_the_search_weighs_destinations_as_defined():
    people = [a_missing_person(destination=to) for to in ("US", "CA", "", "Estados Unidos")]
    seen = [some_remains(place=place) for place in (NORTH, SOUTH, TAPACHULA, None)]
    rarity = rarity_of(people, seen, NEWEST)

    must_agree(
        DESTINATION,
        (people, seen),
        (NEWEST, rarity),
        lambda m, r: weigh_destination(m, r, P, place=PLACE, rarity=rarity),
    )


def test_a_side_without_ways_is_an_empty_table():
    assert destination_weights([], [(1.0, 1.0)], P, place=PLACE, rarity=NOBODY).shape == (0, 1)
