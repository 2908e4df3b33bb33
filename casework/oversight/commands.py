"""Signing and proving the action log from the command line."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.database import Database, open_database, owner_transaction
from casework.errors import InvalidInput
from casework.oversight.checkpoints import (
    prepare_signing,
    sign_log,
    staleness,
    verifier_of,
)
from casework.oversight.places import places_of, read_folders
from casework.progress import Step, progress
from casework.settings import settings
from privacy.audit.canonical import Line
from privacy.audit.checkpoint import Checkpoint, Verifier
from privacy.audit.erasing import erase_payload
from privacy.audit.model import Entry
from privacy.audit.verification import PROVER, Proof, stream_lines, verify_lines

_LINES_BETWEEN_NOTES = 5_000


@click.command("checkpoint")
def checkpoint_command() -> None:
    """Sign the root of the action log now, and bring it to the second place.

    The worker does this every quarter of an hour. Example: reunir checkpoint
    """
    chosen = settings()
    prepare_signing(chosen)
    signed = sign_log(_registry(), chosen, at=datetime.now(UTC))
    if signed is None:
        click.echo("The log has no line yet; there is nothing to sign.")
        return
    click.echo(f"{signed.size} lines are signed, the last time on {signed.at:%Y-%m-%d %H:%M}.")
    if not places_of(chosen).second:
        click.echo("Set REUNIR_CHECKPOINTS: only a copy out of this machine's reach proves.")


@click.command("verify-audit-log")
@click.option(
    "--checkpoints",
    "folders",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    multiple=True,
    help="Folder of checkpoints that somebody else kept; may be given several times.",
)
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The log's public key, as whoever keeps the checkpoints has it.",
)
def verify_audit_log(folders: tuple[Path, ...], key: Path | None) -> None:
    """Recompute the whole action log and compare it with every signed checkpoint.

    Exit code 0 if all is what was signed, 1 if anything was edited, cut, rewritten or
    cannot be relied on. Example: reunir verify-audit-log --checkpoints /media/dpo/checkpoints
    """
    chosen = settings()
    verifier = Verifier.of(key.read_text("utf-8")) if key else verifier_of(chosen)
    known, faults = read_folders(folders or places_of(chosen).folders, verifier)
    database = _registry()
    proof = _prove(database, known)
    with database.transaction(PROVER) as session:
        stale = staleness(session, chosen, at=datetime.now(UTC))
    faults += proof.faults
    if proof.size and not known:
        faults.append(
            "There is no checkpoint to compare with: a cut or rewritten log could not be seen. "
            "Run `reunir checkpoint`, or say where they are: --checkpoints FOLDER."
        )
    if stale:
        faults.append(f"{stale.lines} lines have waited more than a day to be signed.")
    _tell(proof, len(known), faults)
    if faults:
        raise SystemExit(1)


@click.command("erase-log-line")
@click.argument("position", type=click.IntRange(min=1))
@click.option("--reason", required=True, help="Why, for whoever reads the log later.")
def erase_log_line(position: int, reason: str) -> None:
    """Empty one line of the action log; its place stays, and a new line says it was emptied.

    Example: reunir erase-log-line 8123 --reason "A name stood in it by mistake"
    """
    with owner_transaction(settings(), PROVER) as session:
        done = erase_payload(session, position, reason=reason, at=datetime.now(UTC))
    if not done:
        raise InvalidInput(f"There is no line {position} that could be emptied.")
    click.echo(f"Line {position} is empty, and the log says so.")


def _registry() -> Database:
    database = open_database(settings())
    database.check()
    return database


def _prove(database: Database, known: list[Checkpoint]) -> Proof:
    proof = Proof()
    with database.transaction(PROVER) as session, progress("Verifying the log") as told:
        total = session.scalar(sa.select(sa.func.max(Entry.position))) or 0
        verify_lines(_watched(session, proof, told, total), known, proof=proof)
    return proof


def _watched(session: Session, proof: Proof, told: Step, total: int) -> Iterator[Line]:
    for line in stream_lines(session):
        if proof.size % _LINES_BETWEEN_NOTES == 0:
            told(proof.size, total)
        yield line
    told(total, total)


def _tell(proof: Proof, checkpoints: int, faults: list[str]) -> None:
    for sentence in faults:
        click.echo(f"AMISS  {sentence}")
    if proof.unlisted:
        click.echo(f"AMISS  … and {proof.unlisted} more findings of the same kinds.")
    for sentence in proof.remarks:
        click.echo(f"note   {sentence}")
    if proof.emptied:
        click.echo(f"note   {len(proof.emptied)} lines were emptied, each with its reason.")
    click.echo(
        f"{'AMISS' if faults else 'well '}  {proof.size} lines, root {proof.root.hex()}; "
        f"{proof.proven} of them proven by {checkpoints} checkpoints."
    )
