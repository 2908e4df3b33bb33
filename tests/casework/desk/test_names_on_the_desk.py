"""Whom a request is about is named to whoever may read the name, and it stands in the log."""

import sqlalchemy as sa

from privacy.audit.log import Deed
from privacy.audit.model import Entry
from tests.builders import a_missing_person
from tests.casework.desk.test_desk import send

WITHOUT_A_NAME = [("circumstances", "search", "consulate:HN")]


def test_a_name_stands_on_the_desk_of_whoever_may_read_it_and_in_the_log(
    database, carlos, lidia, dora, signed_in, noon
):
    with database.transaction(lidia) as session:
        open_to_all = a_missing_person(session, lidia, protected=False).reference
        told_nothing = a_missing_person(
            session, lidia, given_names="Otra", protected=False, grants=WITHOUT_A_NAME
        ).reference
    for each in (open_to_all, told_nothing):
        send(database, lidia, carlos, each, noon)

    page = signed_in("carlos").get("/desk?tray=received").text

    assert ("Marisol Inventada" in page, "Otra Inventada" in page) == (True, False)
    assert told_nothing in page
    with database.transaction(dora) as session:
        lines = session.scalars(
            sa.select(Entry).where(Entry.deed == Deed.MISSING_LISTED).order_by(Entry.position)
        ).all()
    assert {*lines[-1].concerning} == {open_to_all, told_nothing}
