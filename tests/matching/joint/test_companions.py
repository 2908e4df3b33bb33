"""Companions raise each other where both were recovered together, and nothing counts twice."""

import pytest
from hypothesis import given

from matching.joint import Companions, Method, companions_of, load_joint_model
from matching.one_to_one import odds_before
from matching.records import Listed, MissingRecord, RemainsRecord
from tests.matching.joint.worlds import (
    FEW,
    PRIORS,
    SIZES,
    WEIGHTS,
    believed,
    companies,
    every_way,
    shares_of,
)

TOGETHER = 0.5


def of_one_company(**changes):
    said = {
        "company": {"ana": "boat", "luis": "boat"},
        "event": {"1": "reef", "2": "reef", "3": "shore"},
        "share": {"reef": 0.02, "shore": 0.01},
        "together": TOGETHER,
    }
    return Companions(**said | changes)


@FEW
@given(WEIGHTS, PRIORS, companies())
def test_companies_are_summed_over_every_place_they_may_have_ended(weights, prior, companions):
    odds = {pair: odds_before(prior, *SIZES) * 10**each for pair, each in weights.items()}

    joint, found = believed(weights, SIZES, prior, companions)

    assert found == pytest.approx(shares_of(odds, companions), abs=1e-12)
    assert set(joint.method.tolist()) == {Method.EXACT}
    ways = list(every_way(odds, companions))
    whole = sum(weight for *_, weight in ways)
    for each in joint.ended:
        there = sum(w for _, where, w in ways if where[each.company] == each.event)
        assert each.probability == pytest.approx(there / whole)


@FEW
@given(WEIGHTS, PRIORS, companies())
def test_a_company_of_one_changes_nothing(weights, prior, companions):
    alone = {one: one for one in companions.company}
    apart = Companions(alone, companions.event, companions.share, companions.together)

    assert believed(weights, SIZES, prior, apart)[1] == believed(weights, SIZES, prior)[1]


def test_two_companions_found_in_one_place_raise_each_other_by_the_stated_factor():
    # λ = 0.01 before; two pairs of equal weight in one event of share s stand together
    # t / s + 1 - t times as often as they would by chance.
    sizes, weights = (300, 200), {("ana", "1"): 2.0, ("luis", "2"): 2.0}
    prior = 1e-4
    odds = odds_before(prior, *sizes) * 100
    both = odds * odds * (TOGETHER / 0.02 + 1 - TOGETHER)

    _, found = believed(weights, sizes, prior, of_one_company())

    assert found["ana", "1"] == pytest.approx((odds + both) / (1 + 2 * odds + both))
    assert found["ana", "1"] > believed(weights, sizes, prior)[1]["ana", "1"]


def test_where_all_remains_are_of_one_event_nobody_ended_elsewhere():
    everybody = of_one_company(event={"1": "reef", "2": "reef"}, share={"reef": 1.0})
    weights = {("ana", "1"): 2.0, ("luis", "2"): 2.0}

    joint, found = believed(weights, SIZES, 1e-3, everybody)

    assert [(each.event, each.probability) for each in joint.ended] == [
        ("reef", pytest.approx(1.0))
    ]
    assert found == pytest.approx(believed(weights, SIZES, 1e-3)[1])


def test_companions_found_in_two_places_lower_each_other_a_little():
    weights = {("ana", "1"): 3.0, ("luis", "3"): 3.0}
    odds = odds_before(1e-3, *SIZES) * 1000

    _, found = believed(weights, SIZES, 1e-3, of_one_company())

    both = odds * odds * (1 - TOGETHER)
    assert found["ana", "1"] == pytest.approx((odds + both) / (1 + 2 * odds + both))


def test_an_incident_that_both_sides_name_is_not_counted_again():
    named = {"incident_id": "IOM-1"}
    people = [MissingRecord(record_id=one, **named) for one in ("ana", "luis")]
    found = [RemainsRecord(record_id=one, **named) for one in ("1", "2")]
    weights = {("ana", "1"): 2.0, ("luis", "2"): 2.0}

    companions = companions_of(people, found, load_joint_model())

    assert not companions.says_of("ana", "1")
    assert believed(weights, SIZES, 0.01, companions)[1] == believed(weights, SIZES, 0.01)[1]


def test_the_same_group_named_on_both_sides_is_not_counted_again():
    people = [MissingRecord(record_id=one, group_id=" G1") for one in ("ana", "luis")]
    found = [
        RemainsRecord(record_id="1", group_id="g1"),
        RemainsRecord(record_id="2", group_id="h"),
    ]

    companions = companions_of(people, found, load_joint_model())

    assert not companions.says_of("ana", "1")
    assert companions.says_of("ana", "2")


def test_a_company_is_an_incident_a_group_or_a_guides_telephone():
    people = [
        MissingRecord(record_id="ana", incident_id="I", phones=Listed.of("+000 12-34")),
        MissingRecord(record_id="luis", incident_id="i "),
        MissingRecord(record_id="juan", group_id="G"),
        MissingRecord(record_id="rosa", group_id="G"),
        MissingRecord(record_id="inés", phones=Listed.of("0001234")),
        MissingRecord(record_id="alone", group_id="another"),
    ]

    company = companions_of(people, [], load_joint_model()).company

    assert company == {
        "ana": "ana",
        "luis": "ana",
        "inés": "ana",
        "juan": "juan",
        "rosa": "juan",
    }


def test_a_telephone_that_many_give_joins_nobody():
    model = load_joint_model()
    people = [
        MissingRecord(record_id=f"{n}", phones=Listed.of("0001234"))
        for n in range(model.phone_at_most + 1)
    ]

    assert companions_of(people, [], model).company == {}
    assert len(companions_of(people[1:], [], model).company) == model.phone_at_most


def test_remains_without_an_event_are_neither_together_nor_apart():
    found = [
        RemainsRecord(record_id="1", incident_id="reef", group_id="a"),
        RemainsRecord(record_id="2", group_id="a"),
        RemainsRecord(record_id="3"),
    ]

    companions = companions_of([], found, load_joint_model())

    assert companions.event == {"1": "incident reef", "2": "group a"}
    assert companions.share == {"incident reef": 1 / 2, "group a": 1 / 2}


def test_a_wide_company_is_told_by_messages_and_still_raises():
    weights = {(f"m{i}", f"r{j}"): 1.0 for i in range(6) for j in range(6)}
    companions = Companions(
        company={f"m{i}": "boat" for i in range(6)},
        event={f"r{j}": "reef" for j in range(6)},
        share={"reef": 0.01},
        together=TOGETHER,
    )

    exact, found = believed(weights, (600, 500), 1e-5, companions)
    told, near = believed(weights, (600, 500), 1e-5, companions, most_cells=2)

    assert exact.ended[0].event == "reef"
    assert near == pytest.approx(found, abs=0.05)
    assert min(near.values()) > max(believed(weights, (600, 500), 1e-5)[1].values())
    assert told.ended[0].probability == pytest.approx(exact.ended[0].probability, abs=0.3)
