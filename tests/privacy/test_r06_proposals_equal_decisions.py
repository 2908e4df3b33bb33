"""r06, at proposals: queue, API, page and sheet show what is decided pairing by pairing."""

from itertools import product

import pytest
import sqlalchemy as sa

from casework.candidates import queries
from casework.candidates.model import MatchingRun, MatchingState, Pairing, PairingState
from privacy.model import Reveals
from privacy.permissions import KEEPER, MATCHER, Permission
from privacy.policy import decide_each
from tests.builders import remains_found
from tests.casework.canaries import a_canary

READERS = ("amal", "bruno", "gloria")
NOT_READERS = ("lidia", "carlos", "ana", "admin", "dora")
GRANTED = (
    None,
    (Reveals.CIRCUMSTANCE, "search", "forensic"),
    (Reveals.CIRCUMSTANCE, "search", "forensic:GT"),
    (Reveals.BODY, "search", "forensic"),
)


@pytest.fixture
def pairings(database, lidia, bruno, gloria, noon):
    """People of three institutions, four ways granted, each proposed with two remains."""
    with database.transaction(KEEPER) as session:
        people = [
            a_canary(
                session,
                owner,
                reference=f"MP-{number:04}-2222",
                origin_record_id=str(number),
                protected=bool(number % 2),
                grants=[granted] if granted else (),
            ).id
            for number, (owner, granted) in enumerate(product((lidia, bruno, gloria), GRANTED))
        ]
        found = [
            remains_found(session, bruno, reference="HR-0001-2222").id,
            remains_found(
                session, bruno, reference="HR-0002-2222", search_consent="refused"
            ).id,
        ]
    with database.transaction(MATCHER) as session:
        run = MatchingRun(
            state=MatchingState.FINISHED,
            requested_at=noon,
            finished_at=noon,
            model_name="missing-remains",
            model_version="2026.2",
        )
        session.add(run)
        session.flush()
        session.add_all(
            Pairing(
                missing_person_id=person,
                remains_id=remains,
                matching_run_id=run.id,
                state=PairingState.PROPOSED,
                log10_lr=3.0 + number / 100,
                posterior=0.4,
                prior=0.001,
                rank_for_missing=1,
                rank_for_remains=1,
                weights={"sex": 0.3},
                first_proposed_at=noon,
                last_proposed_at=noon,
            )
            for number, (person, remains) in enumerate(product(people, found))
        )


def decided(database, viewer, at):
    """Ask the policies about every pairing there is, one by one, both sides before them."""
    with database.transaction(MATCHER) as session:
        rows = session.scalars(sa.select(Pairing)).all()
    with database.transaction(KEEPER) as session:  # sees both sides of each of them
        rulings = decide_each(session, viewer, Permission.PAIRING_READ, rows, at=at)
        told = zip(rows, rulings, strict=True)
        return {row.id for row, ruling in told if ruling.allowed}, {row.id for row in rows}


def listed(browser):
    """Turn every page of the queue."""
    found, page = set(), 1
    while True:
        answer = browser.get("/api/v1/pairings", params={"page": page}).json()
        rows = answer["proposals"]
        found |= {row["id"] for row in rows}
        if not rows:
            return found, answer["count"]
        page += 1


def read_in_full(browser, numbers):
    """Give the numbers that the API answers with both sides, not blinded."""
    answers = {each: browser.get(f"/api/v1/pairings/{each}") for each in numbers}
    return {
        each
        for each, answer in answers.items()
        if answer.status_code == 200 and "remains" in answer.json()
    }


@pytest.mark.usefixtures("pairings")
@pytest.mark.parametrize("name", READERS)
def test_r06_proposals_are_what_is_decided_pairing_by_pairing(
    database, viewers, signed_in, noon, name
):
    allowed, everything = decided(database, viewers[name], noon)
    browser = signed_in(name)

    assert allowed
    assert allowed < everything
    assert listed(browser) == (allowed, len(allowed))
    assert read_in_full(browser, everything) == allowed
    page = browser.get("/pairings").text
    assert {each for each in everything if f'"/pairings/{each}"' in page} >= allowed


@pytest.mark.usefixtures("pairings")
def test_r06_a_sheet_is_printed_of_what_is_decided_and_of_nothing_else(
    database, gloria, signed_in, noon
):
    allowed, everything = decided(database, gloria, noon)
    browser = signed_in("gloria")

    refused = {
        each
        for each in everything - allowed
        if browser.get(f"/pairings/{each}/sheet.pdf").status_code == 404
    }
    printed = {
        each
        for each in sorted(allowed)[:2]
        if browser.get(f"/pairings/{each}/sheet.pdf").content.startswith(b"%PDF")
    }

    assert refused == everything - allowed
    assert printed == set(sorted(allowed)[:2])


@pytest.mark.usefixtures("pairings")
@pytest.mark.parametrize("name", NOT_READERS)
def test_r06_who_reads_no_proposals_is_shown_none(database, viewers, signed_in, noon, name):
    allowed, everything = decided(database, viewers[name], noon)
    browser = signed_in(name)

    assert allowed == set()
    for address in ("/pairings", "/api/v1/pairings", f"/pairings/{min(everything)}/sheet.pdf"):
        assert browser.get(address).status_code == 403


@pytest.mark.usefixtures("pairings")
def test_r06_a_queue_that_leaves_a_pairing_out_would_be_noticed(
    database, bruno, signed_in, noon, monkeypatch
):
    allowed, _ = decided(database, bruno, noon)
    monkeypatch.setattr(queries, "recheck", lambda *told: told[3][1:])

    assert listed(signed_in("bruno")) != (allowed, len(allowed))
