"""A warm side finds for one record exactly what the search over all pairs finds for it."""

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from matching.codes import RemainsSex
from matching.evidence.weight import Kind
from matching.model_file import load_model
from matching.packing.steps import STEPS
from matching.records import Listed, Names, Numbered, Range
from matching.search import rank, registry_of
from matching.search.warm import WarmSide, days, kinds, segment
from matching.search.warm import side as warm_side
from tests.matching.everything import a_missing_person, on, some_remains
from tests.matching.generated import registries

MODEL = load_model(None)
FEW = settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def ranked(one, kept, registry, *, is_left, **wanted):
    """Give what `rank` finds for one record against those kept, in the order of their keys."""
    keys = sorted(kept)
    others = [kept[key] for key in keys]
    sides = (others, [one]) if is_left else ([one], others)
    found = rank(*sides, MODEL, registry=registry, jobs=1, **wanted)
    places = found.rank_for_right if is_left else found.rank_for_left
    order = np.argsort(places)[np.count_nonzero(places == 0) :]
    who = found.left if is_left else found.right
    weights = {kind: of_kind[order] for kind, of_kind in found.weights.items()}
    return [keys[at] for at in who[order]], found.log10_lr[order], weights


def must_agree(side, one, kept, registry, *, is_left, **wanted):
    """Hold a warm side to `rank`, to the last digit."""
    found = side.nearest(one, **wanted)
    keys, log10_lr, weights = ranked(one, kept, registry, is_left=is_left, **wanted)
    assert list(found.keys) == keys
    assert found.log10_lr.tolist() == log10_lr.tolist()
    for kind, of_kind in weights.items():
        np.testing.assert_array_equal(found.weights[kind], of_kind)


def both(missing, remains):
    registry = registry_of(missing, remains, MODEL)
    return registry, (
        (dict(enumerate(missing)), remains, True),
        (dict(enumerate(remains)), missing, False),
    )


@FEW
@given(registries(most=6), st.sampled_from([1, 3, 40]))
def test_the_nearest_are_those_that_the_whole_search_ranks(drawn, top):
    registry, sides = both(*drawn)

    for kept, others, is_left in sides:
        side = WarmSide(kept, MODEL, registry, is_left=is_left)
        for one in others:
            must_agree(side, one, kept, registry, is_left=is_left, top=top)


@FEW
@given(registries(most=6))
def test_all_that_weigh_enough_are_found_when_no_number_is_asked_for(drawn):
    registry, sides = both(*drawn)

    for kept, others, is_left in sides:
        side = WarmSide(kept, MODEL, registry, is_left=is_left)
        for one in others:
            every = ranked(one, kept, registry, is_left=is_left, top=99, min_log10_lr=0.0)
            found = side.nearest(one, top=None, min_log10_lr=0.0)
            assert list(found.keys) == every[0]
            assert found.log10_lr.tolist() == every[1].tolist()


@FEW
@given(registries(most=6), st.data())
def test_what_was_put_replaced_and_dropped_is_found_as_if_packed_anew(drawn, data):
    registry, sides = both(*drawn)
    for records, others, is_left in sides:
        first = data.draw(st.integers(0, len(records)))
        kept = {key: record for key, record in records.items() if key < first}
        side = WarmSide(kept, MODEL, registry, is_left=is_left)
        kept = dict(kept)
        for _ in range(data.draw(st.integers(1, 8))):
            key = data.draw(st.integers(0, len(records)))
            if data.draw(st.booleans()):
                kept[key] = records[data.draw(st.sampled_from(sorted(records)))]
                side.put(key, kept[key])
            else:
                kept.pop(key, None)
                side.drop(key)
            if kept:
                one = data.draw(st.sampled_from(others))
                must_agree(side, one, kept, registry, is_left=is_left, top=3)

        assert len(side) == len(kept)
        assert all(side[key] is record and key in side for key, record in kept.items())


def test_what_is_dropped_before_it_was_packed_is_never_packed():
    registry = registry_of([a_missing_person()], [some_remains()], MODEL)
    side = WarmSide({}, MODEL, registry, is_left=True)
    side.put(1, a_missing_person())
    side.drop(1)
    side.drop(1)

    assert side.nearest(some_remains()).keys == ()
    assert 1 not in side


