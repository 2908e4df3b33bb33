"""The world that tests of who may be looking for the living begin with."""

import pytest

from casework.sought.running import weigh_living
from privacy.permissions import KEEPER
from tests.casework.sought.alike import alive, sought


@pytest.fixture
def world(database, lidia, bruno, noon):
    """Somebody alive with Lidia, looked for by a family of hers and by one of Bruno's."""
    with database.transaction(KEEPER) as session:
        one = alive(session, lidia)
        own = sought(session, lidia, reference="MP-7777-2222")
        other = sought(session, bruno, reference="MP-8888-2222")
        found = {"alive": one.reference, "alive_id": one.id, "own": own.id, "other": other.id}
    weigh_living(database, noon)
    return found
