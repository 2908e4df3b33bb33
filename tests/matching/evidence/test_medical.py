"""A serial number is borne in the body: the same one speaks as loud as a kind may."""

from math import log10

import pytest

from matching.evidence.medical import weigh_medical
from matching.evidence.numbers import LARGEST
from matching.evidence.weight import Reason
from matching.records import Listed, Numbered
from tests.matching.everything import NEWEST, a_missing_person, some_remains

P = NEWEST.medical


def weigh(told, seen):
    told, seen = (
        Listed.of(*(Numbered("implant", number) for number in side)) for side in (told, seen)
    )
    return weigh_medical(a_missing_person(id_numbers=told), some_remains(id_numbers=seen), P)


def test_the_same_serial_number_reaches_the_limit_of_a_kind():
    found = weigh(["ZX-99017"], ["zx99017"])

    ratio = P.unrelated + (1 - P.unrelated) * P.serial.same / P.serial.unshared
    assert found.log10_lr == pytest.approx(min(log10(ratio), LARGEST))
    assert found.reason is Reason.SERIAL_SAME


def test_a_slip_in_a_serial_number_is_near():
    found = weigh(["ZX-99017"], ["ZX-99071"])

    assert 0 < found.log10_lr < LARGEST
    assert found.reason is Reason.SERIAL_NEAR


def test_another_serial_number_speaks_against_and_devices_are_replaced():
    found = weigh(["ZX-99017"], ["QQ-12345"])

    assert log10(P.unrelated) < found.log10_lr < 0
    assert found.reason is Reason.SERIAL_DIFFERS


def test_a_pacemakers_number_may_be_noted_as_an_implants():
    told = Listed.of(Numbered("pacemaker", "ZX-99017"))

    found = weigh_medical(a_missing_person(id_numbers=told), some_remains(), P)

    assert found.reason is Reason.SERIAL_SAME


@pytest.mark.parametrize("sides", [([], ["ZX-99017"]), (["ZX-99017"], [])])
def test_without_two_numbers_nothing_is_weighed(sides):
    assert weigh(*sides) is None


def test_the_outcomes_average_to_one_among_non_matches():
    share, near = P.serial.unshared, P.serial.chance_near
    ratios = {
        level: 10 ** weigh(["ZX-99017"], [number]).log10_lr
        for level, number in {"near": "ZX-99071", "other": "QQ-12345"}.items()
    }
    same = P.unrelated + (1 - P.unrelated) * P.serial.same / share

    mean = share * same
    mean += (1 - share) * (near * ratios["near"] + (1 - near) * ratios["other"])

    assert mean == pytest.approx(1)
