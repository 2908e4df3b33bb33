"""An older flat file changes nothing back; each row says what was passed over and why."""

from dataclasses import replace
from datetime import date

import pytest

from casework.errors import InvalidInput
from casework.imports.how_new import day_of_file
from casework.incidents.model import Incident
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from privacy.permissions import KEEPER
from tests.casework.imports.imported import (
    NOON,
    a_csv,
    bring,
    counts,
    receive,
    rules_of_run,
    run_import,
    run_of,
    set_aside,
    stored,
)

PERSON = {"record_id": "p1", "sex": "female", "last_contact_from": "2024-05-02"}
REMAINS = {"record_id": "r1", "sex": "female", "found_from": "2024-05-02"}
INCIDENT = {"record_id": "i1", "date_from": "2024-05-02", "dead": "1", "missing": "0"}
KINDS = {
    "missing": (PERSON, {"hair": "black"}, {"hair": "red"}, MissingPerson),
    "remains": (REMAINS, {"hair": "black"}, {"hair": "red"}, Remains),
    "incident": (INCIDENT, {"dead": "1"}, {"dead": "2"}, Incident),
}


def said(kind, record):
    return record.dead if kind == "incident" else str(record.hair)


@pytest.mark.parametrize("kind", KINDS)
def test_an_older_row_changes_nothing_back_and_says_so(kind, database, ana, bruno):
    row, old, new, table = KINDS[kind]
    viewer = ana if kind == "incident" else bruno
    at = {"changed_at": "2026-03-05T10:00:00+00:00"}
    later = {"changed_at": "2026-03-06T10:00:00-05:00"}

    bring(database, viewer, a_csv(row | new | at))
    # The same words again, later: what lies between is older than they.
    assert counts(bring(database, viewer, a_csv(row | new | later))) == {"unchanged": 1}
    older = bring(database, viewer, a_csv(row | old | {"changed_at": "2026-03-06"}))
    undated = bring(database, viewer, a_csv(row | old))

    assert counts(older) == counts(undated) == {"quarantined": 1}
    assert rules_of_run(database, older) == ["older_row"]
    assert rules_of_run(database, undated) == ["undated_row"]
    assert [each.line for each in set_aside(database, older)] == [2]
    (kept,) = stored(database, table)
    assert (said(kind, kept), kept.version) == ((2, 1) if kind == "incident" else ("red", 1))

    # What says that it is newer, or is of the same moment, changes it.
    newest = a_csv(row | old | {"changed_at": "2026-03-08T00:00:00Z"})
    assert counts(bring(database, viewer, newest)) == {"updated": 1}
    assert counts(bring(database, viewer, newest.replace(b"08T", b"08T"))) == {"unchanged": 1}


def test_without_a_date_files_change_records_as_they_always_did(database, bruno):
    bring(database, bruno, a_csv(PERSON | {"hair": "black"}))

    run = bring(database, bruno, a_csv(PERSON | {"hair": "red"}))

    assert counts(run) == {"updated": 1}


def test_what_is_no_moment_or_one_to_come_is_named_and_dates_nothing(database, bruno):
    rows = [
        PERSON | {"record_id": key, "changed_at": when}
        for key, when in (("a", "ayer"), ("b", "2031-01-01"), ("c", "2026-03-05T10:00:00"))
    ]

    run = bring(database, bruno, a_csv(*rows))

    assert counts(run) == {"accepted_with_warning": 3}
    assert set(rules_of_run(database, run)) == {"date_unreadable"}
    assert {each.source_date for each in stored(database, MissingPerson)} == {None}


def test_whoever_hands_a_file_in_may_say_from_which_day_it_is(database, bruno):
    def of_day(day, hair):
        run_id = receive(database, bruno, a_csv(PERSON | {"hair": hair}))
        with database.transaction(KEEPER) as session:
            run_of_file = session.get_one(type(run_of(database, run_id)), run_id)
            run_of_file.source_date = day
        run_import(database, run_id, NOON)
        return counts(run_of(database, run_id))

    assert of_day(date(2026, 3, 5), "black") == {"accepted": 1}
    assert of_day(date(2026, 3, 4), "red") == {"quarantined": 1}
    assert of_day(date(2026, 3, 6), "red") == {"updated": 1}
    assert day_of_file("2026-03-05", at=NOON) == date(2026, 3, 5)
    assert day_of_file("", at=NOON) is None
    for wrong in ("ayer", "2031-01-01"):
        with pytest.raises(InvalidInput):
            day_of_file(wrong, at=NOON)


def test_a_country_to_keep_from_is_kept_never_dropped_and_never_taken_back(database, bruno):
    kept = PERSON | {"kept_from": "HN|México"}

    first = bring(database, bruno, a_csv(kept))
    again = bring(database, bruno, a_csv(kept))
    fewer = bring(database, bruno, a_csv(PERSON | {"kept_from": "NI"}))
    none = bring(database, bruno, a_csv(PERSON))
    wrong = bring(database, bruno, a_csv(PERSON | {"record_id": "p2", "kept_from": "HN|Xx"}))

    assert [counts(each) for each in (first, again, fewer, none)] == [
        {"accepted": 1},
        {"unchanged": 1},
        {"updated": 1},
        {"unchanged": 1},
    ]
    assert counts(wrong) == {"quarantined": 1}
    assert rules_of_run(database, wrong) == ["no_country_to_keep_from"]
    (person,) = stored(database, MissingPerson)
    assert person.country_restrictions == ["HN", "MX", "NI"]
    honduran = replace(bruno, country="HN", institution_id=bruno.institution_id + 10_000)
    with database.transaction(honduran) as session:
        assert session.query(MissingPerson).count() == 0
