"""What the tests of proposals share: a pair of records that fit, and a run over them."""

import pytest

from casework.candidates.actions import request_matching
from casework.candidates.narrowing import Wanted
from casework.candidates.queries import list_proposals, measure
from casework.candidates.running import run_matching
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, remains_found


@pytest.fixture
def fitting_pair(database, bruno):
    """A missing person and remains that agree in all that is told."""
    with database.transaction(KEEPER) as session:
        return a_missing_person(session, bruno), remains_found(session, bruno)


@pytest.fixture
def run_of_all(database, bruno, noon):
    """Ask for a run in the coordinator's name and do it at once; gives the run's number."""

    def run(clock=lambda: noon):
        with database.transaction(bruno) as session:
            run_id = request_matching(session, bruno, at=noon).id
        run_matching(database, run_id, clock)
        return run_id

    return run


@pytest.fixture
def proposals_for(database, noon):
    """List what one viewer finds in the queue."""

    def proposals(viewer, **wanted):
        with database.transaction(viewer) as session:
            measured = measure(session, viewer, Wanted(**wanted), at=noon)
            return list_proposals(session, viewer, measured, at=noon)

    return proposals


@pytest.fixture
def proposed(fitting_pair, run_of_all, proposals_for, bruno):
    """The one proposal of a registry with a fitting pair."""
    assert fitting_pair
    run_of_all()
    return proposals_for(bruno)[0]
