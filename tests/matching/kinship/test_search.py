"""Everybody looked up at once says what each pair weighed alone says."""

import copy
import itertools
import json
import math
import random
from pathlib import Path

import numpy as np
import pytest

from matching.errors import MatchingError, SearchStopped, TooMuchToSum
from matching.kinship import answering, listing, read_case, read_tables
from matching.kinship.answering import Answered, Asking
from matching.kinship.coding import coded
from matching.kinship.law import STEP
from matching.kinship.listing import Listing, Pairs, ranks
from matching.kinship.search import search, totals_of
from matching.kinship.sought import id_in, read_remains, read_sought
from tests.matching.kinship.written import CASE, TABLES, a_case

REFERENCE = Path(__file__).parent / "reference"
EVERYTHING = -300.0

STEPWISE = {
    "model": "stepwise",
    "rate_male": 0.02,
    "rate_female": 0.01,
    "range": 0.2,
    "rate2": 1e-3,
}
COUSINS = [
    {"id": "GF", "sex": "male"},
    {"id": "GM", "sex": "female"},
    *({"id": each, "father": "GF", "mother": "GM", "sex": "male"} for each in ("P", "Q")),
    {"id": "FA", "father": "P", "sex": "male"},
    {"id": "MO", "father": "Q", "sex": "female"},
    {"id": "MP", "father": "FA", "mother": "MO", "sex": "male"},
]
KINDS = {
    "no mutation": {},
    "stepwise": {"mutation": STEPWISE},
    "silent": {"silent_freq": 0.05},
    "lost": {"dropout_d": 0.2, "dropin_c": 0.05},
    "silent and lost": {"silent_freq": 0.05, "dropout_d": 0.2, "mutation": STEPWISE},
    "cousins": {"pedigree": COUSINS},
    "theta": {"theta": 0.03, "mutation": STEPWISE},
    "some loci": {"loci": ["vwa"]},
    "own sample": {"group": "direct_match"},
}


def asked(remains, families, tables=TABLES, least=EVERYTHING):
    """Read remains, ask families, and give what the steps of a search work with."""
    read = [read_remains(each) for each in remains]
    sets = {name: coded(read, tables, name) for name in tables.sets}
    asking = Asking(tables, {name: each.looks for name, each in sets.items()}, least)
    return asking, sets, [asking.answer(each, None) for each in families]


def weighed(remains, family, tables=TABLES):
    """The log10 ratio of one remains with one family, theta included, both given as written."""
    asking, sets, (answered,) = asked([remains], [family], tables)
    assert answered.refusal is None, answered.refusal
    read = sets[answered.set_name]
    (answer,) = answered.answers
    (at_0,) = totals_of(answer, read)
    (exact,) = asking.exactly(family, answer.missing, read.codes)
    return (exact if answered.theta else at_0), exact, answer


def parted(case):
    """A case of `reunir kinship` as remains and a family of a search."""
    case = copy.deepcopy(case)
    own = case["genotypes"].get("MP", {})
    if case.get("group") != "direct_match":
        case["genotypes"].pop("MP", None)
    case.pop("typed", None)
    remains = {
        "id": "R",
        "genotypes": case.pop("pm_observed", None) or own,
        "dropout_d": case.pop("dropout_d", 0),
        "dropin_c": case.pop("dropin_c", 0),
    }
    return remains, case


def random_case(seed, **changes):
    chance = random.Random(seed)  # noqa: S311 - invented profiles
    ladders = {"vWA": ["14", "16", "17"], "Penta D": ["9", "9.3"]}
    profiles = {
        who: {
            locus: chance.choices(alleles, k=2)
            for locus, alleles in ladders.items()
            if chance.random() < 0.8
        }
        for who in ("FA", "MP")
    }
    profiles["MP"]["vWA"] = ["14", "17"]
    profiles["FA"]["vWA"] = chance.choices(["14", "17"], k=2)
    return a_case(genotypes=profiles, loci=None) | changes


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(3))
def test_a_look_up_gives_what_weighing_the_pair_gives(kind, seed):
    case = random_case(seed, **KINDS[kind])
    expected = read_case(case, TABLES).weighed().ratios.total_log10

    found, exact, _ = weighed(*parted(case))

    assert found == pytest.approx(expected, abs=1e-12)
    assert exact == pytest.approx(expected, abs=1e-12)


