"""Records of one person are found, explained and joined; strangers and relatives are not."""

from dataclasses import replace

import numpy as np
import pytest

from matching.errors import NothingToCompare, UnusableTable
from matching.linking import keys, search
from matching.linking.explanation import reasons_of
from matching.linking.groups import groups_of
from matching.linking.keys import KEYS, USUAL_KEYS, Key, blocks_of, pairs_within
from matching.linking.packing import pack
from matching.linking.records import Records
from matching.linking.search import link
from matching.linking.thirds import (
    COUNTED_AGAINST,
    LEAST,
    MOST_NEIGHBOURS,
    lent_by_thirds,
    lent_weights,
)
from tests.matching.linking.some_people import MODEL, a_small_world, records_of

PERSON = {
    "given_names": "Wilmer Josué",
    "surname_1": "Quintanilla",
    "surname_2": "Orellana",
    "birth_from": "1994-03-07",
    "birth_to": "1994-03-07",
    "sex": "male",
    "mother_name": "Reina Orellana",
}


def strangers(n):
    rows, _ = a_small_world()[0], None
    return [{name: rows.cells(name)[at] for name in rows.columns} for at in range(n)]


def linked(*rows, least=0.5):
    return link(records_of(*rows, *strangers(300)), MODEL, jobs=1, least_posterior=least)


def pairs_of(links):
    return set(zip(links.left.tolist(), links.right.tolist(), strict=True))


@pytest.mark.parametrize(
    "changed",
    [
        {"given_names": "WILMER"},
        {"given_names": "Josué", "surname_1": "Kintanilla"},
        {"surname_1": "Orellana", "surname_2": "Quintanilla"},
        {"surname_2": "", "mother_name": ""},
        {"surname_1": "Quintanilla Orellana", "surname_2": ""},
        {"birth_from": "1994-07-03", "birth_to": "1994-07-03"},
        {"birth_from": "1994", "birth_to": "1994"},
        {"birth_from": "", "birth_to": "", "sex": ""},
        {"given_names": "Wilmer Josué Quintanilla Orellana", "surname_1": "", "surname_2": ""},
    ],
)
def test_a_person_is_found_again_under_another_spelling(changed):
    links = linked(PERSON, PERSON | changed)

    assert (0, 1) in pairs_of(links)


@pytest.mark.parametrize(
    "changed",
    [
        {
            "given_names": "Kevin Alexander",
            "birth_from": "1996-11-20",
            "birth_to": "1996-11-20",
        },
        {"given_names": "Kevin", "sex": "male", "birth_from": "", "birth_to": ""},
        {"surname_1": "Pérez", "surname_2": "Ruiz", "birth_from": "1970", "birth_to": "1970"},
    ],
)
def test_brothers_and_namesakes_are_not_linked(changed):
    links = linked(PERSON, PERSON | changed)

    assert (0, 1) not in pairs_of(links)


def test_that_two_may_be_relatives_is_taken_off_and_said():
    brother = {
        "given_names": "Kevin Josué",
        "birth_from": "1995-03-07",
        "birth_to": "1995-03-07",
    }
    links = linked(PERSON, PERSON | brother, least=0.0)
    at = list(zip(links.left.tolist(), links.right.tolist(), strict=True)).index((0, 1))

    reasons = {reason.kind: reason for reason in reasons_of(links, at)}

    assert reasons["relatives"].log10_lr < -1
    assert reasons["surnames"].level == "both_same"


def test_each_link_is_explained_by_reasons_that_add_up():
    links = linked(PERSON, PERSON | {"surname_2": "Orellano"})
    at = 0

    reasons = reasons_of(links, at)

    total = sum(reason.log10_lr for reason in reasons)
    assert total == pytest.approx(links.log10_lr[at], abs=1e-4)
    assert abs(reasons[0].log10_lr) == max(abs(reason.log10_lr) for reason in reasons)
    assert {"surnames", "given_names", "birth"} <= {reason.kind for reason in reasons}


def test_relatives_that_take_nothing_off_are_no_reason():
    links = linked(PERSON, PERSON)
    nothing = replace(links, weights=links.weights | {"relatives": np.zeros(len(links))})

    reasons = reasons_of(nothing, 0)

    assert "relatives" not in {reason.kind for reason in reasons}


