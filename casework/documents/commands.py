"""Holding a document against the registry from the command line."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import click

from casework.database import open_database
from casework.documents.verifying import Verdict, Verified, verify
from casework.settings import settings
from privacy.permissions import DOOR

TOLD = {
    Verdict.NOT_ISSUED: "No document of this registry is this file or has this number.",
    Verdict.ISSUED: "This number was given here. Only its file would prove what it says.",
    Verdict.UNCHANGED: "Byte for byte what this registry handed out.",
    Verdict.CHANGED: "This number was given here and the file is another: do not rely on it.",
    Verdict.CALLED_BACK: "Handed out here and called back since: it must not be used.",
}
HOLDS = frozenset({Verdict.ISSUED, Verdict.UNCHANGED})


@click.command("verify-document")
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--copy", default="", help="The number at the foot of each page.")
def verify_document(file: Path | None, copy: str) -> None:
    """Say whether a document was printed by this registry, and whether it still holds.

    Exit code 0 if it was and holds, 1 if not. Example: reunir verify-document letter.pdf
    """
    if file is None and not copy:
        raise click.UsageError("Name a file, or the number at the foot of its pages: --copy.")
    digest = sha256(file.read_bytes()).hexdigest() if file else ""
    database = open_database(settings())
    database.check()
    with database.transaction(DOOR) as session:
        found = verify(session, copy, digest, at=datetime.now(UTC))
    for line in _told(found):
        click.echo(line)
    if found.verdict not in HOLDS:
        raise SystemExit(1)


def _told(found: Verified) -> list[str]:
    told = [TOLD[found.verdict]]
    if found.issued_at is not None:
        kind = found.kind.value if found.kind else "what it is, its file alone tells"
        told += [
            f"copy {found.copy}, {kind}, {found.language}",
            f"{found.page_count} {'page' if found.page_count == 1 else 'pages'}",
            f"printed {found.issued_at:%Y-%m-%d %H:%M} UTC"
            + (f" by {found.institution}" if found.institution else ""),
        ]
    if found.fingerprint:
        told.append(f"fingerprint of what it says: {found.fingerprint}")
    if found.called_back_at is not None:
        told.append(f"called back {found.called_back_at:%Y-%m-%d}")
    if found.invented:
        told.append("Nobody in it exists: the records were invented.")
    return told
