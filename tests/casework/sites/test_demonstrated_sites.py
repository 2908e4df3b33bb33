"""The demonstration shows sites with graves, entered once."""

from casework.demonstration.sites import GRAVES, invent_sites
from casework.sites.queries import get_site, know_site, list_sites, resting_at
from tests.builders import remains_found


def test_invented_sites_hold_graves_and_people_and_are_entered_once(database, bruno, noon):
    with database.transaction(bruno) as session:
        for _ in range(6):
            remains_found(session, bruno)
        invent_sites(session, bruno, at=noon)
        invent_sites(session, bruno, at=noon)

    with database.transaction(bruno) as session:
        listed = list_sites(session, bruno, at=noon)
        known = [
            know_site(
                session, bruno, get_site(session, bruno, site.reference, at=noon), at=noon
            )
            for site, _ in listed
        ]
        told = [resting_at(session, bruno, each, at=noon) for each in known]

    assert len(listed) == 3
    assert all(site.invented for site, _ in listed)
    assert sum(len(each.lying) for each in told) == len(GRAVES)
    assert sorted(len(each.found) for each in told) == [0, 0, 2]
    assert sum(len(each.kept) for each in told) == 1
