"""The action log is read by the data-protection officer, and by nobody else."""

import pytest
import sqlalchemy as sa

from casework.oversight.presenters import DEED_WORDS
from casework.oversight.queries import LogFilter, list_log
from privacy.audit.log import Deed, record
from privacy.audit.model import Entry
from privacy.errors import NotPermitted


def test_the_data_protection_officer_reads_who_did_what(signed_in, database, amal, noon):
    with database.transaction(amal) as session:
        record(session, Deed.MISSING_READ, by=amal, at=noon, about="MP-7K3Q-D9XT")

    page = signed_in("dora").get("/log?about=MP-7K3Q-D9XT").text

    assert "Amal" in page
    assert "abrió el expediente de una persona desaparecida" in page


@pytest.mark.parametrize("name", ["amal", "bruno", "lidia", "carlos", "ana", "admin"])
def test_nobody_else_reads_the_log(signed_in, name):
    answer = signed_in(name).get("/log")

    assert answer.status_code == 403


def test_an_examiner_asking_past_the_page_is_refused_too(database, amal):
    with database.transaction(amal) as session, pytest.raises(NotPermitted):
        list_log(session, amal, LogFilter(), page=1)


def test_the_database_itself_shows_an_examiner_no_line(database, amal, noon):
    with database.transaction(amal) as session:
        record(session, Deed.MISSING_READ, by=amal, at=noon, about="MP-7K3Q-D9XT")

    with database.transaction(amal) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Entry)) == 0


def test_asking_for_a_page_one_may_not_see_is_itself_recorded(signed_in, database, dora):
    signed_in("amal").get("/log")

    with database.transaction(dora) as session:
        lines, _ = list_log(session, dora, LogFilter(deed=Deed.ACCESS_REFUSED), page=1)
    assert [(line.person, line.about) for line in lines] == [("Amal", "/log")]


def test_reading_the_log_is_recorded_in_it(signed_in):
    client = signed_in("dora")

    client.get("/log")

    assert "leyó esta bitácora" in client.get("/log").text


def test_every_deed_has_words():
    assert set(DEED_WORDS) == set(Deed)


def test_a_day_that_is_none_is_refused_with_what_to_write(signed_in):
    answer = signed_in("dora").get("/log?day=yesterday")

    assert answer.status_code == 422
    assert "2026-03-09" in answer.text
