"""An edited, a cut and a rewritten log are each detected; a sound one is proven.

Each fault is planted as the machine's administrator could: past every grant and policy.
"""

# ruff: noqa: S608 - the faults are planted in SQL, with numbers of our own

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from privacy.audit.canonical import leaf_of, payload_hash_of
from privacy.audit.checkpoint import Checkpoint
from privacy.audit.log import Deed, record
from privacy.audit.model import Entry
from privacy.audit.tree import EMPTY_ROOT, root_of
from privacy.audit.verification import (
    CLOCK_TOLERANCE_S,
    MOST_LISTED,
    PROVER,
    stream_leaf_hashes,
    stream_lines,
    verify_lines,
)
from tests.privacy.audit.conftest import REWRITE_LEAVES, lines_of

pytestmark = pytest.mark.usefixtures("many_deeds")


def signed(lines, at, size=None):
    """What an outsider holds: the root over the first `size` lines at that moment."""
    size = len(lines) if size is None else size
    return Checkpoint("x", size, root_of(each.leaf_hash for each in lines[:size]), at)


@pytest.fixture
def before(database):
    return lines_of(database)


@pytest.fixture
def checkpoints(before, noon):
    return [
        signed(before, noon, len(before) - 5),
        signed(before, noon + timedelta(hours=1)),
    ]


def test_a_sound_log_is_proven_up_to_its_last_checkpoint(database, before, checkpoints):
    proof = verify_lines(lines_of(database), checkpoints)

    assert (proof.faults, proof.remarks) == ([], [])
    assert (proof.size, proof.proven) == (len(before), len(before))
    assert proof.root == checkpoints[-1].root


def test_python_and_the_database_hash_alike_whatever_a_line_says(database, dora, noon):
    odd = '\u00f1 \u2028 "\\ \x01\x1f\t\x7f \U0001f54a'
    with database.transaction(dora) as session:
        record(
            session,
            Deed.LOG_READ,
            by=dora,
            at=noon + timedelta(microseconds=1),
            about=odd,
            share=1e-7,
            count=10**15,
            parts=[odd],
            none=None,
        )

    line = lines_of(database)[-1]

    assert leaf_of(line) == line.leaf_hash
    assert payload_hash_of(line) == line.payload_hash


EDITS = {
    "who": "account_id = account_id + 1",
    "when": "at = at + interval '1 microsecond'",
    "written when": "written_at = written_at - interval '1 hour'",
    "duty": "role = 'administrator'",
    "institution": "institution_id = 99",
    "what": "deed = 'missing:list:read'",
    "why": "purpose = 'notify'",
    "about whom": "about = 'MP-9999-9999'",
    "no longer about whom": "about = NULL",
    "details": "details = '{\"shown\": 3}'",
    "who was shown": "concerning = '{}'",
    "which line": "id = gen_random_uuid()",
    "its commitment": "payload_hash = sha256('x')",
    "its salt": "salt = sha256('x')",
    "its leaf": "leaf_hash = sha256('x')",
}


def test_r26_an_edited_entry_is_detected(database, host, before):
    edited = before[-3].position
    host.execute(sa.text("CREATE TABLE kept AS SELECT * FROM action_log"))
    put_back = ", ".join(f"{each.name} = kept.{each.name}" for each in Entry.__table__.c)
    unnoticed = []
    for what, edit in EDITS.items():
        assert verify_lines(lines_of(database)).faults == []

        host.execute(sa.text(f"UPDATE action_log SET {edit} WHERE position = {edited}"))

        faults = verify_lines(lines_of(database)).faults
        unnoticed += [] if faults and all(f"Line {edited} was" in f for f in faults) else [what]
        host.execute(
            sa.text(
                f"UPDATE action_log SET {put_back} FROM kept"
                f" WHERE kept.position = {edited} AND action_log.position = {edited}"
            )
        )
    assert unnoticed == []


def test_r26_an_edited_entry_with_its_hashes_made_anew_is_detected(
    database, host, before, checkpoints
):
    edited = before[-3].position
    host.execute(sa.text(f"UPDATE action_log SET about = 'x' WHERE position = {edited}"))
    host.execute(sa.text(REWRITE_LEAVES))

    proof = verify_lines(lines_of(database), checkpoints)

    # Only an outsider's checkpoint tells, and it tells between which lines.
    assert verify_lines(lines_of(database)).faults == []
    (fault,) = proof.faults
    assert f"first {len(before)} lines are not those that were signed" in fault
    assert f"lines 1 to {len(before) - 5} still are" in fault


def test_r27_a_cut_tail_is_detected(database, host, before, checkpoints):
    host.execute(sa.text(f"DELETE FROM action_log WHERE position > {len(before) - 3}"))

    proof = verify_lines(lines_of(database), checkpoints)

    assert verify_lines(lines_of(database)).faults == []
    (fault,) = proof.faults
    assert f"had {len(before)} lines, now it has {len(before) - 3}. 3 are gone" in fault
    assert proof.proven == len(before) - 5


def test_r27_a_log_that_was_emptied_is_detected(database, host, before, checkpoints):
    host.execute(sa.text("DELETE FROM action_log"))

    proof = verify_lines(lines_of(database), checkpoints)

    assert (proof.size, proof.root) == (0, EMPTY_ROOT)
    assert f"{len(before)} are gone" in proof.faults[-1]


