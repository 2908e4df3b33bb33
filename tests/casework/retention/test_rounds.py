"""Retention on the real database: what is due is warned of, called to mind, and erased."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from casework.envelope import ExpiryAction
from casework.errors import Conflict, InvalidInput, NotFound
from casework.listing import AtLeast
from casework.missing.model import MissingPerson
from casework.missing.queries import get_missing_person
from casework.record_codes import IdentificationStatus, LivingStatus, SearchStatus
from casework.retention import actions
from casework.retention.queries import find_record, get_due, list_due
from casework.retention.rounds import go_round
from casework.retention.rules import RECORDS, due_day
from privacy.audit.model import Entry
from privacy.errors import NeedsAnotherPerson, NotPermitted
from privacy.permissions import KEEPER
from privacy.retention.model import Outcome, RetentionHold, RetentionNotice, Stage
from privacy.retention.rules import BETWEEN_STAGES, LONGEST_SILENCE, CaseKind, rules
from tests.builders import ENTERED, a_missing_person, remains_found, somebody_alive

FOUND = {"search_status": SearchStatus.LOCATED_ALIVE}
DUE = ENTERED + timedelta(days=rules().by_kind[CaseKind.LOCATED].days)


@pytest.fixture
def found_alive(database, lidia):
    """Somebody who was found a long time ago, in Lidia's care."""
    with database.transaction(lidia) as session:
        return a_missing_person(session, lidia, given_names="Zulmabela", **FOUND).reference


def go_daily(database, begin, days):
    """Go round every ten days and on the last one: as often as a daily round would act."""
    return [
        go_round(database, begin + timedelta(days=day)) for day in (*range(0, days, 10), days)
    ]


def stages_of(database, reference):
    with database.transaction(KEEPER) as session:
        found = session.scalars(
            sa.select(RetentionNotice.stage)
            .where(RetentionNotice.reference == reference)
            .order_by(RetentionNotice.id)
        )
        return list(found)


def is_erased(database, reference):
    with database.transaction(KEEPER) as session:
        return session.scalar(
            sa.select(MissingPerson.erased_at.is_not(None)).where(
                MissingPerson.reference == reference
            )
        )


def test_r52_retention_runs_on_schedule(database, found_alive, dora):
    two_warnings = 2 * BETWEEN_STAGES.days
    go_daily(database, DUE, two_warnings - 1)

    assert stages_of(database, found_alive) == [Stage.REVIEW, Stage.REMINDER]
    assert not is_erased(database, found_alive)

    go_round(database, DUE + timedelta(days=two_warnings))

    assert is_erased(database, found_alive)
    with database.transaction(dora) as session:
        deeds = session.scalars(
            sa.select(Entry.deed).where(Entry.about == found_alive).order_by(Entry.position)
        ).all()
    assert deeds.count("retention:record:noted") == 2
    assert deeds.count("rights:record:erased") == 1


def test_r52_a_rule_that_erased_on_the_day_would_be_noticed(database, found_alive, monkeypatch):
    monkeypatch.setattr("casework.retention.queries.next_stage", lambda *_, **__: Stage.ERASED)

    go_round(database, DUE)

    assert is_erased(database, found_alive)
    assert stages_of(database, found_alive) == [Stage.ERASED]


def test_who_is_searched_for_is_asked_about_and_never_erased(database, lidia, bruno):
    with database.transaction(lidia) as session:
        sought = a_missing_person(session, lidia).reference
    with database.transaction(bruno) as session:
        unnamed = remains_found(session, bruno).reference

    for years in range(1, 3):
        begin = ENTERED + timedelta(days=365 * years)
        for months in range(12):
            go_round(database, begin + timedelta(days=30 * months))

    for reference in (sought, unnamed):
        assert set(stages_of(database, reference)) == {Stage.REVIEW, Stage.REMINDER}


def test_named_remains_are_due_and_claimed_by_nobody_are_not(database, bruno, dora):
    named, unclaimed = (
        IdentificationStatus.IDENTIFIED,
        IdentificationStatus.IDENTIFIED_UNCLAIMED,
    )
    with database.transaction(bruno) as session:
        kept = remains_found(session, bruno, identification_status=unclaimed).reference
        due = remains_found(session, bruno, identification_status=named).reference
    late = ENTERED.date() + timedelta(days=3650)

    with database.transaction(dora) as session:
        listed = {each.reference: each for each in list_due(session, dora, today=late)[0]}

    assert listed[due].erased_from is not None
    assert listed[kept].erased_from is None


