"""A person kept in Guatemala, remains kept in Mexico, and those who look at the pair."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from casework.candidates.actions import request_matching
from casework.candidates.model import Pairing
from casework.candidates.queries import get_proposal
from casework.candidates.running import run_matching
from casework.review.kinds import kinds_before
from casework.review.model import Conclusion, Verdict
from casework.review.queries import standing_of
from casework.review.said import OfKind, Said
from casework.signin.actions import add_account
from casework.signin.model import Institution
from casework.signin.queries import viewer_of
from privacy.permissions import KEEPER, Purpose, Role
from tests.builders import a_missing_person, remains_found
from tests.conftest import ADMINISTRATOR


@pytest.fixture
def staff(database, noon, bruno, gloria):
    """More examiners: two of Mexico's service, one of Guatemala's."""
    asked = {
        "berta": (bruno, Role.FORENSIC_EXAMINER),
        "celso": (bruno, Role.FORENSIC_EXAMINER),
        "elena": (gloria, Role.FORENSIC_EXAMINER),
    }
    with database.transaction(ADMINISTRATOR) as session:
        found = {}
        for name, (of, role) in asked.items():
            account = add_account(
                session,
                ADMINISTRATOR,
                session.get(Institution, of.institution_id),
                sign_in_name=name,
                display_name=name.capitalize(),
                role=role,
                at=noon,
            )
            found[name] = replace(
                viewer_of(account),
                second_factor=True,
                stepped_up=True,
                purpose=Purpose.IDENTIFY,
            )
    return found


@pytest.fixture
def pair(database, bruno, gloria, noon):
    """Give a proposal whose person Guatemala keeps, and whose remains Mexico does."""
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, gloria, protected=False, invented=True)
        found = remains_found(session, bruno, invented=True)
        numbers, references = (person.id, found.id), (person.reference, found.reference)
    with database.transaction(bruno) as session:
        run_id = request_matching(session, bruno, at=noon).id
    run_matching(database, run_id, lambda: noon)
    with database.transaction(bruno) as session:
        number = session.scalars(sa.select(Pairing)).one().id

    class Pair:
        id = number
        person_id, remains_id = numbers
        person, remains = references

        def does(self, viewer, deed, *given, **said):
            """Let somebody do one thing about the pair, in a transaction of its own."""
            with database.transaction(viewer) as session:
                proposal = get_proposal(session, viewer, self.id, at=noon)
                done = deed(session, viewer, proposal, *given, at=noon, **said)
                session.flush()
                return done

        def standing(self, viewer):
            with database.transaction(viewer) as session:
                proposal = get_proposal(session, viewer, self.id, at=noon)
                return standing_of(session, viewer, proposal)

        def kinds(self, viewer):
            with database.transaction(viewer) as session:
                return list(kinds_before(get_proposal(session, viewer, self.id, at=noon)))

        def says(self, viewer, conclusion=Conclusion.SUPPORTS, **kinds):
            """Put an opinion together: all is consistent but what is said otherwise."""
            every = {kind: OfKind(Verdict.CONSISTENT) for kind in self.kinds(viewer)}
            other = {
                kind: OfKind(verdict, "Se explica en el acta.")
                for kind, verdict in kinds.items()
            }
            return Said({**every, **other}, conclusion, "Se miró todo lo que hay.")

    return Pair()