def test_a_third_record_links_two_that_say_little_in_common():
    full = PERSON | {"father_name": "Nery Quintanilla", "birth_place": "Danlí"}
    short = {"given_names": "Wilmer", "surname_1": "Quintanilla", "birth_place": "Danlí"}
    short |= {"mother_name": "Reina Orellana"}
    other = {"given_names": "Josué", "surname_1": "Orellana", "birth_from": "1994-03-07"}
    other |= {"father_name": "Nery Quintanilla"}

    two, three = linked(short, other), linked(short, other, full)

    at = list(zip(three.left.tolist(), three.right.tolist(), strict=True)).index((0, 1))
    reasons = reasons_of(three, at)
    assert (0, 1) not in pairs_of(two)
    assert three.third[at] == 2
    assert three.weights["third_record"][at] > 0
    assert "third_record" in {reason.kind for reason in reasons}
    assert sum(each.log10_lr for each in reasons) == pytest.approx(three.log10_lr[at], abs=1e-4)


def test_a_third_lends_no_more_than_both_its_links_are_worth():
    left, right = np.array([[0, 1], [2, 2]], dtype=np.int32)
    lent = lent_by_thirds(left, right, np.array([0.99, 0.95]), 3)

    added, third = lent_weights(
        lent, (np.array([0, 1]), np.array([1, 2])), np.array([-2.0, 0.0]), np.array([-5.0, 1.0])
    )

    both = 0.99 * 0.95
    odds = np.log10(both / (1 - both))
    assert (lent.left.tolist(), lent.right.tolist()) == ([0], [1])
    assert added == pytest.approx([odds + COUNTED_AGAINST * -2.0 + 5.0, 0.0])
    assert third.tolist() == [2, -1]


def test_of_several_thirds_the_likeliest_lends():
    left, right = np.array([[0, 1, 0, 1], [2, 2, 3, 3]], dtype=np.int32)

    lent = lent_by_thirds(left, right, np.array([0.95, 0.95, 0.99, 0.99]), 4)

    pairs = dict(
        zip(zip(lent.left.tolist(), lent.right.tolist(), strict=True), lent.third, strict=True)
    )
    assert pairs[0, 1] == 3


def test_weak_links_and_names_that_fit_everybody_lend_nothing():
    many = np.arange(1, MOST_NEIGHBOURS + 2, dtype=np.int32)
    sure = np.full(len(many), 0.99)

    crowd = lent_by_thirds(np.zeros_like(many), many, sure, len(many) + 1)
    weak = lent_by_thirds(np.zeros_like(many[:3]), many[:3], np.full(3, LEAST - 0.01), 4)

    added, third = lent_weights(weak, (many, many), np.zeros(len(many)), np.zeros(len(many)))
    assert len(crowd.left) == len(weak.left) == 0
    assert not added.any()
    assert (third == -1).all()


def test_posteriors_follow_weights_and_begin_with_the_likeliest():
    links = link(a_small_world()[0], MODEL, least_posterior=0.01)

    assert (np.diff(links.log10_lr) <= 0).all()
    assert (np.diff(links.posterior) <= 1e-12).all()
    assert links.posterior.min() >= 0.01


