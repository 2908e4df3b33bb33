"""The same incident speaks by how few were found in it; the same company likewise."""

from math import log10

import pytest

from matching.evidence.group import weigh_group
from matching.evidence.rarity import GroupRarity
from matching.evidence.rarity_of_few import count_groups
from matching.evidence.weight import Reason
from tests.matching.everything import NEWEST, a_missing_person, some_remains

P = NEWEST.group
RARITY = GroupRarity(99, {"i1": 4, "i2": 95}, 49, {"g1": 2})


def weigh(told, seen, rarity=RARITY):
    (incident, group), (other_incident, other_group) = told, seen
    return weigh_group(
        a_missing_person(incident_id=incident, group_id=group),
        some_remains(incident_id=other_incident, group_id=other_group),
        P,
        rarity,
    )


@pytest.mark.parametrize(("told", "seen"), [(("I1", ""), ("I2", "")), (("", "G1"), ("", "G2"))])
def test_the_ratio_averages_to_one_over_the_groups_of_the_remains(told, seen):
    share = RARITY.incident_share("i1") if told[0] else RARITY.group_share("g1")
    rest = RARITY.incident_share("i2") if told[0] else RARITY.group_share("g2")
    same, other = weigh(told, told), weigh(told, seen)

    expected = P.same_incident if told[0] else P.same_group
    assert share * 10**same.log10_lr == pytest.approx(expected)
    assert (1 - rest) * 10**other.log10_lr == pytest.approx(1 - expected)


def test_an_incident_with_few_remains_weighs_more_than_one_with_many():
    few, many = weigh(("I1", ""), ("i1 ", "")), weigh(("I2", ""), ("I2", ""))

    assert few.log10_lr == pytest.approx(log10(P.same_incident / ((4 + 0.5) / (99 + 1))))
    assert few.log10_lr > many.log10_lr
    assert few.reason is Reason.GROUP_SAME


def test_a_group_within_an_incident_is_no_second_witness():
    assert weigh(("I1", "G1"), ("I1", "G1")) == weigh(("I1", ""), ("I1", ""))


def test_a_group_is_compared_where_no_incident_is():
    found = weigh(("", "G1"), ("I1", "G1"))

    assert found.log10_lr == pytest.approx(log10(P.same_group / ((2 + 0.5) / (49 + 1))))
    assert dict(found.facts) == {"what": "group"}


def test_another_group_says_little_as_companies_part():
    found = weigh(("", "G1"), ("", "G2"))

    assert -0.3 < found.log10_lr < 0
    assert found.reason is Reason.GROUP_DIFFERS


@pytest.mark.parametrize(("told", "seen"), [(("", ""), ("I1", "G1")), (("I1", ""), ("", "G1"))])
def test_what_only_one_side_names_weighs_nothing(told, seen):
    assert weigh(told, seen) is None


def test_incidents_and_groups_of_the_remains_are_counted():
    found = count_groups(
        [some_remains(), some_remains(incident_id=""), some_remains(group_id="")]
    )

    assert found == GroupRarity(2, {"i1": 2}, 2, {"g1": 2})
