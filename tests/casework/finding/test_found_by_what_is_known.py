"""Relatives, frequent names, codes and corrections: found by what people know, and no more."""

import pytest
import sqlalchemy as sa

from casework.codes import ArticleItem, Colour, MarkType
from casework.contacts.model import Channel, ContactPoint
from casework.finding.commands import index_all
from casework.jobs import deferring
from casework.missing.model import (
    MissingPerson,
    MissingPersonArticle,
    MissingPersonMark,
    MissingPersonStatement,
)
from casework.remains.model import RemainsArticle
from casework.statements.columns import Method
from privacy.model import Reveals
from privacy.permissions import KEEPER
from privacy.tokens.model import MissingPersonWord
from tests.builders import ENTERED, a_missing_person, a_relative, remains_found


@pytest.fixture
def found(signed_in):
    """What somebody's search finds: the references, or what is asked about each."""

    def find(name, typed, *, of="reference", **narrowed):
        answer = signed_in(name).get("/api/v1/search", params={"q": typed, **narrowed})
        assert answer.status_code == 200, answer.text
        return [hit[of] for group in answer.json()["groups"] for hit in group["hits"]]

    return find


@pytest.fixture
def mended(database, noon):
    """Do what waits, as the worker beside the pages does."""

    def work():
        deferring.run_worker(database, clock=lambda: noon, wait=False, handles_signals=False)

    return work


def a_statement(person, lidia, **told):
    return MissingPersonStatement(
        case=person,
        method=Method.INTERVIEW,
        said_by="",
        entered_by=lidia.account_id,
        entered_at=ENTERED,
        **told,
    )


# Relatives


@pytest.fixture
def with_a_mother(database, lidia):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia)
        a_relative(session, person, name="María Teresa Hernández Pop", contact="")
    return person


def test_a_person_is_found_by_the_name_of_a_relative(found, with_a_mother):
    for typed in ("Maria Hernandes", "Hernández, Teresa", "Hernández María Tapachula"):
        assert found("lidia", typed) == [with_a_mother.reference], typed

    (reasons,) = found("lidia", "maria hernandes", of="reasons")
    assert [each["words"] for each in reasons] == [
        "el nombre de un familiar o de quien reporta: maria hernandes"
    ]
    assert found("lidia", "María Mamani") == []


def test_r06_who_may_not_open_contacts_finds_nobody_by_a_relative(found, database, lidia):
    with database.transaction(lidia) as session:
        every = [(what, "search", "forensic") for what in ("circumstances", "identity")]
        person = a_missing_person(session, lidia, grants=every)
        a_relative(session, person, name="Ramona Ixcot", contact="")

    assert found("lidia", "tapachula Ramona Ixcot") == [person.reference]
    assert found("amal", "tapachula") == [person.reference]
    assert found("amal", "Ramona Ixcot") == []
    assert found("amal", "tapachula Ramona Ixcot") == []


# Frequent names


def test_a_frequent_surname_alone_shows_the_newest_and_says_there_are_more(
    signed_in, found, database, lidia
):
    with database.transaction(lidia) as session:
        people = [
            a_missing_person(
                session, lidia, given_names=given, surname_1="Hernández", surname_2="López"
            )
            for given in ("María", "Juan", "Ana")
        ]
        a_missing_person(session, lidia, given_names="Juan", surname_1="Mamani")

    assert found("lidia", "Hernandes") == [each.reference for each in reversed(people)]
    assert found("lidia", "Hernández", sex="male") == []
    says_so = "Es un nombre muy frecuente"
    assert says_so in signed_in("lidia").get("/search?q=hernandez").text
    assert says_so not in signed_in("lidia").get("/search?q=zurumbatico").text


def test_a_frequent_surname_opens_no_more_than_a_page_and_counts_none_beyond(
    signed_in, database, lidia
):
    with database.transaction(lidia) as session:
        for _ in range(21):
            a_missing_person(session, lidia, given_names="Juan", surname_1="Hernández")

    answer = signed_in("lidia").get("/api/v1/search?q=Hernández&kind=people").json()

    assert answer["groups"][0]["total"] == len(answer["groups"][0]["hits"]) == 20


def test_r06_a_frequent_surname_that_is_closed_finds_nobody(found, database, lidia):
    with database.transaction(lidia) as session:
        grants = [("circumstances", "search", "forensic")]
        a_missing_person(
            session, lidia, given_names="Juan", surname_1="Hernández", grants=grants
        )

    assert found("amal", "Hernández") == []


# Codes


@pytest.fixture
def described(database, lidia):
    """A red shirt, a scar, and a tattoo that shows a skull: codes, and no word of any."""
    with database.transaction(lidia) as session:
        person = a_missing_person(
            session,
            lidia,
            given_names="Inventada",
            surname_1="Mamani",
            articles=[
                MissingPersonArticle(worn=True, item=ArticleItem.T_SHIRT, colour=Colour.RED)
            ],
            marks=[MissingPersonMark(kind=MarkType.TATTOO, words="")],
        )
        skull = {"kind": "tattoo", "motifs": ["skull"]}
        told = {"marks/3f2a91bc": {"value": skull, "certainty": "certain"}}
        session.add(a_statement(person, lidia, body=told))
    return person