def test_an_invented_world_is_linked_with_few_mistakes():
    records, _, persons = a_small_world()
    size = np.unique(persons, return_counts=True)[1]

    links = link(records, MODEL)

    right = (persons[links.left] == persons[links.right]).sum()
    assert right / len(links) > 0.95
    assert right / (size * (size - 1) // 2).sum() > 0.9


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_digits_do_not_depend_on_the_number_of_threads(jobs):
    records = a_small_world()[0]
    done = []

    links = link(records, MODEL, jobs=jobs, progress=lambda *step: done.append(step))

    expected = link(records, MODEL, jobs=2)
    assert pairs_of(links) == pairs_of(expected)
    assert links.log10_lr.tolist() == expected.log10_lr.tolist()
    assert done[-1] == (len(KEYS), len(KEYS))


def test_little_room_only_means_more_turns(monkeypatch):
    records = a_small_world()[0]
    expected = link(records, MODEL)
    monkeypatch.setattr(search, "ROOM", 1)
    monkeypatch.setattr(search, "MOST_TOGETHER", 200)

    links = link(records, MODEL)

    assert links.log10_lr.tolist() == expected.log10_lr.tolist()


def test_a_table_too_large_for_the_broadest_key_gets_a_narrower_one(monkeypatch):
    records = a_small_world()[0]
    broad = link(records, MODEL)
    monkeypatch.setattr(search, "PAIRS_A_RECORD", 0)

    narrow = link(records, MODEL)

    assert narrow.n_compared < broad.n_compared
    assert len(pairs_of(narrow) & pairs_of(broad)) > 0.95 * len(broad)


def test_a_key_that_asks_for_one_thing_only_is_left_out_of_a_table_it_would_flood():
    rows = [PERSON | {"given_names": f"N{n}", "surname_1": f"S{n}"} for n in range(30)]
    packed = pack(records_of(*rows), MODEL)
    born = Key("the birth date", birth=keys.EITHER_DAY)

    always, just, too_many = (
        search.blocks_for(packed, replace(born, most=most)) for most in (0, 15, 14)
    )

    # 30 × 29 / 2 pairs are 14.5 for each record.
    assert always.n_pairs == just.n_pairs == 30 * 29 // 2
    assert too_many.n_pairs == 0


def test_a_thousand_identical_records_are_cut_and_counted():
    packed = pack(records_of(*[PERSON] * 60), MODEL)
    both = Key("both surnames", surnames=keys.BOTH)

    whole = blocks_of(packed.whole, both)
    cut = blocks_of(packed.whole, both, most=25)

    assert (whole.n_pairs, whole.parted) == (60 * 59 // 2, 0)
    assert cut.n_pairs == 2 * (25 * 24 // 2) + 10 * 9 // 2
    assert cut.n_pairs + cut.parted == whole.n_pairs


def test_years_known_to_lie_apart_keep_records_from_each_other():
    rows = [
        PERSON | {"birth_from": year, "birth_to": year} for year in ("1990", "1992", "1995", "")
    ]
    packed = pack(records_of(*rows), MODEL)
    blocks = blocks_of(packed.whole, Key("both surnames", surnames=keys.BOTH, years=2))

    within = pairs_within(packed.whole, blocks, 2)

    # 1990–1992, and whoever is of no known year with everybody.
    assert within == 1 + 3
    assert pairs_within(packed.whole, blocks, -1) == blocks.n_pairs == 6


def test_records_without_names_share_no_key():
    packed = pack(records_of({}, {}, PERSON), MODEL)

    found = [blocks_of(packed.whole, key).n_pairs for key in (*KEYS, *USUAL_KEYS)]

    assert sum(found) == 0


def test_numbers_link_whoever_has_no_name_at_all():
    numbers = {"id_numbers": "dni:0801199012345", "phones": "+504 9911-2233"}

    links = linked(numbers, numbers, least=0.01)

    assert (0, 1) in pairs_of(links)


def test_one_record_and_columns_that_do_not_fit_are_refused():
    with pytest.raises(NothingToCompare):
        records_of(PERSON)
    with pytest.raises(UnusableTable, match="shoe_size"):
        Records(["1", "2"], {"shoe_size": ["43", "44"]})
    with pytest.raises(UnusableTable, match="1 cells, not 2"):
        Records(["1", "2"], {"sex": ["male"]})


def test_a_column_that_is_not_there_was_not_recorded():
    assert list(Records(["1", "2"], {}).cells("sex")) == ["", ""]


def links_between(*pairs):
    """Make links by hand: (left, right, posterior), the likeliest first."""
    template = link(a_small_world()[0], MODEL)
    left, right, posterior = (np.array(column) for column in zip(*pairs, strict=True))
    return replace(template, left=left, right=right, posterior=posterior)


def test_records_joined_by_strong_links_are_one_group():
    links = links_between((0, 1, 0.99), (2, 3, 0.98), (1, 2, 0.97), (0, 2, 0.6))

    groups = groups_of(links, 6)

    assert groups.group.tolist() == [0, 0, 0, 0, -1, -1]
    assert groups.because == (0, 1, 2)
    assert groups.refused == ()


def test_no_chain_is_drawn_through_one_link_alone():
    strong = [
        (0, 1, 0.99),
        (1, 2, 0.99),
        (0, 2, 0.99),
        (3, 4, 0.99),
        (4, 5, 0.99),
        (3, 5, 0.99),
    ]
    links = links_between(*strong, (2, 3, 0.95), (1, 4, 0.3))

    groups = groups_of(links, 6)

    assert groups.group.tolist() == [0, 0, 0, 1, 1, 1]
    assert groups.refused == (6,)


def test_weak_links_join_nothing():
    groups = groups_of(links_between((0, 1, 0.8)), 2)

    assert groups.group.tolist() == [-1, -1]
