"""How pairs are shared out: closed forms of what docs/methods/queue.md promises."""

from itertools import chain, combinations, permutations, product

import numpy as np
import pytest

from casework.queue.sharing import Look, Person, share

ANA, BETO, CARO = 1, 2, 3


def held(given, who):
    return sum(who in people for people in given.values())


def test_pairs_go_to_each_in_the_measure_of_their_hours():
    given = share([Look(each, 1) for each in range(12)], [Person(ANA, 8), Person(BETO, 4)])

    assert (held(given, ANA), held(given, BETO)) == (8, 4)


def test_what_somebody_was_asked_already_counts():
    given = share(
        [Look(each, 1) for each in range(4)], [Person(ANA, 4, asked=4), Person(BETO, 4)]
    )

    assert (held(given, ANA), held(given, BETO)) == (0, 4)


def test_nobody_sits_twice_at_one_pair_nor_where_they_are_barred():
    given = share(
        [Look(1, 2, frozenset({ANA})), Look(2, 2)],
        [Person(each, 5) for each in (ANA, BETO, CARO)],
    )

    assert set(given[1]) == {BETO, CARO}
    assert len(set(given[2])) == 2


def test_of_what_no_week_holds_nobody_is_asked():
    given = share([Look(1, 1), Look(2, 1)], [Person(ANA, 1), Person(BETO, 0)])

    assert given == {1: (ANA,)}


def test_somebody_who_may_sit_elsewhere_makes_room_for_a_pair_that_only_they_could_take():
    # In order alone the first goes to ANA, and for the second nobody is left.
    given = share(
        [Look(1, 1), Look(2, 1, frozenset({BETO}))], [Person(ANA, 1), Person(BETO, 1)]
    )

    assert given == {1: (BETO,), 2: (ANA,)}


def every_way(look):
    """List whom a pair could be given: each at most once, and nobody who is barred."""
    may_sit = [each for each in range(3) if each not in look.barred]
    return [who for count in range(look.seats + 1) for who in combinations(may_sit, count)]


# The second way: two pairs of two seats, where chains can cross, then three of one seat.
@pytest.mark.parametrize(("of_two", "barred"), [(0, (0, 1, 2)), (2, (2,))])
@pytest.mark.parametrize("seed", range(20))
def test_as_many_seats_are_given_as_any_share_could_give(seed, of_two, barred):
    chance = np.random.default_rng(seed)
    people = [Person(each, int(chance.integers(1, 3))) for each in range(3)]
    looks = []
    for each in range(5):
        seats, bars = (2, (0, 1)) if each < of_two else (1, barred)
        barring = chance.choice(3, int(chance.choice(bars)), replace=False)
        looks.append(Look(each, seats, frozenset(barring)))

    given = share(looks, people)

    shares = (list(chain(*every)) for every in product(*map(every_way, looks)))
    most = max(
        len(sits)
        for sits in shares
        if all(sits.count(each.account_id) <= each.fits for each in people)
    )
    assert sum(len(each) for each in given.values()) == most
    assert all(held(given, each.account_id) <= each.fits for each in people)
    assert all(given.get(each.pairing, ()) in _orders(each) for each in looks)


def _orders(look):
    return {order for who in every_way(look) for order in permutations(who)}
