"""Whoever is compared is read as told of or as seen, and nothing is invented on the way."""

from dataclasses import fields, replace

import pytest
from hypothesis import given

from matching.codes import (
    Completeness,
    Condition,
    RemainsSex,
    RemainsStatureBasis,
    Sex,
    SexMethod,
    StatureBasis,
)
from matching.evidence.age import DAYS_A_YEAR
from matching.evidence.registry import rarity_of
from matching.evidence.weight import Kind
from matching.explanation import weigh_kinds
from matching.model_file import load_model
from matching.pairings import ALIKE, NEWEST, Pairing, age_on, as_seen, as_told
from matching.records import LivingRecord, MissingRecord, Range, RemainsRecord
from tests.matching.everything import PAPERS, a_missing_person, between, on, some_remains
from tests.matching.generated import people

MODELS = {pairing: load_model(name) for pairing, name in NEWEST.items()}


def somebody_alive(**changed):
    shared = {name: getattr(a_missing_person(), name) for name in ALIKE}
    seen = {"sex": Sex.MALE, "age": Range(30, 35), "found": on("2020-04-01")}
    return LivingRecord(**shared | seen | changed)


def kinds_weighed(pairing, left, right):
    told, seen = as_told(left), as_seen(right)
    model = MODELS[pairing]
    rarity = rarity_of([told], [seen], model)
    weighed = weigh_kinds(told, seen, model, rarity)
    return {kind for kind, weight in weighed.items() if weight is not None}


@pytest.mark.parametrize("pairing", list(Pairing))
def test_each_pairing_has_a_model_that_weighs_it(pairing):
    assert MODELS[pairing].kind == pairing


def test_a_record_already_told_or_seen_is_read_as_it_stands():
    person, remains = a_missing_person(), some_remains()

    assert as_told(person) is person
    assert as_seen(remains) is remains


@pytest.mark.parametrize("record", [LivingRecord, MissingRecord, RemainsRecord])
def test_what_every_table_has_is_named(record):
    assert set(ALIKE) <= {field.name for field in fields(record)}


def test_who_says_nothing_is_read_as_saying_nothing():
    for record in (LivingRecord(record_id="L"), MissingRecord(record_id="L")):
        seen = as_seen(record)

        assert replace(
            seen,
            sex_method=SexMethod.UNKNOWN,
            stature_basis=RemainsStatureBasis.UNKNOWN,
            condition=None,
            completeness=Completeness.UNKNOWN,
        ) == RemainsRecord(record_id="L")
    assert as_told(RemainsRecord(record_id="R")) == MissingRecord(record_id="R")


def test_somebody_alive_is_whole_and_of_their_age_that_day():
    seen = as_seen(somebody_alive(birth=on("1990-04-01"), stature_basis=StatureBasis.MEASURED))

    assert (seen.condition, seen.completeness) == (
        Condition.FULLY_FLESHED,
        Completeness.COMPLETE,
    )
    assert (seen.sex, seen.found) == (RemainsSex.MALE, on("2020-04-01"))
    assert seen.age.low == seen.age.high == pytest.approx(30, abs=1 / DAYS_A_YEAR * 2)
    assert seen.stature_basis is RemainsStatureBasis.MEASURED


def test_without_a_birth_date_the_age_noted_that_day_stands():
    assert as_seen(somebody_alive()).age == Range(30, 35)


def test_nobody_is_younger_than_nought():
    days = between("2020-01-01", "2020-12-31")

    assert age_on(days, days).low == 0
    assert age_on(on("2020-01-02"), on("2020-01-01")) is None
    assert age_on(None, days) is None


def test_intersex_and_indeterminate_are_not_compared():
    assert as_seen(somebody_alive(sex=Sex.INTERSEX)).sex is RemainsSex.UNKNOWN
    assert as_told(some_remains(sex=RemainsSex.INDETERMINATE)).sex is Sex.UNKNOWN


@pytest.mark.parametrize(
    ("estimated", "told"),
    [(RemainsSex.PROBABLE_FEMALE, Sex.FEMALE), (RemainsSex.PROBABLE_MALE, Sex.MALE)],
)
def test_a_probable_sex_of_remains_is_told_as_that_sex(estimated, told):
    assert as_told(some_remains(sex=estimated)).sex is told


@pytest.mark.parametrize(
    ("basis", "told"),
    [
        (RemainsStatureBasis.MEASURED, StatureBasis.MEASURED),
        (RemainsStatureBasis.LONG_BONE, StatureBasis.UNKNOWN),
    ],
)
def test_a_stature_of_remains_is_told_as_measured_only_if_it_was(basis, told):
    assert as_told(some_remains(stature_basis=basis)).stature_basis is told


def test_two_reports_and_two_findings_have_no_interval_between_them():
    reports = kinds_weighed(Pairing.MISSING_MISSING, a_missing_person(), a_missing_person())
    findings = kinds_weighed(Pairing.REMAINS_REMAINS, some_remains(), some_remains())

    assert Kind.TIME not in reports | findings
    assert Kind.RECOVERY in findings - reports
    assert Kind.TIME in kinds_weighed(
        Pairing.MISSING_LIVING, a_missing_person(), somebody_alive()
    )


@pytest.mark.parametrize(
    ("pairing", "left", "right"),
    [
        (
            Pairing.MISSING_LIVING,
            a_missing_person(),
            somebody_alive(stature_cm=Range(170, 170)),
        ),
        (Pairing.MISSING_MISSING, a_missing_person(), a_missing_person()),
        (Pairing.REMAINS_REMAINS, some_remains(), some_remains()),
    ],
)
def test_every_other_kind_exists_for_every_pairing(pairing, left, right):
    # Kilograms replace the build where both are known; other systems' results are of pairs;
    # nobody here has a date of birth; remains tell no destination; two recoveries need two
    # sets of remains.
    apart = {
        Kind.TIME,
        Kind.OUTSIDE,
        Kind.BUILD,
        Kind.BODY_WEIGHT,
        Kind.BIRTH,
        Kind.DESTINATION,
        Kind.RECOVERY,
    }

    assert kinds_weighed(pairing, left, right) >= set(Kind) - apart


def test_the_later_kinds_are_said_by_every_table():
    assert set(PAPERS) <= set(ALIKE)


@given(people)
def test_a_report_compared_with_itself_is_never_found_unlike(person):
    model = MODELS[Pairing.MISSING_MISSING]
    seen = as_seen(person)

    weights = weigh_kinds(person, seen, model, rarity_of([person], [seen], model))

    marked = {Kind.MARKS, Kind.CLOTHING, Kind.PAPERS, Kind.TEETH, Kind.PLACE}
    for kind in set(weights) - marked:
        if weights[kind] is not None:
            assert weights[kind].log10_lr > -0.35, kind
