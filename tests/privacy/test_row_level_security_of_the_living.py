"""The second wall alone, of people alive beside whom somebody looks for."""

from itertools import product

import pytest
import sqlalchemy as sa

from casework.missing.model import MissingPerson
from casework.sought.model import LivingPairing
from privacy.permissions import KEEPER, MATCHER, Permission
from tests.builders import ENTERED, a_missing_person, somebody_alive
from tests.privacy.test_row_level_security import decided, everybody, seen_by_raw_sql

PROPOSALS = "SELECT id FROM living_pairing"
FOR_ALL = [("circumstances", "search", "forensic"), ("circumstances", "identify", "forensic")]
OF_PEOPLE = [{}, {"country_restrictions": ["MX", "GT"]}, {"search_consent": "refused"}]
OF_ALIVE = [
    {"search_consent": "granted"},
    {"search_consent": "granted", "country_restrictions": ["MX", "HN"]},
    {"search_consent": "vital_interest"},
    {"search_consent": "granted", "restricted_at": ENTERED},
]


@pytest.fixture
def world(database, viewers):
    """Everybody alive of three institutions beside every missing person of theirs."""
    owners = [viewers[name] for name in ("bruno", "gloria", "lidia")]
    with database.transaction(KEEPER) as session:
        for owner, said, grants in product(owners, OF_PEOPLE, ([], FOR_ALL)):
            a_missing_person(session, owner, grants=grants, **said)
        alive = [
            somebody_alive(session, owner, **said).id
            for owner, said in product(owners, OF_ALIVE)
        ]
        people = session.scalars(sa.select(MissingPerson.id)).all()
    with database.transaction(MATCHER) as session:
        session.add_all(proposed(*pair) for pair in product(people, alive))
    return database


def proposed(person, alive):
    return LivingPairing(
        missing_person_id=person, living_person_id=alive, model="missing-living-2026.1",
        log10_lr=3.0, posterior=0.1, prior=1e-4, weights={},
        first_proposed_at=ENTERED, weighed_at=ENTERED,
    )  # fmt: skip


def trespasses(database, viewers, at, shown=seen_by_raw_sql):
    """Name whom the database shows a proposal that the policies do not."""
    for name, viewer in everybody(viewers):
        allowed = decided(database, viewer, LivingPairing, Permission.SOUGHT_READ, at)
        if shown(database, viewer, PROPOSALS) - allowed:
            yield name


def test_r14_the_database_alone_shows_nobody_alive_beside_whom_the_policies_close(
    world, viewers, noon
):
    assert list(trespasses(world, viewers, noon)) == []
    for name in ("bruno", "gloria", "lidia"):
        assert seen_by_raw_sql(world, viewers[name], PROPOSALS)


def test_r14_a_wall_of_the_living_that_stands_open_would_be_noticed(world, viewers, noon):
    def open_wall(database, _viewer, what):
        return seen_by_raw_sql(database, KEEPER, what)

    found = set(trespasses(world, viewers, noon, open_wall))

    assert {"bruno", "gloria", "lidia", "amal", "carlos", "cora", "ana", "dora"} <= found
