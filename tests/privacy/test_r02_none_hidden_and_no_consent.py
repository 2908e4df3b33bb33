"""r02: nobody, somebody hidden and somebody who did not consent are answered alike.

Alike byte by byte, except for the reference that the asker typed themselves; with the same
statements sent to the database; and, in the slow test, in the same time within 5 %.
"""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import pytest
import sqlalchemy as sa

from privacy.permissions import KEEPER
from tests.casework.canaries import a_canary, give, to_all

NOBODY, HIDDEN, SILENT, KNOWN = "MP-NNNN-2222", "MP-HHHH-2222", "MP-SSSS-2222", "MP-KKKK-2222"
ASKED = ("/missing/{}", "/api/v1/missing/{}", "/missing?q={}", "/api/v1/missing?q={}")
PAIRS, TRIES = 120, 3
WITHIN = 0.05


@pytest.fixture
def people(database, lidia):
    """One hidden, one whose family agreed to nothing, and one whom the consulate may read."""
    with database.transaction(KEEPER) as session:
        for reference, protected, agreed in (
            (HIDDEN, True, True),
            (SILENT, False, False),
            (KNOWN, False, True),
        ):
            person = a_canary(
                session,
                lidia,
                reference=reference,
                protected=protected,
                origin_record_id=reference,
            )
            if agreed:
                give(session, person, to_all("consulate:HN", "search"))


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes


def asked(browser, address, reference):
    """Ask, and take out of the answer only what the asker had put into the question."""
    got = browser.get(address.format(reference))
    headers = {name: value for name, value in got.headers.items() if name != "content-length"}
    return Answer(got.status_code, headers, got.content.replace(reference.encode(), b"-"))


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("address", ASKED)
def test_r02_the_three_are_answered_byte_for_byte_alike(signed_in, address):
    browser = signed_in("carlos")

    of_nobody = asked(browser, address, NOBODY)

    assert asked(browser, address, HIDDEN) == of_nobody
    assert asked(browser, address, SILENT) == of_nobody


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("address", ASKED)
def test_r02_somebody_who_may_be_read_would_be_told_apart(signed_in, address):
    browser = signed_in("carlos")

    assert asked(browser, address, KNOWN) != asked(browser, address, NOBODY)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("address", ASKED)
def test_r02_the_database_is_asked_the_same_for_all_three(signed_in, database, address):
    browser = signed_in("carlos")
    asked(browser, address, NOBODY)

    of_nobody = statements(database, browser, address, NOBODY)

    assert statements(database, browser, address, HIDDEN) == of_nobody
    assert statements(database, browser, address, SILENT) == of_nobody
    assert statements(database, browser, address, KNOWN) != of_nobody


@pytest.mark.slow
@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("reference", [HIDDEN, SILENT])
def test_r02_the_three_take_the_same_time(signed_in, reference):
    browser = signed_in("carlos")
    address = "/api/v1/missing/{}"

    ratio = interleaved(browser, address, NOBODY, reference)

    assert abs(ratio - 1) < WITHIN


@pytest.mark.slow
@pytest.mark.usefixtures("people")
def test_r02_an_answer_that_takes_longer_would_be_noticed(signed_in):
    browser = signed_in("carlos")

    ratio = interleaved(browser, "/api/v1/missing/{}", NOBODY, KNOWN)

    assert abs(ratio - 1) > WITHIN


def statements(database, browser, address, reference):
    """List what a question sends to the database, without the values."""
    with listening(database) as heard:
        asked(browser, address, reference)
    return [re.sub(r"\s+", " ", each) for each in heard]


@contextmanager
def listening(database):
    heard = []

    def hear(_connection, _cursor, statement, *_):
        heard.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        sa.event.remove(database.engine, "before_cursor_execute", hear)


def interleaved(browser, address, one, other):
    """Give the ratio nearest to one of some tries: who is answered later is so each time."""
    ratios = [_ratio(browser, address, one, other) for _ in range(TRIES)]
    return min(ratios, key=lambda ratio: abs(ratio - 1))


def _ratio(browser, address, one, other):
    """Compare medians of questions asked in turns, so that a busy machine slows both alike."""
    times = {one: [], other: []}
    for turn in range(PAIRS):
        for reference in (one, other) if turn % 2 else (other, one):
            began = perf_counter()
            asked(browser, address, reference)
            times[reference].append(perf_counter() - began)
    return median(times[other]) / median(times[one])
