"""A family organisation keeps her report; a service that her mother named signs for it."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from casework.desk.actions import Asking, send_request, write
from casework.desk.model import OfficeMessage, OfficeRequest, RequestKind, Step
from casework.desk.queries import get_request, states_of
from casework.desk.signing import services_that_sign
from casework.errors import Conflict, InvalidInput
from casework.identifications.model import DecisionOutcome, DecisionSignature, SignedFor
from casework.identifications.queries import DecisionState, get_decision
from casework.identifications.releasing import list_released, release
from casework.identifications.signing import end
from casework.identifications.waiting import tell_who_signs_now
from casework.missing.model import MissingPerson
from casework.missing.queries import get_missing_person
from casework.notifications.model import Notification, NotificationKind
from casework.review.actions import give_opinion
from casework.review.seats import take_seat
from casework.signin.actions import add_account
from casework.signin.model import Institution, InstitutionKind
from casework.signin.queries import viewer_of
from casework.telling.actions import enter_step
from casework.telling.forms import StepForm, read_step
from casework.telling.model import StepKind
from casework.telling.queries import open_telling
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.consent.ledger import Case, withdraw
from privacy.consent.model import Consent
from privacy.permissions import KEEPER, Purpose, Role
from tests.builders import ENTERED, a_relative, grant_of
from tests.casework.identifications.conftest import ITEMS, REASON
from tests.conftest import ADMINISTRATOR

FAMILY_SAID = "Su madre confía en ese servicio."


@pytest.fixture
def kept(database, at_gate, lidia, viewers, noon):  # noqa: C901 - one of many deeds
    """Give the deeds of a pair whose person a family organisation keeps, remains Mexico."""
    person = at_gate.of.person
    named = {
        name: f"institution:{viewers[name].institution_id}" for name in ("gloria", "bruno")
    }
    with database.transaction(KEEPER) as session:
        found = session.get_one(MissingPerson, at_gate.of.person_id)
        found.owner_institution_id, found.owner_country = lidia.institution_id, "HN"
        session.flush()
        mother = a_relative(session, found)
        for each in named.values():
            items = [(kind, "search", each) for kind in ("circumstances", "identity")]
            grant_of(session, found, *items, giver=mother)

    class Kept:
        gate = at_gate
        bruno, gloria, lidia = at_gate.bruno, at_gate.gloria, viewers["lidia"]

        def colleague(self, of, name, role=Role.FORENSIC_COORDINATOR):
            """Employ somebody at another's institution, who may employ whoever is needed."""
            with database.transaction(ADMINISTRATOR) as session:
                office = session.get_one(Institution, of.institution_id)
                office.kind = InstitutionKind.PROSECUTOR
                account = add_account(
                    session,
                    ADMINISTRATOR,
                    office,
                    sign_in_name=name,
                    display_name=name.capitalize(),
                    role=role,
                    at=noon,
                )
                return replace(
                    viewer_of(account),
                    second_factor=True,
                    stepped_up=True,
                    purpose=viewer_of(account).purpose
                    if role is Role.LIAISON_OFFICER
                    else Purpose.IDENTIFY,
                )

        def steps(self, viewer, number, kind):
            """Enter what followed the release of a decision."""
            said = StepForm(happened_on="2026-03-02", who="Luz", whom="la madre", said="Otra.")
            with database.transaction(viewer) as session:
                telling = open_telling(session, viewer, number, at=noon)
                typed = read_step(kind, said, today=noon.date())
                enter_step(session, viewer, telling, typed, at=noon)

        def is_kept_by(self, viewer):
            """Have her file kept elsewhere: no desk hands one to a family's office."""
            with database.transaction(KEEPER) as session:
                found = session.get_one(MissingPerson, at_gate.of.person_id)
                found.owner_institution_id = viewer.institution_id
                found.owner_country = viewer.country

        def asks(self, service, by=None, kind=RequestKind.SIGNING):
            by = by or self.lidia
            with database.transaction(by) as session:
                asking = Asking(
                    kind=kind,
                    to=session.get_one(Institution, service.institution_id),
                    about=get_missing_person(session, by, person, at=noon),
                    due_on=noon.date() + timedelta(days=14),
                    words=FAMILY_SAID,
                )
                return send_request(session, by, asking, at=noon).id

        def says(self, viewer, number, step, words="Así se acordó."):
            with database.transaction(viewer) as session:
                request = get_request(session, viewer, number, at=noon)
                write(session, viewer, request, words, step, at=noon)

        def says_no(self, service):
            """Have the mother take back what she agreed to for one service, by name."""
            case = Case(at_gate.of.person_id, person, lidia.institution_id, protected=False)
            by = replace(KEEPER, institution_id=lidia.institution_id)
            with database.transaction(KEEPER) as session:
                rows = sa.select(Consent).where(
                    Consent.recipient == named[service], Consent.withdrawn_at.is_(None)
                )
                for each in session.scalars(rows).all():
                    withdraw(session, by, case, each, at=ENTERED)

        def hands(self, before, after):
            """Hand her file over, as her mother agrees."""
            self.says(after, self.asks(after, before, RequestKind.TRANSFER), Step.ACCEPTED)

        def forges_a_hand_over(self, at):
            """Write that her file was handed over, past the deed that ends what was asked."""
            with database.transaction(KEEPER) as session:
                handed = OfficeRequest(
                    missing_person_id=at_gate.of.person_id,
                    from_institution_id=self.lidia.institution_id,
                    to_institution_id=self.bruno.institution_id,
                    kind=RequestKind.TRANSFER,
                    due_on=noon.date(),
                    words="",
                    sent_at=noon,
                    sent_by=self.lidia.account_id,
                )
                session.add(handed)
                session.add(
                    OfficeMessage(
                        case=handed,
                        institution_id=self.bruno.institution_id,
                        step=Step.ACCEPTED,
                        words="",
                        written_at=at,
                        written_by=self.bruno.account_id,
                    )
                )

        def who_signs(self):
            with database.transaction(self.bruno) as session:
                person_id = at_gate.of.person_id
                return services_that_sign(session, [person_id]).get(person_id)

        def told(self, kind):
            """Say where notices of a kind lead, and to which institution."""
            with database.transaction(KEEPER) as session:
                rows = session.scalars(sa.select(Notification)).all()
            return [(each.path, each.institution_id) for each in rows if each.kind is kind]

        def is_proposed(self):
            for each in (at_gate.berta, at_gate.celso):
                at_gate.of.does(each, take_seat)
            for each in (at_gate.berta, at_gate.celso):
                at_gate.of.does(each, give_opinion, at_gate.of.says(each))
            for kind, (about, told) in ITEMS.items():
                at_gate.enter(self.bruno, kind, about, **told)
            return at_gate.proposes(self.bruno, DecisionOutcome.IDENTIFICATION)

        def forges(self, viewer, number, side=SignedFor.PERSON):
            """Sign past every page, as who writes to the database in their own name."""
            with database.transaction(viewer) as session:
                row = DecisionSignature(
                    decision_id=number,
                    case_id=at_gate.of.person_id,
                    remains_id=at_gate.of.remains_id,
                    institution_id=viewer.institution_id,
                    signed_for=side,
                    accepted=True,
                    reason=REASON,
                    entered_by=viewer.account_id,
                    entered_at=noon,
                )
                session.add(row)
                session.flush()

        def forges_a_step(self, viewer, asked, step):
            with database.transaction(viewer) as session:
                row = OfficeMessage(
                    case=session.get_one(OfficeRequest, asked),
                    institution_id=viewer.institution_id,
                    step=step,
                    words="",
                    written_at=ENTERED,
                    written_by=viewer.account_id,
                )
                session.add(row)
                session.flush()

    return Kept()


