"""The second wall alone, of sites: who sees that there is one, and who its key."""

import pytest
import sqlalchemy as sa

from casework.sites.model import Site, SiteFact, SiteGrave
from privacy.permissions import KEEPER, Permission
from tests.builders import ENTERED
from tests.privacy.test_row_level_security import decided, everybody, seen_by_raw_sql

SITES = (
    "SELECT id FROM site",
    "SELECT case_id FROM site_fact",
    "SELECT case_id FROM site_grave",
)
KEYS = "SELECT site.id FROM data_key JOIN site ON site.seal_id = case_seal_id"


@pytest.fixture
def world(database, viewers):
    """A site of each of two forensic services, with its exact place and one grave."""
    said = {"entered_by": 0, "entered_at": ENTERED, "state": "open"}
    with database.transaction(KEEPER) as session:
        for number, name in enumerate(("bruno", "gloria")):
            reference = f"{number:04}-2222"
            site = Site(
                reference=f"ST-{reference}",
                entered_by=0,
                institution_id=viewers[name].institution_id,
                entered_at=ENTERED,
            )
            fact = SiteFact(case=site, kind="cemetery", name="Panteón inventado", **said)
            fact.exact = {"place": "la ermita"}
            grave = SiteGrave(case=site, reference=f"GV-{reference}", kind="niche", **said)
            session.add_all([fact, grave])
    return database


def keeper_instead(database, _viewer, what):
    """Ask as if the wall stood open."""
    return seen_by_raw_sql(database, KEEPER, what)


def trespasses(database, viewers, at, shown=seen_by_raw_sql):
    """Name whom the database shows something of a site that the policies do not."""
    for name, viewer in everybody(viewers):
        allowed = decided(database, viewer, Site, Permission.SITE_READ, at)
        if any(shown(database, viewer, each) - allowed for each in SITES):
            yield name


def keys_beyond(database, viewers, at, shown=seen_by_raw_sql):
    """Name whom the database shows a key by which the policies open nothing to them."""
    for name, viewer in everybody(viewers):
        allowed = decided(database, viewer, Site, Permission.SITE_EXACT_READ, at)
        if shown(database, viewer, KEYS) - allowed:
            yield name


def test_r14_the_database_alone_shows_no_site_that_the_policies_forbid(world, viewers, noon):
    assert list(trespasses(world, viewers, noon)) == []
    assert len(seen_by_raw_sql(world, viewers["lidia"], SITES[0])) == 2


def test_r14_the_key_to_where_a_site_lies_exactly_is_there_for_its_institution(
    world, viewers, noon
):
    assert list(keys_beyond(world, viewers, noon)) == []
    assert len(seen_by_raw_sql(world, viewers["amal"], KEYS)) == 1
    assert seen_by_raw_sql(world, viewers["lidia"], KEYS) == set()


def test_r14_walls_of_sites_that_stand_open_would_be_noticed(world, viewers, noon):
    found = set(trespasses(world, viewers, noon, keeper_instead))
    keys = set(keys_beyond(world, viewers, noon, keeper_instead))

    assert {"carlos", "cora", "ana", "dora", "admin", "matcher"} <= found
    assert {"amal", "bruno", "gloria", "lidia", "carlos", "matcher"} <= keys
    with world.transaction(KEEPER) as session:
        assert session.scalar(sa.text("SELECT count(*) FROM site")) == 2
