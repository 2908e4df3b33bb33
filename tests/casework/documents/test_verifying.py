"""Whoever holds a paper learns whether it came from here and still holds, and nothing else."""

from hashlib import sha256

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from casework.cli import cli
from casework.documents.model import IssuedDocument
from casework.families.actions import withdraw_consent
from casework.missing.model import MissingPerson
from casework.signin.throttling import FREE_BY_NETWORK
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.consent.model import Consent
from privacy.permissions import DOOR, KEEPER
from privacy.released.model import ReleasedCopy
from tests.builders import a_missing_person


@pytest.fixture
def person(database, lidia):
    with database.transaction(KEEPER) as session:
        return a_missing_person(session, lidia)


@pytest.fixture
def printed(database, signed_in, person):
    """A file on paper: its bytes, and the number at its foot."""
    answer = signed_in("lidia").get(f"/missing/{person.reference}/file.pdf")
    with database.transaction(DOOR) as session:
        return answer.content, session.scalars(sa.select(IssuedDocument.copy)).one()


def look(client, copy="", content=b""):
    client.cookies.clear()  # whoever holds a paper is not signed in
    digest = sha256(content).hexdigest() if content else ""
    return client.post("/verify", data={"number": copy, "fingerprint": digest})


def test_a_number_says_that_the_paper_is_ours_and_its_file_says_what_it_is(
    client, printed, person
):
    content, number = printed

    answer = look(client, f"{number[:4]}-{number[4:8].lower()} {number[8:]}")

    assert "Ese número es de un documento de aquí" in answer.text
    assert "Institución inventada comite" in answer.text
    # The number stands in registers and logs too: it shows no paper in hand.
    kind = "Expediente de una persona desaparecida"
    assert "Se dice solo a quien trae su archivo." in answer.text
    assert kind not in answer.text
    assert kind not in look(client, number, content + b" ").text
    assert kind in look(client, number, content).text
    for hidden in (person.reference, "Marisol", "MP-", "lidia", "Lidia"):
        assert hidden not in answer.text


def test_the_fingerprint_printed_on_the_paper_is_the_one_that_is_told(
    client, printed, read_pdf, words_of, signed_in, person
):
    sheet = read_pdf(signed_in("lidia").get(f"/missing/{person.reference}/file.pdf"))
    words = words_of(sheet.pages[0])
    number = words.partition("con el número ")[2][:12]
    told = words.partition("Huella de lo que dice: ")[2][:19]

    assert told in look(client, number).text
    assert told not in look(client, printed[1]).text  # another printing says another number


def test_one_letter_changed_in_the_file_is_seen(client, printed):
    content, number = printed

    assert "Es exactamente lo que se entregó" in look(client, number, content).text
    assert "Es exactamente lo que se entregó" in look(client, content=content).text
    assert "El número es de aquí, y el archivo no" in look(client, number, content + b" ").text
    assert "Aquí no se hizo ese documento" in look(client, content=content + b" ").text


@pytest.mark.usefixtures("printed")
def test_a_number_that_was_never_given_and_nothing_at_all_are_answered_plainly(client):
    assert "Aquí no se hizo ese documento" in look(client, "000000000000").text
    assert look(client).status_code == 422


def test_r48_a_document_called_back_says_so_to_whoever_holds_it(
    client, database, signed_in, person, lidia, noon
):
    content = signed_in("amal").get(f"/missing/{person.reference}/file.pdf").content
    assert "Es exactamente lo que se entregó" in look(client, content=content).text
    with database.transaction(lidia) as session:
        whose = session.scalars(sa.select(MissingPerson)).one()
        granted = session.scalars(sa.select(Consent)).all()
        withdraw_consent(session, lidia, whose, granted, at=noon)

    answer = look(client, content=content)

    assert "Se hizo aquí, y después se pidió de vuelta" in answer.text
    assert "No debe usarse ni copiarse más." in answer.text


@pytest.mark.usefixtures("printed")
def test_r14_at_the_door_a_document_leads_to_no_record(database):
    with database.transaction(DOOR) as session:
        assert session.scalars(sa.select(IssuedDocument)).one()
        assert session.scalars(sa.select(ReleasedCopy)).all() == []


@pytest.mark.usefixtures("printed")
def test_r14_an_institution_reads_its_own_documents_and_nobody_alters_one(
    database, lidia, amal
):
    with database.transaction(lidia) as session:
        assert session.scalars(sa.select(IssuedDocument)).one()
    with database.transaction(amal) as session:
        assert session.scalars(sa.select(IssuedDocument)).all() == []
    with pytest.raises(sa.exc.ProgrammingError), database.transaction(lidia) as session:
        session.execute(sa.update(IssuedDocument).values(sha256="0" * 64))


@pytest.mark.usefixtures("printed")
def test_guessing_numbers_is_slow(client):
    answers = [look(client, f"{n:012}").status_code for n in range(FREE_BY_NETWORK + 2)]

    assert answers[0] == 200
    assert answers[-1] == 429


def test_every_look_is_logged_without_what_a_stranger_typed(client, database, printed, dora):
    look(client, printed[1])
    look(client, "MI-SECRETO-1")

    with database.transaction(dora) as session:
        lines = session.execute(
            sa.select(Entry.deed, Entry.details)
            .where(Entry.deed.in_([Deed.DOCUMENT_VERIFIED, Deed.DOCUMENT_REFUSED]))
            .order_by(Entry.position)
        ).all()
    assert [(deed, details) for deed, details in lines] == [
        (Deed.DOCUMENT_VERIFIED, {"copy": printed[1]}),
        (Deed.DOCUMENT_REFUSED, {}),
    ]


@pytest.fixture
def run(monkeypatch, database):
    """Run the command against the registry of the test."""
    monkeypatch.setattr("casework.documents.commands.open_database", lambda _: database)
    return lambda *words: CliRunner().invoke(cli, ["verify-document", *words])


def test_the_command_knows_a_file_of_ours_and_one_that_was_changed(run, printed, tmp_path):
    content, number = printed
    kept, changed = tmp_path / "kept.pdf", tmp_path / "changed.pdf"
    kept.write_bytes(content)
    changed.write_bytes(content + b"\n")

    right, wrong = run(str(kept)), run(str(changed), "--copy", number)

    assert (right.exit_code, wrong.exit_code) == (0, 1)
    assert "Byte for byte what this registry handed out." in right.output
    assert "the file is another" in wrong.output
    kinds = ["missing_person_file" in each.output for each in (right, wrong)]
    assert kinds == [True, False]
    assert run().exit_code == 2