def test_a_service_that_was_asked_and_accepted_signs_and_the_keeper_learns_it_at_the_release(
    database, kept, noon, dora, signed_in
):
    number = kept.is_proposed()
    assert kept.gate.decided(kept.gloria, number).signs_for(kept.gloria) is None
    with pytest.raises(Conflict):
        kept.gate.signs(kept.gloria, number)
    assert kept.gate.decided(kept.bruno, number).lacks_signer

    asked = kept.asks(kept.gloria)
    waits = kept.told(NotificationKind.DECISION_WAITS)
    kept.says(kept.gloria, asked, Step.ACCEPTED)
    with database.transaction(KEEPER) as session:
        queued = session.scalars(sa.text("SELECT task_name FROM queue.procrastinate_jobs"))
        assert "tell_who_signs_now" in queued.all()
    for _ in range(2):  # a job may be done twice, and who it tells is told once
        tell_who_signs_now(database, kept.gate.of.person_id, noon)
    now = kept.told(NotificationKind.DECISION_WAITS)
    assert now == [*waits, (f"/decisions/{number}", kept.gloria.institution_id)]
    assert kept.gate.signs(kept.gloria, number) is DecisionState.WAITS
    assert kept.gate.signs(kept.bruno, number) is DecisionState.LOCKED

    signed = kept.gate.decided(kept.bruno, number).signatures[0]
    assert signed.institution_id == kept.gloria.institution_id
    assert signed.for_institution_id == kept.lidia.institution_id
    with database.transaction(kept.lidia) as session:
        assert list_released(session, kept.lidia, at=noon) == []  # rule 11
    with database.transaction(kept.gloria) as session:
        decided = get_decision(session, kept.gloria, number, at=noon)
        release(session, kept.gloria, decided, words="Puede decirse todo.", at=noon)
    with database.transaction(kept.lidia) as session:
        (told,) = list_released(session, kept.lidia, at=noon)
        assert told.row.told["signed_by"] == kept.gloria.institution_id
    # What stands signed stays, and who acts no more takes nothing back.
    kept.says(kept.lidia, asked, Step.WITHDRAWN)
    assert kept.gate.decided(kept.bruno, number).state is DecisionState.LOCKED
    with database.transaction(kept.gloria) as session:
        decided = get_decision(session, kept.gloria, number, at=noon)
        with pytest.raises(Conflict):
            end(session, kept.gloria, decided, reason=REASON, handed_over=None, at=noon)
    # Whoever keeps the file next asked nobody: it is not told so, and answers by coordinators.
    here = f"/released/{number}"
    assert "que se lo pidió" in signed_in("lidia").get(here).text
    kept.steps(kept.lidia, number, StepKind.WANTS_OTHER_OPINION)
    luz = kept.colleague(kept.bruno, "luz", Role.LIAISON_OFFICER)
    kept.is_kept_by(luz)
    with pytest.raises(Conflict, match="coordinación"):
        kept.steps(luz, number, StepKind.OPINION_ANSWERED)
    page = signed_in("luz").get(here).text
    assert "en nombre de Institución inventada comite" in page
    assert "que se lo pidió" not in page
    kept.is_kept_by(kept.lidia)
    kept.steps(kept.lidia, number, StepKind.OPINION_ANSWERED)
    with database.transaction(dora) as session:
        deeds = session.scalars(sa.select(Entry.deed)).all()
    assert {Deed.REQUEST_SENT, Deed.REQUEST_MOVED, Deed.DECISION_SIGNED} <= set(deeds)


