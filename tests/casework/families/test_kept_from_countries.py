"""Naming a country that a record is kept from: who names it, what it ends, and how it stays."""

import re

import pytest
import sqlalchemy as sa

from casework.dataset.shape import RecordKind
from casework.desk.handing import KEPT_FROM_ITS_COUNTRY, refusal_to_hand
from casework.desk.model import RequestKind
from casework.errors import InvalidInput, NotFound
from casework.exports.whole import as_file, hand_out_whole
from casework.families import calling_back
from casework.families.model import NoticeKind
from casework.jobs.tasks import TASKS
from casework.living.statements import LIVING_PERSON
from casework.missing.model import MissingPerson
from casework.missing.queries import get_missing_person
from casework.missing.statements import MISSING_PERSON
from casework.remains.statements import REMAINS
from casework.signin.model import Institution
from casework.statements.columns import Method
from casework.statements.describing import AtHand
from casework.statements.reading import read_picture
from casework.statements.saying import Said, Sitting, say
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, remains_found, somebody_alive
from tests.casework.exports.test_exports import wanted
from tests.casework.families.test_calling_back import called_back, hand_to, notices_to
from tests.casework.imports.imported import bring
from tests.casework.statements.test_step_pages import sent_back

GT, HN = {"country": "GT"}, {"country": "HN"}
LINE = "country_restrictions/aaaa11"
ANA = Sitting(Method.INTERVIEW, "Ana Inventada")
LUIS = Sitting(Method.INTERVIEW, "Luis Inventado")


@pytest.fixture
def person(database, lidia):
    with database.transaction(lidia) as session:
        return a_missing_person(session, lidia).reference


def said(database, viewer, reference, noon, sitting=ANA, **lines):
    """Say something of the lines of countries, having seen what stood there."""
    with database.transaction(viewer) as session:
        about = get_missing_person(session, viewer, reference, at=noon)
        hand = AtHand(session, viewer, about, MISSING_PERSON, noon)
        standing = read_picture(hand, set(MISSING_PERSON.groups))
        seen = {
            path: frozenset(each.statement for each in standing.get(path, ()))
            for path in map(path_of, lines)
        }
        say(
            hand,
            {path_of(key): Said(value, seen[path_of(key)]) for key, value in lines.items()},
            sitting,
        )


def path_of(line):
    return f"country_restrictions/{line}"


def countries(database, table=MissingPerson):
    with database.transaction(KEEPER) as session:
        return session.scalars(sa.select(table.country_restrictions)).one()


def test_a_country_is_named_in_its_step_and_the_file_says_so(database, signed_in, person):
    lidias = signed_in("lidia")
    page = lidias.get(f"/missing/{person}/record/protection")
    line = re.search(r'name="(country_restrictions\.\w+\.country)"', page.text)[1]

    answer = lidias.post(
        f"/missing/{person}/record/protection",
        data=sent_back(page, **{line: "Guatemala"}),
        follow_redirects=False,
    )

    assert answer.status_code == 303
    assert countries(database) == ["GT"]
    assert "se guarda de: Guatemala" in lidias.get(f"/missing/{person}").text
    assert "instituciones de: Guatemala" in lidias.get(f"/missing/{person}/consents").text


def test_a_first_report_can_name_one(database, signed_in):
    lidias = signed_in("lidia")
    page = lidias.get("/missing/new").text
    token = re.search(r'name="form_token" value="([^"]+)"', page)[1]
    typed = {
        "form_token": token, "surname_1": "Inventada", "consent": "not_asked",
        "reporter_kind": "relative", "kept_from": "GT",
    }  # fmt: skip

    refused = lidias.post("/missing/new", data=typed | {"kept_from": "nowhere"})
    lidias.post("/missing/new", data=typed)

    assert refused.status_code == 422
    assert countries(database) == ["GT"]


def test_what_each_relative_asks_counts_until_its_own_line_is_taken_back(
    database, lidia, person, noon
):
    said(database, lidia, person, noon, aaaa11=GT)
    # Another one says another country on the very same line: both stand.
    said(database, lidia, person, noon, LUIS, aaaa11=HN)
    both = countries(database)
    said(database, lidia, person, noon, LUIS, bbbb22={"country": "MX"})
    three = countries(database)
    said(database, lidia, person, noon, LUIS, aaaa11=None)

    assert (both, three, countries(database)) == (["GT", "HN"], ["GT", "HN", "MX"], ["MX"])


def test_the_institution_that_keeps_a_file_goes_on_seeing_it_and_its_country_does_not(
    database, lidia, carlos, noon
):
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, lidia, protected=False).reference
    with database.transaction(carlos) as session:
        get_missing_person(session, carlos, person, at=noon)

    said(database, lidia, person, noon, aaaa11=HN)

    with database.transaction(lidia) as session:
        get_missing_person(session, lidia, person, at=noon)
    with database.transaction(carlos) as session, pytest.raises(NotFound):
        get_missing_person(session, carlos, person, at=noon)