REFERENCE_CASES = [
    case
    for case in map(json.loads, (REFERENCE / "cases.jsonl").read_text().splitlines())
    if not case.get("pedigree_H2")
    and case.get("chromosome", "autosomal") == "autosomal"
    and "x_chrom" not in case["group"]
]


def test_the_reference_cases_come_out_of_a_search_as_others_computed_them():
    tables = read_tables(json.loads((REFERENCE / "frequencies.json").read_text()))
    few = {case["group"]: case for case in REFERENCE_CASES}
    assert len(few) > 8

    for case in few.values():
        logs = [
            math.log10(float(ratio)) if float(ratio) else -math.inf
            for ratio in case["lr_per_locus"].values()
        ]
        found, _, _ = weighed(*parted(case), tables)
        assert found == pytest.approx(math.fsum(logs), rel=1e-11), case["case_id"]


def test_chances_are_those_of_everybody_who_could_be_seen():
    family = a_case(loci=None)
    family["genotypes"].pop("MP")
    p = {"vWA": {"14": 0.2, "16": 0.3, "17": 0.5}, "Penta D": {"9": 0.4, "9.3": 0.6}}
    genotypes = {
        locus: list(itertools.product(shares, repeat=2)) for locus, shares in p.items()
    }
    everybody = [
        {"id": str(at), "genotypes": {"vWA": list(one), "Penta D": list(other)}}
        for at, (one, other) in enumerate(itertools.product(*genotypes.values()))
    ]
    chance = np.array(
        [
            math.prod(
                p[locus][allele] for locus, pair in each["genotypes"].items() for allele in pair
            )
            for each in everybody
        ]
    )

    _, sets, (answered,) = asked(everybody, [family], least=0.0)
    (answer,) = answered.answers
    totals = totals_of(answer, sets["HERE"])

    assert chance @ 10.0**totals == pytest.approx(1)
    # The ratio of each of two loci is shared between the two points it lies between.
    for threshold in (0.0, 0.2, 0.4):
        told = answer.law.reached_by_chance(threshold)
        assert chance[totals >= threshold + 2 * STEP].sum() <= told + 1e-12
        assert told <= chance[totals >= threshold - 3 * STEP].sum() + 1e-12


def a_family(name, father, **changes):
    case = a_case(loci=None, case_id=name, genotypes={"FA": father}) | changes
    case.pop("typed")
    return case


REMAINS = [
    {"id": "R1", "sex": "male", "genotypes": {"vWA": ["14", "16"], "Penta D": ["9", "9.3"]}},
    {"id": "R2", "sex": "female", "genotypes": {"vWA": ["14", "14"]}},
    {"id": "R3", "genotypes": {"vWA": ["14", "15"]}},
    {"id": "R4", "genotypes": {"D12S391": [18, 19]}},
    {"id": "R5", "genotypes": {"vWA": ["14", "14"]}},
]


def searched(top=2, least=EVERYTHING, progress=None):
    families = [
        a_family("F1", {"vWA": ["14", "16"]}),
        a_family("F2", {"vWA": ["14", "14"], "Penta D": ["9", "9"]}),
        a_family("F3", {"vWA": ["14", "15"]}),
        a_family("F4", {"vWA": ["17", "17"]}),
    ]
    _, sets, answered = asked(REMAINS, families, least=least)
    kept = Listing(len(REMAINS), top)
    return search(answered, sets, kept, least=least, progress=progress), kept, sets


