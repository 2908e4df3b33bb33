"""A pair that the engine did not propose is opened by who reads both, and stays open."""

import pytest
import sqlalchemy as sa

from casework.candidates import by_hand, lists
from casework.candidates.actions import request_matching
from casework.candidates.by_hand import (
    BEING_WRITTEN,
    NOT_SEARCHED,
    OPENED_BEFORE,
    Opening,
    by_hand_of,
    list_by_hand,
    open_by_hand,
)
from casework.candidates.model import FoundBy, PairByHand, Pairing, PairingState
from casework.candidates.queries import Wanted, get_proposal, measure
from casework.candidates.running import run_matching
from casework.errors import Conflict, InvalidInput
from casework.identifications.history import history_of
from casework.missing.model import MissingPerson
from privacy.permissions import KEEPER, MATCHER
from tests.builders import a_missing_person, remains_found, withdraw_all
from tests.casework.review.conftest import staff  # noqa: F401 - used as a fixture

# So unlike the remains that the engine proposes nothing: what was written down may be wrong.
SOMEBODY_ELSE = {
    "sex": "male",
    "age_min": 60.0,
    "age_max": 60.0,
    "stature_cm_min": 188.0,
    "stature_cm_max": 190.0,
}
REASON = "Un laboratorio inventado dice que los perfiles coinciden."


@pytest.fixture
def apart(database, bruno, gloria, noon):
    """Give a person and remains that no list of the engine has together."""
    with database.transaction(KEEPER) as session:
        person = a_missing_person(
            session, gloria, protected=False, invented=True, **SOMEBODY_ELSE
        )
        found = remains_found(session, bruno, invented=True)
        alike = a_missing_person(session, gloria, protected=False, invented=True)
        references = (person.reference, found.reference)

    def run():
        with database.transaction(bruno) as session:
            number = request_matching(session, bruno, at=noon).id
        run_matching(database, number, lambda: noon)

    run()
    run.proposes = alike.reference  # beside the same remains
    return *references, run


def asked(person, remains, reason=REASON, found_by=FoundBy.DNA):
    return Opening(person, remains, found_by, reason)


def test_what_dna_found_is_opened_stays_open_and_counts_apart(  # noqa: PLR0915 - one world
    database,
    apart,
    bruno,
    gloria,
    staff,  # noqa: F811
    noon,
    signed_in,
    monkeypatch,
):
    person, remains, run = apart
    monkeypatch.setattr("casework.database.PATIENCE", "50ms")

    def opens(viewer, **said):
        with database.transaction(viewer) as session:
            return open_by_hand(session, viewer, asked(person, remains, **said), at=noon)

    def figures():
        with database.transaction(bruno) as session:
            found = measure(session, bruno, Wanted(), at=noon)
            return found.count, found.known, round(found.expected_true, 6)

    before = figures()
    with database.transaction(bruno) as session:
        number = open_by_hand(session, bruno, asked(person, remains), at=noon)
        with pytest.raises(Conflict, match=BEING_WRITTEN):
            opens(gloria)  # two at once
    with pytest.raises(Conflict, match=OPENED_BEFORE):
        opens(gloria, found_by=FoundBy.PRINTS)
    run()

    with database.transaction(MATCHER) as session:
        row = session.get(Pairing, number)
        assert (row.state, row.found_by) == (PairingState.BY_HAND, FoundBy.DNA)
        assert row.log10_lr == pytest.approx(sum(row.weights.values()), abs=0.01)
        assert row.weights["sex"] < 0
    assert figures() == before
    for viewer, reads in ((bruno, True), (gloria, True)):
        with database.transaction(viewer) as session:
            listed = list_by_hand(session, viewer, at=noon)
            assert [each.pairing.id == number for each in listed] == [reads]
    with database.transaction(staff["berta"]) as session:
        proposal = get_proposal(session, staff["berta"], number, at=noon)
        assert history_of(session, staff["berta"], proposal, at=noon).by_hand.reason == REASON
    client = signed_in("bruno", purpose="identify")
    page = client.get(f"/pairings/{number}").text
    assert "Este par se abrió a mano: lo encontró una comparación de ADN" in page
    assert "ya no propone este par" not in page
    form = client.get(f"/pairings/by-hand?person={person}&found_by=dna").text
    assert f'value="{person}"' in form
    assert f'href="/pairings/{number}"' in form
    token = form.split('name="form_token" value="')[1].split('"')[0]
    said = {"form_token": token, "person": person, "remains": "HR-NADIE", "reason": REASON}
    refused = client.post("/pairings/by-hand", data=said | {"found_by": "dna"})
    assert (refused.status_code, REASON in refused.text) == (422, True)
    again = client.post(
        "/pairings/by-hand", data=said | {"found_by": "dna", "remains": remains}
    )
    assert (again.status_code, REASON in again.text) == (422, True)
    assert "ya se abrió a mano" in again.text
    opened = client.post(
        "/pairings/by-hand",
        data=said | {"found_by": "prints", "remains": remains, "person": run.proposes},
        follow_redirects=False,
    )
    found_twice = int(opened.headers["location"].removeprefix("/pairings/"))
    page = client.get(f"/pairings/{found_twice}").text
    assert "también lo encontró un sistema de huellas" in page
    assert figures() == before
    with database.transaction(MATCHER) as session:
        row = session.get_one(Pairing, found_twice)
        assert (row.state, row.found_by) == (PairingState.PROPOSED, FoundBy.PRINTS)
        lists.retire(session, {row.missing_person_id}, ())
    with database.transaction(MATCHER) as session:
        assert session.get_one(Pairing, found_twice).state is PairingState.BY_HAND
    with database.transaction(bruno) as session:
        proposal = get_proposal(session, bruno, found_twice, at=noon)
        told = history_of(session, bruno, proposal, at=noon).by_hand
        assert (told.reason, told.was_proposed) == (REASON, True)


