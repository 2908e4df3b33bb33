"""Opening a group: asked, counted, logged; above the quota it stops and is reported."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from casework.missing.model import MissingPerson
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.errors import StillSealed, TooManyOpened
from privacy.model import Reveals
from privacy.permissions import KEEPER, MATCHER
from privacy.sealing import quota as quota_module
from privacy.sealing.keyring import seal_with
from privacy.sealing.model import CountedOpening
from privacy.sealing.opening import open_group
from tests.builders import a_missing_person


@pytest.fixture
def people(database, lidia):
    with database.transaction(KEEPER) as session:
        return [a_missing_person(session, lidia, mother_name="Ixchel").id for _ in range(3)]


def all_people(session):
    return session.scalars(sa.select(MissingPerson).order_by(MissingPerson.id)).all()


def lines(database, dora, deed):
    with database.transaction(dora) as session:
        return session.scalars(
            sa.select(Entry).where(Entry.deed == deed).order_by(Entry.position)
        ).all()


def with_quota(database, session, quota):
    seal_with(session, replace(database.sealing, openings_per_hour=quota))


@pytest.mark.usefixtures("people")
def test_r25_opening_is_one_deed_that_names_everybody_concerned(database, lidia, dora, noon):
    with database.transaction(lidia) as session:
        found = all_people(session)
        open_group(session, lidia, found, Reveals.IDENTITY, at=noon)

    (line,) = lines(database, dora, Deed.SEALED_OPENED)
    assert sorted(line.concerning) == sorted(each.reference for each in found)
    assert (line.details["group"], line.details["count"]) == ("identity", len(found))


@pytest.mark.usefixtures("people")
def test_r25_what_the_policies_refuse_stays_sealed_and_is_logged(database, lidia, dora, noon):
    came_with_a_password_only = replace(lidia, second_factor=False)
    with database.transaction(lidia) as session:
        found = all_people(session)
        opened = open_group(
            session, came_with_a_password_only, found, Reveals.IDENTITY, at=noon
        )

        assert (len(opened.rows), len(opened.refused)) == (0, 3)
        with pytest.raises(StillSealed):
            _ = found[0].mother_name

    (line,) = lines(database, dora, Deed.SEALED_REFUSED)
    assert line.details["count"] == len(found)


def test_nobody_asked_for_is_nobody_opened(database, lidia, dora, noon):
    with database.transaction(lidia) as session:
        assert open_group(session, lidia, [], Reveals.IDENTITY, at=noon).rows == ()

    assert lines(database, dora, Deed.SEALED_OPENED) == []


@pytest.mark.usefixtures("people")
def test_r24_above_the_quota_nothing_is_opened_and_the_officer_knows(
    database, lidia, dora, noon
):
    with database.transaction(lidia) as session:
        with_quota(database, session, quota=2)
        found = all_people(session)
        with pytest.raises(TooManyOpened):
            open_group(session, lidia, found, Reveals.IDENTITY, at=noon)
        with pytest.raises(StillSealed):
            _ = found[0].mother_name
        session.rollback()

    (line,) = lines(database, dora, Deed.QUOTA_EXCEEDED)
    assert (line.account_id, line.details["quota"]) == (lidia.account_id, 2)
    assert lines(database, dora, Deed.SEALED_OPENED) == []


@pytest.mark.usefixtures("people")
def test_r24_up_to_the_quota_everything_opens(database, lidia, noon):
    with database.transaction(lidia) as session:
        with_quota(database, session, quota=3)

        assert len(
            open_group(session, lidia, all_people(session), Reveals.IDENTITY, at=noon).rows
        )


def opens(database, viewer, at, *, which=slice(None), group=Reveals.IDENTITY, quota):
    """Open some of the people as one request does; `quota` is what the hour admits."""
    with database.transaction(viewer) as session:
        with_quota(database, session, quota)
        open_group(session, viewer, all_people(session)[which], group, at=at)


@pytest.mark.usefixtures("people")
def test_r24_a_record_and_group_counts_once_in_the_hour(database, lidia, noon):
    for minute in range(20):
        opens(database, lidia, noon + timedelta(minutes=minute), quota=3)

    with pytest.raises(TooManyOpened):
        opens(database, lidia, noon, group=Reveals.CONTACT, quota=3)


@pytest.mark.usefixtures("people")
def test_r24_a_quota_that_counts_nothing_anew_would_be_noticed(
    database, lidia, noon, monkeypatch
):
    monkeypatch.setattr(quota_module, "_count_new", lambda *_, **__: 0)

    opens(database, lidia, noon, quota=2)


@pytest.mark.usefixtures("people")
def test_r24_the_hour_slides_and_is_counted_over_all_requests(database, lidia, noon):
    opens(database, lidia, noon, which=slice(0, 1), quota=2)
    opens(database, lidia, noon + timedelta(minutes=30), which=slice(1, 2), quota=2)

    with pytest.raises(TooManyOpened):
        opens(database, lidia, noon + timedelta(minutes=59), which=slice(2, 3), quota=2)
    opens(database, lidia, noon + timedelta(minutes=60), which=slice(2, 3), quota=2)
    with pytest.raises(TooManyOpened):
        opens(database, lidia, noon + timedelta(minutes=89), which=slice(0, 1), quota=2)


@pytest.mark.usefixtures("people")
def test_r24_what_names_nobody_is_not_counted(database, lidia, noon):
    opens(database, lidia, noon, group=Reveals.BODY, quota=1)

    opens(database, lidia, noon, which=slice(0, 1), quota=1)


@pytest.mark.usefixtures("people")
def test_r24_two_requests_at_once_do_not_both_fit_under_the_quota(database, lidia, noon):
    with database.transaction(lidia) as session, ThreadPoolExecutor() as other:
        with_quota(database, session, quota=3)
        open_group(session, lidia, all_people(session)[:2], Reveals.IDENTITY, at=noon)
        beside = other.submit(
            opens, database, lidia, noon, which=slice(1, 3), group=Reveals.CONTACT, quota=3
        )
        with pytest.raises(TimeoutError):  # it waits for its turn
            beside.result(timeout=0.3)
        session.commit()

        with pytest.raises(TooManyOpened):
            beside.result(timeout=10)


@pytest.mark.usefixtures("people")
def test_r24_requests_that_do_not_wait_for_each_other_would_be_noticed(
    database, lidia, noon, monkeypatch
):
    monkeypatch.setattr(quota_module, "_wait_for_ones_turn", lambda *_: None)

    with database.transaction(lidia) as session, ThreadPoolExecutor() as other:
        with_quota(database, session, quota=3)
        open_group(session, lidia, all_people(session)[:2], Reveals.IDENTITY, at=noon)
        other.submit(
            opens, database, lidia, noon, which=slice(1, 3), group=Reveals.CONTACT, quota=3
        ).result(timeout=10)


@pytest.mark.usefixtures("people")
def test_r24_nobody_takes_back_what_was_counted(database, lidia):
    now = datetime.now(UTC)
    opens(database, lidia, now - timedelta(minutes=50), quota=3)

    for taken_back in (
        sa.update(CountedOpening).values(opened_at=now - timedelta(hours=2)),
        sa.update(CountedOpening).values(account_id=0),
    ):
        with pytest.raises(sa.exc.DBAPIError), database.transaction(lidia) as session:
            session.execute(taken_back)
    with database.transaction(lidia) as session:
        assert session.execute(sa.delete(CountedOpening)).rowcount == 0
    with pytest.raises(TooManyOpened):
        opens(database, lidia, now, group=Reveals.CONTACT, quota=3)


@pytest.mark.usefixtures("people")
def test_what_was_counted_is_forgotten_after_its_hour(database, lidia):
    now = datetime.now(UTC)
    opens(database, lidia, now - timedelta(hours=2), quota=3)
    opens(database, lidia, now, which=slice(0, 1), quota=3)

    with database.transaction(lidia) as session:
        assert session.scalars(sa.select(CountedOpening.opened_at)).all() == [now]


@pytest.mark.usefixtures("people")
def test_the_engine_opens_without_a_quota_and_only_what_its_purpose_may(database, noon):
    with database.transaction(MATCHER) as session:
        with_quota(database, session, quota=1)
        found = all_people(session)

        assert len(open_group(session, MATCHER, found, Reveals.BODY, at=noon).rows) == len(
            found
        )
        assert open_group(session, MATCHER, found, Reveals.CONTACT, at=noon).rows == ()


def test_opening_many_asks_the_database_no_more_often_than_opening_one(
    database, lidia, people, noon
):
    def statements(some):
        told = []
        with database.transaction(lidia) as session:
            found = all_people(session)[:some]
            listener = (
                session.get_bind(),
                "before_cursor_execute",
                lambda *seen: told.append(seen[2]),
            )
            sa.event.listen(*listener)
            open_group(session, lidia, found, Reveals.IDENTITY, at=noon)
            _ = [name.given_names for person in found for name in person.names]
            sa.event.remove(*listener)
        return len(told)

    assert statements(len(people)) == statements(1)


def test_a_group_that_no_duty_opens_stays_closed(database, lidia, people, noon):
    with database.transaction(lidia) as session:
        opened = open_group(session, lidia, all_people(session), Reveals.NOTHING, at=noon)

    assert opened.rows == ()
    assert len(people) > 0
