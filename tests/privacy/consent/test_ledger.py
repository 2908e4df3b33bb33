"""The ledger of consents: entries only, each giver for themselves, and every yes has an end.

One file, because every fact of it needs the same registry of relatives and grants; it is
kept whole so that a lawyer can read the ledger's promises in one place.
"""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from casework.families.model import Relative
from casework.missing.model import MissingPerson
from privacy.consent.ledger import (
    CATEGORY_OF,
    Case,
    Giver,
    Item,
    Said,
    Told,
    grant,
    granted_to,
    grants_of,
    may_be_searched,
    refuse,
    withdraw,
)
from privacy.consent.model import Consent, ConsentPurpose, DataCategory, Decision, LegalBasis
from privacy.consent.recipients import checked
from privacy.errors import InvalidConsent, NotPermitted
from privacy.model import Reveals
from privacy.permissions import KEEPER, Purpose
from tests.builders import EXPIRES, a_missing_person, a_relative, grant_of

STORY = Item(DataCategory.CIRCUMSTANCES, ConsentPurpose.SEARCH, "forensic")
NAME = Item(DataCategory.IDENTITY, ConsentPurpose.SEARCH, "forensic")
TOLD = Told(form_version="test", language="es")
SEARCHED = ("circumstances", "search", "forensic")


@pytest.fixture
def file(database, lidia):
    """A person of the committee of whom nobody agreed to anything, and her mother."""
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, grants=[])
        mother = a_relative(session, person)
    return case_of(person), mother


def case_of(person):
    return Case(person.id, person.reference, person.owner_institution_id, person.protected)


def said_by(file, *items, expires=EXPIRES):
    case, mother = file
    return Said(case, Giver(relative_id=mother.id), items, expires)


def summary_of(database, case):
    with database.transaction(KEEPER) as session:
        person = session.get_one(MissingPerson, case.missing_person_id)
        return person.search_consent.value, person.search_until


def is_open(database, viewer, case, *, at, categories=(DataCategory.CIRCUMSTANCES,)):
    with database.transaction(viewer) as session:
        return session.scalar(
            sa.select(
                granted_to(
                    sa.literal(case.missing_person_id),
                    categories,
                    viewer.recipients,
                    ["search", "identify"],
                    at=at,
                )
            )
        )


def test_a_grant_opens_one_category_and_no_other(database, lidia, amal, file, noon):
    case, _ = file
    with database.transaction(lidia) as session:
        grant(session, lidia, said_by(file, STORY), TOLD, at=noon)

    with database.transaction(amal) as session:
        found = grants_of(session, [case.missing_person_id], ["search"], at=noon)

    assert found == {case.missing_person_id: {Reveals.CIRCUMSTANCE: frozenset({"forensic"})}}
    assert is_open(database, amal, case, at=noon)
    assert not is_open(database, amal, case, at=noon, categories=(DataCategory.IDENTITY,))


def test_a_photos_consent_opens_no_group_and_is_asked_for_by_name(
    database, lidia, amal, file, noon
):
    case, _ = file
    photo = Item(DataCategory.PHOTO, ConsentPurpose.SEARCH, "forensic")
    with database.transaction(lidia) as session:
        grant(session, lidia, said_by(file, photo), TOLD, at=noon)

    with database.transaction(amal) as session:
        found = grants_of(session, [case.missing_person_id], ["search"], at=noon)

    assert found == {case.missing_person_id: {}}
    assert is_open(database, amal, case, at=noon, categories=(DataCategory.PHOTO,))


def test_r49_an_expired_grant_denies(database, lidia, amal, file, noon):
    case, _ = file
    ends = noon + timedelta(days=30)
    with database.transaction(lidia) as session:
        grant(session, lidia, said_by(file, STORY, expires=ends), TOLD, at=noon)

    # Shown to see: a second before its end the same grant opens.
    assert is_open(database, amal, case, at=ends - timedelta(seconds=1))
    assert not is_open(database, amal, case, at=ends)


def test_r49_the_database_itself_denies_what_has_expired(database, lidia, amal):
    now = datetime.now(tz=EXPIRES.tzinfo)
    with database.transaction(lidia) as session:
        over = a_missing_person(session, lidia, grants=[])
        stands = a_missing_person(session, lidia, grants=[])
        for person, expires in ((over, now - timedelta(days=1)), (stands, EXPIRES)):
            grant_of(session, person, SEARCHED, expires=expires)

    with database.transaction(amal) as session:
        seen = set(session.scalars(sa.text("SELECT id FROM missing_person")))

    assert seen == {stands.id}