def test_a_search_lists_the_best_of_both_sides_and_says_what_it_compared():
    found, kept, sets = searched()

    pairs = kept.listed()
    listed = [
        (REMAINS[r]["id"], found.families[found.missing[w].family].id)
        for r, w in zip(pairs.remains, pairs.whom, strict=True)
    ]
    assert ("R3", "F1") not in listed
    assert [each for each in listed if each[0] == "R1"] == [("R1", "F1"), ("R1", "F2")]
    assert [each[1] for each in listed if each[0] == "R2"] == ["F1", "F2"]
    assert all(remains != "R4" for remains, _ in listed)
    assert pairs.loci[listed.index(("R1", "F2"))] == 2
    assert found.compared == 3 * 4
    assert found.excluded == 3
    assert "R3 has allele 15 at vWA" in sets["HERE"].refused[2]
    assert found.families[2].refusal.startswith("FA has allele 15 at vWA")
    assert found.families[2].rule == "UnusableProfile"
    assert found.reached[0] == 6
    assert found.expected_by_chance(np.array([-20.0, 0.0]))[0] <= 12
    assert found.points[0] == EVERYTHING


def test_a_search_can_be_stopped():
    with pytest.raises(SearchStopped):
        searched(progress=lambda done: done < 2)


def test_bounded_lists_are_the_best_of_all_pairs_and_equals_keep_their_order(monkeypatch):
    monkeypatch.setattr(listing, "WAITING", 7)
    chance = np.random.default_rng(5)
    n, m, top = 9, 12, 3
    scores = np.round(chance.normal(size=(n, m)), 0)
    kept = Listing(n, top)
    for whom in range(m):
        nothing = np.zeros(n, dtype=np.int64)
        kept.add(Pairs(np.arange(n), nothing + whom, scores[:, whom], np.zeros(n), nothing))

    pairs = kept.listed()
    for_remains, for_missing = ranks(pairs, top)

    best_of_remains = {
        (r, int(w)) for r in range(n) for w in np.argsort(-scores[r], kind="stable")[:top]
    }
    best_of_missing = {
        (int(r), w) for w in range(m) for r in np.argsort(-scores[:, w], kind="stable")[:top]
    }
    every = list(zip(pairs.remains.tolist(), pairs.whom.tolist(), strict=True))
    assert len(set(every)) == len(every)
    assert set(every) == best_of_remains | best_of_missing
    assert {p for p, rank in zip(every, for_remains, strict=True) if rank} == best_of_remains
    assert {p for p, rank in zip(every, for_missing, strict=True) if rank} == best_of_missing


def test_without_pairs_there_is_nothing_to_rank():
    pairs = Listing(3, 2).listed()

    assert len(pairs) == 0
    assert [len(each) for each in ranks(pairs, 2)] == [0, 0]


def test_an_exact_sum_that_does_not_fit_is_told_as_undefined(monkeypatch):
    remains, family = parted(random_case(1, theta=0.03))
    asking, sets, _ = asked([remains], [family])

    def refuse(*_):
        raise TooMuchToSum

    monkeypatch.setattr(answering.World, "_ratio", refuse)
    fresh = Asking(TABLES, {name: each.looks for name, each in sets.items()}, 0.0)

    assert np.isnan(fresh.exactly(family, "MP", sets["HERE"].codes)[0])
    assert not np.isnan(asking.exactly(family, "MP", sets["HERE"].codes)[0])


def test_an_excluded_pair_is_excluded_with_theta_too():
    case = a_case(theta=0.03, genotypes__MP={"vWA": ["17", "17"]})
    del case["genotypes"]["FA"]["Penta D"]

    found, exact, _ = weighed(*parted(case))

    assert found == exact == -math.inf


def test_a_locus_the_remains_lack_weighs_nothing_with_theta_too():
    both = a_case(theta=0.03, genotypes__MP={"vWA": ["14", "17"]})
    other = {"id": "R2", "genotypes": {"Penta D": ["9", "9.3"]}}
    remains, family = parted(both)

    asking, sets, _ = asked([remains, other], [family])
    exact = asking.exactly(family, "MP", sets["HERE"].codes)

    assert exact[0] == pytest.approx(read_case(both, TABLES).weighed().ratios.total_log10)


