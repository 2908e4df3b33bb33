"""Rotating the wrapping key while people work: nothing waits, nothing is lost."""

import threading
from contextlib import suppress
from functools import partial
from itertools import islice

import pytest
import sqlalchemy as sa

from casework.key_commands import retire_key, rotate_keys
from casework.missing.model import MissingPerson
from privacy.errors import KeysUnavailable
from privacy.model import Reveals
from privacy.permissions import KEEPER
from privacy.sealing.key_file import FileKeys
from privacy.sealing.model import DataKey
from privacy.sealing.opening import open_fields
from privacy.sealing.rotation import rewrap_all
from tests.builders import a_missing_person


def enter(database, owner, mother):
    with database.transaction(KEEPER) as session:
        a_missing_person(session, owner, mother_name=mother)


def mothers(database):
    with database.transaction(KEEPER) as session:
        people = session.scalars(sa.select(MissingPerson).order_by(MissingPerson.id)).all()
        open_fields(session, people, Reveals.IDENTITY)
        return [each.mother_name for each in people]


def versions(database):
    with database.transaction(KEEPER) as session:
        return set(session.scalars(sa.select(DataKey.kek_version)))


def in_threads(*work):
    """Start each piece of work beside this one; give the threads and what they met."""
    faults = []

    def noting(piece):
        try:
            piece()
        except Exception as fault:  # noqa: BLE001 - told to the test
            faults.append(fault)

    threads = [threading.Thread(target=noting, args=(piece,)) for piece in work]
    for each in threads:
        each.start()
    return threads, faults


def test_r22_rotation_under_load_loses_nothing(own_database, lidia, noon):
    stop, entered = threading.Event(), ["Madre 0"]
    enter(own_database, lidia, "Madre 0")

    def write(writer):
        for n in range(6):
            enter(own_database, lidia, f"Madre {writer}-{n}")
            entered.append(f"Madre {writer}-{n}")

    def read():
        while not stop.is_set():
            assert "Madre 0" in mothers(own_database)

    (reader, *writers), faults = in_threads(read, partial(write, "a"), partial(write, "b"))
    for _ in range(3):
        rotate_keys(own_database, at=noon)
    for each in writers:
        each.join(timeout=60)
    stop.set()
    reader.join(timeout=60)
    newest, _ = rotate_keys(own_database, at=noon)

    assert faults == []
    assert sorted(mothers(own_database)) == sorted(entered)
    assert versions(own_database) == {newest}


def test_r22_a_key_lost_on_the_way_would_be_noticed(own_database, lidia):
    enter(own_database, lidia, "Madre")
    with own_database.transaction(KEEPER) as session:
        session.execute(sa.update(DataKey).values(wrapped=b"\x00" * 60))

    with pytest.raises(KeysUnavailable):
        mothers(own_database)


def test_r22_an_interrupted_rotation_goes_on_where_it_stopped(
    own_database, own_keys, lidia, noon
):
    for n in range(5):
        enter(own_database, lidia, f"Madre {n}")
    own_keys.rotate()
    batches = rewrap_all(partial(own_database.transaction, KEEPER), own_keys, at_a_time=2)
    with suppress(StopIteration):
        assert list(islice(batches, 1)) == [2]
    batches.close()
    assert versions(own_database) == {1, 2}

    version, _ = rotate_keys(own_database, at=noon)

    assert (version, versions(own_database)) == (2, {2})
    assert len(mothers(own_database)) == 5


def test_a_version_that_still_wraps_something_is_not_retired(
    own_database, own_keys, lidia, noon
):
    enter(own_database, lidia, "Madre")
    own_keys.rotate()

    with pytest.raises(KeysUnavailable, match="still wraps"):
        retire_key(own_database, 1, at=noon)


def test_after_retiring_the_old_version_everything_opens(own_database, own_keys, lidia, noon):
    enter(own_database, lidia, "Madre")
    rotate_keys(own_database, at=noon)

    retire_key(own_database, 1, at=noon)

    assert own_keys.versions() == {2}
    assert mothers(own_database) == ["Madre"]


def test_a_back_up_that_needs_a_retired_version_stays_closed(
    own_database, own_keys, database, lidia
):
    enter(database, lidia, "Madre")
    own_keys.rotate()
    only_new = FileKeys(own_keys.folder)
    only_new.retire(1)

    with pytest.raises(KeysUnavailable, match="version 1"):
        mothers(own_database)
