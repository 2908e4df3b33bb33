"""The operators' command: `reunir --help` explains each verb with an example."""

import errno
import sys
from importlib import import_module

import click

from casework.errors import CaseworkError
from casework.lasting import lasting
from privacy.errors import PrivacyError

# Verb → where its command stands, and its one line of help. A verb is imported only when
# somebody uses it, so that `reunir match` needs no database and `reunir --help` no compiler.
VERBS = {
    "demo": ("casework.demonstration.serving:demo", "Show reunir with invented people."),
    "serve": ("casework.operations:serve", "Serve the pages and the API."),
    "worker": ("casework.operations:worker", "Do the long work: imports and matching runs."),
    "migrate": ("casework.operations:migrate", "Bring the database to this release's form."),
    "doctor": ("casework.operations:doctor", "Say what is missing on this machine."),
    "institution": ("casework.signin.commands:institution", "Enter and list institutions."),
    "user": ("casework.signin.commands:user", "Give, list and take accounts."),
    "checkpoint": ("casework.oversight.commands:checkpoint_command", "Sign the action log."),
    "verify-audit-log": (
        "casework.oversight.commands:verify_audit_log",
        "Prove that the action log is what was signed.",
    ),
    "verify-document": (
        "casework.documents.commands:verify_document",
        "Say whether a document was printed here and still holds.",
    ),
    "erase-log-line": (
        "casework.oversight.commands:erase_log_line",
        "Empty one line of the action log, and say so in it.",
    ),
    "keys": ("casework.key_commands:keys", "Prove, rotate and retire the keys."),
    "policy": ("casework.policies.commands:policy", "Show the rules, and say which decides."),
    "import": ("casework.imports.commands:import_file", "Import a file into the registry."),
    "index-words": (
        "casework.finding.commands:index_words",
        "Let the search find what was kept before it.",
    ),
    "retention": (
        "casework.retention.commands:retention",
        "Say what is due to be reviewed or erased.",
    ),
    "restore-check": (
        "casework.retention.commands:restore_check",
        "Erase again what a restored back-up brought back.",
    ),
    "scrub": (
        "casework.scrubbing.commands:scrub_command",
        "Copy the registry for developers, without anybody.",
    ),
    "match": ("casework.batch.match:match", "Rank the pairs of two flat files."),
    "link": ("casework.batch.link:link_file", "Find one file's records of one person."),
    "kinship": ("casework.batch.kinship:kinship", "Weigh DNA of remains against families."),
    "kinship-joint": (
        "casework.batch.kinship_joint:kinship_joint",
        "Name several remains at once by DNA.",
    ),
    "kinship-search": (
        "casework.batch.kinship_search:kinship_search",
        "Search all remains among all families by DNA.",
    ),
    "kinship-plan": (
        "casework.batch.kinship_plan:kinship_plan",
        "Say whom of a family to sample next.",
    ),
    "kinship-check": (
        "casework.batch.kinship_check:kinship_check",
        "Look for what would mislead in DNA cases.",
    ),
    "evaluate": ("casework.batch.evaluate:evaluate", "Judge a ranked list by a known truth."),
    "invent-cases": (
        "casework.demonstration.commands:invent_cases",
        "Invent people, journeys and finds whose truth is known.",
    ),
}


class Verbs(click.Group):
    """Finds a verb's command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in VERBS:
            return None
        module, _, name = VERBS[cmd_name][0].partition(":")
        with lasting():
            command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Verbs (each has its own --help, with an example)"):
            formatter.write_dl([(verb, summary) for verb, (_, summary) in VERBS.items()])


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="reunir")
def cli() -> None:
    """Case registry and matching engine for missing migrants and unnamed human remains."""


def main() -> None:
    """Run the command; a refusal is one sentence on standard error and an exit code."""
    try:
        cli()
    except (CaseworkError, PrivacyError) as refusal:
        _stop(str(refusal), getattr(refusal, "exit_code", 1))
    except OSError as fault:
        if fault.errno != errno.ENOSPC:
            raise
        _stop("The disk is full. Free some space and run this again; nothing was lost.", 1)


def _stop(sentence: str, code: int) -> None:
    click.echo(f"reunir: {sentence}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