def test_each_institution_sees_what_is_due_of_its_own_and_the_overseer_all(
    database, found_alive, lidia, bruno, dora, carlos
):
    today = DUE.date()
    for viewer, seen in ((lidia, [found_alive]), (bruno, []), (dora, [found_alive])):
        with database.transaction(viewer) as session:
            assert [x.reference for x in list_due(session, viewer, today=today)[0]] == seen
    with database.transaction(carlos) as session, pytest.raises(NotPermitted):
        list_due(session, carlos, today=today)


def test_what_is_due_in_one_week_is_listed_a_page_at_a_time(database, lidia, bruno, dora):
    for status in SearchStatus:
        with database.transaction(lidia) as session:
            a_missing_person(session, lidia, search_status=status)
    for status in IdentificationStatus:
        with database.transaction(bruno) as session:
            remains_found(session, bruno, identification_status=status)
            somebody_alive(session, bruno, living_status=LivingStatus.OPEN)
    late = ENTERED.date() + timedelta(days=3650)

    with database.transaction(dora) as session:
        whole, count = list_due(session, dora, today=late)
        numbers = range(1, 2 + count // 5)
        pages = [list_due(session, dora, today=late, page=each, size=5) for each in numbers]

    assert count == len(whole) == len(SearchStatus) + 2 * len(IdentificationStatus)
    assert [each for page, _ in pages for each in page] == whole
    assert [isinstance(total, AtLeast) for _, total in pages] == [
        number * 5 < count for number in numbers
    ]
    by_day = {each.reference: each.due_on for each in whole}
    with database.transaction(KEEPER) as session:
        for table in RECORDS:
            for reference, day in session.execute(sa.select(table.reference, due_day(table))):
                assert by_day[reference] == day


def test_a_preview_changes_nothing(database, found_alive, dora):
    with database.transaction(dora) as session:
        (due,), _ = list_due(session, dora, today=DUE.date())

    assert (due.next, due.erased_from) == (Stage.REVIEW, DUE.date() + 2 * BETWEEN_STAGES)
    assert stages_of(database, found_alive) == []


def test_a_hold_keeps_a_record_and_two_people_lift_it(database, found_alive, lidia, dora):
    until = DUE.date() + timedelta(days=400)
    with database.transaction(lidia) as session:
        hold = actions.place_hold(
            session, lidia, found_alive, reason="Queja en trámite", until=until, at=DUE
        )
    go_daily(database, DUE, 3 * BETWEEN_STAGES.days)
    assert not is_erased(database, found_alive)

    later = DUE + 3 * BETWEEN_STAGES
    with database.transaction(lidia) as session:
        with pytest.raises(Conflict):
            actions.lift_hold(session, lidia, hold.id, at=later)
        actions.ask_to_lift(session, lidia, hold.id, at=later)
    with database.transaction(lidia) as session, pytest.raises(NeedsAnotherPerson):
        actions.lift_hold(session, lidia, hold.id, at=later)
    with database.transaction(dora) as session:
        actions.lift_hold(session, dora, hold.id, at=later)
    go_round(database, later + timedelta(days=1))

    assert is_erased(database, found_alive)


def test_the_database_itself_refuses_a_hold_lifted_by_whoever_asked(
    database, found_alive, lidia
):
    with database.transaction(lidia) as session:
        actions.place_hold(
            session, lidia, found_alive, reason="Queja en trámite",
            until=DUE.date() + timedelta(days=9), at=DUE,
        )  # fmt: skip
    by_herself = {"lift_asked_by": lidia.account_id, "lifted_by": lidia.account_id}

    with (
        database.transaction(lidia) as session,
        pytest.raises(sa.exc.IntegrityError, match="lifted_by_another"),
    ):
        session.execute(sa.update(RetentionHold).values(by_herself))


@pytest.mark.parametrize(("reason", "days"), [("", 10), ("corto", 10), ("Queja en trámite", 0),
                                         ("Queja en trámite", 6 * 366)])  # fmt: skip
def test_a_hold_has_a_reason_and_an_end(database, found_alive, lidia, reason, days):
    with database.transaction(lidia) as session, pytest.raises(InvalidInput):
        actions.place_hold(
            session,
            lidia,
            found_alive,
            reason=reason,
            until=DUE.date() + timedelta(days=days),
            at=DUE,
        )


def test_nobody_holds_or_reviews_anothers_record(database, found_alive, bruno):
    until = DUE.date() + timedelta(days=9)
    with database.transaction(bruno) as session, pytest.raises(NotFound):
        actions.place_hold(
            session, bruno, found_alive, reason="Queja en trámite", until=until, at=DUE
        )
    with database.transaction(bruno) as session, pytest.raises(NotFound):
        actions.review_record(session, bruno, found_alive, at=DUE)


def test_whoever_is_still_needed_is_asked_about_again_in_a_year(database, lidia):
    with database.transaction(lidia) as session:
        sought = a_missing_person(session, lidia).reference
    year_on = ENTERED + timedelta(days=366)
    go_round(database, year_on)

    with database.transaction(lidia) as session:
        actions.review_record(session, lidia, sought, at=year_on)
        assert list_due(session, lidia, today=year_on.date()) == ([], 0)


def test_saying_still_needed_does_not_save_what_ends_in_erasure(database, found_alive, lidia):
    with database.transaction(lidia) as session, pytest.raises(Conflict):
        actions.review_record(session, lidia, found_alive, at=DUE)


def test_r52_a_clock_that_jumps_forward_erases_nothing_until_a_person_confirms_it(
    database, found_alive, dora
):
    warned = 2 * BETWEEN_STAGES.days - 1
    assert set(go_daily(database, DUE, warned)) == {Outcome.DONE}
    far = DUE + timedelta(days=warned) + LONGEST_SILENCE + timedelta(days=1)

    assert go_round(database, far) is Outcome.CLOCK_DOUBTED
    # The next day would look well if it were measured by the day of the jump.
    assert go_round(database, far + timedelta(days=1)) is Outcome.CLOCK_DOUBTED
    assert not is_erased(database, found_alive)

    with database.transaction(dora) as session:
        actions.confirm_clock(session, dora, at=far + timedelta(days=2))
    assert go_round(database, far + timedelta(days=2)) is Outcome.DONE
    assert is_erased(database, found_alive)


def test_r52_a_round_that_believed_any_clock_would_be_noticed(
    database, found_alive, monkeypatch
):
    monkeypatch.setattr("casework.retention.rounds.is_clock_doubtful", lambda *_: False)
    go_daily(database, DUE, BETWEEN_STAGES.days)

    go_round(database, DUE + timedelta(days=4000))

    assert is_erased(database, found_alive)


def test_a_clock_that_nobody_doubts_needs_no_confirming(database, dora, noon):
    with database.transaction(dora) as session, pytest.raises(Conflict):
        actions.confirm_clock(session, dora, at=noon)


def test_two_workers_do_not_go_round_at_once(database):
    with database.transaction(KEEPER) as session:
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(7366, 2026)))

        assert go_round(database, DUE) is None


