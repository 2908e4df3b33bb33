"""An objection and an erasure tell whoever had a file, and call copies back."""

import pytest
import sqlalchemy as sa

from casework.families.model import Notice, NoticeKind
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.retention import erasing
from casework.retention.erasing import erase
from casework.rights import actions as rights
from casework.rights.actions import Asked
from casework.rights.model import Asker, IdentityProof, RequestKind
from privacy.consent.model import ConsentPurpose
from privacy.model import Reveals
from privacy.permissions import KEEPER
from privacy.released.model import Form, ReleasedCopy
from privacy.released.register import Record, Release, release
from tests.builders import a_missing_person, remains_found


@pytest.fixture
def person(database, lidia):
    with database.transaction(KEEPER) as session:
        return a_missing_person(session, lidia)


@pytest.fixture
def remains(database, bruno):
    with database.transaction(KEEPER) as session:
        return remains_found(session, bruno)


def hand_to(database, giver, recipient, noon, **about):
    """Register that a copy went to the institution of `recipient`."""
    copy = Release(
        copy="AB12",
        form=Form.CSV,
        recipient_institution_id=recipient.institution_id,
        purpose="search",
        reason="Pedido de la fiscalía",
    )
    groups = frozenset({Reveals.CIRCUMSTANCE})
    with database.transaction(giver) as session:
        handed = [Record(giver.institution_id, groups, **about)]
        release(session, giver, copy, handed, at=noon)


def notices_to(database, viewer):
    with database.transaction(viewer) as session:
        mine = Notice.institution_id == viewer.institution_id
        return [
            (each.kind, each.copies, bool(each.items))
            for each in session.scalars(sa.select(Notice).where(mine))
        ]


def called_back(database):
    with database.transaction(KEEPER) as session:
        return session.scalars(sa.select(ReleasedCopy.recalled_at)).all()


def object_to_search(database, lidia, person, noon):
    asked = Asked(
        about=person.reference,
        kind=RequestKind.OBJECTION,
        asker=Asker.PERSON,
        identity_proof=IdentityProof.VIDEO_CALL,
        received_on=noon.date(),
    )
    with database.transaction(lidia) as session:
        request = rights.receive_request(session, lidia, asked, at=noon)
        reason = "La persona lo pidió así."
        rights.decide(session, lidia, request, grants=True, reason=reason, at=noon)
        rights.stop_purpose(session, lidia, request, ConsentPurpose.SEARCH, at=noon)


def erase_it(database, model, record, noon):
    with database.transaction(KEEPER) as session:
        erase(session, KEEPER, session.get_one(model, record.id), basis="test", at=noon)


def test_r48_an_objection_tells_and_calls_back_like_a_withdrawal(
    database, lidia, amal, person, noon
):
    hand_to(database, lidia, amal, noon, missing_person_id=person.id)

    object_to_search(database, lidia, person, noon)

    assert called_back(database) == [noon]
    assert notices_to(database, amal) == [(NoticeKind.RECALL_COPIES, "AB12", True)]


def test_r48_an_erasure_tells_and_calls_every_copy_back(database, lidia, amal, person, noon):
    hand_to(database, lidia, amal, noon, missing_person_id=person.id)

    erase_it(database, MissingPerson, person, noon)

    assert called_back(database) == [noon]
    assert notices_to(database, amal) == [(NoticeKind.RECALL_COPIES, "AB12", True)]
    assert notices_to(database, lidia) == []


@pytest.mark.parametrize("protected", [True, False])
def test_r13_no_consulate_is_told_that_somebody_protected_is_erased(
    database, lidia, carlos, noon, protected
):
    nobody_agreed = {"grants": [], "protected": protected}
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, lidia, **nobody_agreed)
    hand_to(database, lidia, carlos, noon, missing_person_id=person.id)

    erase_it(database, MissingPerson, person, noon)

    told = [] if protected else [(NoticeKind.RECALL_COPIES, "AB12", False)]
    assert called_back(database) == [noon]
    assert notices_to(database, carlos) == told


def test_r48_copies_of_erased_remains_are_called_back(database, bruno, gloria, remains, noon):
    hand_to(database, bruno, gloria, noon, remains_id=remains.id)

    erase_it(database, Remains, remains, noon)

    assert called_back(database) == [noon]
    assert notices_to(database, gloria) == [(NoticeKind.RECALL_COPIES, "AB12", False)]


def test_r48_copies_that_an_erasure_left_out_would_be_noticed(
    database, bruno, gloria, remains, noon, monkeypatch
):
    monkeypatch.setattr(erasing, "call_back_all", lambda *_, **__: None)
    hand_to(database, bruno, gloria, noon, remains_id=remains.id)

    erase_it(database, Remains, remains, noon)

    assert (called_back(database), notices_to(database, gloria)) == ([None], [])
