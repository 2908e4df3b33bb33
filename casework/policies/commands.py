"""`reunir policy`: the written rules, and which of them decides."""

from dataclasses import replace
from datetime import UTC, datetime

import click

from casework.database import open_database
from casework.errors import InvalidInput
from casework.policies.presenters import said, sentences
from casework.policies.queries import explain, rules_of
from casework.settings import settings
from casework.signin.queries import find_account, viewer_of
from casework.web.languages import translations_for
from privacy.permissions import DOOR, KEEPER, Permission, Purpose, Role, Viewer

ENGLISH = "en"


@click.group("policy")
def policy() -> None:
    """Show the rules of who may see what, and say which one decides."""


@policy.command("list")
@click.option("--role", type=click.Choice([each.value for each in Role]), help="One duty only.")
def list_rules(role: str | None) -> None:
    """Print every rule with its sentence, its source and where it stands.

    Example: reunir policy list --role consular_officer
    """
    for duty in [role] if role else [each.value for each in Role]:
        click.echo(f"\n{duty}")
        for rule in rules_of(duty):
            sign = "+" if rule.effect == "permit" else "-"
            click.echo(f"  {sign} {said(rule, ENGLISH)}")
            click.echo(f"      {rule.id}, {rule.file}:{rule.line}. {rule.source}")


@policy.command("explain")
@click.option("--who", required=True, help="Somebody's name for signing in.")
@click.option(
    "--what",
    required=True,
    type=click.Choice([each.value for each in Permission]),
    help="The permission that is asked for.",
)
@click.option("--about", default="", help="Reference of a record, such as MP-7K3Q-D9XT.")
@click.option(
    "--purpose",
    type=click.Choice([each.value for each in Purpose]),
    help="What for; without it, what the duty usually opens records for.",
)
@click.option("--password-only", is_flag=True, help="Ask as if they came in without a factor.")
def explain_decision(
    who: str, what: str, about: str, purpose: str | None, *, password_only: bool
) -> None:
    """Say in sentences which rule decides, and what would be needed.

    Example: reunir policy explain --who carlos --what missing:read --about MP-7K3Q-D9XT
    """
    database = open_database(settings())
    with database.transaction(DOOR) as session:
        account = find_account(session, who)
        if account is None:
            raise InvalidInput(f"Nobody signs in as {who!r}. See `reunir user list`.")
        viewer = _asking(viewer_of(account), purpose, proven=not password_only)
    with database.transaction(KEEPER) as session:
        told = explain(
            session, viewer, Permission(what), about.strip().upper(), at=datetime.now(UTC)
        )
    for sentence in sentences(told, translations_for(ENGLISH).gettext, ENGLISH):
        click.echo(sentence)


def _asking(viewer: Viewer, purpose: str | None, *, proven: bool) -> Viewer:
    return replace(
        viewer,
        purpose=Purpose(purpose) if purpose else viewer.purpose,
        second_factor=proven,
        stepped_up=proven,
    )
