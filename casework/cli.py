"""The operators' command: `reunir --help` explains each verb with an example."""

import errno
import sys
from importlib import import_module

import click

from casework.errors import CaseworkError
from privacy.errors import PrivacyError

# Verb → where its command stands; a verb is imported only when somebody uses it, so that
# `reunir match` needs no database and `reunir --help` no compiler.
VERBS = {
    "demo": "casework.demonstration.serving:demo",
    "serve": "casework.operations:serve",
    "worker": "casework.operations:worker",
    "migrate": "casework.operations:migrate",
    "doctor": "casework.operations:doctor",
    "user": "casework.signin.commands:user",
    "institution": "casework.signin.commands:institution",
    "import": "casework.imports.commands:import_file",
    "match": "casework.batch.match:match",
    "evaluate": "casework.batch.evaluate:evaluate",
    "invent-cases": "casework.demonstration.commands:invent_cases",
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
        module, _, name = VERBS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


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
