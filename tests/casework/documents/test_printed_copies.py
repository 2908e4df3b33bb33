"""A printed sheet stands in the register of copies, and a withdrawal calls it back."""

import pytest
import sqlalchemy as sa

from casework.candidates.actions import request_matching
from casework.candidates.narrowing import Wanted
from casework.candidates.queries import list_proposals, measure
from casework.candidates.running import run_matching
from casework.documents import pages
from casework.exports.queries import list_copies
from casework.families.actions import withdraw_consent
from casework.families.model import Notice, NoticeKind
from casework.missing.model import MissingPerson
from privacy.consent.model import Consent
from privacy.permissions import KEEPER
from privacy.released.model import ReleasedCopy
from tests.builders import a_missing_person, remains_found


@pytest.fixture
def proposal(database, lidia, bruno, noon):
    """A person whose family speaks with lidia, proposed with remains that bruno answers for."""
    with database.transaction(KEEPER) as session:
        a_missing_person(session, lidia)
        remains_found(session, bruno)
    with database.transaction(bruno) as session:
        run_id = request_matching(session, bruno, at=noon).id
    run_matching(database, run_id, lambda: noon)
    with database.transaction(bruno) as session:
        measured = measure(session, bruno, Wanted(), at=noon)
        return list_proposals(session, bruno, measured, at=noon)[0]


def print_it(signed_in, proposal):
    return signed_in("amal").get(f"/pairings/{proposal.pairing.id}/sheet.pdf")


def withdraw_everything(database, lidia, noon):
    with database.transaction(lidia) as session:
        person = session.scalars(sa.select(MissingPerson)).one()
        granted = session.scalars(sa.select(Consent)).all()
        withdraw_consent(session, lidia, person, granted, at=noon)


def notices_to(database, viewer):
    with database.transaction(viewer) as session:
        return session.scalars(
            sa.select(Notice).where(Notice.institution_id == viewer.institution_id)
        ).all()


def test_a_printed_sheet_stands_in_the_register_with_what_lies_open_on_it(
    database, signed_in, proposal, amal
):
    print_it(signed_in, proposal)

    with database.transaction(amal) as session:
        of_person, of_remains = session.scalars(
            sa.select(ReleasedCopy).order_by(ReleasedCopy.id)
        ).all()
    assert of_person.copy == of_remains.copy
    assert of_person.missing_person_id == proposal.person.id
    assert of_remains.remains_id == proposal.remains.id
    assert of_person.groups == ["body", "circumstance", "identity"]
    assert of_remains.groups == ["body", "circumstance", "identity"]  # they are her own
    assert of_person.recipient_institution_id == amal.institution_id
    assert of_person.made_by == amal.account_id


def test_r48_a_withdrawal_calls_a_printed_sheet_back(
    database, signed_in, proposal, lidia, amal, noon
):
    print_it(signed_in, proposal)

    withdraw_everything(database, lidia, noon)

    with database.transaction(amal) as session:
        recalled = session.scalars(
            sa.select(ReleasedCopy.recalled_at).order_by(ReleasedCopy.id)
        ).all()
        (number,) = set(session.scalars(sa.select(ReleasedCopy.copy)))
    assert recalled == [noon, None]  # the remains were nobody's to withdraw
    (notice,) = notices_to(database, amal)
    assert (notice.kind, notice.copies) == (NoticeKind.RECALL_COPIES, number)


def test_r48_a_sheet_that_nobody_registers_would_be_noticed(
    database, signed_in, proposal, lidia, amal, noon, monkeypatch
):
    monkeypatch.setattr(pages, "register_sheet", lambda *_: None)
    print_it(signed_in, proposal)

    withdraw_everything(database, lidia, noon)

    assert [each.kind for each in notices_to(database, amal)] == [NoticeKind.CONSENT_WITHDRAWN]


def test_r12_the_register_tells_a_liaison_officer_of_no_comparison(
    database, signed_in, proposal, lidia, amal
):
    print_it(signed_in, proposal)

    register = signed_in("lidia").get("/copies").text

    assert "No ha salido ninguna copia." in register
    with database.transaction(lidia) as session:
        assert list_copies(session, lidia) == []
    with database.transaction(amal) as session:
        assert {each.reason for each in list_copies(session, amal)} == {
            "Hoja impresa para uso propio."
        }
