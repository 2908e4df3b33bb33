"""Two walls round every missing person: the query, and the database itself."""

from itertools import product

import pytest
import sqlalchemy as sa

from casework.envelope import SearchConsent
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from privacy.permissions import KEEPER
from tests.builders import a_missing_person

ALL = sa.select(MissingPerson)  # what a careless query would ask
OWNERS = ("comite", "forense")
CONSENTS = ("granted", "refused", "not_asked")
GUARDS = ("protected", "open")
NATIONS = ("HN", "GT")
KINDS = set(product(OWNERS, CONSENTS, GUARDS, NATIONS))

GRANTED = {kind for kind in KINDS if kind[1] == "granted"}
OWN = {owner: {kind for kind in KINDS if kind[0] == owner} for owner in OWNERS}
OPEN = {nation: set(product(OWNERS, ["granted"], ["open"], [nation])) for nation in NATIONS}
SEES = {
    "lidia": OWN["comite"],
    "amal": OWN["forense"] | GRANTED,
    "bruno": OWN["forense"] | GRANTED,
    "gloria": GRANTED,
    "carlos": OPEN["HN"],
    "cora": OPEN["GT"],
    "ana": set(),
    "admin": set(),
    "dora": set(),
}


@pytest.fixture
def everybody(database, lidia, bruno):
    """One report of every kind that the walls tell apart, at a place that says which."""
    owners = {"comite": lidia, "forense": bruno}
    with database.transaction(KEEPER) as session:
        for kind in KINDS:
            owner, consent, guard, nation = kind
            a_missing_person(
                session,
                owners[owner],
                place=" ".join(kind),
                protected=guard == "protected",
                search_consent=SearchConsent(consent),
                nationalities=[nation],
            )


@pytest.mark.usefixtures("everybody")
def test_each_duty_sees_exactly_its_own_through_the_query(database, viewers, noon):
    seen_by = {
        name: seen(database, KEEPER, readable_missing(viewers[name], noon)) for name in SEES
    }

    assert seen_by == SEES


@pytest.mark.usefixtures("everybody")
def test_the_database_alone_lets_through_exactly_the_same(database, viewers):
    seen_by = {name: seen(database, viewers[name], ALL) for name in SEES}

    assert seen_by == SEES


@pytest.mark.usefixtures("everybody")
def test_raw_sql_of_a_consulate_finds_nobody_who_is_protected(database, carlos):
    with database.transaction(carlos) as session:
        count = session.scalar(sa.text("SELECT count(*) FROM missing_person WHERE protected"))
        names = session.scalar(sa.text("SELECT count(*) FROM missing_person_name"))

    assert (count, names) == (0, len(SEES["carlos"]))


@pytest.mark.usefixtures("everybody")
def test_a_consulate_gets_one_answer_for_hidden_and_for_absent(signed_in, database, lidia):
    with database.transaction(lidia) as session:
        hidden = session.scalars(ALL.where(MissingPerson.protected)).first().reference
    client = signed_in("carlos")

    of_hidden = client.get(f"/missing/{hidden}")
    of_absent = client.get("/missing/MP-2222-2222")

    assert of_hidden.status_code == of_absent.status_code == 404
    assert of_hidden.text.replace(hidden, "") == of_absent.text.replace("MP-2222-2222", "")


@pytest.mark.usefixtures("everybody")
def test_a_consulates_counts_and_searches_tell_of_nobody_protected(signed_in):
    client = signed_in("carlos")

    found = client.get("/api/v1/missing", params={"q": "protected"}).json()
    whole = client.get("/api/v1/missing").json()

    assert found["total"] == 0
    # One committee and one forensic service hold a file each that Honduras may see.
    assert (whole["total"], whole["readable"]) == (2, 2)


def seen(database, viewer, query) -> set[tuple[str, ...]]:
    with database.transaction(viewer) as session:
        return {tuple(person.place.split()) for person in session.scalars(query)}
