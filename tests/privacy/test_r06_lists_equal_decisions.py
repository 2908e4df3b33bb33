"""r06, at the pages: list, count, search, API and PDF show what is decided per row."""

from itertools import product

import pytest
import sqlalchemy as sa

from casework.missing import queries
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from privacy.permissions import KEEPER, Permission
from privacy.policy import decide_each
from tests.builders import remains_found
from tests.casework.canaries import a_canary, give, to_all
from tests.conftest import on_a_copy, viewers_of

READERS = ("amal", "bruno", "gloria", "lidia", "carlos", "cora")
OF_REMAINS = ("amal", "bruno", "gloria")
REACHED = ("forensic", "forensic:GT", "consulate:HN", "consulate:GT", None)


@pytest.fixture(scope="module")
def template_database(server, template_database):
    """Everybody, entered once and copied for each test."""
    name = f"{template_database}_everybody"
    with on_a_copy(server, template_database, name) as database:
        enter_everybody(database, **viewers_of(database))
    return name


def enter_everybody(database, lidia, bruno, **_others):
    """People of two institutions, protected or not, of two nations, granted to five."""
    cases = list(product((lidia, bruno), (True, False), ("HN", "GT"), REACHED))
    with database.transaction(KEEPER) as session:
        for number, (owner, protected, nation, reached) in enumerate(cases):
            person = a_canary(
                session,
                owner,
                reference=f"MP-{number:04}-2222",
                origin_record_id=str(number),
                protected=protected,
                nationalities=[nation],
            )
            if reached:
                give(session, person, to_all(reached, "search")[:1])
        remains_found(session, bruno, reference="HR-0001-2222")
        remains_found(session, bruno, reference="HR-0002-2222", search_consent="refused")


def decided(database, viewer, permission, model, at):
    """Ask the policies about every row there is, one by one."""
    with database.transaction(KEEPER) as session:
        rows = session.scalars(sa.select(model)).all()
        rulings = decide_each(session, viewer, permission, rows, at=at)
        return {
            row.reference for row, ruling in zip(rows, rulings, strict=True) if ruling.allowed
        }


def listed(browser, place, words=""):
    """Turn every page of a list."""
    found, page = set(), 1
    while True:
        answer = browser.get(f"/api/v1/{place}", params={"q": words, "page": page}).json()
        rows = answer["persons" if place == "missing" else place]
        found |= {row["reference"] for row in rows}
        if not rows:
            return found, answer["total"]
        page += 1


@pytest.mark.parametrize("name", READERS)
def test_r06_the_list_is_what_is_decided_person_by_person(
    database, viewers, signed_in, noon, name
):
    allowed = decided(database, viewers[name], Permission.MISSING_READ, MissingPerson, noon)
    browser = signed_in(name)

    assert listed(browser, "missing") == (allowed, len(allowed))
    assert listed(browser, "missing", "circunstanciario") == (allowed, len(allowed))
    page = browser.get("/missing?size=50").text
    assert {each for each in everyone() if each in page} <= allowed
    assert {
        each for each in everyone() if browser.get(f"/missing/{each}").status_code == 200
    } == allowed


@pytest.mark.parametrize("name", READERS)
def test_r06_a_search_by_name_finds_only_those_whose_identity_is_open(
    database, viewers, signed_in, noon, name
):
    allowed = decided(
        database, viewers[name], Permission.MISSING_IDENTITY_READ, MissingPerson, noon
    )

    assert listed(signed_in(name), "missing", "nombrenario") == (allowed, len(allowed))


@pytest.mark.parametrize("name", OF_REMAINS)
def test_r06_the_list_of_remains_is_what_is_decided(database, viewers, signed_in, noon, name):
    allowed = decided(database, viewers[name], Permission.REMAINS_READ, Remains, noon)

    assert allowed
    assert listed(signed_in(name), "remains") == (allowed, len(allowed))


def test_r06_a_list_that_leaves_somebody_out_would_be_noticed(
    database, lidia, signed_in, noon, monkeypatch
):
    allowed = decided(database, lidia, Permission.MISSING_READ, MissingPerson, noon)

    # The planted fault: the first of every page is lost.
    monkeypatch.setattr(queries, "recheck", lambda *told: told[3][1:])

    assert listed(signed_in("lidia"), "missing") != (allowed, len(allowed))


def test_r06_a_list_that_shows_somebody_elses_rows_would_be_noticed(
    database, carlos, signed_in, noon
):
    allowed = decided(database, carlos, Permission.MISSING_READ, MissingPerson, noon)

    assert listed(signed_in("gloria"), "missing") != (allowed, len(allowed))


def everyone():
    return [f"MP-{number:04}-2222" for number in range(2 * 2 * 2 * len(REACHED))]
