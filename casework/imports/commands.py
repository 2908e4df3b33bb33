"""`reunir import`: a file into the registry, all of it or nothing, and a report."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NoReturn

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.batch.writing import CannotWrite, check_places, write_text
from casework.database import Database, open_database
from casework.envelope import SearchConsent
from casework.errors import InvalidInput, Unavailable
from casework.imports.actions import receive_file
from casework.imports.errors import UnreadableFile
from casework.imports.how_new import day_of_file
from casework.imports.model import RunState
from casework.imports.profiles import PROFILES, Opened, open_as
from casework.imports.reading import open_bytes
from casework.imports.report import COUNTS, ToldRule, as_json, report_of, tell_by_rule
from casework.imports.running import bring_in
from casework.imports.storing import Progress
from casework.progress import progress
from casework.settings import settings
from casework.signin.actions import add_institution
from casework.signin.commands import OPERATOR
from casework.signin.model import Institution, InstitutionKind
from casework.signin.queries import find_institution, list_institutions
from casework.web.languages import translations_for
from privacy.context import go_on_as
from privacy.permissions import Purpose, Role, Viewer

FAILED, USAGE, SOME_QUARANTINED, NOTHING_USABLE = 1, 2, 3, 4
COUNT_WORDS = {
    "accepted": "accepted",
    "accepted_with_warning": "accepted with a warning",
    "updated": "changed a record that was there",
    "unchanged": "said nothing new",
    "quarantined": "put aside in quarantine",
}
RULES_TOLD = 6
# ISO 3166 leaves ZZ to whoever does not know: nobody has said where this registry stands.
NO_COUNTRY = "ZZ"
DISK_FULL = "53100"  # PostgreSQL's code

words = translations_for("en").gettext


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line."""

    file: Path
    profile: str | None
    is_dry: bool
    report: Path | None
    institution: str | None
    consent: SearchConsent
    is_invented: bool
    source_date: date | None


class Undone(Exception):
    """Leaves the transaction of a dry run, so that nothing of it stays."""


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--profile", type=click.Choice(list(PROFILES)), help="Unset: the file's header decides."
)
@click.option("--dry-run", is_flag=True, help="Do everything, say what would be, keep nothing.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write every fault, row by row, as JSON.",
)
@click.option("--institution", help="Whose the records are; its exact name.")
@click.option(
    "--search-consent",
    type=click.Choice(["granted", "refused", "not_asked"]),
    default="not_asked",
    show_default=True,
    help="What the families said to being searched for, declared by whoever hands this in.",
)
@click.option("--invented", is_flag=True, help="Nobody in the file exists.")
@click.option(
    "--as-of",
    default="",
    metavar="YYYY-MM-DD",
    help="From which day the file is, where its rows do not say it themselves.",
)
def import_file(
    file: Path,
    profile: str | None,
    dry_run: bool,  # noqa: FBT001 - click passes flags by name
    report: Path | None,
    institution: str | None,
    search_consent: str,
    invented: bool,  # noqa: FBT001 - as above
    as_of: str,
) -> None:
    """Bring a file of incidents, missing persons or remains into the registry.

    Every row is taken, taken with a warning, or put aside with the reason; a file that
    cannot be read leaves nothing behind. Exit codes: 0 all rows were taken, 2 the command
    is wrong, 3 some rows stand in quarantine, 4 nothing in the file can be used, 1 the
    registry cannot be reached.

    Example: reunir import mmp.csv --profile iom --report report.json
    """
    consent = SearchConsent(search_consent)
    with _faults_in_a_sentence():
        day = day_of_file(as_of, at=datetime.now(UTC))
        wanted = Wanted(file, profile, dry_run, report, institution, consent, invented, day)
        sys.exit(_import(wanted))


def _import(wanted: Wanted) -> int:
    if wanted.report:
        check_places([wanted.report], [wanted.file])
    content = wanted.file.read_bytes()
    # Before the database is started: most refusals are of the file.
    opened = open_as(open_bytes(content, wanted.file.name), wanted.profile)
    database = open_database(settings())
    database.check()
    with progress(f"Importing {wanted.file.name}") as step:
        ended = _in_one_transaction(database, wanted, content, opened, step=step)
    _tell(ended, is_dry=wanted.is_dry)
    if wanted.report:
        write_text(wanted.report, as_json(ended.report), is_private=True)
        click.echo(f"Every fault, row by row, stands in {wanted.report}.")
    if ended.report["quarantined"] == ended.report["read"]:
        return NOTHING_USABLE
    return SOME_QUARANTINED if ended.report["quarantined"] else 0


@dataclass(frozen=True, slots=True)
class Ended:
    """What is told of an import that went through."""

    owner: str
    owner_is_new: bool
    report: dict[str, Any]
    rules: Sequence[ToldRule]


