"""`reunir retention`: look ahead, or go round now."""

from datetime import UTC, datetime, timedelta

import click

from casework.database import open_database
from casework.retention.queries import Due, all_due
from casework.retention.restoring import erase_again
from casework.retention.rounds import go_round
from casework.settings import settings
from privacy.permissions import KEEPER
from privacy.retention.model import Outcome

CLOCK_DOUBTED = 3


@click.command()
@click.option("--preview", is_flag=True, help="Say what is due and when; change nothing.")
@click.option(
    "--run", "runs", is_flag=True, help="Go round now, as the worker does each night."
)
@click.option("--days", default=60, show_default=True, help="How far the preview looks ahead.")
def retention(preview: bool, runs: bool, days: int) -> None:  # noqa: FBT001 - click's way
    """Say what is due to be looked at again or erased, or take today's steps.

    Nothing is erased before a review and a reminder, thirty days apart. Exit code 3: the
    clock jumped, nothing was done, and a data-protection officer has to confirm the time.

    Example: reunir retention --preview --days 90
    """
    if preview == runs:
        raise click.UsageError("Choose --preview or --run.")
    database = open_database(settings())
    database.check()
    now = datetime.now(UTC)
    if runs:
        _run(go_round(database, now))
        return
    with database.transaction(KEEPER) as session:
        due = all_due(session, today=now.date(), ahead=timedelta(days=days))
        for each in due:
            _tell(each)
    click.echo(f"{len(due):,} records are due within {days} days. Nothing was changed.")


def _tell(due: Due) -> None:
    end = f"erased from {due.erased_from.isoformat()}" if due.erased_from else "kept"
    click.echo(
        f"{due.reference}  due {due.due_on.isoformat()}  {due.rule.kind.value:16}  {end}"
    )


def _run(outcome: Outcome | None) -> None:
    if outcome is None:
        click.echo("A worker is going round at this moment; nothing to do here.")
    elif outcome is Outcome.CLOCK_DOUBTED:
        click.echo(
            "reunir: the clock jumped since the last round, so nothing was erased. Look at the "
            "time of this machine; a data-protection officer confirms it under /retention.",
            err=True,
        )
        raise SystemExit(CLOCK_DOUBTED)
    else:
        click.echo("Today's round is done; each step stands in the log.")


@click.command("restore-check")
def restore_check() -> None:
    """Erase again whoever a restored back-up brought back; safe to repeat.

    Run it after every restore, before anybody is let in; a worker does it each night too.

    Example: reunir restore-check
    """
    database = open_database(settings())
    database.check()
    with database.transaction(KEEPER) as session:
        erased = erase_again(session, at=datetime.now(UTC))
    click.echo(f"{len(erased):,} records that had been erased came back, and are erased again.")