def test_r50_one_relatives_withdrawal_leaves_others_intact(database, lidia, amal, file, noon):
    case, _ = file
    with database.transaction(lidia) as session:
        (mothers,) = grant(session, lidia, said_by(file, STORY), TOLD, at=noon)
        person = session.get_one(MissingPerson, case.missing_person_id)
        brother = a_relative(session, person, name="Luis Inventado")
        of_brother = Said(case, Giver(relative_id=brother.id), [STORY], EXPIRES)
        (brothers,) = grant(session, lidia, of_brother, TOLD, at=noon)

    with database.transaction(lidia) as session:
        withdraw(session, lidia, case, session.get_one(Consent, mothers.id), at=noon)

    assert is_open(database, amal, case, at=noon)
    with database.transaction(lidia) as session:
        assert session.get_one(Consent, brothers.id).withdrawn_at is None
        # Shown to see: when the brother takes his back too, it closes.
        withdraw(session, lidia, case, session.get_one(Consent, brothers.id), at=noon)
    assert not is_open(database, amal, case, at=noon)


def test_r50_a_no_takes_back_only_the_yes_of_whoever_says_it(database, lidia, file, noon):
    case, _ = file
    with database.transaction(lidia) as session:
        person = session.get_one(MissingPerson, case.missing_person_id)
        brother = a_relative(session, person)
        of_brother = Said(case, Giver(relative_id=brother.id), [STORY], EXPIRES)
        grant(session, lidia, said_by(file, STORY), TOLD, at=noon)
        (brothers,) = grant(session, lidia, of_brother, TOLD, at=noon)

    with database.transaction(lidia) as session:
        refuse(session, lidia, said_by(file, STORY), TOLD, at=noon)

    with database.transaction(lidia) as session:
        ended = session.scalars(
            sa.select(Consent.giver_id).where(Consent.withdrawn_at.is_not(None))
        ).all()
        assert session.get_one(Consent, brothers.id).withdrawn_at is None
    assert ended == [file[1].id]


def test_r48_a_withdrawal_bites_on_the_very_next_request(database, lidia, amal, file, noon):
    case, _ = file
    with database.transaction(lidia) as session:
        (granted,) = grant(session, lidia, said_by(file, STORY), TOLD, at=noon)
    by_raw_sql = sa.text("SELECT count(*) FROM missing_person")
    with database.transaction(amal) as session:
        before = session.scalar(by_raw_sql)

    with database.transaction(lidia) as session:
        withdraw(session, lidia, case, session.get_one(Consent, granted.id), at=noon)

    with database.transaction(amal) as session:
        assert (before, session.scalar(by_raw_sql)) == (1, 0)
    assert summary_of(database, case) == ("refused", None)


def test_a_withdrawal_is_an_entry_of_its_own(database, lidia, file, noon):
    case, mother = file
    with database.transaction(lidia) as session:
        (granted,) = grant(session, lidia, said_by(file, STORY), TOLD, at=noon)

    with database.transaction(lidia) as session:
        entry = withdraw(session, lidia, case, session.get_one(Consent, granted.id), at=noon)

    assert (entry.decision, entry.ends_id, entry.giver_id) == (
        Decision.WITHDRAWN,
        granted.id,
        mother.id,
    )


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE consent SET expires = expires + interval '1 year'",
        "UPDATE consent SET decision = 'refused'",
        "UPDATE consent SET recipient = 'forensic:US'",
        "DELETE FROM consent",
        "TRUNCATE consent",
    ],
)
def test_no_entry_is_changed_or_removed_by_the_application(database, lidia, change, file, noon):
    with database.transaction(lidia) as session:
        grant(session, lidia, said_by(file, STORY), TOLD, at=noon)

    with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
        _run(database, lidia, change)


def test_a_grant_does_not_end_without_an_entry_that_says_so(database, lidia, file, noon):
    with database.transaction(lidia) as session:
        grant(session, lidia, said_by(file, STORY), TOLD, at=noon)

    with pytest.raises(sa.exc.IntegrityError, match="by an entry of its own"):
        _run(database, lidia, "UPDATE consent SET withdrawn_at = now()")


