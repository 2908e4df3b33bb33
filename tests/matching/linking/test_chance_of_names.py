"""What it costs that chance agrees is not counted twice: names together, sex, either of two."""

import numpy as np
import pytest

from matching.linking.kinds import Kind
from matching.linking.packing import pack
from matching.linking.together import togetherness
from tests.matching.linking.some_people import MODEL, compared, records_of

A = {"given_names": "Juan Carlos", "surname_1": "García", "surname_2": "López"}


def costs_between(one, other, crowd=()):
    packed = pack(records_of(one, other, *crowd), MODEL)
    return compared(packed, np.array([[0, 1]], dtype=np.int32))[1][0]


def test_what_may_agree_in_either_of_two_places_costs_chance_half():
    married = costs_between(A | {"sex": "female"}, A | {"sex": "female", "surname_2": "Pérez"})
    anyone = costs_between(A, A | {"surname_2": "Pérez"})

    assert married[Kind.SURNAMES] - anyone[Kind.SURNAMES] == pytest.approx(np.log10(2))


def test_sex_adds_nothing_where_given_names_have_said_it():
    said = {"sex": "female"}

    same = costs_between({"given_names": "Ana"} | said, {"given_names": "Ana"} | said)
    other = costs_between({"given_names": "Ana"} | said, {"given_names": "Rosa"} | said)

    assert same[Kind.SEX] == 0
    assert other[Kind.SEX] == costs_between(said, said)[Kind.SEX]


def called(*given):
    return [{"given_names": each, "surname_1": "García"} for each in given]


def test_names_that_always_stand_together_cost_less_than_drawn_one_by_one():
    customs = called("Juan Carlos", "Ana Luz", "Rosa Inés") * 40
    by_chance = called(
        *(
            f"{one} {other}"
            for one in ("Juan", "Ana", "Rosa")
            for other in ("Carlos", "Luz", "Inés")
        )
    )

    custom, chance, alone = (
        costs_between(*called(name) * 2, crowd)[Kind.GIVEN_NAMES]
        for name, crowd in (
            ("Juan Carlos", customs),
            ("Juan Carlos", by_chance * 14),
            ("Juan", customs),
        )
    )

    assert alone < custom < chance - 0.2


def test_how_much_oftener_names_stand_together_is_counted_within_a_country():
    # In each of two countries names are drawn one by one, from lists of their own.
    first = [(i, j, -1) for i in range(5) for j in range(5, 10)] * 20
    second = [(i, j, -1) for i in range(10, 15) for j in range(15, 20)] * 20
    given = np.array(first + second, dtype=np.int32)
    apart = np.repeat([1, 2], len(first)).astype(np.int32)

    within = togetherness(given, apart)
    together = togetherness(given, np.zeros_like(apart))

    # First and second names are two lists: each pair is met twice as often as if they were one.
    assert within[:, 0] == pytest.approx(np.log10((20 + 3) / (10 + 3)))
    assert together[:, 0] == pytest.approx(np.log10((20 + 3) / (5 + 3)))
    assert not within[:, 1:].any()


def test_copies_of_one_record_are_no_custom():
    given = np.array([[n, 100 + n, 200 + n] for n in range(50)] * 2, dtype=np.int32)

    found = togetherness(given, np.zeros(100, dtype=np.int32))

    # Two copies: at most (2 + 3) / 3 times as often.
    assert found.max() <= np.log10(5 / 3)
    assert (found > 0).all()


def test_a_table_of_single_names_has_no_customs():
    given = np.array([[1, -1, -1], [2, -1, -1]], dtype=np.int32)

    assert not togetherness(given, np.zeros(2, dtype=np.int32)).any()
