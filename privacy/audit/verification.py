"""Going through the whole log, to prove that every line is what it was when it was signed."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from privacy.audit.canonical import Line, leaf_of, payload_hash_of
from privacy.audit.checkpoint import Checkpoint
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.audit.tree import EMPTY_ROOT, Tree
from privacy.permissions import Purpose, Role, Viewer

# The machine that reads the whole log, for no other purpose than to prove it.
PROVER = Viewer(
    account_id=0, role=Role.ENGINE, institution_id=0, country="", purpose=Purpose.OVERSIGHT
)
_LINES_AT_A_TIME = 5_000
# Findings that are listed one by one; an attacker who edits everything fills no disk.
MOST_LISTED = 20
# The log is numbered by one clock under one lock; a step of the machine's clock may be this.
CLOCK_TOLERANCE_S = 60


@dataclass(slots=True)
class Proof:
    """What going through the log has found; `faults` are sentences, empty if all is well."""

    size: int = 0
    root: bytes = EMPTY_ROOT
    proven: int = 0  # how many lines the last matching checkpoint covers
    emptied: set[int] = field(default_factory=set)  # payloads that were erased
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    unlisted: int = 0
    answered_for: set[int] = field(default_factory=set)  # erasures that stand in the log

    def add_fault(self, sentence: str) -> None:
        """Note a fault, up to a number that a person can read."""
        if len(self.faults) < MOST_LISTED:
            self.faults.append(sentence)
        else:
            self.unlisted += 1


def verify_lines(
    lines: Iterable[Line], checkpoints: Sequence[Checkpoint] = (), *, proof: Proof | None = None
) -> Proof:
    """Recompute every hash, and the root at every checkpoint.

    `proof` may be given to be watched while the work goes on.
    """
    proof = proof or Proof()
    waiting = sorted(checkpoints, key=lambda each: (each.size, each.at))
    _compare_times(waiting, proof)
    tree, before = Tree(), None
    _compare_roots(waiting, tree, proof)
    for line in lines:
        _check_place(line, before, proof)
        _check_content(line, proof)
        tree.add(line.leaf_hash)
        proof.size, before = tree.size, line
        _compare_roots(waiting, tree, proof)
    _end(proof, tree, waiting)
    for position in sorted(proof.emptied - proof.answered_for):
        proof.add_fault(f"Line {position} was emptied, and no line says who did it and why.")
    return proof


def verify_roots(leaf_hashes: Iterable[bytes], checkpoints: Sequence[Checkpoint]) -> Proof:
    """Compare the log with every checkpoint by its leaves alone, without reading a line."""
    proof, tree = Proof(), Tree()
    waiting = sorted(checkpoints, key=lambda each: (each.size, each.at))
    _compare_times(waiting, proof)
    _compare_roots(waiting, tree, proof)
    for leaf_hash in leaf_hashes:
        tree.add(leaf_hash)
        _compare_roots(waiting, tree, proof)
    _end(proof, tree, waiting)
    return proof


def stream_lines(session: Session) -> Iterator[Line]:
    """Read all lines in order, without holding them all; `session` must be PROVER's."""
    query = sa.select(
        Entry.position,
        Entry.id,
        Entry.at,
        Entry.written_at,
        Entry.account_id,
        sa.type_coerce(Entry.role, sa.String),
        Entry.institution_id,
        Entry.deed,
        Entry.purpose,
        Entry.about,
        sa.cast(Entry.details, sa.Text),
        sa.cast(sa.func.to_jsonb(Entry.concerning), sa.Text),
        Entry.salt,
        Entry.payload_hash,
        Entry.leaf_hash,
    ).order_by(Entry.position)
    rows: Iterable[Sequence[Any]] = session.execute(
        query, execution_options={"yield_per": _LINES_AT_A_TIME}
    )
    for row in rows:
        yield Line(*row)


def stream_leaf_hashes(session: Session, *, size: int | None = None) -> Iterator[bytes]:
    """Read what the root over `size` lines is computed from, and no content.

    Without a size, over all of them. `session` must be PROVER's.
    """
    query = sa.select(Entry.leaf_hash).order_by(Entry.position).limit(size)
    yield from session.scalars(query, execution_options={"yield_per": _LINES_AT_A_TIME})


def _check_place(line: Line, before: Line | None, proof: Proof) -> None:
    expected = before.position + 1 if before else 1
    if line.position != expected:
        missing = (
            f"line {expected} is"
            if line.position == expected + 1
            else f"lines {expected} to {line.position - 1} are"
        )
        proof.add_fault(f"Positions are missing: {missing} not there.")
    if before is None:
        return
    back = (before.written_at - line.written_at).total_seconds()
    if back > CLOCK_TOLERANCE_S:
        proof.remarks.append(
            f"The database's clock went back {back:.0f} seconds before line {line.position}."
        )


def _check_content(line: Line, proof: Proof) -> None:
    if leaf_of(line) != line.leaf_hash:
        proof.add_fault(f"Line {line.position} was edited: it is not what its hash says.")
    payload_hash = payload_hash_of(line)
    if line.deed == Deed.LOG_LINE_ERASED:
        proof.answered_for.add(json.loads(line.details).get("position"))
    if payload_hash is None:
        proof.emptied.add(line.position)
        if line.about or line.concerning or line.details != "{}":
            proof.add_fault(f"Line {line.position} was edited: its payload has lost its salt.")
    elif payload_hash != line.payload_hash:
        proof.add_fault(f"Line {line.position} was edited: what it says was changed.")


def _compare_roots(waiting: list[Checkpoint], tree: Tree, proof: Proof) -> None:
    while waiting and waiting[0].size == tree.size:
        signed = waiting.pop(0)
        if signed.root == tree.root():
            proof.proven = signed.size
        elif signed.size == proof.proven:
            proof.add_fault(
                f"Two different roots were signed over the first {signed.size} lines: somebody "
                "was shown another log."
            )
        else:
            proof.add_fault(
                f"The log was rewritten: its first {signed.size} lines are not those that were "
                f"signed on {_day(signed)}; lines 1 to {proof.proven} still are."
            )


def _end(proof: Proof, tree: Tree, waiting: Iterable[Checkpoint]) -> None:
    proof.size, proof.root = tree.size, tree.root()
    for lost in waiting:
        proof.add_fault(
            f"The tail was cut: on {_day(lost)} the log had {lost.size} lines, now it has "
            f"{proof.size}. {lost.size - proof.size} are gone."
        )


def _compare_times(ordered: Sequence[Checkpoint], proof: Proof) -> None:
    for earlier, later in pairwise(ordered):
        if later.at < earlier.at:
            proof.add_fault(
                f"The clock jumped: the checkpoint over {later.size} lines says it is older "
                f"than the one over {earlier.size}."
            )


def _day(signed: Checkpoint) -> str:
    return signed.at.isoformat(sep=" ", timespec="minutes")