def test_a_pair_is_not_opened_past_a_wall(database, apart, bruno, gloria, noon):
    person, remains, _ = apart

    def refused(viewer, opening, kind):
        with database.transaction(viewer) as session, pytest.raises(kind) as told:
            open_by_hand(session, viewer, opening, at=noon)
        return str(told.value)

    def closes(**change):
        with database.transaction(KEEPER) as session:
            row = sa.text(
                "UPDATE missing_person SET country_restrictions = :countries"
                " WHERE reference = :reference"
            )
            session.execute(row, {"reference": person, **change})

    absent = refused(bruno, asked("MP-NADIE", remains), InvalidInput)
    silent = refused(bruno, asked(person, remains, reason=" "), InvalidInput)
    closes(countries=[bruno.country])
    kept = refused(gloria, asked(person, remains), Conflict)

    assert "que usted pueda leer" in absent
    assert "Diga por qué" in silent
    assert "no puede compararse ahora" in kept


def test_a_file_that_is_closed_meanwhile_has_no_pair(
    database, apart, bruno, gloria, noon, monkeypatch
):
    """Between what is checked and what is put down; opened once more, it has a reason anew."""
    person, remains, _ = apart
    opens_worlds = by_hand.open_worlds

    def of_person(session):
        row = sa.select(MissingPerson).where(MissingPerson.reference == person)
        return session.scalars(row).one()

    def keeps_from(*countries):
        with database.transaction(KEEPER) as session:
            of_person(session).country_restrictions = list(countries)

    def withdraws():
        with database.transaction(KEEPER) as session:
            withdraw_all(session, of_person(session))

    def opens(meanwhile, reason):
        def opened(*given, **named):
            found = opens_worlds(*given, **named)
            meanwhile()
            return found

        monkeypatch.setattr(by_hand, "open_worlds", opened)
        with database.transaction(gloria) as session:
            try:
                return open_by_hand(session, gloria, asked(person, remains, reason), at=noon)
            except Conflict as refusal:  # as a page does, which then commits
                return str(refusal)

    def stands():
        by_somebody = sa.select(Pairing.id).where(Pairing.found_by.is_not(None))
        with database.transaction(MATCHER) as session:
            return session.scalars(by_somebody).all()

    kept_away = opens(lambda: keeps_from(bruno.country), REASON), stands()
    keeps_from()
    first = opens(lambda: None, REASON), stands()
    keeps_from(bruno.country)
    ended = stands()
    keeps_from()
    second = opens(lambda: None, "Otra razón."), stands()
    keeps_from(bruno.country)
    keeps_from()
    withdrawn = opens(withdraws, REASON), stands()

    assert kept_away == withdrawn == (NOT_SEARCHED, [])
    assert first == (first[1][0], [first[0]])
    assert ended == []
    assert second == (second[1][0], [second[0]])
    with database.transaction(KEEPER) as session:
        rows = session.scalars(sa.select(PairByHand).order_by(PairByHand.id)).all()
        assert len(rows) == 2
        assert by_hand_of(session, rows[0].case_id, rows[0].remains_id) is rows[1]