def test_who_was_not_asked_has_not_accepted_or_was_ended_signs_nothing_in_the_database_either(
    kept,
):
    number = kept.is_proposed()

    def refused():
        with pytest.raises(IntegrityError, match="did not ask for it"):
            kept.forges(kept.gloria, number)

    refused()
    asked = kept.asks(kept.gloria)
    refused()
    with pytest.raises(InvalidInput, match="Solo quien atiende"):
        kept.asks(kept.gloria, by=kept.bruno)
    with pytest.raises(Conflict, match="Ya se le pidió"):
        kept.asks(kept.bruno)
    kept.says(kept.gloria, asked, Step.ACCEPTED)
    kept.says(kept.gloria, asked, Step.DECLINED)
    refused()
    with pytest.raises(Conflict):
        kept.says(kept.gloria, asked, Step.ACCEPTED)
    again = kept.asks(kept.gloria)
    kept.says(kept.gloria, again, Step.ACCEPTED)
    kept.says_no("gloria")
    refused()
    with pytest.raises(Conflict):
        kept.gate.signs(kept.gloria, number)
    kept.says(kept.lidia, again, Step.WITHDRAWN)
    with pytest.raises(InvalidInput, match="autorice a ese servicio"):
        kept.asks(kept.gloria)


def test_a_file_takes_no_service_along_though_it_comes_back(database, kept, signed_in):
    with database.transaction(KEEPER) as session:
        person = session.get_one(MissingPerson, kept.gate.of.person_id)
        mother = a_relative(session, person)
        for each in (kept.gloria, kept.bruno):
            to = f"institution:{each.institution_id}"
            grant_of(session, person, ("contact", "notify", to), giver=mother)
    number = kept.is_proposed()
    asked = kept.asks(kept.gloria)
    kept.says(kept.gloria, asked, Step.ACCEPTED)

    before = kept.told(NotificationKind.REQUEST_ANSWERED)
    kept.hands(kept.lidia, kept.gloria)
    both = [(f"/desk/{asked}", each.institution_id) for each in (kept.lidia, kept.gloria)]
    now = kept.told(NotificationKind.REQUEST_ANSWERED)
    assert [now.count(each) - before.count(each) for each in both] == [1, 1]
    kept.hands(kept.gloria, kept.bruno)  # who was asked to sign by nobody
    kept.is_kept_by(kept.lidia)

    assert kept.who_signs() is None
    for each in (kept.gloria, kept.bruno):
        with pytest.raises(IntegrityError, match="did not ask for it"):
            kept.forges(each, number)
    with database.transaction(KEEPER) as session:
        assert states_of(session, [asked]) == {asked: Step.WITHDRAWN}
    page = signed_in("lidia").get(f"/desk/{asked}").text
    assert "forense_gt" in page  # it was asked of that service, and of no other
    assert "retirado" in page
    again = kept.asks(kept.gloria)
    kept.says(kept.gloria, again, Step.ACCEPTED)
    assert kept.who_signs() == kept.gloria.institution_id