def many_alike(number):
    return {key: a_missing_person() for key in range(number)}


def test_equal_weights_rank_by_key_whatever_segment_they_lie_in(monkeypatch):
    monkeypatch.setattr(warm_side, "PACKED_TOGETHER", 2)
    kept = many_alike(9)
    registry = registry_of(list(kept.values()), [some_remains()], MODEL)
    side = WarmSide({}, MODEL, registry, is_left=True)
    for key in (4, 8, 0, 6, 2, 1, 7, 3, 5):
        side.put(key, kept[key])
        side.nearest(some_remains())

    must_agree(side, some_remains(), kept, registry, is_left=True, top=4)


def test_small_segments_are_packed_together_and_large_ones_left(monkeypatch):
    monkeypatch.setattr(warm_side, "PACKED_TOGETHER", 2)
    packed = []
    monkeypatch.setattr(
        warm_side,
        "Segment",
        lambda keys, *rest, **more: (
            packed.append(len(keys)) or segment.Segment(keys, *rest, **more)
        ),
    )
    kept = many_alike(40)
    registry = registry_of(list(kept.values()), [some_remains()], MODEL)
    side = WarmSide(kept, MODEL, registry, is_left=True)

    for key in range(40, 48):
        side.put(key, a_missing_person())
        side.nearest(some_remains())

    # 1, then 1 + 1, then 1 + 2 …: as a binary counter carries; the 40 are never packed again.
    assert packed[0] == 40
    assert sum(packed[1:]) < 8 * 8 / 2
    assert len(side) == 48


def test_somebody_last_heard_of_after_a_recovery_is_never_near_it():
    person = a_missing_person(last_contact=on("2024-01-01"))
    remains = some_remains(found=on("2020-01-01"))
    registry = registry_of([person], [remains], MODEL)

    told = WarmSide({1: person}, MODEL, registry, is_left=True)
    seen = WarmSide({1: remains}, MODEL, registry, is_left=False)

    assert not len(told.nearest(remains))
    assert not len(seen.nearest(person))


def test_nobody_is_near_where_nobody_is_kept():
    registry = registry_of([a_missing_person()], [some_remains()], MODEL)

    found = WarmSide({}, MODEL, registry, is_left=True).nearest(some_remains())

    assert found.keys == ()
    assert all(len(weights) == 0 for weights in found.weights.values())


def test_fewer_than_one_place_is_refused():
    registry = registry_of([a_missing_person()], [some_remains()], MODEL)

    with pytest.raises(ValueError, match="at least 1"):
        WarmSide({}, MODEL, registry, is_left=True).nearest(some_remains(), top=0)


def test_values_met_long_ago_are_forgotten_and_weigh_the_same_again(monkeypatch):
    monkeypatch.setattr(kinds, "MOST_NUMBERS", 1)
    kept = {key: a_missing_person() for key in range(3)}
    registry = registry_of(list(kept.values()), [some_remains()], MODEL)
    side = WarmSide(kept, MODEL, registry, is_left=True)
    others = [some_remains(), some_remains(sex=RemainsSex.FEMALE), some_remains(hair=None)]

    before = [side.nearest(one).log10_lr.tolist() for one in others]
    after = [side.nearest(one).log10_lr.tolist() for one in others]

    assert before == after


def test_a_bound_below_a_weight_would_be_caught(monkeypatch):
    def lower_every_second(_, sums):
        sums[::2] -= 20 * STEPS

    monkeypatch.setattr(kinds.LaidValue, "add_bounds", lower_every_second)
    kept = {key: a_missing_person(age=Range(20 + key, 20 + key)) for key in range(40)}
    registry = registry_of(list(kept.values()), [some_remains()], MODEL)
    side = WarmSide(kept, MODEL, registry, is_left=True)

    with pytest.raises(AssertionError):
        must_agree(side, some_remains(), kept, registry, is_left=True, top=3)


