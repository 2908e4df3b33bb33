"""A family whose mother gave her DNA, remains that fit, and the proposal of the two."""

import pytest
import sqlalchemy as sa

from casework.candidates.actions import request_matching
from casework.candidates.model import Pairing
from casework.candidates.running import run_matching
from casework.families.model import Relative
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, remains_found

REPORT = {
    "laboratory": "Laboratorio inventado",
    "report": "LG-2026-017",
    "reported_on": "2026-03-01",
    "signatory": "Dra. Inventada",
    "total": "3200000",
    "holds_sex": "no",
}


@pytest.fixture
def pair(database, bruno, noon, signed_in):
    """Give the pages of a proposal whose two records amal and bruno may read."""
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, bruno, protected=False, invented=True)
        mother = session.scalars(
            sa.select(Relative).where(Relative.missing_person_id == person.id)
        ).one()  # who reported; her DNA is granted with the rest
        found = remains_found(session, bruno, invented=True)
        numbers = person.id, mother.id, found.id
        references = person.reference, found.reference
    with database.transaction(bruno) as session:
        run_id = request_matching(session, bruno, at=noon).id
    run_matching(database, run_id, lambda: noon)
    with database.transaction(bruno) as session:
        pairing = session.scalars(sa.select(Pairing)).one().id

    class Pair:
        person_id, mother_id, remains_id = numbers
        person, remains = references
        page = f"/pairings/{pairing}/dna"
        comparison = f"/pairings/{pairing}"

        def enter(self, client=None, **said):
            client = client or self.amal()
            token = client.get(f"{self.page}/new").text
            mine = token.split('name="form_token" value="')[1].split('"')[0]
            sent = {"form_token": mine, **REPORT, **said}
            return client.post(f"{self.page}/new", data=sent, follow_redirects=False)

        def amal(self):
            return signed_in("amal", purpose="identify")

    return Pair()
