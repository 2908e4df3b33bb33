"""Signing the root of the action log now and then, and noticing when that has stopped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.database import Database
from casework.oversight.places import carry_over, keep, places_of, read_folders
from casework.settings import Settings, settings
from privacy.audit.checkpoint import Checkpoint, Verifier, sign
from privacy.audit.log import Deed, record
from privacy.audit.model import Entry
from privacy.audit.signing_key import load_signing_key, make_signing_key
from privacy.audit.verification import PROVER, stream_leaf_hashes, verify_roots
from privacy.errors import ClockJumpedBack, LogTampered, NoSigningKey, UnprovenLog

# Signed every quarter of an hour while lines arrive; a day without is no longer chance.
STALE_AFTER = timedelta(hours=24)
# Clocks that are set by the network step back by less than this.
CLOCK_TOLERANCE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Staleness:
    """Lines that no signed root covers, although they have waited too long."""

    lines: int
    last: Checkpoint | None


def origin_of(chosen: Settings) -> str:
    """Name this registry's log for whoever keeps its checkpoints."""
    return f"{chosen.domain}/action-log"


def key_path(chosen: Settings) -> Path:
    """Say where the signing key is kept: beside the other keys, outside the database."""
    return chosen.data_dir.absolute() / "keys" / "log-signing.pem"


def prepare_signing(chosen: Settings) -> bool:
    """Make the signing key of a new registry; say whether it did.

    A registry that has signed before gets no second key: its loss must be noticed.
    """
    path = key_path(chosen)
    if path.exists() or any(places_of(chosen).local.glob("*.note")):
        return False
    return make_signing_key(path, name=origin_of(chosen))


def verifier_of(chosen: Settings) -> Verifier:
    """Read the public half of this registry's key.

    Raises
    ------
    NoSigningKey
        If it is not there.
    UnreadableCheckpoint
        If it is damaged.
    """
    path = key_path(chosen).with_suffix(".pub")
    try:
        return Verifier.of(path.read_text("utf-8"))
    except OSError as error:
        raise NoSigningKey(
            f"The public key of the log cannot be read: {path} ({error.strerror}). Put it back "
            "from a back-up or from whoever keeps the checkpoints."
        ) from error


def sign_log(database: Database, chosen: Settings, *, at: datetime) -> Checkpoint | None:
    """Sign the root of the log as it stands; `None` while it is empty.

    Raises
    ------
    UnprovenLog
        If the log is not what was signed before, the key or a checkpoint cannot be relied
        on, or the clock went back: nothing is signed, and the log says so.
    Unavailable
        If the second place cannot be reached; the checkpoint is kept and brought later.
    """
    try:
        checkpoint = _signed(database, chosen, at=at)
    except UnprovenLog as refusal:
        with database.transaction(PROVER) as session:
            reason = type(refusal).__name__
            record(session, Deed.LOG_NOT_SIGNED, by=PROVER, at=at, reason=reason)
        raise
    carry_over(places_of(chosen))
    return checkpoint


def sign_now_and_then(database: Database, at: datetime) -> None:
    """Do what the worker is asked to do every quarter of an hour."""
    prepare_signing(settings())
    sign_log(database, settings(), at=at)


def staleness(session: Session, chosen: Settings, *, at: datetime) -> Staleness | None:
    """Say how many lines wait to be signed since too long; `session` may be the DPO's."""
    try:
        verifier = verifier_of(chosen)
        known, _ = read_folders(places_of(chosen).folders, verifier)
    except UnprovenLog:
        known = []
    last = known[-1] if known else None
    covered = last.size if last else 0
    waiting, since = session.execute(
        sa.select(sa.func.count(), sa.func.min(Entry.written_at)).where(
            Entry.position > covered
        )
    ).one()
    if not waiting or at - since < STALE_AFTER:
        return None
    return Staleness(waiting, last)


def log_findings(
    database: Database, chosen: Settings, *, at: datetime
) -> list[tuple[bool, str]]:
    """Say for `reunir doctor` whether the log is signed, lately, and out of reach."""
    try:
        known, faults = read_folders(places_of(chosen).folders, verifier_of(chosen))
        load_signing_key(key_path(chosen))
    except UnprovenLog as refusal:
        return [(False, str(refusal))]
    with database.transaction(PROVER) as session:
        stale = staleness(session, chosen, at=at)
        proven = _last_verifies(session, known)
    last = f"the last over {known[-1].size} lines" if known else "none yet"
    return [
        *((False, sentence) for sentence in faults),
        *proven,
        (
            stale is None,
            f"{stale.lines} lines of the log have waited more than a day to be signed. Start "
            "`reunir worker`, or run `reunir checkpoint` and read what it says."
            if stale
            else f"The action log is signed: {len(known)} checkpoints, {last}.",
        ),
        (
            places_of(chosen).are_apart(),
            "Checkpoints of the log are brought to another disk or machine."
            if places_of(chosen).are_apart()
            else "Checkpoints of the log stay on this machine's disk: who rewrites the log "
            "could rewrite them. Set REUNIR_CHECKPOINTS (docs/reference/settings.md).",
        ),
    ]


def _last_verifies(session: Session, known: Sequence[Checkpoint]) -> list[tuple[bool, str]]:
    """Compare the lines under the last checkpoint with it, by their hashes alone."""
    if not known:
        return []
    last = known[-1]
    proof = verify_roots(stream_leaf_hashes(session, size=last.size), [last])
    if proof.faults:
        return [(False, f"{' '.join(proof.faults)} Run `reunir verify-audit-log`.")]
    return [(True, f"The {last.size} lines under the last checkpoint are those it signed.")]


def _signed(database: Database, chosen: Settings, *, at: datetime) -> Checkpoint | None:
    key = load_signing_key(key_path(chosen))
    verifier = Verifier(origin_of(chosen), key.public_key())
    places = places_of(chosen)
    known, faults = read_folders(places.folders, verifier)
    with database.transaction(PROVER) as session:
        proof = verify_roots(stream_leaf_hashes(session), known)
    if faults or proof.faults:
        raise LogTampered(
            " ".join([*faults, *proof.faults])
            + " Nothing was signed. Tell the data-protection officer; keep every checkpoint."
        )
    last = known[-1] if known else None
    if last and at < last.at - CLOCK_TOLERANCE:
        raise ClockJumpedBack(
            f"It is {at:%Y-%m-%d %H:%M}, but the log was signed on {last.at:%Y-%m-%d %H:%M} "
            "already. Set this machine's clock; nothing was signed."
        )
    if last and last.size == proof.size:
        return last
    if not proof.size:
        return None
    checkpoint = Checkpoint(origin_of(chosen), proof.size, proof.root, at)
    keep(places, sign(checkpoint, key), size=proof.size)
    return checkpoint
