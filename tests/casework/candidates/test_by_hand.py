"""A pair that the engine did not propose is opened by who reads both, and stays open."""

import pytest
import sqlalchemy as sa

from casework.candidates.actions import request_matching
from casework.candidates.by_hand import Opening, list_by_hand, open_by_hand
from casework.candidates.model import FoundBy, Pairing, PairingState
from casework.candidates.queries import Wanted, get_proposal, measure
from casework.candidates.running import run_matching
from casework.errors import Conflict, InvalidInput
from casework.identifications.history import history_of
from privacy.permissions import KEEPER, MATCHER
from tests.builders import a_missing_person, remains_found
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
        a_missing_person(session, gloria, protected=False, invented=True)  # whom it proposes
        references = (person.reference, found.reference)

    def run():
        with database.transaction(bruno) as session:
            number = request_matching(session, bruno, at=noon).id
        run_matching(database, number, lambda: noon)

    run()
    return *references, run


def asked(person, remains, reason=REASON, found_by=FoundBy.DNA):
    return Opening(person, remains, found_by, reason)


def test_what_dna_found_is_opened_stays_open_and_counts_apart(
    database,
    apart,
    bruno,
    gloria,
    staff,  # noqa: F811
    noon,
    signed_in,
):
    person, remains, run = apart

    def opens(viewer, **said):
        with database.transaction(viewer) as session:
            return open_by_hand(session, viewer, asked(person, remains, **said), at=noon)

    def figures():
        with database.transaction(bruno) as session:
            found = measure(session, bruno, Wanted(), at=noon)
            return found.count, found.known, round(found.expected_true, 6)

    before = figures()
    number = opens(bruno)
    again = opens(gloria, found_by=FoundBy.PRINTS)
    run()

    with database.transaction(MATCHER) as session:
        row = session.get(Pairing, number)
        assert (row.state, row.found_by) == (PairingState.BY_HAND, FoundBy.DNA)
        assert row.log10_lr == pytest.approx(sum(row.weights.values()), abs=0.01)
        assert row.weights["sex"] < 0
    assert again == number
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
    opened = client.post(
        "/pairings/by-hand",
        data=said | {"found_by": "dna", "remains": remains},
        follow_redirects=False,
    )
    assert opened.headers["location"] == f"/pairings/{number}"


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
