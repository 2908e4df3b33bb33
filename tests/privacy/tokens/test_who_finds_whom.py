"""Searching by a name finds people whose name the searcher may open, and only them."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from casework.missing.model import PersonName
from casework.missing.names import matching_names, sought_token, too_common
from casework.record_codes import NameKind
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.permissions import KEEPER
from privacy.sealing.keyring import keys_of
from privacy.tokens.blind import KEY, tokens_of
from privacy.tokens.keeping import forget
from privacy.tokens.model import NameToken
from privacy.tokens.spelling import Name
from tests.builders import a_missing_person

WITHOUT_NAME = [("circumstances", "search", "forensic")]
WITH_NAME = [*WITHOUT_NAME, ("identity", "search", "forensic")]


@pytest.fixture
def report(database, lidia):
    """Enter somebody of a given name, whose family granted what is said."""

    def enter(given, surname, grants=WITH_NAME, **stated):
        with database.transaction(KEEPER) as session:
            return a_missing_person(
                session, lidia, given_names=given, surname_1=surname, grants=grants, **stated
            ).id

    return enter


def found_by(database, viewer, words, at):
    with database.transaction(viewer) as session:
        return matching_names(session, viewer, [words], at=at)


def tokens_seen(database, viewer, case_id):
    counted = sa.text("SELECT count(*) FROM name_token WHERE case_id = :id")
    with database.transaction(viewer) as session:
        return session.scalar(counted, {"id": case_id})


def test_a_bent_name_is_found_and_the_likeliest_comes_first(database, amal, report, noon):
    alike = report("Yosselin", "Zelada")
    meant = report("Yoselin", "Zelaya")

    assert found_by(database, amal, "joselin selaya", noon)[:1] == [meant]
    assert alike != meant


def test_nobody_is_found_by_anothers_name(database, amal, report, noon):
    report("Yoselin", "Zelaya")

    assert found_by(database, amal, "Berta Gómez", noon) == []


def test_a_name_that_the_family_keeps_closed_finds_nobody(database, amal, lidia, report, noon):
    closed = report("Yoselin", "Zelaya", WITHOUT_NAME)

    assert found_by(database, amal, "Yoselin Zelaya", noon) == []
    assert found_by(database, lidia, "Yoselin Zelaya", noon) == [closed]  # their own


def test_hidden_people_do_not_crowd_out_those_who_may_be_found(database, amal, report, noon):
    for _ in range(60):
        report("Yoselin", "Zelaya", WITHOUT_NAME)
    meant = report("Yoselin", "Zelaya")

    assert found_by(database, amal, "Yoselin Zelaya", noon) == [meant]


def test_the_database_itself_hides_the_tokens_of_closed_names(database, amal, carlos, report):
    closed, open_ = report("Yoselin", "Zelaya", WITHOUT_NAME), report("Yoselin", "Zelaya")

    assert tokens_seen(database, amal, closed) == 0
    assert tokens_seen(database, amal, open_) > 0  # else the line above would prove nothing
    assert tokens_seen(database, carlos, open_) == 0
    assert tokens_seen(database, None, open_) == 0


def test_a_protected_person_is_found_by_no_consulate(database, carlos, report, noon):
    grants = [(group, "search", "consulate:HN") for group in ("circumstances", "identity")]
    report("Yoselin", "Zelaya", grants, protected=True)

    assert found_by(database, carlos, "Yoselin Zelaya", noon) == []


def test_without_a_second_factor_the_database_shows_no_token(database, amal, report):
    case_id = report("Yoselin", "Zelaya", protected=False)

    assert tokens_seen(database, replace(amal, second_factor=False), case_id) == 0
    assert tokens_seen(database, amal, case_id) > 0


def test_tokens_of_a_protected_person_ask_to_have_shown_oneself_anew(database, amal, report):
    case_id = report("Yoselin", "Zelaya", protected=True)

    assert tokens_seen(database, replace(amal, stepped_up=False), case_id) == 0
    assert tokens_seen(database, amal, case_id) > 0


def test_a_second_name_is_found_beside_the_first(database, lidia, report, noon):
    names = [
        PersonName(kind=NameKind.LEGAL, given_names="Yoselin", surname_1="Zelaya"),
        PersonName(kind=NameKind.TRAVELLING, given_names="Brenda", surname_1="Urbizo"),
    ]
    meant = report("", "", names=names)

    assert found_by(database, lidia, "Yoselin Zelaya", noon) == [meant]
    assert found_by(database, lidia, "Brenda Urbizo", noon) == [meant]


def test_a_corrected_name_is_found_and_the_mistaken_one_no_longer(
    database, lidia, report, noon
):
    meant = report("Yoselin", "Zelaya")

    with database.transaction(KEEPER) as session:
        (name,) = session.scalars(sa.select(PersonName).where(PersonName.case_id == meant))
        name.given_names, name.surname_1 = "Brenda", "Urbizo"

    assert found_by(database, lidia, "Brenda Urbizo", noon) == [meant]
    assert found_by(database, lidia, "Yoselin Zelaya", noon) == []


def test_forgotten_tokens_find_nobody(database, lidia, report, noon):
    case_id = report("Yoselin", "Zelaya")

    with database.transaction(KEEPER) as session:
        forget(session, [])
        assert tokens_seen(database, KEEPER, case_id) > 0
        forget(session, [case_id])

    assert found_by(database, lidia, "Yoselin Zelaya", noon) == []
    assert tokens_seen(database, KEEPER, case_id) == 0


def test_what_stands_in_the_table_is_the_tokens_and_no_name(database, report):
    case_id = report("Yoselin", "Zelaya")

    with database.transaction(KEEPER) as session:
        kept = set(session.scalars(sa.select(NameToken.token)))
        made = tokens_of(keys_of(session).token_key(KEY), [Name("Yoselin", "Zelaya")])

    assert kept == made
    assert case_id


def test_the_log_can_hold_a_search_without_the_name(database, amal):
    with database.transaction(amal) as session:
        searched = sought_token(session, ["Yoselin", "Zelaya"])
        again = sought_token(session, ["zelaya yoselin"])
        other = sought_token(session, ["Berta"])

    assert searched == again != other
    assert len(searched) == 16


def test_a_frequent_name_alone_asks_for_a_second_part():
    assert too_common(["Hernández"])
    assert not too_common(["Hernández", "Yoselin"])
    assert not too_common(["Zurumbático"])
    assert not too_common(["2026"])


@pytest.mark.parametrize("address", ["/missing", "/api/v1/missing"])
def test_a_search_by_name_leaves_its_token_in_the_log_wherever_it_is_asked(
    database, lidia, dora, signed_in, address
):
    with database.transaction(lidia) as session:
        a_missing_person(session, lidia, given_names="Yoselin", surname_1="Zelaya")

    signed_in("lidia").get(address, params={"q": "Yoselin Zelaya"})

    with database.transaction(dora) as session:
        (line,) = session.scalars(sa.select(Entry).where(Entry.deed == Deed.MISSING_LISTED))
    assert line.details["sought"]
    assert "yoselin" not in str(line.details).lower()