def test_a_withdrawn_grant_does_not_come_back(database, lidia, file, noon):
    case, _ = file
    with database.transaction(lidia) as session:
        (granted,) = grant(session, lidia, said_by(file, STORY), TOLD, at=noon)
        withdraw(session, lidia, case, granted, at=noon)

    with pytest.raises(sa.exc.IntegrityError, match="by an entry of its own"):
        _run(database, lidia, "UPDATE consent SET withdrawn_at = NULL")
    with pytest.raises(InvalidConsent):
        _withdraw_again(database, lidia, case, granted, noon)


def test_nobody_consents_in_another_file(database, lidia, file, noon):
    with database.transaction(lidia) as session:
        other = a_missing_person(session, lidia, grants=[])
        stranger = a_relative(session, other)

    said = Said(file[0], Giver(relative_id=stranger.id), [STORY], EXPIRES)
    with pytest.raises(sa.exc.IntegrityError, match="fk_consent_giver"):
        _grant(database, lidia, said, noon)


def test_an_interest_stands_on_a_written_assessment(database, lidia, file, noon):
    case, _ = file
    assessed = "Sin noticias de ella y sin familiares conocidos: riesgo para su vida."
    unsaid = Giver(basis=LegalBasis.VITAL_INTEREST, assessment="porque sí")

    with pytest.raises(InvalidConsent, match="written assessment"):
        _grant(database, lidia, Said(case, unsaid, [STORY], EXPIRES), noon)
    _grant(
        database,
        lidia,
        Said(case, replace(unsaid, assessment=assessed), [STORY], EXPIRES),
        noon,
    )

    assert summary_of(database, case)[0] == "public_interest"


@pytest.mark.parametrize(
    "recipient",
    [
        "police",
        "police:US",
        "immigration:US",
        "ice",
        "consulate:hn",
        "institution:0",
        "forensic ",
    ],
)
def test_r08_a_recipient_for_enforcement_cannot_be_expressed(database, file, recipient):
    with pytest.raises(InvalidConsent):
        checked(recipient)
    # Nor in the table itself, whoever writes it.
    with pytest.raises(sa.exc.IntegrityError, match="recipient_is_known"):
        _grant_raw(database, file, recipient=recipient)
    _grant_raw(database, file, recipient="forensic")


def test_r08_a_purpose_of_enforcement_cannot_be_expressed(database, file):
    with pytest.raises(sa.exc.IntegrityError, match="purpose_code"):
        _grant_raw(database, file, purpose="enforcement")


def test_every_yes_has_an_end(database, lidia, file, noon):
    with pytest.raises(InvalidConsent):
        _grant(database, lidia, said_by(file, STORY, expires=None), noon)
    with pytest.raises(InvalidConsent):
        _grant(database, lidia, said_by(file, STORY, expires=noon), noon)


def test_no_code_path_can_lie_about_what_was_agreed(database, lidia, file, noon):
    case, _ = file
    _run(database, lidia, "UPDATE missing_person SET search_consent = 'granted'")

    assert summary_of(database, case) == ("not_asked", None)
    # Shown to see: the ledger itself does change the summary.
    _grant(database, lidia, said_by(file, STORY), noon)
    assert summary_of(database, case) == ("granted", EXPIRES)


def test_a_name_alone_opens_nothing_to_the_search(database, lidia, file, noon):
    _grant(database, lidia, said_by(file, NAME), noon)

    assert summary_of(database, file[0]) == ("not_asked", None)


def test_a_file_is_searched_until_the_last_grant_ends(database, lidia, file, noon):
    soon, later = noon + timedelta(days=400), noon + timedelta(days=800)
    _grant(database, lidia, said_by(file, STORY, expires=later), noon)
    _grant(database, lidia, said_by(file, STORY, expires=soon), noon)
    searched = may_be_searched(MissingPerson.search_consent, MissingPerson.search_until, noon)
    ended = may_be_searched(MissingPerson.search_consent, MissingPerson.search_until, later)

    with database.transaction(lidia) as session:
        answers = session.execute(sa.select(searched, ended)).one()

    assert tuple(answers) == (True, False)


