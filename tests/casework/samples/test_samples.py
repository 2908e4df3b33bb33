"""A sample is taken by its donor's own leave, and what happens to it is never overwritten."""

import pytest
import sqlalchemy as sa

from casework.families.queries import case_of
from casework.retention.erasing import erase
from casework.samples.model import (
    MissingPersonSample,
    MissingPersonSampleEntry,
    RemainsSampleEntry,
)
from casework.signin.model import SignInSession
from privacy.consent.ledger import live, withdraw
from privacy.consent.model import Consent
from privacy.permissions import DOOR, KEEPER
from tests.builders import a_missing_person, a_relative, grant_of, remains_found

DNA = ("dna", "identify", "forensic")
TODAY = "2026-03-09"


@pytest.fixture
def family(database, lidia, signed_in):
    """Her own file, her mother who agreed to DNA, her brother who was not asked."""
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, protected=False, grants=[])
        mother = a_relative(session, person)
        brother = a_relative(session, person, kinship="sibling", name="Luis Inventado")
        grant_of(session, person, DNA, giver=mother)
        other = a_missing_person(session, lidia, protected=False, grants=[])
        reference, number, others = person.reference, person.id, other.reference
    client = signed_in("lidia")
    page = client.get(f"/missing/{reference}/samples").text
    client.headers["x-form-token"] = page.split('name="form_token" value="')[1].split('"')[0]

    class Rack:
        address = f"/api/v1/missing/{reference}/samples"
        page = f"/missing/{reference}/samples"
        mother_id, brother_id, person_id, other = mother.id, brother.id, number, others

        def take(self, **said):
            sent = {"kind": "reference_relative", "relative_id": self.mother_id, **said}
            return client.post(self.address, json=sent)

        def follow(self, sample, **said):
            sent = {"happening": "handed_over", "happened_on": TODAY, **said}
            return client.post(f"{self.address}/{sample}/chain", json=sent)

        def read(self, address=None):
            return client.get(address or self.address)

    return Rack()


def test_a_sample_has_a_number_that_names_nobody_and_marks_the_tree(family):
    (sample,) = family.take(taken_on=TODAY, details={"kit": "FTA"}).json()

    assert sample["reference"].startswith("DS-")
    assert (sample["state"], sample["has_consent"]) == ("collected", True)
    tree = family.read(family.address.replace("samples", "pedigree")).json()
    assert tree["typed"] == ["P2"]


def test_nobody_gives_a_sample_by_somebody_elses_leave(family):
    answer = family.take(relative_id=family.brother_id)

    assert answer.status_code == 409
    assert "su propia autorización" in answer.text


def test_a_sample_of_a_stranger_or_of_bone_does_not_belong_to_a_family(family):
    assert family.take(relative_id=10**6).status_code == 422
    assert family.take(kind="bone", relative_id=None).status_code == 422


def test_a_withdrawn_consent_is_said_beside_the_sample_at_once(family, database, lidia, noon):
    family.take()
    with database.transaction(lidia) as session:
        granted = session.scalars(
            sa.select(Consent).where(Consent.giver_id == family.mother_id, live(noon))
        ).one()
        person = session.get_one(MissingPersonSample, 1).case
        withdraw(session, lidia, case_of(person), granted, at=noon)

    (sample,) = family.read().json()

    assert not sample["has_consent"]
    assert "ya no hay autorización" in family.read(family.page).text
    assert family.take().status_code == 409


def test_a_hand_over_is_corrected_by_another_and_both_stay(family, database):
    (sample,) = family.take(taken_on="2026-03-01").json()
    number = sample["reference"]
    family.follow(number, details={"from": "Lidia", "to": "Mensajería", "seal": "A-1"})
    (wrong,) = family.read().json()[0]["chain"]

    family.follow(number, corrects=wrong["id"], details={"to": "Laboratorio", "seal": "A-1"})
    again = family.follow(number, corrects=wrong["id"], details={"to": "Nadie"})

    page = family.read(f"{family.page}/1").text
    assert again.status_code == 404  # who corrects what was corrected meanwhile is told
    assert page.index("<s>De Lidia a Mensajería</s>") < page.index(
        "<b>La recibió Laboratorio</b>"
    )
    assert "Lo anotó Lidia" in page
    with database.transaction(KEEPER) as session:
        assert session.scalar(sa.select(sa.func.count(MissingPersonSampleEntry.id))) == 2


def test_an_entry_that_says_nothing_or_cannot_be_is_refused(family):
    (sample,) = family.take(taken_on="2026-03-01").json()
    to_them = {"details": {"to": "Laboratorio"}}
    entries = [
        ({"details": {"from": "Lidia"}}, 422),
        ({"happened_on": "2027-01-01", **to_them}, 422),
        ({"happened_on": "2026-02-01", **to_them}, 422),
        ({"happening": "serves_also"}, 422),
        ({"happening": "serves_also", "serves_also": "MP-2222-2222"}, 404),
    ]

    answers = [family.follow(sample["reference"], **said).status_code for said, _ in entries]

    assert answers == [status for _, status in entries]


def test_a_destroyed_sample_goes_nowhere_any_more(family):
    (sample,) = family.take().json()
    family.follow(sample["reference"], happening="state", state="destroyed")

    answer = family.follow(sample["reference"], details={"to": "Laboratorio"})

    assert answer.status_code == 409


def test_a_donor_of_two_missing_people_is_told_on_both_files(family):
    (sample,) = family.take().json()
    number = sample["reference"]
    family.follow(number, happening="serves_also", serves_also=family.other)

    (told,) = family.read().json()

    assert [each["serves_also"] for each in told["chain"]] == [family.other]
    assert number in family.read(f"/missing/{family.other}/samples").text


def test_dna_asks_again_who_is_there(family, database):
    with database.transaction(DOOR) as session:
        session.execute(sa.update(SignInSession).values(stepped_up_at=None))

    assert family.read().status_code == 403


def test_samples_are_there_for_nobody_of_another_institution(family, signed_in):
    family.take()

    answers = [signed_in(name).get(family.address) for name in ("amal", "gloria", "cora")]

    assert {each.status_code for each in answers} <= {403, 404}


def test_the_database_takes_back_nothing_of_a_chain(family, database, lidia):
    (sample,) = family.take().json()
    family.follow(sample["reference"], details={"to": "Laboratorio"})

    with database.transaction(lidia) as session:
        gone = session.execute(sa.delete(MissingPersonSampleEntry)).rowcount

    assert gone == 0


def test_samples_go_with_their_file(family, database, noon):
    family.take()
    with database.transaction(KEEPER) as session:
        person = session.get_one(MissingPersonSample, 1).case
        erase(session, KEEPER, person, basis="retention", at=noon)

    with database.transaction(KEEPER) as session:
        assert session.scalar(sa.select(sa.func.count(MissingPersonSample.id))) == 0


def test_an_examiner_registers_bone_of_their_own_remains_by_form(database, bruno, signed_in):
    with database.transaction(bruno) as session:
        reference = remains_found(session, bruno).reference
    client, here = signed_in("bruno"), f"/remains/{reference}/samples"
    token = client.get(here).text.split('name="form_token" value="')[1].split('"')[0]

    client.post(here, data={"form_token": token, "kind": "bone", "element": "fémur izquierdo"})
    said = {"form_token": token, "happening": "handed_over", "to": "Genética", "seal": "B-2"}
    page = client.post(f"{here}/1/entries", data=said).text

    assert "fémur izquierdo" in page
    assert "La recibió Genética" in page
    with database.transaction(KEEPER) as session:
        assert session.scalars(sa.select(RemainsSampleEntry.sample_id)).all() == [1]
