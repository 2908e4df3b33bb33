"""Opening a group: asked, counted, logged; above the quota it stops and is reported."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.missing.model import MissingPerson
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.errors import StillSealed, TooManyOpened
from privacy.model import Reveals
from privacy.permissions import KEEPER, MATCHER
from privacy.sealing.keyring import seal_with
from privacy.sealing.model import OpeningCount
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
        return session.scalars(sa.select(Entry).where(Entry.deed == deed)).all()


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


@pytest.mark.usefixtures("people")
def test_r24_the_hour_is_counted_over_all_requests_and_begins_anew(database, lidia, noon):
    def opens(at):
        with database.transaction(lidia) as session:
            with_quota(database, session, quota=5)
            open_group(session, lidia, all_people(session), Reveals.IDENTITY, at=at)

    opens(noon)
    with pytest.raises(TooManyOpened):
        opens(noon + timedelta(minutes=59))
    opens(noon + timedelta(minutes=60))


@pytest.mark.usefixtures("people")
def test_r24_nobody_takes_back_what_was_counted(database, lidia, noon):
    with database.transaction(lidia) as session:
        open_group(session, lidia, all_people(session), Reveals.IDENTITY, at=noon)

    with pytest.raises(sa.exc.DBAPIError), database.transaction(lidia) as session:
        session.execute(sa.update(OpeningCount).values(opened=0))


@pytest.mark.usefixtures("people")
def test_the_engine_opens_without_a_quota_and_only_what_its_purpose_may(database, noon):
    with database.transaction(MATCHER) as session:
        with_quota(database, session, quota=1)
        found = all_people(session)

        assert len(open_group(session, MATCHER, found, Reveals.BODY, at=noon).rows) == len(
            found
        )
        assert open_group(session, MATCHER, found, Reveals.IDENTITY, at=noon).rows == ()


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
