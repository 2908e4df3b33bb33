"""Noting an examination says that remains are examined; what was decided since stands."""

import pytest

from casework.record_codes import IdentificationStatus
from casework.remains.model import Remains
from casework.remains.statements import REMAINS
from casework.statements.columns import Method
from casework.statements.describing import AtHand
from casework.statements.saying import Said, Sitting, say
from tests.builders import remains_found

BY_HAND = Sitting(Method.EXAMINATION, "", None)


@pytest.mark.parametrize(
    ("before", "status", "after"),
    [
        ("unexamined", "pending", "unexamined"),
        ("unexamined", "not_possible", "unexamined"),
        ("unexamined", "in_progress", "under_examination"),
        ("unexamined", "done", "under_examination"),
        ("identified", "done", "identified"),
        ("reopened", "in_progress", "reopened"),
    ],
)
def test_remains_whose_examination_began_are_under_examination(
    database, amal, noon, before, status, after
):
    with database.transaction(amal) as session:
        found = remains_found(session, amal, identification_status=IdentificationStatus(before))
    with database.transaction(amal) as session:
        hand = AtHand(session, amal, session.get_one(Remains, found.id), REMAINS, noon)
        said = {"examinations/aaaa11": Said({"kind": "external", "status": status})}
        say(hand, said, BY_HAND)

    with database.transaction(amal) as session:
        assert session.get_one(Remains, found.id).identification_status == after