def test_what_nobody_answers_for_is_closed_where_that_was_chosen_and_opened_by_a_word(
    database, lidia, bruno
):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia)
        reference, due = person.reference, person.review_due_on
        actions.choose_ending(session, lidia, reference, ExpiryAction.RESTRICT, at=ENTERED)
    begin = datetime.combine(due, ENTERED.timetz())
    go_daily(database, begin, 2 * BETWEEN_STAGES.days)

    assert stages_of(database, reference) == [Stage.REVIEW, Stage.REMINDER, Stage.RESTRICTED]
    assert not is_erased(database, reference)
    with database.transaction(bruno) as session, pytest.raises(NotFound):
        get_missing_person(session, bruno, reference, at=begin)
    answered = begin + timedelta(days=70)
    with database.transaction(lidia) as session:
        assert get_due(session, lidia, reference, today=answered.date()).is_restricted
        actions.review_record(session, lidia, reference, at=answered)
        assert (
            get_due(session, lidia, reference, today=answered.date()).record.restricted_at
            is None
        )


def test_what_somebody_asked_to_be_closed_stays_closed_when_it_is_still_needed(database, lidia):
    with database.transaction(lidia) as session:
        reference = a_missing_person(session, lidia).reference
    asked = ENTERED + timedelta(days=1)
    with database.transaction(KEEPER) as session:
        find_record(session, reference).restricted_at = asked

    with database.transaction(lidia) as session:
        actions.review_record(session, lidia, reference, at=asked)
        assert (
            get_due(session, lidia, reference, today=DUE.date()).record.restricted_at == asked
        )


def test_closing_is_no_way_around_erasure(database, found_alive, lidia):
    with database.transaction(lidia) as session, pytest.raises(Conflict):
        actions.choose_ending(session, lidia, found_alive, ExpiryAction.RESTRICT, at=ENTERED)
