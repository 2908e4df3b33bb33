"""Learning finds numbers that are known, says so when it cannot, and believes no collapse."""

from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest

from matching.errors import NotLearnt, UnknownModel, UnreadableModel
from matching.linking.kinds import LEVELS, MOST_LEVELS, SHARED_BY_RELATIVES, Kind, level_number
from matching.linking.layout import BITS
from matching.linking.learning import Patterns, gathered, learn, levels_of, log10_ratios
from matching.linking.parameters import (
    DEFAULT_LINKING_MODEL,
    load_linking_model,
    read_linking_model,
)
from matching.linking.rarity import Known, cost, cost_of_codes, shares_by_country
from tests.matching.linking.some_people import MODEL

CONTENT = files("matching.models").joinpath(f"{DEFAULT_LINKING_MODEL}.toml").read_bytes()
N_RECORDS = 100_000
N_PAIRS = N_RECORDS * (N_RECORDS - 1) / 2


def known_truth():
    """Give levels that differ from the model's own: what learning has to find."""
    table = MODEL.one_person.copy()
    names = {"both_same": 0.60, "one_same_one_similar": 0.25, "both_similar": 0.02}
    names |= {
        "swapped": 0.01,
        "one_same": 0.03,
        "married": 0.06,
        "one_similar": 0.01,
        "moved": 0.01,
    }
    for name, share in (names | {"different": 0.01}).items():
        table[Kind.SURNAMES, level_number(Kind.SURNAMES, name)] = share
    table[Kind.SEX, 1:3] = 0.97, 0.03
    return table


def drawn_pairs(n_matches, n_strangers, table, seed=3):
    """Draw pairs of one person after `table`, and strangers who agree by known chance."""
    chance = np.random.default_rng(seed)
    levels = np.zeros((n_matches + n_strangers, len(Kind)), dtype=np.intp)
    costs = np.zeros_like(levels, dtype=float)
    for kind in Kind:
        group = [
            n for n, each in enumerate(LEVELS[kind], 1) if each.group == LEVELS[kind][0].group
        ]
        # Of what a stranger says, each level but the last agrees by chance once in 100 … 400.
        by_chance = np.array([10.0 ** -(2 + 0.1 * n) for n in range(len(group) - 1)])
        strange = np.append(by_chance, 1 - by_chance.sum())
        of_one = table[kind, group]
        levels[:n_matches, kind] = chance.choice(group, n_matches, p=of_one)
        levels[n_matches:, kind] = chance.choice(group, n_strangers, p=strange)
        price = np.zeros(MOST_LEVELS)
        price[group] = -np.log10(strange)
        costs[:, kind] = price[levels[:, kind]]
    shared = [kind for kind in Kind if kind in SHARED_BY_RELATIVES or kind is Kind.BIRTH]
    return Patterns(levels, costs.sum(1), costs[:, shared].sum(1), np.ones(len(levels)))


def test_known_numbers_are_recovered_from_pairs_without_labels():
    truth = known_truth()
    patterns = drawn_pairs(20_000, 30_000, truth)

    learnt = learn(patterns, N_PAIRS, MODEL, N_RECORDS)

    # Four standard errors of a share of 20,000, and what 100 pairs of prior may pull.
    allowed = 4 * np.sqrt(0.25 / 20_000) + 100 / 20_000
    assert np.abs(learnt.one_person - truth)[[Kind.SURNAMES, Kind.SEX]].max() < allowed
    assert learnt.expected_matches == pytest.approx(20_000, rel=0.02)
    assert learnt.match_share == pytest.approx(20_000 / N_PAIRS, rel=0.02)
    assert learnt.rounds > 1


def test_what_cannot_settle_is_refused_and_never_called_settled():
    patterns = drawn_pairs(20_000, 30_000, known_truth())
    impatient = replace(MODEL, numbers={**MODEL.numbers, "learning.most_rounds": 2})

    with pytest.raises(NotLearnt, match="2 rounds"):
        learn(patterns, N_PAIRS, impatient, N_RECORDS)


def test_a_collapse_is_refused():
    patterns = drawn_pairs(20_000, 0, MODEL.one_person)

    with pytest.raises(NotLearnt, match="cannot be believed"):
        learn(patterns, N_PAIRS, MODEL, 100)


