"""The later kinds weigh in the search what their definitions say, and are bounded above."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.evidence import papers
from matching.evidence.blood_group import weigh_blood_group
from matching.evidence.body_weight import weigh_body_weight
from matching.evidence.build import weigh_build
from matching.evidence.group import weigh_group
from matching.evidence.hair import weigh_hair
from matching.evidence.handedness import weigh_handedness
from matching.evidence.medical import weigh_medical
from matching.evidence.nationality import weigh_nationality
from matching.evidence.numbers import LARGEST
from matching.evidence.papers import weigh_papers
from matching.evidence.registry import rarity_of
from matching.evidence.teeth import weigh_teeth
from matching.evidence.weight import Kind
from matching.evidence.written import near_number, near_part
from matching.packing import later_kinds
from matching.packing.charted import Charts, comparison
from matching.packing.rare import Companies, Papers, Serials, kernels, numbers
from matching.packing.rare import words as words_of_both
from matching.packing.rare.slips import Near, slips_in_number, slips_in_part
from matching.records import Listed, Names, Numbered
from tests.matching.everything import NEWEST as M
from tests.matching.everything import a_missing_person, some_remains
from tests.matching.generated import registries
from tests.matching.packing.kinds import bounds, laid_together, must_agree, weighed

DEFINITIONS = {
    later_kinds.HAIR: lambda m, r, rarity: weigh_hair(m, r, M.hair, rarity.hair),
    later_kinds.NATIONALITY: lambda m, r, rarity: weigh_nationality(
        m, r, M.nationality, rarity.nationality
    ),
    later_kinds.BUILD: lambda m, r, rarity: weigh_build(m, r, M.build, rarity.build),
    later_kinds.BODY_WEIGHT: lambda m, r, _: weigh_body_weight(m, r, M.body_weight),
    later_kinds.HANDEDNESS: lambda m, r, rarity: weigh_handedness(
        m, r, M.handedness, rarity.handedness
    ),
    later_kinds.BLOOD_GROUP: lambda m, r, _: weigh_blood_group(m, r, M.blood_group),
    Companies(): lambda m, r, rarity: weigh_group(m, r, M.group, rarity.group),
    Papers(): lambda m, r, rarity: weigh_papers(m, r, M.papers, rarity.papers),
    Serials(): lambda m, r, _: weigh_medical(m, r, M.medical),
    Charts(): lambda m, r, rarity: weigh_teeth(m, r, M.teeth, rarity.teeth),
}


@given(registry=registries(most=3))
@settings(max_examples=15)
def test_every_pair_weighs_as_defined_and_is_bounded_from_above(registry):
    missing, remains = registry
    rarity = rarity_of(missing, remains, M)

    for evidence, definition in DEFINITIONS.items():
        must_agree(
            evidence,
            (missing, remains),
            (M, rarity),
            lambda person, one, weigh=definition: weigh(person, one, rarity),
        )


@given(registry=registries(most=2))
@settings(max_examples=8)
def test_charts_too_many_to_weigh_beforehand_are_bounded_by_their_rarity(registry):
    missing, remains = registry
    rarity = rarity_of(missing, remains, M)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparison, "MOST_PAIRS", -1)

        must_agree(
            Charts(),
            (missing, remains),
            (M, rarity),
            lambda person, one: weigh_teeth(person, one, M.teeth, rarity.teeth),
        )


@pytest.mark.parametrize("evidence", list(DEFINITIONS), ids=lambda one: one.kind)
def test_the_comparison_finds_a_planted_disagreement(evidence):
    missing, remains = [a_missing_person()], [some_remains(weight_kg=None)]
    rarity = rarity_of(missing, remains, M)

    with pytest.raises(AssertionError):
        must_agree(evidence, (missing, remains), (M, rarity), lambda *_: wrong())


def wrong():
    return type("Wrong", (), {"log10_lr": 99.0})


def test_a_bound_lowered_on_purpose_is_found():
    missing, remains = [a_missing_person()], [some_remains()]
    rarity = rarity_of(missing, remains, M)
    compared = laid_together(Papers(), missing, remains, M, rarity)
    compared.keys.gain[:] = 0

    lowered = bounds(compared, missing, remains)

    assert lowered[0, 0] < weighed(compared, missing, remains)[0, 0] * 256


@pytest.mark.parametrize("evidence", list(DEFINITIONS), ids=lambda one: one.kind)
def test_who_says_nothing_is_in_no_class(evidence):
    nobody, nothing = [type(a_missing_person())(record_id="M")], [some_remains()]
    rarity = rarity_of(nobody, nothing, M)

    compared = laid_together(evidence, nobody, nothing, M, rarity)

    assert (compared.rows == -1).all()


def with_number(build, scheme, number="1234567890101"):
    nothing = {"names": Names(), "phones": Listed()}
    return build(id_numbers=Listed.of(Numbered(scheme, number)), **nothing)


def numbers_agree():
    people = [with_number(a_missing_person, scheme) for scheme in ("dpi", "")]
    remains = [with_number(some_remains, scheme) for scheme in ("curp", "dpi", "")]
    rarity = rarity_of(people, remains, M)
    must_agree(
        Papers(),
        (people, remains),
        (M, rarity),
        lambda person, one: weigh_papers(person, one, M.papers, rarity.papers),
    )


def test_a_scheme_that_nobody_told_is_rival_only_to_one_not_said():
    numbers_agree()


def test_a_scheme_that_nobody_told_taken_for_one_not_said_is_found(monkeypatch):
    monkeypatch.setattr(numbers, "NEVER_TOLD", kernels.NO_SCHEME)

    with pytest.raises(AssertionError):
        numbers_agree()


def test_every_later_kind_of_the_newest_model_is_searched_for():
    first = M.kinds[: M.kinds.index(Kind.TEETH)]

    searched = tuple(one.kind for one in later_kinds.LATER if one.kind in M.kinds)
    assert (*first, *searched) == M.kinds


def test_the_kernel_of_papers_reads_outcomes_as_the_definition_does():
    in_kernel = (kernels.NOT, kernels.NEARLY, kernels.WHOLLY, kernels.LARGEST)

    assert in_kernel == (papers.NOT, papers.NEARLY, papers.WHOLLY, LARGEST)


letters = st.text("abc", min_size=4, max_size=9)


@st.composite
def slips(draw):
    """Draw a word and a clumsy copy of it: letters wrong, lost, more or swapped."""
    word = copy = draw(letters)
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, len(copy) - 2))
        other = draw(st.sampled_from("abc"))
        copy = draw(
            st.sampled_from(
                [
                    copy[:at] + other + copy[at + 1 :],
                    copy[:at] + copy[at + 1 :],
                    copy[:at] + other + copy[at:],
                    copy[:at] + copy[at + 1] + copy[at] + copy[at + 2 :],
                ]
            )
        )
        if len(copy) < 3:
            break
    return word, copy


@given(st.lists(letters, max_size=6, unique=True), st.lists(letters, max_size=6, unique=True))
def test_a_few_words_are_compared_with_all_and_many_looked_up_with_one_result(told, seen):
    sides = words_of_both.words_of([told]), words_of_both.words_of([seen])
    for near, most in ((near_part, slips_in_part), (near_number, slips_in_number)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(words_of_both, "FEW", -1)
            looked_up = words_of_both.related(*sides, near, most)
        compared = words_of_both.related(*sides, near, most)

        assert sorted_by_word(compared) == sorted_by_word(looked_up)


def sorted_by_word(relation):
    """For each word told, which words seen are the same or near."""
    ends = zip(relation.at[:-1], relation.at[1:], strict=True)
    both = list(zip(relation.right.tolist(), relation.level.tolist(), strict=True))
    return [sorted(both[start:stop]) for start, stop in ends]


@given(slips(), st.lists(letters, max_size=8))
@settings(max_examples=100)
def test_every_near_word_is_found_by_what_is_left_of_it(slip, others):
    word, copy = slip
    words = [copy, *others]

    for near, most in ((near_part, slips_in_part), (near_number, slips_in_number)):
        if near is near_number and len(word) < 5:
            continue  # shorter numbers are none
        long_enough = [one for one in words if near is near_part or len(one) >= 5]
        found = Near(long_enough, near, most).of(word)

        assert set(found) == {other for other in long_enough if near(word, other)}
