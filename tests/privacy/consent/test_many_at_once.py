"""What is entered or taken back for many people at once is as good as one by one."""

import pytest
import sqlalchemy as sa

from casework.missing.model import MissingPerson
from privacy.consent.ledger import (
    Case,
    Giver,
    Item,
    Said,
    Told,
    enter_many,
    grant,
    withdraw,
    withdraw_many,
)
from privacy.consent.model import Consent, ConsentPurpose, DataCategory, Decision
from privacy.consent.recipients import (
    checked,
    of_consulate,
    of_forensic_services,
    of_institution,
)
from privacy.errors import InvalidConsent, NotPermitted
from privacy.permissions import KEEPER
from tests.builders import EXPIRES, a_missing_person, a_relative

STORY = Item(DataCategory.CIRCUMSTANCES, ConsentPurpose.SEARCH, "forensic")
TOLD = Told(form_version="test", language="es")


@pytest.fixture
def answers(database, lidia):
    """Two people of the committee, of whom the mother of each says the same."""
    with database.transaction(lidia) as session:
        return [answer(session, lidia) for _ in range(2)]


def answer(session, lidia):
    person = a_missing_person(session, lidia, grants=[])
    mother = a_relative(session, person)
    case = Case(person.id, person.reference, person.owner_institution_id, person.protected)
    return Said(case, Giver(relative_id=mother.id), [STORY], EXPIRES)


def searched(database):
    with database.transaction(KEEPER) as session:
        people = session.scalars(sa.select(MissingPerson).order_by(MissingPerson.id))
        return [(each.search_consent.value, each.search_until) for each in people]


def standing(session):
    return session.scalars(sa.select(Consent).where(Consent.ends_id.is_(None))).all()


@pytest.mark.parametrize("one_by_one", [False, True])
def test_many_grants_open_each_file_as_one_by_one(database, lidia, answers, noon, one_by_one):
    with database.transaction(lidia) as session:
        if one_by_one:
            for said in answers:
                grant(session, lidia, said, TOLD, at=noon)
        else:
            enter_many(session, lidia, answers, TOLD, decision=Decision.GRANTED, at=noon)

    assert searched(database) == [("granted", EXPIRES)] * len(answers)


def test_many_withdrawals_close_each_file_and_are_entries_of_their_own(
    database, lidia, answers, noon
):
    with database.transaction(lidia) as session:
        enter_many(session, lidia, answers, TOLD, decision=Decision.GRANTED, at=noon)

    with database.transaction(lidia) as session:
        granted = standing(session)
        withdraw_many(session, lidia, granted, at=noon)
        ended = session.scalars(sa.select(Consent.ends_id).where(Consent.ends_id.is_not(None)))
        assert sorted(ended) == sorted(each.id for each in granted)

    assert searched(database) == [("refused", None)] * len(answers)


def test_where_nobody_said_anything_nothing_is_entered(database, lidia, answers, noon):
    silent = Said(answers[0].case, answers[0].giver, [], EXPIRES)

    with database.transaction(lidia) as session:
        enter_many(session, lidia, [silent], TOLD, decision=Decision.GRANTED, at=noon)
        assert grant(session, lidia, silent, TOLD, at=noon) == []
        withdraw_many(session, lidia, [], at=noon)
        assert standing(session) == []


def test_an_analyst_enters_and_takes_back_nothing(database, ana, answers, noon):
    with database.transaction(ana) as session:
        with pytest.raises(NotPermitted):
            enter_many(session, ana, answers, TOLD, decision=Decision.GRANTED, at=noon)
        with pytest.raises(NotPermitted):
            withdraw_many(session, ana, [], at=noon)


def test_a_consent_is_not_taken_back_through_another_file(database, lidia, answers, noon):
    with database.transaction(lidia) as session:
        (granted,) = grant(session, lidia, answers[0], TOLD, at=noon)

        with pytest.raises(InvalidConsent, match="another file"):
            withdraw(session, lidia, answers[1].case, granted, at=noon)


def test_a_consent_without_anybody_who_gives_it_is_refused(database, lidia, answers, noon):
    by_nobody = Said(answers[0].case, Giver(), [STORY], EXPIRES)

    with database.transaction(lidia) as session, pytest.raises(InvalidConsent, match="giver"):
        grant(session, lidia, by_nobody, TOLD, at=noon)


@pytest.mark.parametrize(
    "recipient", [of_institution(17), of_consulate("HN"), of_forensic_services("MX")]
)
def test_every_recipient_that_is_named_here_is_one(recipient):
    assert checked(recipient) == recipient


def test_a_recipient_of_another_kind_is_none():
    with pytest.raises(InvalidConsent):
        checked("police:MX")
