"""A list in whatever order holds each file once, and what is closed never decides its place."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from casework.missing.model import LISTED_AGE
from casework.missing.queries import SORTED_BY as OF_PEOPLE
from casework.missing.queries import MissingSearch, list_missing
from casework.remains.queries import SORTED_BY as OF_REMAINS
from casework.remains.queries import RemainsSearch, list_remains
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, remains_found

NOW = datetime.now(UTC)
BODY_TOO = (
    ("circumstances", "search", "forensic"),
    ("antemortem", "search", "forensic"),
)
CIRCUMSTANCES = BODY_TOO[:1]
# Age as stated, whether its group is open to the examiner; None is an age nobody stated.
AGES = ((30.0, True), (19.0, True), (25.0, False), (None, True), (19.0, True), (18.0, False))


@pytest.fixture
def people(database, gloria):
    """Six people of another institution; of two of them the description stays closed."""
    with database.transaction(KEEPER) as session:
        return [
            a_missing_person(
                session,
                gloria,
                age_min=age,
                age_max=age,
                last_contact_from=age and date(2025, 1, int(age)),
                last_contact_to=age and date(2025, 1, int(age)),
                grants=BODY_TOO if is_open else CIRCUMSTANCES,
            ).id
            for age, is_open in AGES
        ]


def listed(database, viewer, sort, size, lists=list_missing, search=MissingSearch):
    """Every page of a list, one after the other."""
    pages = []
    for page in range(1, 20):
        with database.transaction(viewer) as session:
            asked = search(sort=sort, size=size, page=page)
            found = lists(session, viewer, asked, None, at=NOW)
        pages.append([row.id for row in found.rows])
        if not found.rows:
            return pages, found
    raise AssertionError("the list does not end")


@pytest.mark.parametrize("size", [1, 2, 3, 4, 6, 50])
@pytest.mark.parametrize(
    ("sort", "order"), [("age", (1, 4, 0, 2, 3, 5)), ("-age", (0, 1, 4, 2, 3, 5))]
)
def test_by_age_the_open_ages_come_first_and_the_others_tell_nothing(
    database, amal, people, sort, order, size
):
    pages, last = listed(database, amal, sort, size)

    assert [each for page in pages for each in page] == [people[at] for at in order]
    assert all(len(page) == size for page in pages[:-2])
    assert (last.total, last.readable) == (len(AGES), len(AGES))


def test_by_age_the_own_institution_reads_every_age(database, gloria, people):
    pages, _ = listed(database, gloria, "age", 50)

    assert pages[0] == [people[at] for at in (5, 1, 4, 2, 0, 3)]


@pytest.mark.parametrize(
    ("sort", "order"),
    [("last_contact", (5, 1, 4, 2, 0, 3)), ("-last_contact", (0, 2, 1, 4, 5, 3))],
)
def test_by_last_contact_what_says_nothing_comes_last_both_ways(
    database, amal, people, sort, order
):
    pages, _ = listed(database, amal, sort, 4)

    assert [each for page in pages for each in page] == [people[at] for at in order]


@pytest.mark.parametrize("size", [2, 50])
def test_a_page_says_how_many_match_whether_it_is_full_or_not(database, amal, people, size):
    with database.transaction(amal) as session:
        found = list_missing(
            session, amal, MissingSearch(size=size, sex="female"), None, at=NOW
        )

    # The builder's people are women; of two the description is closed, so nobody finds them.
    assert (found.total, found.readable) == (4, len(people))


def test_remains_by_age_and_by_find_hold_each_file_once(database, amal):
    with database.transaction(KEEPER) as session:
        ids = [
            remains_found(
                session,
                amal,
                age_min=age,
                age_max=None if age is None else 60.0,
                found_from=age and date(2025, 1, int(age)),
                found_to=age and date(2025, 1, int(age)),
            ).id
            for age, _ in AGES
        ]

    by_age, last = listed(database, amal, "-age", 2, list_remains, RemainsSearch)
    by_find, _ = listed(database, amal, "-found", 4, list_remains, RemainsSearch)

    in_order = [ids[at] for at in (0, 2, 1, 4, 5, 3)]
    assert [each for page in by_age for each in page] == in_order
    assert [each for page in by_find for each in page] == in_order
    assert (last.total, last.readable) == (len(ids), len(ids))


def test_the_orders_are_those_the_pages_offer():
    assert set(OF_PEOPLE) == {"entered", "last_contact", "age"}
    assert set(OF_REMAINS) == {"entered", "found", "age", "act"}


IDENTITY = ("identity", "search", "forensic")
SEEN = {"last_contact_from": date(2025, 6, 3), "last_contact_to": date(2025, 6, 3)}


def born(session, owner, day, *grants):
    """Somebody of whom nobody told an age, born on a day."""
    days = {"birth_from": day, "birth_to": day, "age_min": None, "age_max": None}
    return a_missing_person(session, owner, grants=[*BODY_TOO, *grants], **days, **SEEN).id


def test_by_age_whoever_may_read_the_birth_finds_the_age_that_it_makes_in_its_place(
    database, amal, gloria
):
    with database.transaction(KEEPER) as session:
        told = [
            a_missing_person(
                session, gloria, age_min=age, age_max=age, grants=BODY_TOO, **SEEN
            ).id
            for age in (20.0, 30.0)
        ]
        is_25 = born(session, gloria, date(2000, 1, 1), IDENTITY)
        is_closed = born(session, gloria, date(2003, 1, 1))
        is_later = born(session, gloria, date(2026, 1, 1), IDENTITY)

    in_order = [told[0], is_25, told[1], is_closed, is_later]
    for size in (2, 50):
        pages, _ = listed(database, amal, "age", size)
        assert [each for page in pages for each in page] == in_order
    back, _ = listed(database, amal, "-age", 50)
    assert back[0] == [told[1], is_25, told[0], is_closed, is_later]
    own, _ = listed(database, gloria, "age", 50)
    assert own[0] == [told[0], is_closed, is_25, told[1], is_later]


@pytest.mark.parametrize("way", ["ASC", "DESC NULLS LAST"])
def test_the_first_page_by_age_is_read_off_its_index(database, way):
    with database.transaction(KEEPER) as session:
        session.execute(sa.text("SET LOCAL enable_seqscan = off"))
        asked = f"missing_person ORDER BY {LISTED_AGE} {way}, id LIMIT 25"
        plan = "\n".join(session.scalars(sa.text(f"EXPLAIN SELECT id FROM {asked}")))  # noqa: S608

    assert "Sort" not in plan, plan