def long_before_all_recoveries():
    """Two recoveries of late, and somebody last heard of decades before."""
    kept = {
        1: some_remains(found=on("2019-05-02")),
        2: some_remains(found=on("2021-08-11"), condition=None),
    }
    return kept, a_missing_person(last_contact=on("1979-03-01"))


def test_a_contact_long_before_all_recoveries_weighs_as_in_the_whole_search():
    kept, person = long_before_all_recoveries()
    registry = registry_of([person], list(kept.values()), MODEL)

    side = WarmSide(kept, MODEL, registry, is_left=False)

    must_agree(side, person, kept, registry, is_left=False, top=2)


def test_a_chance_of_recovery_that_ends_too_early_would_be_caught(monkeypatch):
    kept, person = long_before_all_recoveries()
    registry = registry_of([person], list(kept.values()), MODEL)
    side = WarmSide(kept, MODEL, registry, is_left=False)
    monkeypatch.setattr(days.KeptDays, "_reach", lambda *_: None)

    with pytest.raises(AssertionError):
        must_agree(side, person, kept, registry, is_left=False, top=2)


def test_recoveries_without_a_date_weigh_nothing_by_theirs():
    kept, person = {1: some_remains(found=None)}, a_missing_person()
    registry = registry_of([person], list(kept.values()), MODEL)

    found = WarmSide(kept, MODEL, registry, is_left=False).nearest(person)

    assert np.isnan(found.weights["time"]).all()


def with_papers(number):
    """People with numbers and names enough that some are near each other's."""
    return {
        key: a_missing_person(
            record_id=f"M{key}",
            id_numbers=Listed.of(
                Numbered(("dpi", "curp", "")[key % 3], f"1234 56789 01{key:02}")
            ),
            names=Names(given_names="Ana Lucía", surname_1=("Xol", "Xool", "Sol")[key % 3]),
        )
        for key in range(number)
    }


def test_papers_that_are_kept_weigh_as_in_the_whole_search():
    people = with_papers(40)
    remains = [
        some_remains(id_numbers=Listed.of(Numbered("curp", "1234 56789 0101"))),
        some_remains(
            id_numbers=Listed.of(Numbered("passport", "1234 56789 0111")), names=Names()
        ),
        some_remains(phones=Listed.of("+502 5555 0101", "+502 5555 0102")),
    ]
    registry, sides = both(list(people.values()), remains)

    for kept, others, is_left in sides:
        side = WarmSide(kept, MODEL, registry, is_left=is_left)
        for one in others:
            must_agree(side, one, kept, registry, is_left=is_left, top=40)


def test_a_half_of_a_table_that_is_kept_wrongly_would_be_caught():
    kept = {key: a_missing_person(age=Range(20 + key, 20 + key)) for key in range(4)}
    registry = registry_of(list(kept.values()), [some_remains()], MODEL)
    side = WarmSide(kept, MODEL, registry, is_left=True)
    ages = next(
        kind
        for kind in side._segments[0]._kinds  # noqa: SLF001 - what is kept is spoilt on purpose
        if isinstance(kind, kinds.KeptValues) and kind.evidence.kind is Kind.AGE
    )
    ages.ready = ages.ready[::-1].copy()

    with pytest.raises(AssertionError):
        must_agree(side, some_remains(), kept, registry, is_left=True, top=3)


@FEW
@given(registries(most=6), st.sampled_from([1, 40]))
def test_whoever_one_may_not_meet_is_as_if_they_were_not_there(drawn, top):
    registry, sides = both(*drawn)
    for kept, others, is_left in sides:
        side = WarmSide(kept, MODEL, registry, is_left=is_left)
        for one in others:
            barred = [key for key in kept if key % 2]
            rest = {key: each for key, each in kept.items() if key not in barred}
            found = side.nearest(one, top=top, without=[*barred, "nobody"])

            assert set(found.keys) <= set(rest)
            if rest:
                alone = WarmSide(rest, MODEL, registry, is_left=is_left).nearest(one, top=top)
                assert (found.keys, found.log10_lr.tolist()) == (
                    alone.keys,
                    alone.log10_lr.tolist(),
                )
