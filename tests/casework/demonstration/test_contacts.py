"""The demonstration shows what is owed to families: late, today, soon and later."""

from casework.contacts.queries import count_due, list_owed
from casework.demonstration.contacts import FAMILIES, keep_in_touch
from casework.families.model import Kinship
from tests.builders import a_missing_person, a_relative


def test_the_first_families_are_owed_something_once(database, lidia, noon):
    with database.transaction(lidia) as session:
        for _ in range(len(FAMILIES) + 1):
            person = a_missing_person(session, lidia, invented=True, grants=[])
            a_relative(session, person, kinship=Kinship.SIBLING, name="")

        for _ in range(2):
            keep_in_touch(session, lidia, at=noon)

        due = count_due(session, lidia, at=noon)
        listed = list_owed(session, lidia, at=noon, page=1, size=20)
    assert (due.overdue, due.today, due.soon) == (1, 1, 1)
    assert [each.relative.name for each in listed.rows] == [each.name for each in FAMILIES]
