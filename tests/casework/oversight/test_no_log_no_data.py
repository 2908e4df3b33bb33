"""No page, list, paper or answer of the API without its line in the log: all are asked."""

import re

import pytest
import sqlalchemy as sa
from fastapi.routing import APIRoute, iter_route_contexts

from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, remains_found

REVOKE = sa.text("REVOKE INSERT ON action_log FROM reunir_app")
# What a page of nobody in particular answers with, besides refusals.
NO_CONTENT = {303, 401, 403, 404, 405, 422, 503}
CASES = ["amal", "bruno", "lidia", "carlos", "dora"]


@pytest.fixture
def people(database, bruno, lidia):
    """One missing person and remains of the institutions that ask for them."""
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, lidia)
        found = remains_found(session, bruno)
        return {person.reference, found.reference}


# The log's own pages tell of references, and of nothing behind them.
OF_THE_LOG = "/log"


def addresses(app, references):
    """Every address that can be read, for every reference there is."""
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if not isinstance(route, APIRoute) or "GET" not in route.methods:
            continue
        if "{reference" not in route.path:
            yield re.sub(r"\{[^}]*\}", "1", route.path)
            continue
        for each in sorted(references):
            yield re.sub(r"\{[^}]*\}", "1", re.sub(r"\{reference[^}]*\}", each, route.path))


def names_somebody(answer, references):
    return answer.status_code == 200 and any(each in answer.text for each in references)


def read_everything(client, app, references):
    """Give the addresses that answered with something about one of `references`."""
    return {
        address
        for address in addresses(app, references)
        if names_somebody(client.get(address, follow_redirects=False), references)
    }


@pytest.mark.parametrize("name", ["amal", "lidia", "dora"])
def test_r25_without_the_log_no_address_tells_anything_of_anybody(
    app, signed_in, host, people, name
):
    client = signed_in(name)
    host.execute(REVOKE)

    # The person who asks for a reference knows it: only what is told beyond it counts.
    told = {
        address
        for address in read_everything(client, app, people)
        if not any(each in address for each in people)
    }
    statuses = {
        client.get(f"/{kind}/{each}").status_code
        for kind in ("missing", "remains", "log/about")
        for each in people
    }

    assert told == set()
    assert statuses <= NO_CONTENT


def test_r25_the_answer_without_the_log_says_that_nothing_is_shown(signed_in, host, people):
    client = signed_in("bruno")
    host.execute(REVOKE)

    answer = client.get("/remains")

    assert answer.status_code == 503
    assert "no se muestra ni se guarda nada" in answer.text
    assert not any(each in answer.text for each in people)


@pytest.mark.parametrize("address", ["/accounts", "/missing/MP-7K3Q-D9XT"])
def test_r25_not_even_a_refusal_is_given_without_its_line(signed_in, host, address):
    client = signed_in("amal")
    assert client.get(address).status_code in {403, 404}

    host.execute(REVOKE)

    assert client.get(address).status_code == 503


def shown_lines(host, reference, after):
    return host.scalar(
        sa.select(sa.func.count())
        .select_from(Entry)
        .where(Entry.position > after, Entry.concerning.contains([reference]))
    )


@pytest.mark.parametrize("name", CASES)
def test_r25_r30_whatever_shows_a_record_leaves_a_line_that_names_it(
    app, signed_in, host, people, name
):
    client = signed_in(name)
    silent = []
    for address in addresses(app, people):
        before = host.scalar(sa.select(sa.func.coalesce(sa.func.max(Entry.position), 0)))
        answer = client.get(address, follow_redirects=False)
        silent += [
            (address, each)
            for each in people
            if answer.status_code == 200
            and not address.startswith(OF_THE_LOG)
            and each in answer.text
            and not shown_lines(host, each, before)
        ]

    assert silent == []


def test_r25_a_page_that_forgot_its_line_would_be_noticed(signed_in, host, people):
    answer = signed_in("bruno").get("/remains")
    assert names_somebody(answer, people)

    # The planted fault: the lines as they would be if its author had forgotten whom it shows.
    host.execute(sa.text("UPDATE action_log SET concerning = '{}'"))

    assert [shown_lines(host, each, 0) for each in people] == [0, 0]


@pytest.mark.parametrize(
    ("asked", "deed", "about"),
    [
        ("/accounts", Deed.ACCESS_REFUSED, "/accounts"),
        ("/missing/MP-7K3Q-D9XT", Deed.NOT_FOUND, "/missing/MP-7K3Q-D9XT"),
        ("/api/v1/missing/Marisol", Deed.NOT_FOUND, "/api/v1/missing/…"),
    ],
    ids=["refused", "absent or hidden", "a name typed into the address"],
)
def test_r25_every_denial_is_recorded_with_what_was_asked(signed_in, host, asked, deed, about):
    signed_in("amal").get(asked)

    said = host.execute(
        sa.select(Entry.deed, Entry.about).order_by(Entry.position.desc())
    ).first()
    assert tuple(said) == (deed.value, about)