def test_the_database_looks_at_hand_overs_and_at_what_the_service_is(database, kept, noon):
    def is_now(kind):
        with database.transaction(ADMINISTRATOR) as session:
            session.get_one(Institution, kept.gloria.institution_id).kind = kind

    asked = kept.asks(kept.gloria)
    kept.says(kept.gloria, asked, Step.ACCEPTED)
    is_now(InstitutionKind.HUMANITARIAN_ORGANISATION)
    assert kept.who_signs() is None
    is_now(InstitutionKind.PROSECUTOR)
    assert kept.who_signs() == kept.gloria.institution_id

    kept.forges_a_hand_over(at=noon)
    assert kept.who_signs() is None
    kept.says(kept.lidia, asked, Step.WITHDRAWN)
    again = kept.asks(kept.gloria)
    kept.forges_a_hand_over(at=noon + timedelta(hours=1))
    kept.says(kept.gloria, again, Step.ACCEPTED)  # asked before it was handed over
    assert kept.who_signs() is None


def test_accepting_is_a_coordinators_who_proved_to_be_there_past_the_pages_too(kept):
    asked = kept.asks(kept.gloria)
    examiner = kept.gate.elena
    unproved = replace(kept.gloria, stepped_up=False)
    for each in (examiner, unproved):
        with pytest.raises(Conflict, match="coordinación"):
            kept.says(each, asked, Step.ACCEPTED)
    for each in (examiner, unproved, kept.lidia):
        with pytest.raises(IntegrityError, match="not theirs to say"):
            kept.forges_a_step(each, asked, Step.ACCEPTED)


def test_a_service_that_keeps_the_remains_too_signs_by_two_people(database, kept):
    number = kept.is_proposed()
    kept.says(kept.bruno, kept.asks(kept.bruno), Step.ACCEPTED)
    benita = kept.colleague(kept.bruno, "benita")

    assert kept.gate.signs(kept.bruno, number) is DecisionState.WAITS
    with pytest.raises(Conflict, match="otra persona"):
        kept.gate.signs(kept.bruno, number)
    with pytest.raises(IntegrityError, match="two people"):
        kept.forges(kept.bruno, number, SignedFor.REMAINS)
    with pytest.raises(IntegrityError, match="did not ask"):
        kept.forges(kept.gloria, number, SignedFor.REMAINS)
    assert kept.gate.signs(benita, number) is DecisionState.LOCKED
    with database.transaction(KEEPER) as session:
        waits = sa.select(Notification).where(Notification.path == f"/decisions/{number}")
        told = {each.institution_id for each in session.scalars(waits)}
    # Nobody at the organisation hears of a decision before its release.
    assert told == {kept.bruno.institution_id, kept.lidia.institution_id}


def test_the_page_says_who_signs_and_offers_only_services_that_the_family_named(
    kept, signed_in
):
    here = f"/missing/{kept.gate.of.person}/signing"
    page = signed_in("lidia").get(here)
    assert "Nadie firma por este expediente todavía" in page.text
    assert "Institución inventada forense_gt" in page.text
    kept.says(kept.gloria, kept.asks(kept.gloria), Step.ACCEPTED)
    page = signed_in("lidia").get(here)
    assert "Firma por este expediente: Institución inventada forense_gt" in page.text
    assert signed_in("gloria").get(here).status_code == 404
