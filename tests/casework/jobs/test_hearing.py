"""What the database calls for is done at once, by one worker, whatever falls."""

import asyncio
import time

import pytest
import sqlalchemy as sa

from casework.candidates.actions import request_matching
from casework.candidates.model import Pairing
from casework.candidates.new_records import NewRecords
from casework.candidates.running import run_matching
from casework.jobs import hearing
from casework.jobs.hearing import hear
from privacy.permissions import KEEPER, MATCHER
from tests.builders import a_missing_person, remains_found


async def until(what, seconds=20.0):
    """Wait until something is so; give how long it took."""
    began = time.monotonic()
    while not await asyncio.to_thread(what):
        assert time.monotonic() - began < seconds
        await asyncio.sleep(0.02)
    return time.monotonic() - began


@pytest.fixture
def listen(database, noon):
    """Let some workers hear while a scenario goes on."""

    def play(scenario, workers=1):
        async def beside():
            heard = [
                asyncio.create_task(hear("new_records", database, lambda: noon))
                for _ in range(workers)
            ]
            try:
                return await scenario()
            finally:
                for one in heard:
                    one.cancel()
                await asyncio.gather(*heard, return_exceptions=True)

        return asyncio.run(beside())

    return play


@pytest.fixture
def a_run(database, bruno, noon):
    """A whole run over two records that fit."""
    with database.transaction(KEEPER) as session:
        a_missing_person(session, bruno)
        remains_found(session, bruno)
    with database.transaction(bruno) as session:
        run_id = request_matching(session, bruno, at=noon).id
    run_matching(database, run_id, lambda: noon)
    return run_id


@pytest.fixture
def has_proposals(database):
    """Say whether somebody is in any proposal."""

    def are_there(person):
        with database.transaction(MATCHER) as session:
            of_person = sa.select(Pairing.id).where(Pairing.missing_person_id == person.id)
            return session.scalar(of_person) is not None

    return are_there


@pytest.fixture
def heard(monkeypatch):
    """Note each time that somebody has heard."""
    times = []
    whole = NewRecords.hear

    def noted(self):
        whole(self)
        times.append(id(self))

    monkeypatch.setattr(NewRecords, "hear", noted)
    return times


def test_a_record_is_proposed_within_a_second_of_being_saved(
    database, bruno, a_run, listen, has_proposals, heard
):
    assert a_run

    async def scenario():
        await until(lambda: heard)
        with database.transaction(KEEPER) as session:
            person = a_missing_person(session, bruno)
        return await until(lambda: has_proposals(person))

    assert listen(scenario) < 1


def test_two_workers_hear_a_channel_one_at_a_time(
    database, bruno, a_run, listen, has_proposals, heard, monkeypatch
):
    assert a_run
    monkeypatch.setattr(hearing, "AGAIN_AFTER_S", 0.1)

    async def scenario():
        await until(lambda: heard)
        with database.transaction(KEEPER) as session:
            person = a_missing_person(session, bruno)
        await until(lambda: has_proposals(person))
        await until(lambda: len(heard) > 3)

    listen(scenario, workers=2)

    assert len(set(heard)) == 1


def test_hearing_goes_on_after_a_fault(
    database, bruno, a_run, listen, has_proposals, monkeypatch, caplog
):
    assert a_run
    monkeypatch.setattr(hearing, "AGAIN_AFTER_S", 0.1)
    whole, fell = NewRecords.hear, []

    def fall_once(self):
        if not fell:
            fell.append(True)
            raise InterruptedError("Marisol")
        whole(self)

    monkeypatch.setattr(NewRecords, "hear", fall_once)
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, bruno)

    async def scenario():
        await until(lambda: has_proposals(person))

    listen(scenario)

    assert "InterruptedError" in caplog.text
    assert "Marisol" not in caplog.text
