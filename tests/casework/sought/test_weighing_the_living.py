"""Who alive is weighed, when, and who is in no proposal at once."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.candidates.actions import request_matching
from casework.envelope import SearchConsent
from casework.jobs import deferring
from casework.living.actions import decide_search
from casework.living.model import LivingPerson
from casework.living.queries import get_own_living
from casework.missing.model import MissingPerson
from casework.notifications.model import NotificationKind
from casework.notifications.queries import list_waiting
from casework.record_codes import LivingStatus
from casework.sought import running
from casework.sought.model import LivingPairing
from casework.sought.running import run_matching, weigh_agreed, weigh_by_day, weigh_living
from privacy.permissions import KEEPER, MATCHER
from tests.builders import withdraw_all
from tests.casework.sought.alike import alive, change, pairs, sought, weighed


@pytest.mark.parametrize(
    "closing",
    [
        {"search_consent": "refused"},
        {"search_consent": "vital_interest"},
        {"living_status": "left"},
        {"restricted_at": sa.func.now()},
        {"erased_at": sa.func.now()},
    ],
)
def test_whoever_alive_may_not_be_searched_for_is_in_no_proposal_at_once(
    world, database, noon, closing
):
    assert pairs(database)

    change(database, (LivingPerson, world["alive_id"]), **closing)

    assert pairs(database) == {}
    weigh_living(database, noon.replace(hour=14))
    assert pairs(database) == {}


def test_a_family_that_takes_its_consent_back_is_in_no_proposal_at_once(world, database):
    with database.transaction(KEEPER) as session:
        withdraw_all(session, session.get_one(MissingPerson, world["other"]))

    assert set(pairs(database)) == {world["own"]}


def test_who_is_closed_while_proposals_are_written_is_taken_out_again(
    world, database, noon, monkeypatch
):
    """A record closed between reading and writing: the trigger came before the rows."""
    read = running.read_living

    def read_then_close(session):
        found = read(session)
        change(database, (LivingPerson, world["alive_id"]), living_status=LivingStatus.LEFT)
        return found

    monkeypatch.setattr(running, "read_living", read_then_close)
    kept = running.remove_closed
    monkeypatch.setattr(running, "remove_closed", lambda _session: None)
    weigh_living(database, noon.replace(hour=15))
    planted = pairs(database)

    monkeypatch.setattr(running, "remove_closed", kept)
    weigh_living(database, noon.replace(hour=16))

    assert planted  # without the second look they would stay
    assert pairs(database) == {}


@pytest.mark.usefixtures("world")
def test_where_they_are_is_never_opened_for_the_engine(database):
    with database.transaction(MATCHER) as session:
        (told,) = running.read_living(session)

    assert not {"host", "whereabouts", "list_name", "list_number"} & set(told.row._fields)
    assert [name.given_names for name in told.names] == ["Marisol"]


def test_real_and_invented_people_are_never_laid_beside_each_other(database, lidia, noon):
    with database.transaction(KEEPER) as session:
        alive(session, lidia, invented=False)
        sought(session, lidia, invented=True)

    weigh_living(database, noon)

    assert pairs(database) == {}


def test_a_yes_is_weighed_without_waiting_for_the_night(database, lidia, noon):
    with database.transaction(KEEPER) as session:
        one = alive(session, lidia, search_consent="not_asked").reference
        sought(session, lidia)
    with database.transaction(lidia) as session:
        person = get_own_living(session, lidia, one, at=noon)
        decide_search(session, lidia, person, SearchConsent.GRANTED, reason="", at=noon)

    deferring.run_worker(database, clock=lambda: noon, wait=False, handles_signals=False)

    assert len(pairs(database)) == 1


def told_of(database, viewer):
    with database.transaction(viewer) as session:
        waiting = list_waiting(session, viewer)
        return [
            (each.notification.kind, each.notification.path)
            for each in waiting
            if each.notification.kind is NotificationKind.MAY_BE_SOUGHT
        ]


@pytest.mark.usefixtures("world")
def test_whoever_keeps_a_record_is_told_once_that_somebody_may_be_looking(
    database, viewers, noon
):
    weigh_living(database, noon.replace(hour=14))

    # Of two families, one of Bruno's: one notice, that says of neither; and Bruno's is silent.
    assert told_of(database, viewers["lidia"]) == [(NotificationKind.MAY_BE_SOUGHT, "/sought")]
    silent = [name for name, each in viewers.items() if not told_of(database, each)]
    assert {"bruno", "carlos", "gloria", "ana", "dora", "admin"} <= set(silent)


def test_what_is_hardly_probable_calls_nobody(database, lidia, noon, monkeypatch):
    monkeypatch.setattr(running, "TOLD_FROM", 1.01)
    with database.transaction(KEEPER) as session:
        alive(session, lidia)
        sought(session, lidia)

    weigh_living(database, noon)

    assert len(pairs(database)) == 1
    assert told_of(database, lidia) == []


def test_a_report_of_the_day_is_weighed_within_the_hour_and_an_hour_without_one_is_not(
    world, database, lidia, noon
):
    with database.transaction(KEEPER) as session:
        came = sought(session, lidia, changed_at=noon).id

    weigh_by_day(database, noon.replace(hour=16))
    quiet = came in pairs(database)
    weigh_by_day(database, noon + timedelta(minutes=30))

    assert not quiet
    assert set(pairs(database)) == {world["own"], world["other"], came}
    assert len(told_of(database, lidia)) == 2


def test_who_agreed_before_others_were_weighed_is_not_weighed_once_more(world, database, noon):
    late = noon.replace(hour=18)
    weigh_living(database, late)

    weigh_agreed(database, world["alive_id"], late.replace(minute=1))
    first = weighed(database)
    change(database, (LivingPerson, world["alive_id"]), changed_at=late)
    weigh_agreed(database, world["alive_id"], late.replace(minute=2))

    assert first == {late}
    assert weighed(database) == {late.replace(minute=2)}


def test_of_each_person_alive_the_best_are_proposed(database, lidia, noon, monkeypatch):
    monkeypatch.setattr("casework.sought.weighing.PROPOSED_OF_EACH", 2)
    with database.transaction(KEEPER) as session:
        one = alive(session, lidia).id
        for _ in range(4):
            sought(session, lidia)

    weigh_living(database, noon)

    with database.transaction(MATCHER) as session:
        whose = session.scalars(sa.select(LivingPairing.living_person_id)).all()
    assert whose == [one, one]


@pytest.mark.usefixtures("world")
def test_a_weighing_that_began_earlier_and_ends_later_takes_nothing_back(database, noon):
    late = noon.replace(hour=19)
    weigh_living(database, late)

    weigh_living(database, late.replace(hour=18))

    assert weighed(database) == {late}
    assert len(pairs(database)) == 2


def test_a_run_that_finds_no_remains_still_weighs_the_living(database, lidia, bruno, noon):
    with database.transaction(KEEPER) as session:
        alive(session, lidia)
        sought(session, lidia)
    with database.transaction(bruno) as session:
        run = request_matching(session, bruno, at=noon).id

    run_matching(database, run, lambda: noon)

    assert len(pairs(database)) == 1


@pytest.mark.parametrize(("side", "country"), [("alive_id", "MX"), ("other", "HN")])
def test_what_is_kept_from_a_country_is_laid_beside_nobody_of_it(
    world, database, signed_in, noon, side, country
):
    table = LivingPerson if side == "alive_id" else MissingPerson

    change(database, (table, world[side]), country_restrictions=[country])
    at_once = set(pairs(database))
    weigh_living(database, noon.replace(hour=17))

    assert at_once == set(pairs(database)) == {world["own"]}
    assert "reservado" not in signed_in("lidia").get(f"/living/{world['alive']}/sought").text