def test_r27_a_tail_cut_and_grown_again_is_detected(
    database, host, before, checkpoints, amal, noon
):
    host.execute(sa.text(f"DELETE FROM action_log WHERE position > {len(before) - 3}"))
    for _ in range(5):
        with database.transaction(amal) as session:
            record(session, Deed.MISSING_LISTED, by=amal, at=noon)

    proof = verify_lines(lines_of(database), checkpoints)

    assert [each.position for each in lines_of(database)] == list(range(1, len(before) + 3))
    assert "The log was rewritten" in proof.faults[0]


def test_r28_a_full_rewrite_is_detected(database, host, before, checkpoints):
    # Every line of one account goes, the rest moves up, and all hashes are made anew.
    host.execute(sa.text(f"DELETE FROM action_log WHERE position = {before[4].position}"))
    host.execute(sa.text("ALTER TABLE action_log DROP CONSTRAINT uq_action_log_position"))
    host.execute(sa.text("UPDATE action_log SET position = position - 1 WHERE position > 5"))
    host.execute(sa.text(REWRITE_LEAVES))

    proof = verify_lines(lines_of(database), checkpoints)

    assert verify_lines(lines_of(database)).faults == []
    assert any("The log was rewritten" in each for each in proof.faults)
    assert any("tail was cut" in each for each in proof.faults)
    assert proof.proven == 0


@pytest.mark.parametrize(
    ("first", "last", "said"), [(3, 3, "line 3 is"), (3, 5, "lines 3 to 5 are")]
)
def test_missing_positions_are_named(database, host, first, last, said):
    host.execute(sa.text(f"DELETE FROM action_log WHERE position BETWEEN {first} AND {last}"))

    assert verify_lines(lines_of(database)).faults == [
        f"Positions are missing: {said} not there."
    ]


def test_the_first_line_cannot_go_unnoticed(database, host):
    host.execute(sa.text("DELETE FROM action_log WHERE position = 1"))

    assert "line 1 is not there" in verify_lines(lines_of(database)).faults[0]


def test_two_roots_over_the_same_lines_are_noticed(before, checkpoints):
    forged = replace(
        checkpoints[0], root=EMPTY_ROOT, at=checkpoints[0].at + timedelta(minutes=1)
    )

    proof = verify_lines(before, [*checkpoints, forged])

    assert ["Two different roots were signed" in each for each in proof.faults] == [True]


def test_a_checkpoint_that_is_older_than_a_smaller_one_is_noticed(before, noon):
    jumped = [signed(before, noon, 3), signed(before, noon - timedelta(days=1), 4)]

    assert "The clock jumped" in verify_lines(before, jumped).faults[0]


@pytest.mark.parametrize(
    ("back_s", "remarks"), [(CLOCK_TOLERANCE_S, 0), (CLOCK_TOLERANCE_S + 1, 1)]
)
def test_a_clock_that_went_back_while_the_log_was_written_is_remarked(before, back_s, remarks):
    first, second = before[:2]
    second = replace(second, written_at=first.written_at - timedelta(seconds=back_s))
    second = replace(second, leaf_hash=leaf_of(second))

    proof = verify_lines([first, second])

    assert (len(proof.remarks), proof.faults) == (remarks, [])


def test_what_is_told_of_a_wholly_edited_log_stays_readable(before):
    changed = [replace(before[0], position=n, purpose="x") for n in range(1, MOST_LISTED + 6)]

    proof = verify_lines(changed)

    assert (len(proof.faults), proof.unlisted) == (MOST_LISTED, 5)


ERASE = "UPDATE action_log SET about = NULL, details = '{}', concerning = NULL, salt = NULL"


def test_an_erased_payload_keeps_the_tree_if_the_log_says_who_erased_it(
    database, host, before, checkpoints, dora, noon
):
    emptied = before[-2].position
    host.execute(sa.text(f"{ERASE} WHERE position = {emptied}"))
    with database.transaction(dora) as session:
        record(session, Deed.LOG_LINE_ERASED, by=dora, at=noon, position=emptied)

    proof = verify_lines(lines_of(database), checkpoints)

    assert (proof.faults, proof.emptied, proof.proven) == ([], {emptied}, len(before))
    assert lines_of(database)[emptied - 1].about is None


def test_an_erasure_that_nobody_answers_for_is_detected(database, host, before):
    host.execute(sa.text(f"{ERASE} WHERE position = {before[-2].position}"))

    (fault,) = verify_lines(lines_of(database)).faults

    assert f"Line {before[-2].position} was emptied, and no line says who" in fault


def test_a_payload_without_its_salt_is_no_erasure(database, host, before):
    host.execute(
        sa.text(f"UPDATE action_log SET salt = NULL WHERE position = {before[-2].position}")
    )

    assert "has lost its salt" in verify_lines(lines_of(database)).faults[0]


def test_the_root_needs_no_content(database, before):
    with database.transaction(PROVER) as session:
        hashes = list(stream_leaf_hashes(session))

    assert hashes == [each.leaf_hash for each in before]


def test_only_the_prover_and_the_data_protection_officer_read_the_log(
    database, viewers, before
):
    for name, viewer in viewers.items():
        with database.transaction(viewer) as session:
            read = len(list(stream_lines(session)))
        assert read == (len(before) if name == "dora" else 0), name
