"""The register finds the copies of one record, and of no other."""

import pytest

from privacy.model import Reveals
from privacy.permissions import KEEPER
from privacy.released.model import Form
from privacy.released.register import (
    Record,
    Release,
    copies_of,
    new_copy_number,
    recall,
    release,
)
from tests.builders import a_missing_person, remains_found


@pytest.fixture
def handed_out(database, bruno, noon):
    """Two remains of one institution in one copy, and a missing person in another."""
    with database.transaction(KEEPER) as session:
        found = [remains_found(session, bruno).id for _ in range(2)]
        missed = a_missing_person(session, bruno).id
    with database.transaction(bruno) as session:
        told = {
            "owner_institution_id": bruno.institution_id,
            "groups": frozenset({Reveals.BODY}),
        }
        for records in (
            [Record(**told, remains_id=each) for each in found],
            [Record(**told, missing_person_id=missed)],
        ):
            release(session, bruno, one_copy(bruno), records, at=noon)
    return found, missed


def one_copy(bruno):
    return Release(
        copy=new_copy_number(),
        form=Form.CSV,
        recipient_institution_id=bruno.institution_id,
        purpose="identify",
        reason="Trabajo conjunto acordado",
    )


def test_copies_are_found_by_the_remains_or_by_the_person(database, bruno, handed_out):
    found, missed = handed_out

    with database.transaction(bruno) as session:
        of_remains = copies_of(session, remains_id=found[0])
        of_person = copies_of(session, missing_person_id=missed)

    assert [each.remains_id for each in of_remains] == [found[0]]
    assert [each.missing_person_id for each in of_person] == [missed]


@pytest.mark.usefixtures("handed_out")
def test_of_no_record_there_is_no_copy(database, bruno):
    with database.transaction(bruno) as session:
        assert copies_of(session) == []


def test_a_copy_called_back_is_out_no_more_and_keeps_its_first_time(
    database, bruno, handed_out, noon
):
    found, _ = handed_out

    with database.transaction(bruno) as session:
        (copy,) = copies_of(session, remains_id=found[0])
        recall(session, [copy], at=noon)
        recall(session, [copy], at=noon.replace(year=noon.year + 1))

        assert copies_of(session, remains_id=found[0]) == []
        assert copy.recalled_at == noon
