"""The truth behind the rows, before reports and examinations blur it."""

import pytest

from casework.demonstration.dice import Dice
from casework.demonstration.journeys import (
    displaced,
    distance_km,
    draw_end,
    draw_journey,
    draw_last_contact,
    nearest_place,
)
from casework.demonstration.people import draw_person
from casework.demonstration.recoveries import draw_recovery
from casework.demonstration.shipped import places, routes, wording, world


def fates(count=300):
    dice = Dice(11, "fates of a test")
    for _ in range(count):
        journey = draw_journey(dice)
        end = draw_end(dice, journey)
        yield journey, end, draw_last_contact(dice, journey, end), draw_recovery(dice, end)


def test_last_contact_comes_before_the_end_and_recovery_after():
    assert all(
        contact.day <= end.day <= recovery.found_on for _, end, contact, recovery in fates()
    )


def test_last_contact_is_never_further_along_than_the_end():
    assert all(contact.stop <= end.leg for _, end, contact, _ in fates())


def test_nobody_is_found_after_the_files_closed():
    assert all(found.found_on <= world()["files_closed_on"] for *_, found in fates())


def test_journeys_pass_each_place_once():
    for journey, *_ in fates():
        assert len(set(journey.stops)) == len(journey.stops)


def test_every_stop_of_every_route_is_a_place():
    named = {stop for trunk in routes()["trunks"].values() for stop in trunk}
    for step in routes()["onward"].values():
        named |= {
            n for choice in step["choices"] for n in choice if n not in routes()["trunks"]
        }

    assert named - set(places()) == set()


def test_every_terrain_has_all_its_numbers():
    terrains = {"road", *routes()["terrain"].values()}

    for table in (
        world()["journey"]["km_per_day"],
        world()["journey"]["hazard"],
        world()["journey"]["off_route_km"],
        world()["recovery"]["condition"],
        world()["incidents"]["aboard"],
        world()["incidents"]["causes"],
    ):
        assert terrains <= set(table)


def test_every_nationality_has_names_a_stature_and_birth_places():
    nations = {nation for way in routes()["ways"] for nation in way["nationalities"]}
    dice = Dice(5, "names")

    for nation in nations:
        person = draw_person(dice, nation, world()["last_contact_until"])
        assert person.names.surname_1
        assert person.birth_place in wording()["birth_places"][nation]


def test_a_relative_on_the_way_bears_the_same_surnames():
    dice = Dice(5, "family")
    day = world()["last_contact_until"]
    first = draw_person(dice, "HN", day)

    second = draw_person(dice, "HN", day, first)

    assert (second.names.surname_1, second.names.surname_2) == (
        first.names.surname_1,
        first.names.surname_2,
    )


def test_phrases_do_not_break_the_list_they_stand_in():
    phrases = [
        phrase
        for facts in wording()["marks"].values()
        for motif in facts["motifs"]
        for language in ("es", "pt", "en", "fr")
        for phrase in motif[language]
    ]

    assert phrases
    assert not [phrase for phrase in phrases if "|" in phrase]


def test_a_point_moved_so_far_lies_so_far_away():
    there = displaced(Dice(1, "way"), 31.5, -111.5, 40.0)

    assert distance_km(31.5, -111.5, *there) == pytest.approx(40.0, rel=0.01)


def test_a_quarter_of_a_meridian_is_a_quarter_of_the_way_round():
    assert distance_km(0, 0, 90, 0) == pytest.approx(6371.0 * 3.141592653589793 / 2)


def test_the_nearest_place_of_a_place_is_itself():
    assert all(
        (near := nearest_place(spot.lat, spot.lon)).lat == spot.lat and near.lon == spot.lon
        for spot in places().values()
    )
