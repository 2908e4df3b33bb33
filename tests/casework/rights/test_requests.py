"""Requests: every step is somebody's, in order, logged; nobody erases alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.errors import Conflict, InvalidInput, NotFound
from casework.missing.model import MissingPerson
from casework.missing.queries import get_missing_person
from casework.rights import actions
from casework.rights.actions import Asked
from casework.rights.correcting import Correctable, correct, list_corrections
from casework.rights.model import Asker, IdentityProof, RequestKind, RequestState, RightsRequest
from casework.rights.queries import get_request, list_requests
from privacy.audit.model import Entry
from privacy.consent.model import Consent, ConsentPurpose, Decision
from privacy.context import viewer_of
from privacy.errors import NeedsAnotherPerson, NotPermitted
from privacy.permissions import KEEPER, MATCHER, Role
from privacy.retention.rules import answer_due_on
from tests.builders import a_missing_person, remains_found

REASON = "Le corresponde por ley"


@pytest.fixture
def person(database, lidia):
    with database.transaction(lidia) as session:
        return a_missing_person(session, lidia, given_names="Zulmabela")


def receive(session, viewer, person, kind, at, **stated):
    asked = {
        "about": person.reference,
        "kind": kind,
        "asker": Asker.PERSON,
        "identity_proof": IdentityProof.DOCUMENT_SEEN,
        "received_on": at.date(),
    }
    return actions.receive_request(session, viewer, Asked(**(asked | stated)), at=at)


def granted(session, viewer, person, kind, at):
    request = receive(session, viewer, person, kind, at)
    actions.decide(session, viewer, request, grants=True, reason=REASON, at=at)
    return request


def test_a_request_is_due_by_the_rule_of_the_records_country(database, lidia, person, noon):
    with database.transaction(lidia) as session:
        request = receive(session, lidia, person, RequestKind.ACCESS, noon)

        assert request.due_on == answer_due_on(noon.date(), "HN")
        assert [each.kind for each in request.steps] == ["received"]


@pytest.mark.parametrize("who", ["amal", "carlos", "ana", "admin"])
def test_only_those_with_the_duty_receive_requests(database, viewers, person, noon, who):
    viewer = viewers[who]
    with database.transaction(viewer) as session, pytest.raises(NotPermitted):
        receive(session, viewer, person, RequestKind.ACCESS, noon)


def test_another_institutions_record_cannot_be_asked_about_nor_its_requests_read(
    database, lidia, bruno, person, noon
):
    with database.transaction(bruno) as session, pytest.raises(NotFound):
        receive(session, bruno, person, RequestKind.ACCESS, noon)
    with database.transaction(lidia) as session:
        request = receive(session, lidia, person, RequestKind.ACCESS, noon)
    with database.transaction(bruno) as session:
        assert list_requests(session, bruno) == []
        assert session.scalar(sa.select(sa.func.count(RightsRequest.id))) == 0
        with pytest.raises(NotFound):
            get_request(session, bruno, request.reference)


def test_a_decision_has_a_reason_and_is_made_once(database, lidia, person, noon):
    with database.transaction(lidia) as session:
        request = receive(session, lidia, person, RequestKind.ACCESS, noon)
        with pytest.raises(InvalidInput):
            actions.decide(session, lidia, request, grants=False, reason="no", at=noon)
        actions.decide(session, lidia, request, grants=False, reason=REASON, at=noon)

        with pytest.raises(Conflict):
            actions.decide(session, lidia, request, grants=True, reason=REASON, at=noon)


def test_a_request_of_tomorrow_is_refused(database, lidia, person, noon):
    tomorrow = noon.date() + timedelta(days=1)
    with database.transaction(lidia) as session, pytest.raises(InvalidInput):
        receive(session, lidia, person, RequestKind.ACCESS, noon, received_on=tomorrow)


def test_a_relative_of_another_file_asks_for_nothing_here(database, lidia, person, noon):
    with database.transaction(lidia) as session, pytest.raises(InvalidInput):
        receive(
            session,
            lidia,
            person,
            RequestKind.ACCESS,
            noon,
            asker=Asker.RELATIVE,
            relative_id=10**9,
        )


def test_nobody_erases_alone(database, lidia, dora, person, noon):
    with database.transaction(lidia) as session:
        request = granted(session, lidia, person, RequestKind.ERASURE, noon)
        assert request.state is RequestState.PROPOSED
    with database.transaction(lidia) as session:
        own = get_request(session, lidia, request.reference)
        with pytest.raises(NeedsAnotherPerson):
            actions.confirm_erasure(session, lidia, own, agrees=True, reason=REASON, at=noon)
    with database.transaction(KEEPER) as session:
        assert session.get_one(MissingPerson, person.id).erased_at is None

    with database.transaction(dora) as session:
        seen = get_request(session, dora, request.reference)
        actions.confirm_erasure(session, dora, seen, agrees=True, reason=REASON, at=noon)

    with database.transaction(KEEPER) as session:
        assert session.get_one(MissingPerson, person.id).erased_at == noon
    with database.transaction(dora) as session:
        closed = get_request(session, dora, request.reference)
        assert closed.state is RequestState.CARRIED_OUT
        deeds = session.scalars(
            sa.select(Entry.deed)
            .where(Entry.about == person.reference)
            .order_by(Entry.position)
        ).all()
    assert "rights:record:erased" in deeds


def test_the_database_itself_refuses_a_single_signature(database, lidia, person, noon):
    with database.transaction(lidia) as session:
        request = granted(session, lidia, person, RequestKind.ERASURE, noon)
    alone = {"decided_by": lidia.account_id, "confirmed_by": lidia.account_id}

    with (
        pytest.raises(sa.exc.IntegrityError, match="confirmed_by_another"),
        database.transaction(lidia) as session,
    ):
        session.execute(
            sa.update(RightsRequest).where(RightsRequest.id == request.id).values(alone)
        )


def test_a_second_person_may_disagree(database, lidia, dora, person, noon):
    with database.transaction(lidia) as session:
        request = granted(session, lidia, person, RequestKind.ERASURE, noon)
    with database.transaction(dora) as session:
        seen = get_request(session, dora, request.reference)
        actions.confirm_erasure(session, dora, seen, agrees=False, reason=REASON, at=noon)

        assert seen.state is RequestState.RECEIVED
    with database.transaction(lidia) as session:
        assert get_missing_person(session, lidia, person.reference, at=noon)


def test_a_restricted_record_is_opened_by_its_own_institution_and_weighed_by_nobody(
    database, lidia, amal, bruno, person, noon
):
    who_sees = sa.select(sa.func.count()).where(MissingPerson.id == person.id)

    def seen_by(viewer):
        with database.transaction(viewer) as session:
            return session.scalar(who_sees)

    assert [seen_by(each) for each in (lidia, amal, MATCHER)] == [1, 1, 1]
    with database.transaction(lidia) as session:
        request = granted(session, lidia, person, RequestKind.RESTRICTION, noon)
        actions.restrict(session, lidia, request, at=noon)

    assert [seen_by(each) for each in (lidia, amal, bruno, MATCHER)] == [1, 0, 0, 0]

    with database.transaction(lidia) as session:
        own = get_request(session, lidia, request.reference)
        actions.release(session, lidia, own, reason=REASON, at=noon)

    assert [seen_by(each) for each in (lidia, amal, MATCHER)] == [1, 1, 1]


def test_a_restriction_is_lifted_by_no_other_request(database, lidia, person, noon):
    with database.transaction(lidia) as session:
        request = granted(session, lidia, person, RequestKind.RESTRICTION, noon)
        actions.restrict(session, lidia, request, at=noon)
        another = receive(session, lidia, person, RequestKind.RECTIFICATION, noon)
        waiting = receive(session, lidia, person, RequestKind.RESTRICTION, noon)

        for each in (another, waiting):
            with pytest.raises(Conflict):
                actions.release(session, lidia, each, reason=REASON, at=noon)

        assert session.get_one(MissingPerson, person.id).restricted_at == noon


def test_where_two_asked_for_a_restriction_one_alone_does_not_lift_it(
    database, lidia, person, noon
):
    with database.transaction(lidia) as session:
        requests = [
            granted(session, lidia, person, RequestKind.RESTRICTION, noon) for _ in range(2)
        ]
        for each in requests:
            actions.restrict(session, lidia, each, at=noon)
        kept = session.get_one(MissingPerson, person.id)

        actions.release(session, lidia, requests[0], reason=REASON, at=noon)
        assert kept.restricted_at == noon

        actions.release(session, lidia, requests[1], reason=REASON, at=noon)
        assert kept.restricted_at is None


def test_nobody_opens_a_whole_file_by_a_request_of_their_own(
    database, lidia, dora, person, noon
):
    with database.transaction(dora) as session:
        request = receive(session, dora, person, RequestKind.ACCESS, noon)
        with pytest.raises(NeedsAnotherPerson):
            actions.decide(session, dora, request, grants=True, reason=REASON, at=noon)
    with database.transaction(lidia) as session:
        seen = get_request(session, lidia, request.reference)
        actions.decide(session, lidia, seen, grants=True, reason=REASON, at=noon)

        assert seen.state is RequestState.GRANTED


def test_the_database_too_lets_nobody_grant_access_by_their_own_request(
    database, dora, person, noon
):
    with database.transaction(dora) as session:
        request = receive(session, dora, person, RequestKind.ACCESS, noon)
    alone = {"state": RequestState.GRANTED, "decided_by": dora.account_id}

    with (
        pytest.raises(sa.exc.IntegrityError, match="granted_by_another"),
        database.transaction(dora) as session,
    ):
        session.execute(
            sa.update(RightsRequest).where(RightsRequest.id == request.id).values(alone)
        )


def test_whoever_attends_to_families_serves_no_request_about_remains(database, bruno, noon):
    # The planted fault: a liaison of the very institution that recorded the remains.
    beside_bruno = replace(bruno, role=Role.LIAISON_OFFICER)
    with database.transaction(bruno) as session:
        found = remains_found(session, bruno)
        request = receive(session, bruno, found, RequestKind.ACCESS, noon)

    with database.transaction(beside_bruno) as session:
        with pytest.raises(NotFound):
            receive(session, beside_bruno, found, RequestKind.ACCESS, noon)
        with pytest.raises(NotFound):
            get_request(session, beside_bruno, request.reference)
        assert session.scalar(sa.select(sa.func.count(RightsRequest.id))) == 0


def test_after_a_refusal_nobody_goes_on_with_the_keepers_sight(database, lidia, person, noon):
    with database.transaction(lidia) as session:
        with pytest.raises(NotFound):
            receive(session, lidia, person, RequestKind.ACCESS, noon, about="MP-2222-2222")

        assert viewer_of(session) == lidia
        assert session.scalar(sa.select(sa.func.viewer_role())) == lidia.role


def test_a_correction_keeps_what_the_record_said_before(database, lidia, person, noon):
    with database.transaction(lidia) as session:
        request = granted(session, lidia, person, RequestKind.RECTIFICATION, noon)
        for field, value in (
            (Correctable.GIVEN_NAMES, "Marisela"),
            (Correctable.BIRTH_FROM, "1999-05-04"),
        ):
            correct(session, lidia, request, field=field, value=value, at=noon)

        kept = list_corrections(session, lidia, session.get_one(MissingPerson, person.id))
        assert [(each.field, each.before) for each in kept] == [
            ("birth_from", ""),
            ("given_names", "Zulmabela"),
        ]
        now = session.get_one(MissingPerson, person.id)
        assert (now.version, now.birth_from.isoformat()) == (3, "1999-05-04")
        with pytest.raises(InvalidInput):
            correct(session, lidia, request, field=Correctable.BIRTH_TO, value="mayo", at=noon)


def test_a_correction_that_overwrote_in_silence_would_be_noticed(database, lidia, person):
    with database.transaction(lidia) as session:
        session.get_one(MissingPerson, person.id).destination = "Otro lugar"
        session.flush()

        assert list_corrections(session, lidia, session.get_one(MissingPerson, person.id)) == []


def test_an_objection_stops_one_purpose_and_no_other(database, lidia, person, noon):
    standing = sa.select(Consent.purpose).where(
        Consent.missing_person_id == person.id,
        Consent.decision == Decision.GRANTED,
        Consent.withdrawn_at.is_(None),
    )
    with database.transaction(lidia) as session:
        before = set(session.scalars(standing))
        assert {ConsentPurpose.SEARCH} < before
        request = granted(session, lidia, person, RequestKind.OBJECTION, noon)
        stopped = actions.stop_purpose(session, lidia, request, ConsentPurpose.SEARCH, at=noon)
        after = set(session.scalars(standing))

    assert stopped > 0
    assert after == before - {ConsentPurpose.SEARCH}


@pytest.mark.parametrize("kind", [RequestKind.ACCESS, RequestKind.ERASURE])
def test_what_was_granted_for_one_thing_serves_no_other(
    database, lidia, dora, person, noon, kind
):
    with database.transaction(dora) as session:
        written = receive(session, dora, person, kind, noon)
    with database.transaction(lidia) as session:
        request = get_request(session, lidia, written.reference)
        actions.decide(session, lidia, request, grants=True, reason=REASON, at=noon)

        for deed in (
            lambda: actions.restrict(session, lidia, request, at=noon),
            lambda: correct(
                session, lidia, request, field=Correctable.PLACE, value="x", at=noon
            ),
            lambda: actions.stop_purpose(
                session, lidia, request, ConsentPurpose.SEARCH, at=noon
            ),
        ):
            with pytest.raises(Conflict):
                deed()


def test_steps_cannot_be_changed_or_taken_away(database, lidia, person, noon):
    with database.transaction(lidia) as session:
        request = receive(session, lidia, person, RequestKind.ACCESS, noon)

    for change in ("UPDATE rights_step SET kind = 'erased'", "DELETE FROM rights_step"):
        with (
            database.transaction(lidia) as session,
            pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
        ):
            session.execute(sa.text(change))
    # Words go when the record is erased, by the keeper's hand; nobody else rewrites them.
    with database.transaction(lidia) as session:
        said = sa.text("UPDATE rights_step SET reason = 'otra'")
        assert session.execute(said).rowcount == 0
    with database.transaction(replace(lidia, institution_id=10**6)) as session:
        seen = session.scalar(sa.select(sa.func.count()).where(RightsRequest.id == request.id))
        assert seen == 0
