"""Who hears that something closed: whoever could read it, and no consulate of the protected."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from casework.families import telling
from casework.families.actions import (
    Answers,
    record_answers,
    request_lift,
    restore_protection,
    withdraw_consent,
)
from casework.families.model import Notice, NoticeKind
from casework.missing.model import MissingPerson
from casework.signin.model import SignInSession
from privacy.consent.ledger import Item, Told, live
from privacy.consent.model import Consent, ConsentPurpose, DataCategory
from privacy.model import Reveals
from privacy.permissions import DOOR, KEEPER, MATCHER, Purpose
from privacy.released.model import Form, ReleasedCopy
from privacy.released.register import Record, Release, release
from tests.builders import EXPIRES, a_missing_person, a_relative, grant_of

STORY = ("circumstances", "search", "forensic")
TO_CONSULATE = ("circumstances", "search", "consulate:HN")


def take_back(database, lidia, person, at):
    """Withdraw all that stands, as every giver may."""
    with database.transaction(lidia) as session:
        file = session.get_one(MissingPerson, person.id)
        granted = session.scalars(
            sa.select(Consent).where(Consent.missing_person_id == file.id, live(at))
        ).all()
        withdraw_consent(session, lidia, file, granted, at=at)


def told(database, viewer):
    with database.transaction(viewer) as session:
        return session.scalars(sa.select(Notice)).all()


@pytest.mark.parametrize(
    ("items", "stated"),
    [
        # How to reach the family, without the word that there is such a file.
        ([("contact", "notify", "consulate:HN")], {}),
        ([("circumstances", "statistics", "consulate:HN")], {}),
        ([("photo", "search", "consulate:HN")], {}),
        # Not one of its nationals.
        ([TO_CONSULATE], {"nationalities": ["GT"]}),
        ([TO_CONSULATE], {"protected": True}),
    ],
)
def test_r13_a_consulate_that_could_read_nothing_is_told_nothing(
    database, lidia, carlos, noon, items, stated
):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, grants=[], **({"protected": False} | stated))
        grant_of(session, person, *items)

    take_back(database, lidia, person, noon)

    assert told(database, carlos) == []


def test_r48_a_consulate_that_could_read_is_told_what_closed(database, lidia, carlos, noon):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, protected=False, grants=[])
        grant_of(session, person, TO_CONSULATE, ("contact", "notify", "consulate:HN"))

    take_back(database, lidia, person, noon)

    (notice,) = told(database, carlos)
    assert notice.items == "circumstances/search contact/notify"


def a_copy_for(session, viewer, person, recipient, at):
    copy = Release(
        copy="EJEMPLAR1",
        form=Form.PDF,
        recipient_institution_id=recipient.institution_id,
        purpose="search",
        reason="Para la búsqueda en terreno",
    )
    groups = frozenset({Reveals.CIRCUMSTANCE})
    record = Record(person.owner_institution_id, groups, missing_person_id=person.id)
    release(session, viewer, copy, [record], at=at)


def test_r01_a_consulate_hears_nothing_of_whom_it_had_a_copy_once_they_are_protected(
    database, lidia, carlos, noon
):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, protected=False)
        a_copy_for(session, lidia, person, carlos, noon)
        restore_protection(session, lidia, session.get_one(MissingPerson, person.id), at=noon)

    take_back(database, lidia, person, noon)

    assert told(database, carlos) == []
    with database.transaction(KEEPER) as session:
        # In the register it is called back: the owner sees to it by other ways.
        assert session.scalar(sa.select(ReleasedCopy.recalled_at)) == noon


def test_r48_a_notice_to_the_protected_ones_consulate_would_be_noticed(
    database, lidia, carlos, noon, monkeypatch
):
    monkeypatch.setattr(telling, "may_be_told", lambda *_: True)
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, protected=True, grants=[])
        grant_of(session, person, TO_CONSULATE)

    take_back(database, lidia, person, noon)

    assert len(told(database, carlos)) == 1


def test_r48_a_copy_is_called_back_from_who_may_not_read_it_any_more(
    database, lidia, bruno, gloria, noon
):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, grants=[])
        mexican, guatemalan = (
            grant_of(session, person, ("circumstances", "search", f"forensic:{country}"))
            for country in ("MX", "GT")
        )
        a_copy_for(session, lidia, person, bruno, noon)
        file = session.get_one(MissingPerson, person.id)
        withdraw_consent(session, lidia, file, guatemalan, at=noon)
    assert [each.kind for each in told(database, gloria)] == [NoticeKind.CONSENT_WITHDRAWN]
    assert told(database, bruno) == []

    with database.transaction(lidia) as session:
        file = session.get_one(MissingPerson, person.id)
        granted = session.get_one(Consent, mexican[0].id)
        withdraw_consent(session, lidia, file, [granted], at=noon)

    (notice,) = told(database, bruno)
    assert (notice.kind, notice.copies) == (NoticeKind.RECALL_COPIES, "EJEMPLAR1")


def answer(session, viewer, file, relative, *, no, at):
    said = Answers(
        yes=[],
        no=[Item(DataCategory.CIRCUMSTANCES, ConsentPurpose.SEARCH, no)],
        expires=EXPIRES,
        told=Told(form_version="2026.1"),
    )
    record_answers(session, viewer, file, said, relative=relative, at=at)


def test_r48_a_no_to_one_institution_is_told_to_it_and_to_no_other(
    database, lidia, bruno, gloria, noon
):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, grants=[])
        mother = a_relative(session, person)
        grant_of(session, person, STORY, giver=mother)
        file = session.get_one(MissingPerson, person.id)
        answer(session, lidia, file, mother, no=f"institution:{bruno.institution_id}", at=noon)

    assert [each.items for each in told(database, bruno)] == ["circumstances/search"]
    assert told(database, gloria) == []


def test_r48_what_a_no_covers_wholly_is_weighed_by_nobody(database, lidia, bruno, noon):
    engine = sa.select(sa.func.count(MissingPerson.id))
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, grants=[])
        mother = a_relative(session, person)
        to_one = ("circumstances", "search", f"institution:{bruno.institution_id}")
        grant_of(session, person, to_one, giver=mother)
    with database.transaction(MATCHER) as session:
        assert session.scalar(engine) == 1

    with database.transaction(lidia) as session:
        file = session.get_one(MissingPerson, person.id)
        answer(session, lidia, file, mother, no="forensic:MX", at=noon)

    with database.transaction(MATCHER) as session:
        assert session.scalar(engine) == 0
    looking = replace(bruno, purpose=Purpose.SEARCH)
    with database.transaction(looking) as session:
        assert session.scalar(engine) == 0


def test_r10_a_protection_is_lifted_only_by_who_has_just_proved_who_they_are(
    database, lidia, noon, signed_in
):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia)
        grounds = "La propia persona lo pidió por teléfono el lunes"
        file = session.get_one(MissingPerson, person.id)
        request = request_lift(session, lidia, file, grounds, at=noon)
    browser = signed_in("dora")
    page = browser.get("/protection").text
    token = page.partition('name="form_token" value="')[2].partition('"')[0]
    with database.transaction(DOOR) as session:
        session.execute(sa.update(SignInSession).values(stepped_up_at=None))

    decision = {"form_token": token, "verdict": "approve", "reason": "Lo dijo ella misma"}
    answer = browser.post(f"/protection/{request.id}", data=decision)

    assert answer.status_code == 403
    assert "Confirme que es usted" in answer.text
    with database.transaction(KEEPER) as session:
        assert session.get_one(MissingPerson, person.id).protected