def whole_file(database, giver, recipient, at):
    with database.transaction(giver) as session:
        request = wanted(recipient.institution_id)
        copy = hand_out_whole(session, giver, request, RecordKind.MISSING_PERSON, at=at)
        return as_file(copy, "Ejemplar inventado")


def test_nothing_is_handed_to_such_a_country_and_to_others_it_goes_along(
    database, lidia, bruno, gloria, person, noon
):
    said(database, lidia, person, noon, aaaa11=GT)

    to_mexico = whole_file(database, lidia, bruno, noon).decode()
    with pytest.raises(InvalidInput):
        whole_file(database, lidia, gloria, noon)

    assert f'"{LINE}"' in to_mexico or "aaaa11" in to_mexico


def test_a_copy_is_kept_from_the_country_too_and_no_newer_file_lifts_what_stands_here(
    database, lidia, bruno, person, noon
):
    said(database, lidia, person, noon, aaaa11=GT)
    file = whole_file(database, lidia, bruno, noon)
    moved = file.replace(b"reunir.invalid/", b"other.invalid/").replace(
        b'"record_id": "', b'"record_id": "x'
    )
    bring(database, bruno, moved, "r.json", profile="reunir-record")
    with database.transaction(KEEPER) as session:
        copy = session.scalars(
            sa.select(MissingPerson).where(
                MissingPerson.owner_institution_id == bruno.institution_id
            )
        ).one()
        assert copy.country_restrictions == ["GT"]
        copy.country_restrictions = ["GT", "HN"]
    said(database, lidia, person, noon, aaaa11=None)
    later = whole_file(database, lidia, bruno, noon.replace(hour=noon.hour + 1))
    moved = later.replace(b"reunir.invalid/", b"other.invalid/").replace(
        b'"record_id": "', b'"record_id": "x'
    )

    bring(database, bruno, moved, "r.json", profile="reunir-record")

    with database.transaction(KEEPER) as session:
        assert session.get_one(MissingPerson, copy.id).country_restrictions == ["GT", "HN"]


def test_copies_that_institutions_of_the_country_have_are_called_back_and_no_others(
    database, lidia, gloria, bruno, noon
):
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, lidia)
    hand_to(database, lidia, gloria, noon, missing_person_id=person.id)

    calling_back.of_missing_person(database, person.id, noon)
    untouched = called_back(database)
    said(database, lidia, person.reference, noon, aaaa11=GT)
    calling_back.of_missing_person(database, person.id, noon)
    calling_back.of_missing_person(database, person.id, noon)

    assert untouched == [None]
    assert called_back(database) == [noon]
    assert notices_to(database, gloria) == [(NoticeKind.RECALL_COPIES, "AB12", False)]
    assert notices_to(database, bruno) == []


@pytest.mark.parametrize(
    ("enter", "described", "column", "task"),
    [
        (remains_found, REMAINS, "remains_id", "call_back_remains"),
        (somebody_alive, LIVING_PERSON, "living_person_id", "call_back_living_person"),
    ],
)
def test_naming_a_country_of_any_record_asks_for_its_copies_once(
    database, bruno, gloria, noon, enter, described, column, task
):
    with database.transaction(KEEPER) as session:
        record = enter(session, bruno)
    hand_to(database, bruno, gloria, noon, **{column: record.id})
    with database.transaction(bruno) as session:
        about = session.get_one(type(record), record.id)
        hand = AtHand(session, bruno, about, described, noon)
        say(hand, {LINE: Said(GT)}, Sitting(described.usual))
        asked = dict(session.info["jobs_asked_at_commit"])

    assert asked == {task: record.id}
    name = TASKS[task].function.rpartition(":")[2]
    getattr(calling_back, name)(database, record.id, noon)
    assert called_back(database) == [noon]


def test_a_file_is_not_handed_to_an_office_of_such_a_country(database, lidia, noon):
    """The desk says why; the family's own yes to that office does not outweigh it."""
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia)
        office = session.scalars(
            sa.select(Institution).where(Institution.country == "GT").limit(1)
        ).one()
        about = session.get_one(MissingPerson, person.id)
        kind = RequestKind.TRANSFER
        before = refusal_to_hand(session, lidia, kind, office, about, at=noon)
        about.country_restrictions = ["GT"]
        after = refusal_to_hand(session, lidia, kind, office, about, at=noon)

    assert str(before) != KEPT_FROM_ITS_COUNTRY
    assert str(after) == KEPT_FROM_ITS_COUNTRY