def refused(written, tables=TABLES):
    with pytest.raises(MatchingError) as error:
        read_sought(written, tables)
    return str(error.value)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"case_id": None}, "The family has no id"),
        ({"frequency_set": "T"}, "No frequency set is called “T”"),
        ({"chromosome": "X"}, "only autosomal loci"),
        ({"pedigree_H2": CASE["pedigree"]}, "has a pedigree_H2"),
        ({"dropout_d": 0.1}, "has dropout_d, which is said of remains"),
        ({"missing_id": None}, "does not say who is missing"),
        ({"missing": "X", "missing_id": None}, "missing person X stands in no pedigree"),
        ({"typed": ["Y"]}, "Y is typed and stands in no pedigree"),
        ({"genotypes": {}}, "Nobody of family c1 has an allele"),
        ({"genotypes__MP": {"vWA": ["14", "14"]}, "typed": None}, "MP is missing and has a"),
        ({"theta": 2}, "theta"),
    ],
)
def test_a_family_that_cannot_be_searched_says_why(changes, says):
    typed = {"typed": ["FA"]} if "typed" not in changes else {}
    case = a_case(**(typed | changes))

    assert says in refused(case)


def test_a_family_that_contradicts_itself_or_says_nothing_is_refused():
    sister = {"id": "S", "father": "FA", "mother": "MO", "sex": "female"}
    torn = a_family(
        "torn",
        {"vWA": ["14", "14"]},
        pedigree=[*CASE["pedigree"], sister],
        genotypes={"FA": {"vWA": ["14", "14"]}, "S": {"vWA": ["17", "17"]}},
    )
    elsewhere = a_family("elsewhere", {"D12S391": ["18", "18"]})

    _, _, (one, other) = asked(REMAINS[:1], [torn, elsewhere])

    assert "At vWA the profiles of family torn contradict" in one.refusal
    assert one.rule == "UndefinedRatio"
    assert "Nothing is said of MP" in other.refusal


def test_what_was_noticed_of_a_family_is_told():
    family = a_family("F", {"VWA": ["14", "16"], "AMEL": ["X", "X"]}, loci=["vWA", "D99"])
    family["typed"] = ["FA"]
    family["genotypes"]["MO"] = {"vWA": ["14", "14"]}

    _, _, (answered,) = asked(REMAINS[:1], [family])

    text = " ".join(answered.warnings)
    assert "VWA was read as vWA" in text
    assert "FA is recorded as male and AMEL shows X, X" in text
    assert "MO has a profile but is not listed as typed" in text


def test_where_there_is_one_frequency_set_a_family_need_not_name_it():
    family = a_family("F", {"vWA": ["14", "16"]})
    del family["frequency_set"]

    assert read_sought(family, TABLES).set_name == "HERE"
    two = read_tables({"A": {}, "B": {}})
    assert "names no frequency_set; there are: A, B" in refused(family, two)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ([], "Remains is not written as an object"),
        ({"id": " "}, "The remains have no id"),
        ({"id": "R", "sex": "m"}, "The sex of R is “m”"),
        ({"id": "R", "genotypes": []}, "The profile of R is not written"),
        ({"id": "R", "dropout_d": 1}, "dropout_d"),
    ],
)
def test_remains_that_cannot_be_read_say_why(written, says):
    with pytest.raises(MatchingError, match=says):
        read_remains(written)


def test_remains_without_an_allele_are_refused():
    written = {"remains_id": 7, "sex": "male", "genotypes": {"AMEL": ["X", "X"]}}
    read = coded([read_remains(written)], TABLES, "HERE")

    assert "7 is recorded as male and AMEL shows X, X" in read.warnings[0]
    assert id_in([], ("id",)) is None

    assert read.refused == {0: "7 has no allele at any locus: nothing to weigh."}
    assert Answered("F").answers == ()
