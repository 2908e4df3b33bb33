"""Lines stand in the order of commits, without a gap, whoever writes at the same time."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import pairwise
from threading import Barrier, Event

import pytest
import sqlalchemy as sa

from privacy.audit.log import Deed, record, write_pending
from privacy.audit.verification import verify_lines
from privacy.errors import LogUnavailable
from tests.privacy.audit.conftest import lines_of

THREADS, DEEDS = 8, 15


class ChangedTheirMind(Exception):
    pass


def two_deeds(database, viewer, noon, thread, *, is_undone):
    with database.transaction(viewer) as session:
        record(session, Deed.MISSING_READ, by=viewer, at=noon, thread=thread)
        record(session, Deed.MISSING_LISTED, by=viewer, at=noon, thread=thread)
        if is_undone:
            write_pending(session)
            raise ChangedTheirMind


def impatient_deed(database, viewer, noon):
    with database.transaction(viewer) as session:
        session.execute(sa.text("SET LOCAL lock_timeout = '50ms'"))
        record(session, Deed.MISSING_READ, by=viewer, at=noon)


def test_eight_at_a_time_leave_no_gap_and_a_sound_tree(database, amal, noon):
    before = len(lines_of(database))
    together = Barrier(THREADS)

    def work(thread):
        together.wait(timeout=20)
        for number in range(DEEDS):
            with suppress(ChangedTheirMind):
                two_deeds(database, amal, noon, thread, is_undone=number % 5 == 0)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(THREADS), timeout=60))

    lines = lines_of(database)
    committed = 2 * THREADS * (DEEDS - DEEDS // 5)
    assert [each.position for each in lines] == list(range(1, before + committed + 1))
    assert verify_lines(lines).faults == []
    # What one transaction wrote stands together, in the order it was put down.
    pairs = lines[before:]
    for first, second in zip(pairs[::2], pairs[1::2], strict=True):
        assert (first.deed, second.deed) == (Deed.MISSING_READ, Deed.MISSING_LISTED)
        assert first.details == second.details
    assert all(a.written_at <= b.written_at for a, b in pairwise(lines[before:]))


def test_who_commits_first_stands_first_and_long_work_holds_nobody_up(database, amal, noon):
    begun, may_end = Event(), Event()

    def long_work():
        with database.transaction(amal) as session:
            record(session, Deed.MISSING_REPORTED, by=amal, at=noon)
            session.execute(sa.select(1))
            begun.set()
            assert may_end.wait(timeout=20)

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(long_work)
        assert begun.wait(timeout=20)
        with database.transaction(amal) as session:
            record(session, Deed.MISSING_READ, by=amal, at=noon)
        may_end.set()
        running.result(timeout=20)

    assert [each.deed for each in lines_of(database)[-2:]] == [
        Deed.MISSING_READ,
        Deed.MISSING_REPORTED,
    ]


def test_writing_the_line_at_once_would_hold_the_others_up(database, amal, noon):
    # The planted fault: this is what the log would do if lines did not wait in the session.
    with database.transaction(amal) as long_work:
        record(long_work, Deed.MISSING_REPORTED, by=amal, at=noon)
        write_pending(long_work)

        with pytest.raises(LogUnavailable) as held_up:
            impatient_deed(database, amal, noon)

    assert "lock timeout" in str(held_up.value.__cause__)
