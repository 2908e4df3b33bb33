"""The search finds exactly what weighing every pair by the definitions would find."""

from datetime import timedelta
from functools import lru_cache
from math import inf

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from matching.errors import KindNotSupported, NothingToCompare, SearchStopped
from matching.evidence.registry import rarity_of
from matching.evidence.weight import Kind
from matching.explanation import weigh_kinds
from matching.model_file import load_model
from matching.packing import Judged, evidence_of, lay
from matching.packing.steps import STEPS
from matching.prior import Prior
from matching.records import DateRange, MissingRecord, RemainsRecord
from matching.search import (
    Registry,
    Sizes,
    all_pairs,
    demand_kind,
    guessing,
    laid,
    part,
    rank,
    registry_of,
    scanning,
)
from matching.search.kernels import KEYED_KINDS
from tests.matching.everything import a_missing_person, on, some_remains
from tests.matching.generated import registries
from tests.matching.packing.kinds import Lowered

MODEL = load_model("missing-remains-2026.3")
TOP = 4


@lru_cache
def a_registry():
    """Give some 60 people and 60 remains, clumsy copies of them, always the same."""
    drawn = []

    @settings(
        max_examples=30,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(registries(most=4))
    def draw(registry):
        drawn.append(registry)

    draw()
    missing = [person for people, _ in drawn for person in people]
    remains = [one for _, some in drawn for one in some]
    return missing[:60], remains[:60]


@lru_cache
def totals():
    """Weigh every pair by the definitions; shape (people, remains)."""
    missing, remains = a_registry()
    rarity = rarity_of(missing, remains, MODEL)
    return np.array([[total(person, one, rarity) for one in remains] for person in missing])


def total(person, one, rarity):
    kinds = weigh_kinds(person, one, MODEL, rarity).values()
    return sum(weight.log10_lr for weight in kinds if weight is not None)


def best_by_definition(weights, top):
    """Find the best of each row, equal weights by position; impossible ones left out."""
    rounded = np.round(weights, 9)
    return {
        (row, int(column), place)
        for row in range(len(rounded))
        for place, column in enumerate(np.argsort(-rounded[row], kind="stable")[:top], start=1)
        if rounded[row, column] > -inf
    }


def found_for_left(ranking):
    kept = ranking.rank_for_left > 0
    columns = (ranking.left, ranking.right, ranking.rank_for_left)
    return set(zip(*(column[kept].tolist() for column in columns), strict=True))


def found_for_right(ranking):
    kept = ranking.rank_for_right > 0
    columns = (ranking.right, ranking.left, ranking.rank_for_right)
    return set(zip(*(column[kept].tolist() for column in columns), strict=True))


SMALL = Sizes(part=7, tiles=1, found=64, at_first=32)
"""So little at a time that sixty people meet every seam of the search."""


def is_as_defined(ranking):
    left = found_for_left(ranking) == best_by_definition(totals(), TOP)
    return left and found_for_right(ranking) == best_by_definition(totals().T, TOP)


@pytest.mark.parametrize("sizes", [SMALL, Sizes(part=16, tiles=2, found=512), None])
def test_the_best_of_both_sides_are_those_of_the_definitions(sizes):
    ranking = rank(*a_registry(), MODEL, top=TOP, sizes=sizes)

    assert is_as_defined(ranking)


@pytest.mark.parametrize(
    ("few", "sampled", "spare"), [(64, 2, 0.1), (5, 3, 1.0), (2, 4, 0.1), (6, 4, 8.0)]
)
def test_guesses_too_high_or_too_low_change_nothing(few, sampled, spare, monkeypatch):
    monkeypatch.setattr(guessing, "WORTH_A_GUESS", 0)
    monkeypatch.setattr(guessing, "FEW", few)
    monkeypatch.setattr(guessing, "SPARE_OF_FEW", spare)
    monkeypatch.setattr(guessing, "SAMPLED", sampled)
    monkeypatch.setattr(guessing, "SPARE_PLACES", spare)

    ranking = rank(*a_registry(), MODEL, top=TOP, sizes=SMALL)

    assert is_as_defined(ranking)


def test_guesses_that_fail_and_are_believed_would_lose_pairings(monkeypatch):
    monkeypatch.setattr(guessing, "WORTH_A_GUESS", 0)
    monkeypatch.setattr(guessing, "SAMPLED", 2)
    monkeypatch.setattr(guessing, "SPARE_PLACES", 0.1)
    monkeypatch.setattr(guessing, "failed", lambda *_: np.zeros(0, dtype=np.int32))

    ranking = rank(*a_registry(), MODEL, top=TOP, sizes=SMALL)

    assert not is_as_defined(ranking)


def test_a_side_too_small_for_a_sample_is_searched_whole(monkeypatch):
    monkeypatch.setattr(guessing, "WORTH_A_GUESS", 0)
    people = [a_missing_person()] * 40

    ranking = rank(people, [some_remains()] * 3, MODEL, top=5, sizes=SMALL)

    assert found_for_left(ranking) == {(i, j, j + 1) for i in range(40) for j in range(3)}
    assert found_for_right(ranking) == {(j, i, i + 1) for j in range(3) for i in range(5)}


def test_every_pair_is_of_one_round(monkeypatch):
    missing, remains = a_registry()
    monkeypatch.setattr(guessing, "WORTH_A_GUESS", 0)

    ranking = rank(missing, remains, MODEL, top=TOP, sizes=SMALL)

    assert ranking.pairs_scored + ranking.pairs_skipped == len(missing) * len(remains)


@pytest.mark.parametrize("fault", ["met twice", "never met"])
def test_a_sample_that_is_of_the_rest_too_or_left_out_would_be_noticed(fault, monkeypatch):
    sampled = guessing.sampled
    monkeypatch.setattr(guessing, "WORTH_A_GUESS", 0)
    monkeypatch.setattr(
        guessing,
        "sampled",
        lambda records: (
            (sampled(records)[0], np.arange(records))
            if fault == "met twice"
            else (sampled(records)[0], sampled(records)[1][1:])
        ),
    )

    ranking = rank(*a_registry(), MODEL, top=TOP, sizes=SMALL)

    assert not is_as_defined(ranking)


def test_a_bound_that_lies_below_the_weights_would_lose_pairings(monkeypatch):
    lowered = tuple(Lowered(one, STEPS) for one in evidence_of(MODEL))
    monkeypatch.setattr(all_pairs, "evidence_of", lambda _: lowered)

    ranking = rank(*a_registry(), MODEL, top=TOP, sizes=SMALL)

    assert not is_as_defined(ranking)


def test_records_whose_rows_could_overflow_are_summed_in_more_bits(monkeypatch):
    monkeypatch.setattr(part, "MOST_STEPS", -1)

    ranking = rank(*a_registry(), MODEL, top=TOP, sizes=SMALL)

    assert is_as_defined(ranking)


def test_bounds_tightened_too_far_would_lose_pairings(monkeypatch):
    tighten = scanning.tighten

    def too_far(scores, *rest):
        scores -= 2 * STEPS
        return tighten(scores, *rest)

    monkeypatch.setattr(scanning, "tighten", too_far)

    ranking = rank(*a_registry(), MODEL, top=TOP, sizes=SMALL)

    assert not is_as_defined(ranking)


def test_gains_of_shared_words_are_needed(monkeypatch):
    monkeypatch.setattr(laid, "_keyed", lambda _: [])

    ranking = rank(*a_registry(), MODEL, top=TOP, sizes=SMALL)

    assert not is_as_defined(ranking)


def test_no_more_kinds_have_keys_than_the_gains_leave_room_for():
    missing, remains = a_registry()
    judged = Judged(MODEL, rarity_of(missing, remains, MODEL))

    compared = lay(missing, remains, evidence_of(MODEL), judged)

    assert sum(one.keys is not None for one in compared) <= KEYED_KINDS


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_digits_do_not_depend_on_the_number_of_cores(jobs):
    two = rank(*a_registry(), MODEL, top=TOP, jobs=2)

    ranking = rank(*a_registry(), MODEL, top=TOP, jobs=jobs, sizes=SMALL)

    for column in ("left", "right", "log10_lr", "posterior", "rank_for_left", "rank_for_right"):
        assert np.array_equal(getattr(ranking, column), getattr(two, column))
    assert ranking.pairs_scored == two.pairs_scored
    for kind in MODEL.kinds:
        assert np.array_equal(ranking.weights[kind], two.weights[kind], equal_nan=True)


def test_the_weights_of_a_pairing_sum_to_its_total():
    ranking = rank(*a_registry(), MODEL, top=TOP)

    by_kind = np.array([np.nan_to_num(ranking.weights[kind]) for kind in MODEL.kinds])
    assert by_kind.sum(axis=0) == pytest.approx(ranking.log10_lr)
    assert ranking.log10_lr == pytest.approx(totals()[ranking.left, ranking.right], abs=1e-9)


def test_every_pair_is_counted_as_scored_or_skipped():
    missing, remains = a_registry()

    ranking = rank(missing, remains, MODEL, top=TOP)

    assert ranking.pairs_scored + ranking.pairs_skipped == len(missing) * len(remains)


def test_people_last_heard_of_after_every_recovery_are_skipped_whole():
    missing = [a_missing_person(last_contact=on("2024-01-01"))] * 3

    ranking = rank(missing, [some_remains()] * 40, MODEL)

    assert (ranking.pairs_scored, ranking.pairs_skipped) == (0, 3 * 40)
    assert len(ranking) == 0


def test_nobody_is_lost_for_want_of_a_date():
    ranking = rank([a_missing_person(last_contact=None)], [some_remains(found=None)], MODEL)

    assert len(ranking) == 1
    assert np.isnan(ranking.weights[Kind.TIME][0])


def test_a_thousand_records_alike_rank_by_position():
    people = [a_missing_person()] * 1000

    ranking = rank(people, [some_remains()] * 3, MODEL, top=5, sizes=SMALL)

    assert found_for_left(ranking) == {(i, j, j + 1) for i in range(1000) for j in range(3)}
    assert found_for_right(ranking) == {(j, i, i + 1) for j in range(3) for i in range(5)}


def test_equal_weights_rank_by_position():
    ranking = rank([a_missing_person()] * 3, [some_remains()] * 60, MODEL, top=2)

    assert found_for_left(ranking) == {(i, j, j + 1) for i in range(3) for j in range(2)}
    assert found_for_right(ranking) == {(j, i, i + 1) for j in range(60) for i in range(2)}


def test_pairings_below_the_least_weight_asked_for_are_left_out():
    everything = rank(*a_registry(), MODEL, top=90)

    ranking = rank(*a_registry(), MODEL, top=90, min_log10_lr=1.5)

    assert ranking.log10_lr.min() >= 1.5
    assert len(ranking) == np.count_nonzero(everything.log10_lr >= 1.5)


def test_whoever_asked_may_stop_the_search():
    with pytest.raises(SearchStopped):
        rank(*a_registry(), MODEL, top=TOP, sizes=SMALL, progress=lambda *_: False)


def test_progress_ends_at_all_pairs():
    told = []

    rank(*a_registry(), MODEL, top=TOP, progress=lambda done, of: told.append((done, of)))

    missing, remains = a_registry()
    assert told[-1] == (len(missing) * len(remains),) * 2
    assert told == sorted(told)


def test_the_prior_is_that_of_an_open_population_and_never_one_to_one():
    ranking = rank([a_missing_person()] * 20, [some_remains()] * 10, MODEL)

    share = MODEL.prior.share_reported
    assert ranking.prior == Prior(share * 10 / (20 * 10), share * 10, "share_reported")


def test_a_prior_stated_by_the_caller_is_used():
    people, found = [a_missing_person()], [some_remains()]
    stated = Registry(rarity_of(people, found, MODEL), Prior(0.01, 2.0, "stated"))

    ranking = rank(people, found, MODEL, registry=stated)

    odds = 0.01 * 10 ** ranking.log10_lr[0]
    assert ranking.posterior[0] == pytest.approx(odds / (1 + odds))


def test_one_record_against_all_weighs_as_it_does_among_all():
    missing, remains = a_registry()
    whole = rank(missing, remains, MODEL, top=TOP)
    mine = whole.right == 7

    alone = rank(
        missing, [remains[7]], MODEL, top=TOP, registry=registry_of(missing, remains, MODEL)
    )

    listed = dict(zip(alone.left.tolist(), alone.log10_lr.tolist(), strict=True))
    expected = zip(whole.left[mine].tolist(), whole.log10_lr[mine].tolist(), strict=True)
    held = {left: weight for left, weight in expected if left in listed}
    assert held
    assert {left: listed[left] for left in held} == pytest.approx(held, abs=1e-9)


def test_the_result_names_the_model_that_weighed():
    ranking = rank([a_missing_person()], [some_remains()], MODEL)

    named = (ranking.model_name, ranking.model_version, ranking.model_hash)
    assert named == (MODEL.name, MODEL.version, MODEL.hash)


@pytest.mark.parametrize(
    ("missing", "remains", "word"),
    [([], [some_remains()], "missing persons"), ([a_missing_person()], [], "remains")],
)
def test_an_empty_side_is_refused_by_name(missing, remains, word):
    with pytest.raises(NothingToCompare, match=word):
        rank(missing, remains, MODEL)


def test_a_kind_of_pairing_nobody_weighs_is_refused_with_what_is_supported():
    with pytest.raises(KindNotSupported, match="missing-remains"):
        demand_kind("remains-missing")


@pytest.mark.parametrize("wrong", [{"top": 0}, {"jobs": 0}])
def test_neither_an_empty_top_nor_no_thread_makes_sense(wrong):
    with pytest.raises(ValueError, match="at least 1"):
        rank([a_missing_person()], [some_remains()], MODEL, **wrong)


@given(st.data())
def test_dates_a_day_either_side_of_impossible_are_ranked_as_defined(data):
    contact = on("2020-06-15").earliest
    slip = MODEL.time.slip_days
    shift = data.draw(st.integers(-2, 2)) - slip
    width = data.draw(st.integers(0, 2))
    found = DateRange(contact + timedelta(days=shift), contact + timedelta(days=shift + width))
    people = [a_missing_person(last_contact=DateRange(contact, contact))]

    ranking = rank(people, [some_remains(found=found)], MODEL)

    assert len(ranking) == (shift + width >= -slip)


def test_a_record_without_any_description_weighs_nothing():
    bare = [MissingRecord(record_id="M")], [RemainsRecord(record_id="R")]

    ranking = rank(*bare, MODEL)

    assert ranking.log10_lr.tolist() == [0.0]
    assert all(np.isnan(ranking.weights[kind][0]) for kind in MODEL.kinds)