def _in_one_transaction(
    database: Database, wanted: Wanted, content: bytes, opened: Opened, *, step: Progress
) -> Ended:
    """Take the file in and read it; a process that is killed on the way leaves nothing."""
    ended: list[Ended] = []
    with suppress(Undone), database.transaction(OPERATOR) as session:
        ended.append(_do(session, wanted, content, opened, step=step))
        if wanted.is_dry:
            raise Undone
    return ended[0]


def _do(
    session: Session, wanted: Wanted, content: bytes, opened: Opened, *, step: Progress
) -> Ended:
    began = datetime.now(UTC)
    owner, is_new = _owner(session, wanted.institution, began)
    keeper = _go_on_as_keeper_for(session, owner)
    run = receive_file(
        session,
        keeper,
        file_name=wanted.file.name,
        content=content,
        profile=wanted.profile,
        at=began,
        consent=wanted.consent,
        invented=wanted.is_invented,
    )
    run.source_date = wanted.source_date
    run.state, run.started_at = RunState.RUNNING, began
    tally = bring_in(
        session,
        run,
        opened,
        at=began,
        ended=lambda: datetime.now(UTC),
        progress=step,
        by=keeper,
    )
    report = report_of(run, tally.findings, words, is_dry=wanted.is_dry)
    return Ended(owner.name, is_new, report, tell_by_rule(tally.findings, words))


def _owner(session: Session, name: str | None, at: datetime) -> tuple[Institution, bool]:
    """Find whose the records are; the first one is made where there is none yet."""
    if name is not None:
        found = find_institution(session, name)
        if found is None:
            raise InvalidInput(
                f"There is no institution “{name}”. `reunir institution list` shows them."
            )
        return found, False
    entered = list_institutions(session)
    if len(entered) > 1:
        raise InvalidInput(
            "There are several institutions; say whose the records are with --institution: "
            + ", ".join(each.name for each in entered)
            + "."
        )
    if entered:
        return entered[0], False
    made = add_institution(
        session,
        OPERATOR,
        name=settings().domain[:200],
        kind=InstitutionKind.REGISTRY,
        country=NO_COUNTRY,
        invented=False,
        at=at,
    )
    return made, True


def _go_on_as_keeper_for(session: Session, owner: Institution) -> Viewer:
    """Leave the operator's sight for the keeper's, in the middle of the transaction."""
    keeper = Viewer(
        account_id=0,
        role=Role.ENGINE,
        institution_id=owner.id,
        country=owner.country,
        purpose=Purpose.KEEP,
    )
    go_on_as(session, keeper)
    return keeper


def _tell(ended: Ended, *, is_dry: bool) -> None:
    report = ended.report
    if ended.owner_is_new:
        click.echo(f"There was no institution yet; “{ended.owner}” was entered as one.")
    layout = f"{report['profile']}, {report['layout']}"
    click.echo(f"{report['file']}: read as {layout}, for {ended.owner}.")
    click.echo(f"{report['read']:>9,}  rows read, of which")
    for name in COUNTS:
        click.echo(f"{report[name]:>9,}  {COUNT_WORDS[name]}")
    if ended.rules:
        click.echo("What was noticed most:")
    for rule in ended.rules[:RULES_TOLD]:
        kept_out = " (keeps the row out)" if rule.keeps_out else ""
        click.echo(f"{rule.times:>9,}  {rule.sentence}{kept_out} [{rule.rule}]")
    if is_dry:
        click.echo("This was a dry run: nothing was kept.")


@contextmanager
def _faults_in_a_sentence() -> Iterator[None]:
    """Put what went wrong into one sentence; the transaction has undone itself by then."""
    try:
        yield
    except UnreadableFile as refusal:
        _stop(refusal.told(words), NOTHING_USABLE)
    except InvalidInput as refusal:
        _stop(str(refusal), USAGE)
    except (CannotWrite, Unavailable) as refusal:
        _stop(str(refusal), FAILED)
    except sa.exc.DBAPIError as fault:
        # Never the database's own words: they may quote a row.
        _stop(_database_fault(fault), FAILED)


def _database_fault(fault: sa.exc.DBAPIError) -> str:
    if getattr(fault.orig, "sqlstate", None) == DISK_FULL:
        reason = "The database's disk is full. Free some space and run this again."
    elif isinstance(fault, sa.exc.ProgrammingError):
        reason = "The database does not fit this release. Run `reunir migrate`."
    elif isinstance(fault, sa.exc.OperationalError):
        reason = "The database stopped answering. Start it and run this again."
    else:
        reason = f"The database refused a row ({type(fault.orig).__name__}): a fault of ours."
    return f"{reason} Nothing of the file was kept."


def _stop(sentence: str, code: int) -> NoReturn:
    click.echo(f"reunir: {sentence}", err=True)
    sys.exit(code)