def test_too_few_likely_pairs_teach_nothing():
    patterns = drawn_pairs(10, 1000, MODEL.one_person)

    learnt = learn(patterns, N_PAIRS, MODEL, N_RECORDS)

    assert learnt.rounds == 0
    assert learnt.one_person is MODEL.one_person


def test_relatives_are_told_from_one_person_by_given_name_and_birth():
    levels = np.zeros((2, len(Kind)), dtype=np.intp)
    levels[:, Kind.SURNAMES] = level_number(Kind.SURNAMES, "both_same")
    levels[0, Kind.GIVEN_NAMES] = level_number(Kind.GIVEN_NAMES, "all_same")
    levels[1, Kind.GIVEN_NAMES] = level_number(Kind.GIVEN_NAMES, "different")
    levels[0, Kind.BIRTH] = level_number(Kind.BIRTH, "same_day")
    levels[1, Kind.BIRTH] = level_number(Kind.BIRTH, "years_near")
    cost_, shared = np.array([10.0, 5.0]), np.array([8.0, 5.0])

    one, kin = log10_ratios(levels, cost_, shared, (MODEL.one_person, MODEL.relatives))

    assert one[0] > kin[0]
    assert kin[1] > one[1]


def test_gathering_keeps_every_pair_and_rounds_costs_only():
    patterns = drawn_pairs(300, 300, MODEL.one_person)
    bits = (patterns.levels << (BITS * np.arange(len(Kind)))).sum(axis=1).astype(np.uint64)

    found = gathered(
        bits, patterns.cost.astype(np.float32), patterns.shared_cost.astype(np.float32)
    )

    assert found.count.sum() == 600
    assert levels_of(bits).tolist() == patterns.levels.tolist()
    assert found.cost @ found.count == pytest.approx(patterns.cost.sum(), abs=600 / 16)


def changed(before, after):
    assert before.encode() in CONTENT
    return CONTENT.replace(before.encode(), after.encode(), 1)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"\xff", "not TOML"),
        (changed('name = "linking"', ""), "does not say its name"),
        (changed("both_same = 0.72", "both_same = 0.70"), "sum to 0.98"),
        (
            changed("both_same = 0.72", "both_same = true"),
            "no number for “surnames.two.both_same”",
        ),
        (changed("both_same = 0.72", "both_same = 1.5"), "between 0 and 1"),
        (changed("nickname = 0.01", "nickname = -1"), "above 0"),
        (changed("[sex.sex]", "[sax.sex]"), "no table “sex”"),
        (changed('source = "Both to the day"', ""), "need a source"),
        (changed("rarest = 0.5", "rarer = 0.5"), "no number for “chance.rarest”"),
    ],
)
def test_a_model_is_read_whole_or_refused_by_the_name_of_what_is_wrong(content, complaint):
    with pytest.raises(UnreadableModel, match=complaint):
        read_linking_model(content)


def test_a_model_that_is_not_shipped_is_refused_with_one_that_is():
    with pytest.raises(UnknownModel, match=DEFAULT_LINKING_MODEL):
        load_linking_model("linking-1999.1")


def test_what_chance_costs_is_counted_by_country_and_leans_on_the_lists():
    words = np.array([[0, 1]] * 90 + [[1, -1]] * 10, dtype=np.int32)
    countries = np.array([1] * 90 + [2] * 10, dtype=np.int32)
    known = Known(np.array([[0.5, 0.0, 0.0], [0, 0, 0], [1.0, 0, 0]]), records=10.0)

    by_country, overall = shares_by_country(words, countries, known, rarest=0.5)

    assert overall.tolist() == [90 / 190, 100 / 190, 0]
    everywhere = (90 + 10 * 0.5) / 200
    assert by_country[0, 0] == pytest.approx(everywhere)
    # Nobody of country 2 is called so in this table, but everybody in its list.
    assert by_country[2, 0] == pytest.approx((0 + 10 * (1.0 + everywhere) / 2) / 20)
    assert by_country[1, 2] == pytest.approx(0.5 / 200)


def test_costs_are_powers_of_ten_and_bounded():
    assert cost(np.array([0.01, 1.0, 0.0])).tolist() == [2.0, 0.0, 7.0]
    assert cost_of_codes(np.array([-1, 3, 3, 3]), 0.5)[[0, 1]].tolist() == pytest.approx(
        [0.0, -np.log10(3.5 / 4)]
    )
