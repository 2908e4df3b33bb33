"""Names of the people that requests are about, for whoever may read them anyway."""

from collections.abc import Mapping, Sequence

from casework.desk.queries import Seen
from casework.missing.model import MissingPerson
from casework.missing.opening import open_listed
from casework.missing.presenters import present_row
from casework.web.described import Teller
from casework.web.visit import Visit


def names_in(visit: Visit, seen: Sequence[Seen], teller: Teller) -> Mapping[str, str]:
    """Name those whose names are open to the visitor, by reference; it stands in the log.

    Of anybody else nothing is said, not even that a name is recorded.
    """
    people = {
        each.about.id: each.about for each in seen if isinstance(each.about, MissingPerson)
    }
    if not people:
        return {}
    openings = open_listed(visit.session, visit.viewer, list(people.values()), at=visit.at)
    rows = [present_row(each, openings[number], teller) for number, each in people.items()]
    return {row.reference: row.name for row in rows if row.is_named}