def test_what_is_agreed_is_searched_at_once_where_the_databases_clock_is_behind(
    database, lidia, file
):
    with database.transaction(KEEPER) as session:
        ahead = session.scalar(sa.select(sa.func.now())) + timedelta(minutes=2)
    expires = ahead + timedelta(days=730)
    _grant(database, lidia, said_by(file, STORY, expires=expires), ahead)

    assert summary_of(database, file[0]) == ("granted", expires)


@pytest.mark.usefixtures("file")
def test_r04_nobody_who_works_on_cases_can_lift_a_protection(database, lidia):
    with pytest.raises(sa.exc.IntegrityError, match="approved request"):
        _run(database, lidia, "UPDATE missing_person SET protected = false")
    # Shown to see: the part of the machine that keeps what a file says may.
    _run(database, KEEPER, "UPDATE missing_person SET protected = false")


def test_r10_the_database_refuses_a_protection_lifted_by_one_person_alone(
    database, lidia, dora
):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia)
        session.execute(
            sa.text(
                "INSERT INTO protection_request (missing_person_id, reference, grounds, state,"
                " requested_at, requested_by, reason) VALUES (:id, :reference,"
                " 'lo dijo ella misma por teléfono', 'requested', now(), :by, '')"
            ),
            {"id": person.id, "reference": person.reference, "by": dora.account_id},
        )
    approve = (
        "UPDATE protection_request SET state = 'approved', decided_at = now(), decided_by = :by"
    )

    with pytest.raises(sa.exc.IntegrityError, match="second_person"):
        _run(database, dora, approve, by=dora.account_id)
    # Shown to see: somebody else's approval lifts it.
    _run(database, dora, approve, by=dora.account_id + 1)
    with database.transaction(KEEPER) as session:
        assert not session.get_one(MissingPerson, person.id).protected


@pytest.mark.parametrize("name", ["amal", "carlos", "ana", "dora", "admin"])
def test_only_those_who_answer_for_a_file_record_consents(database, viewers, name, file, noon):
    with pytest.raises(NotPermitted):
        _grant(database, viewers[name], said_by(file, STORY), noon)


def test_the_contact_of_one_relative_is_not_opened_by_anothers_grant(database, lidia, gloria):
    notifying = replace(gloria, purpose=Purpose.NOTIFY)
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, grants=[SEARCHED])
        mother = a_relative(session, person, name="Rosa Inventada")
        a_relative(session, person, name="Luis Inventado")
        grant_of(session, person, ("contact", "notify", "forensic"), giver=mother)

    with database.transaction(notifying) as session:
        seen = session.scalars(sa.select(Relative.id)).all()

    assert seen == [mother.id]


@given(st.sets(st.sampled_from(sorted(CATEGORY_OF)), max_size=5))
def test_every_group_has_a_category_of_its_own(groups):
    assert len({CATEGORY_OF[group] for group in groups}) == len(groups)


def _run(database, viewer, statement, **said):
    with database.transaction(viewer) as session:
        session.execute(sa.text(statement), said)


def _grant(database, viewer, said, at):
    with database.transaction(viewer) as session:
        grant(session, viewer, said, TOLD, at=at)


def _grant_raw(database, file, **stated):
    case, mother = file
    with database.transaction(KEEPER) as session:
        person = session.get_one(MissingPerson, case.missing_person_id)
        item = stated.get("purpose", "search"), stated.get("recipient", "forensic")
        session.execute(
            sa.text(
                "INSERT INTO consent (missing_person_id, owner_institution_id, protected,"
                " giver_id, decision, data_category, purpose, recipient, legal_basis,"
                " assessment, valid_from, expires, form_version, language, interpreter,"
                " recorded_at, recorded_by) VALUES (:id, :owner, true, :giver, 'granted',"
                " 'circumstances', :purpose, :recipient, 'consent', '', '2026-03-01',"
                " '2126-03-01', 'test', 'es', false, '2026-03-01', 0)"
            ),
            {
                "id": person.id,
                "owner": person.owner_institution_id,
                "giver": mother.id,
                "purpose": item[0],
                "recipient": item[1],
            },
        )


def _withdraw_again(database, viewer, case, granted, at):
    with database.transaction(viewer) as session:
        withdraw(session, viewer, case, session.get_one(Consent, granted.id), at=at)