def test_codes_are_found_by_their_words_in_the_readers_language(found, described):
    for typed in ("camiseta roja", "Mamani rojo", "tatuaje calavera", "camiseta tatuajes"):
        assert found("lidia", typed) == [described.reference], typed
    assert found("lidia", "camiseta azul") == []
    assert found("lidia", "dibujo") == []

    (reasons,) = found("lidia", "roja calavera", of="reasons")
    assert [each["words"] for each in reasons] == [
        "en el lugar, la ropa o lo que se contó: roja",
        "en las señas o la descripción: calavera",
    ]


def test_codes_are_found_by_the_words_that_countries_say(found, described):
    for typed in ("playera roja", "franela", "poloché rojo"):
        assert found("lidia", typed) == [described.reference], typed
    assert found("lidia", "chompa") == []


def test_codes_of_remains_are_found_too(found, database, bruno):
    with database.transaction(KEEPER) as session:
        cap = RemainsArticle(worn=True, item=ArticleItem.HAT, colour=Colour.GREEN)
        remains = remains_found(session, bruno, articles=[cap])

    assert found("bruno", "sombrero verde") == [remains.reference]


def test_r06_a_coded_mark_that_is_closed_finds_nobody(found, database, lidia):
    with database.transaction(lidia) as session:
        grants = [("circumstances", "search", "forensic")]
        scar = [MissingPersonMark(kind=MarkType.SCAR, words="")]
        a_missing_person(session, lidia, marks=scar, grants=grants)

    assert found("amal", "cicatriz") == []
    assert found("lidia", "cicatriz")


def test_whoever_is_called_so_comes_without_those_who_wear_it(found, database, lidia):
    with database.transaction(lidia) as session:
        called = a_missing_person(session, lidia, given_names="Rosa", surname_1="Negro")
        worn = [
            MissingPersonArticle(worn=True, item=ArticleItem.SHIRT, colour=colour)
            for colour in (Colour.PINK, Colour.BLACK)
        ]
        a_missing_person(session, lidia, given_names="Juana", articles=worn)

    assert found("lidia", "Rosa Negro") == [called.reference]


# Corrections


def test_a_corrected_place_is_not_found_any_more(found, mended, database, lidia):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, place="Malaquita")
        other = a_missing_person(session, lidia, place="Malaquita")

    with database.transaction(lidia) as session:
        session.get_one(MissingPerson, person.id).place = "Turquesa"
    mended()

    assert found("lidia", "malaquita") == [other.reference]
    assert found("lidia", "turquesa") == [person.reference]


def test_what_is_said_elsewhere_in_the_file_is_still_found(found, mended, database, lidia):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, place="Turquesa", destination="Turquesa")

    with database.transaction(lidia) as session:
        session.get_one(MissingPerson, person.id).destination = ""
    mended()

    assert found("lidia", "turquesa") == [person.reference]


def test_a_statement_that_was_replaced_is_not_found_any_more(found, mended, database, lidia):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia)
        said = {"marks/3f2a91bc": {"value": {"kind": "tattoo", "motifs": ["skull"]}}}
        first = a_statement(person, lidia, body=said)
        session.add(first)
        session.flush()
        mended_to = {"kind": "tattoo", "motifs": ["heart"]}
        told = {"marks/3f2a91bc": {"value": mended_to, "replaces": [first.id]}}
        session.add(a_statement(person, lidia, body=told))
    mended()

    assert found("lidia", "calavera") == []
    assert found("lidia", "corazón") == [person.reference]


def test_a_telephone_that_is_theirs_no_more_is_not_found(found, mended, database, lidia):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia)
        mother = a_relative(session, person, contact="")
        first = a_telephone(person, mother, lidia, "+504 9876-5432")
        session.add(first)
        session.flush()
        session.add(a_telephone(person, mother, lidia, "+504 1234-5678", replaces_id=first.id))
    mended()

    assert found("lidia", "98765432") == []
    assert found("lidia", "12345678") == [person.reference]


def a_telephone(person, relative, lidia, number, **also):
    return ContactPoint(
        missing_person_id=person.id,
        relative_id=relative.id,
        kind=Channel.PHONE,
        value=number,
        entered_at=ENTERED,
        entered_by=lidia.account_id,
        **also,
    )


def test_the_operators_command_leaves_the_tokens_of_what_stands_and_no_other(database, lidia):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, place="Malaquita")
        a_relative(session, person, name="María Hernández")
    before = tokens(database)
    with database.transaction(KEEPER) as session:
        stray = MissingPersonWord(token=1, case_id=person.id, reveals=Reveals.BODY)
        session.add(stray)

    counted = dict(index_all(database))

    assert tokens(database) == before
    assert counted[MissingPersonWord] == len(before)


def tokens(database):
    with database.transaction(KEEPER) as session:
        rows = session.execute(sa.select(MissingPersonWord.token, MissingPersonWord.reveals))
        return set(rows.all())
