import gzip
from importlib.resources import files
from statistics import mean

import pytest

from casework.demonstration.invention import CannotInvent, Sizes, invent_world
from casework.demonstration.shipped import written_shares
from matching.tables import read_missing, read_remains

SMALL = Sizes(missing=300, remains=200, incidents=40, true_pairs=0.25)


@pytest.fixture(scope="module")
def small():
    return invent_world(SMALL, seed=7)


@pytest.fixture(scope="module")
def large():
    return invent_world(Sizes(), seed=2026)


def problems_of(world):
    rows = [(read_missing, row) for row in world.missing]
    rows += [(read_remains, row) for row in world.remains]
    return [(row["record_id"], problem) for read, row in rows for problem in read(row)[1]]


def test_the_engine_reads_every_invented_row(large):
    assert problems_of(large) == []


def test_a_planted_wrong_code_is_found():
    world = invent_world(Sizes(3, 3, 1, 0.0), seed=1)
    world.remains[1]["condition"] = "9"

    assert [(who, problem.column) for who, problem in problems_of(world)] == [
        (world.remains[1]["record_id"], "condition")
    ]


def test_the_world_has_the_sizes_asked_for(small):
    assert (len(small.missing), len(small.remains), len(small.incidents)) == (300, 200, 40)


def test_the_same_seed_gives_the_same_world(small):
    again = invent_world(SMALL, seed=7)

    assert (again.missing, again.remains) == (small.missing, small.remains)
    assert (again.incidents, again.truth) == (small.incidents, small.truth)


def test_another_seed_gives_another_world(small):
    assert invent_world(SMALL, seed=8).missing != small.missing


def test_every_record_says_in_its_id_that_it_is_invented(small):
    ids = [row["record_id"] for row in small.missing + small.remains + small.incidents]

    assert len(set(ids)) == len(ids)
    assert all(each.startswith("INV-") for each in ids)


def test_nobody_has_a_number_that_somebody_could_have(small):
    said = [row.get("phones", "") for row in small.missing + small.remains]

    numbers = [phone for phone in said if phone]
    assert numbers
    assert all(phone.startswith("+000") for phone in numbers)


def test_the_truth_names_records_that_are_there(small):
    missing = {row["record_id"] for row in small.missing}
    remains = {row["record_id"] for row in small.remains}

    assert {left for left, _ in small.truth} <= missing
    assert {right for _, right in small.truth} <= remains


def test_most_remains_belong_to_nobody_reported(large):
    known = {right for _, right in large.truth}

    assert len(known) / len(large.remains) == pytest.approx(Sizes().true_pairs, abs=0.02)


def test_the_order_of_the_records_says_nothing_of_who_is_who(large):
    places = [(int(left[-5:]) / 4000, int(right[-5:]) / 2500) for left, right in large.truth]

    gap = mean(abs(left - right) for left, right in places)
    assert gap == pytest.approx(1 / 3, abs=0.05)  # E |u - v| of two independent uniforms


@pytest.mark.parametrize(
    ("field", "column"),
    [
        ("age", "age_min"),
        ("height", "stature_cm_min"),
        ("weight", "weight_kg_min"),
        ("hair", "hair"),
        ("eyes", "eyes"),
    ],
)
def test_fleshed_remains_leave_empty_what_namus_leaves_empty(large, field, column):
    fleshed = [row for row in large.remains if row["condition"] == "1"]

    empty = mean(not row.get(column) for row in fleshed)

    share = written_shares()["1"][field]
    # A tenth of the class is the next one, misjudged; the rest is chance.
    assert empty == pytest.approx(share, abs=0.1 * written_shares()["2"][field] + 0.04)


def test_remains_without_skin_show_hardly_any_tattoo(large):
    def shown(condition):
        rows = [row["marks"] for row in large.remains if row["condition"] == condition]
        return mean("tattoo:" in marks for marks in rows)

    assert shown("7") < 0.05 < shown("1")


def test_a_world_without_true_pairs_has_an_empty_truth():
    assert invent_world(Sizes(20, 20, 2, 0.0), seed=3).truth == []


@pytest.mark.parametrize("sizes", [(0, 5, 5, 0.2), (5, 5, 0, 0.2), (5, 5, 5, 1.5)])
def test_sizes_that_make_no_world_are_refused(sizes):
    with pytest.raises(CannotInvent):
        Sizes(*sizes)


@pytest.mark.parametrize(
    "name", ["iom_2025_alldata_americas_excerpt.csv.gz", "iom_2026_download.csv.gz"]
)
def test_real_incidents_are_shipped_beside_the_invented_ones(name):
    data = files("casework.demonstration") / "data" / name

    text = gzip.decompress(data.read_bytes()).decode("utf-8-sig")

    assert "Main ID" in text.splitlines()[0]
