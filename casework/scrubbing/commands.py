"""`reunir scrub`: a copy for developers, without anybody in it."""

from pathlib import Path

import click

from casework.database import Database, open_database
from casework.keys import sealing_for
from casework.migrating import migrate
from casework.scrubbing.copying import move_counters, scrub
from casework.settings import settings
from privacy.sealing.key_file import make_key_file


@click.command("scrub")
@click.option("--to", "target_url", required=True, help="An empty PostgreSQL database.")
@click.option(
    "--keys",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="An empty folder for the copy's own keys.",
)
def scrub_command(target_url: str, keys: Path) -> None:
    """Copy the registry's shape into an empty database: no name, contact, word or place of it.

    Codes, flags and who belongs to whom stay; days and places are moved; names are invented
    and sealed with new keys; the log, accounts, files and everything else stay behind.

    Example: reunir scrub --to postgresql://localhost/reunir_dev --keys dev-keys
    """
    source = open_database(settings())
    source.check()
    migrate(Database(target_url).url)
    make_key_file(keys)
    sealing = sealing_for(settings().model_copy(update={"keys": f"file:{keys.absolute()}"}))
    target = Database(target_url, sealing=sealing)
    copied = scrub(source, target)
    move_counters(target.url)
    for table, rows in copied.rows.items():
        click.echo(f"{rows:>9,}  {table}")
    click.echo("The copy holds nobody. Its keys stand in the folder you named.")
