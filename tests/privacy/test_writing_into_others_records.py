"""Seeing another institution's record gives no right to write into it."""

import pytest
import sqlalchemy as sa

from casework.codes import MarkType
from casework.missing.model import MissingPersonMark
from casework.remains.model import RemainsMark
from privacy.audit.log import Deed, record
from privacy.errors import LogUnavailable
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, remains_found


def add_mark(session, table, case):
    session.execute(sa.insert(table).values(case_id=case.id, kind=MarkType.SCAR))


@pytest.fixture
def person(database, lidia):
    with database.transaction(KEEPER) as session:
        return a_missing_person(session, lidia)


@pytest.fixture
def remains(database, bruno):
    with database.transaction(KEEPER) as session:
        return remains_found(session, bruno)


def test_the_owner_adds_a_mark_to_a_missing_person(database, lidia, person):
    with database.transaction(lidia) as session:
        add_mark(session, MissingPersonMark, person)


@pytest.mark.parametrize("name", ["bruno", "gloria", "amal"])
def test_who_reads_a_missing_person_of_another_institution_adds_nothing(
    database, viewers, person, name
):
    with (
        pytest.raises(sa.exc.ProgrammingError, match="row-level security"),
        database.transaction(viewers[name]) as session,
    ):
        add_mark(session, MissingPersonMark, person)


def test_the_examiners_of_the_owner_add_a_mark_to_remains(database, amal, remains):
    with database.transaction(amal) as session:
        add_mark(session, RemainsMark, remains)


def test_a_coordinator_of_another_country_adds_nothing_to_remains(database, gloria, remains):
    with (
        pytest.raises(sa.exc.ProgrammingError, match="row-level security"),
        database.transaction(gloria) as session,
    ):
        add_mark(session, RemainsMark, remains)


def test_nobody_writes_the_log_in_anothers_name(database, amal, bruno, noon):
    with pytest.raises(LogUnavailable) as refusal, database.transaction(amal) as session:
        record(session, Deed.REMAINS_READ, by=bruno, at=noon)

    assert "row-level security" in str(refusal.value.__cause__)
