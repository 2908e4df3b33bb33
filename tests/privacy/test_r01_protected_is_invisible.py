"""r01: for a consulate, a protected person makes no difference to anything.

Every GET route is asked before the person is entered and after; the answers must be the same
byte by byte: session, token and clock are the same both times. Nothing is masked but the
number of its own that each empty form has, by which what is sent twice is written once.
"""

import re

import pytest

from casework.missing.model import MissingPerson
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, an_incident, remains_found, somebody_alive
from tests.casework.canaries import ALL_CANARIES, REFERENCE, a_canary, give, to_all
from tests.casework.walking import addresses, get_paths

CONSULATES = ("carlos", "cora")
GRANTS = to_all("consulate:HN", "search", "notify") + to_all("consulate:GT", "search")
QUESTIONS = [
    *(f"q={word}" for word in (*ALL_CANARIES, REFERENCE, REFERENCE[3:7])),
    "sex=female",
    "nationality=HN",
    "nationality=GT",
    "country=MX",
    "status=open",
    "seen_from=2025-06-03&seen_to=2025-06-03",
    "sort=age",
    "sort=-entered",
    "invented=yes",
    "page=2&size=1",
    "size=1",
]
NUMBER_OF_A_SHEET = rb'(?<=name="sheet" value=")[0-9a-f-]{36}(?=")'
# Left out: they would end or change the session that both rounds share.
NOT_ASKED = {"/sign-in"}


@pytest.fixture
def ask_everything(app, client, signed_in):
    """Ask every GET route, and every search, as each consulate; gives all answers.

    `only`: what an address must be to be asked, where not all need be.
    """
    names_of_all = (*CONSULATES, "gloria")
    tokens = {name: signed_in(name).cookies["reunir_session"] for name in names_of_all}

    def ask(names=CONSULATES, only=bool):
        answers = {}
        for name in names:
            client.cookies.set("reunir_session", tokens[name], domain="127.0.0.1", path="/")
            for address in filter(only, every_address(app)):
                answer = client.get(address, follow_redirects=False)
                told = re.sub(NUMBER_OF_A_SHEET, b"", answer.content)
                answers[name, address] = (answer.status_code, answer.headers, told)
        return answers

    return ask


@pytest.fixture
def others(database, lidia, bruno):
    """A registry that is not empty: one person whom each consulate may read, and more."""
    with database.transaction(KEEPER) as session:
        for nation in ("HN", "GT"):
            person = a_missing_person(
                session,
                lidia,
                protected=False,
                nationalities=[nation],
                grants=(),
            )
            give(session, person, to_all(f"consulate:{nation}", "search"))
        remains_found(session, bruno)
        an_incident(session)
        return person


@pytest.mark.usefixtures("others")
def test_r01_a_protected_person_changes_no_answer_to_any_consulate(
    ask_everything, database, lidia
):
    before = ask_everything()

    with database.transaction(KEEPER) as session:
        a_canary(session, lidia, protected=True, nationalities=["HN", "GT"], grants=GRANTS)

    assert told_apart(before, ask_everything()) == []


@pytest.fixture
def enter_kept_from(database, lidia, bruno):
    """Enter somebody, somebody alive and remains that all may read but those countries."""

    def enter(*countries):
        forensic = to_all("forensic", "search", "identify")
        consular = to_all("consulate:GT", "search", "notify")
        stated = {"country_restrictions": list(countries)}
        with database.transaction(KEEPER) as session:
            a_canary(
                session, lidia, grants=forensic + consular,
                protected=False, nationalities=["GT"], **stated,
            )  # fmt: skip
            remains_found(session, bruno, reference="HR-CNRY-2222", **stated)
            somebody_alive(session, bruno, search_consent="granted", **stated)

    return enter


@pytest.mark.usefixtures("others")
def test_r01_whatever_is_kept_from_a_country_changes_no_answer_to_its_institutions(
    ask_everything, enter_kept_from
):
    before = ask_everything(["gloria", "cora"])

    enter_kept_from("GT")

    assert told_apart(before, ask_everything(["gloria", "cora"])) == []


@pytest.mark.usefixtures("others")
def test_r01_what_is_kept_from_another_country_would_be_noticed(
    ask_everything, enter_kept_from
):
    before = ask_everything(["gloria", "cora"], only=is_of_a_register)

    enter_kept_from("HN")
    after = ask_everything(["gloria", "cora"], only=is_of_a_register)

    changed = told_apart(before, after)
    assert {name for name, _ in changed} == {"gloria", "cora"}
    assert ("gloria", f"/missing/{REFERENCE}") in changed
    assert ("gloria", "/remains") in changed


@pytest.mark.usefixtures("others")
def test_r01_somebody_who_is_not_protected_would_be_noticed(ask_everything, database, lidia):
    before = ask_everything(["carlos"], only=is_of_a_register)

    with database.transaction(KEEPER) as session:
        a_canary(session, lidia, protected=False, nationalities=["HN"], grants=GRANTS)
    after = ask_everything(["carlos"], only=is_of_a_register)

    changed = {address.partition("?")[0] for name, address in told_apart(before, after)}
    assert changed >= {
        "/",
        "/missing",
        f"/missing/{REFERENCE}",
        "/api/v1/missing",
        f"/api/v1/missing/{REFERENCE}",
    }
    assert any("q=Nombrenario" in address for _, address in told_apart(before, after))


def test_r01_no_get_route_is_left_out(app):
    asked = set(every_address(app))

    for path in get_paths(app):
        if path not in NOT_ASKED and "{" not in path:
            assert path in asked
    assert any(address.endswith("sheet.pdf") for address in asked)
    assert f"/missing/{REFERENCE}" in asked


def every_address(app):
    """Give each route with the person's reference and with the first numbers of each kind."""
    yield from (
        address
        for address in addresses(app, {"reference": [REFERENCE]}, fallback=[1, REFERENCE])
        if address not in NOT_ASKED
    )
    for question in QUESTIONS:
        yield f"/missing?{question}"
    # The same query behind another face: a word of each group, and every other question.
    for question in QUESTIONS[:: len(QUESTIONS) // 12]:
        yield f"/api/v1/missing?{question}"


def is_of_a_register(address):
    """Say so of where a fault that is planted on purpose must be noticed, at the least."""
    return address == "/" or address.startswith(("/missing", "/remains", "/api/v1/missing"))


def told_apart(before, after):
    return [asked for asked in before if before[asked] != after[asked]]


def test_r01_the_test_looks_at_a_real_person(database, lidia):
    with database.transaction(KEEPER) as session:
        entered = a_canary(session, lidia, protected=True, grants=GRANTS)
        person = session.query(MissingPerson).one()

        # Held, or it would be read again, and sealed.
        assert person is entered
        assert person.protected
        assert person.names[0].given_names == "Nombrenario"
