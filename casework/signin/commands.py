"""Giving accounts from the command line, for the first administrator and for scripts."""

from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from casework.database import open_database
from casework.errors import InvalidInput
from casework.settings import settings
from casework.signin import queries
from casework.signin.account_pages import invitation_link
from casework.signin.actions import add_account, add_institution, disable_account
from casework.signin.invitations import change_role, confirm_invitation, invite
from casework.signin.model import Account, InstitutionKind
from casework.signin.provider_pages import back_address
from casework.signin.queries import find_account, find_institution, find_invitation
from casework.signin.vouching import set_provider
from privacy.permissions import HUMAN_ROLES, Purpose, Role, Viewer

# Whoever can run this command on the server administers it already.
OPERATOR = Viewer(
    account_id=0,
    role=Role.ADMINISTRATOR,
    institution_id=0,
    country="",
    purpose=Purpose.OVERSIGHT,
)


@click.group()
def user() -> None:
    """Give, list and take accounts."""


@click.group()
def institution() -> None:
    """Enter and list institutions."""


@institution.command("add")
@click.argument("name")
@click.option(
    "--kind", type=click.Choice([kind.value for kind in InstitutionKind]), required=True
)
@click.option("--country", required=True, help="ISO 3166-1 alpha-2, e.g. HN.")
def add_institution_command(name: str, kind: str, country: str) -> None:
    """Enter an institution.

    Example: reunir institution add "Comité de familiares" --kind family_organisation
    --country HN
    """
    with open_database(settings()).transaction(OPERATOR) as session:
        add_institution(
            session,
            OPERATOR,
            name=name,
            kind=InstitutionKind(kind),
            country=country.upper(),
            invented=False,
            at=datetime.now(UTC),
        )
    click.echo(f"{name} is entered.")


@institution.command("list")
def list_institutions() -> None:
    """List the institutions.

    Example: reunir institution list
    """
    with open_database(settings()).transaction(OPERATOR) as session:
        for each in queries.list_institutions(session):
            click.echo(f"{each.country}  {each.kind:<28}  {each.name}")


@institution.command("provider")
@click.argument("name")
@click.option("--issuer", required=True, help="Address of the OpenID provider.")
@click.option("--client-id", required=True, help="How it names this registry.")
@click.option(
    "--secret-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="File with the client's secret; nothing secret stands on a command line.",
)
@click.option(
    "--second-factor",
    "second_factors",
    multiple=True,
    help="Value of acr or amr that means a second factor; without one, ours is asked.",
)
def set_provider_command(
    name: str,
    *,
    issuer: str,
    client_id: str,
    secret_file: Path,
    second_factors: tuple[str, ...],
) -> None:
    """Let the people of an institution come in by its own OpenID provider.

    Example: reunir institution provider "Servicio forense" --issuer https://id.example
    --client-id reunir --secret-file secret.txt --second-factor mfa
    """
    with open_database(settings()).transaction(OPERATOR) as session:
        found = find_institution(session, name)
        if found is None:
            raise InvalidInput(f"There is no institution “{name}”.")
        set_provider(
            session,
            OPERATOR,
            found,
            issuer=issuer,
            client_id=client_id,
            client_secret=secret_file.read_text("utf-8").strip(),
            second_factors=list(second_factors),
            at=datetime.now(UTC),
        )
    click.echo(f"{name} comes in by {issuer}. It sends people back to {back_address()}")


@user.command("add")
@click.argument("sign_in_name")
@click.option("--name", required=True, help="How colleagues see the person.")
@click.option("--institution", "institution_name", required=True, help="Its exact name.")
@click.option("--role", type=click.Choice([role.value for role in HUMAN_ROLES]), required=True)
def add_user(sign_in_name: str, name: str, institution_name: str, role: str) -> None:
    """Give somebody an account; link and code of the invitation are printed once.

    Example: reunir user add rosa@comite.example --name "Rosa M." --institution "Comité de
    familiares" --role liaison_officer
    """
    at = datetime.now(UTC)
    with open_database(settings()).transaction(OPERATOR) as session:
        employer = find_institution(session, institution_name)
        if employer is None:
            raise InvalidInput(
                f"There is no institution “{institution_name}”. "
                "`reunir institution list` shows them."
            )
        account = add_account(
            session,
            OPERATOR,
            employer,
            sign_in_name=sign_in_name,
            display_name=name,
            role=Role(role),
            at=at,
        )
        link, code = _invitation_to(session, account, at)
    _say_how_to_come_in(sign_in_name, link, code)


@user.command("invite")
@click.argument("sign_in_name")
def invite_user(sign_in_name: str) -> None:
    """Let somebody in again who lost password or second factor; open sessions end.

    Example: reunir user invite rosa@comite.example
    """
    at = datetime.now(UTC)
    with open_database(settings()).transaction(OPERATOR) as session:
        link, code = _invitation_to(session, _account_named(session, sign_in_name), at)
    _say_how_to_come_in(sign_in_name, link, code)


@user.command("role")
@click.argument("sign_in_name")
@click.argument("role", type=click.Choice([role.value for role in HUMAN_ROLES]))
def change_user(sign_in_name: str, role: str) -> None:
    """Give somebody another duty, and a new invitation: what let them in before is over.

    Example: reunir user role rosa@comite.example liaison_officer
    """
    at = datetime.now(UTC)
    with open_database(settings()).transaction(OPERATOR) as session:
        account = _account_named(session, sign_in_name)
        change_role(session, OPERATOR, account, Role(role), at=at)
        link, code = _invitation_to(session, account, at)
    click.echo(f"{sign_in_name} has the duty {role}.")
    _say_how_to_come_in(sign_in_name, link, code)


@user.command("list")
def list_users() -> None:
    """List the accounts.

    Example: reunir user list
    """
    with open_database(settings()).transaction(OPERATOR) as session:
        for each in queries.list_accounts(session, OPERATOR):
            ended = "  (disabled)" if each.disabled_at else ""
            click.echo(f"{each.sign_in_name}  {each.role}  {each.institution.name}{ended}")


@user.command("disable")
@click.argument("sign_in_name")
def disable_user(sign_in_name: str) -> None:
    """Take an account at once; open sessions end.

    Example: reunir user disable rosa@comite.example
    """
    with open_database(settings()).transaction(OPERATOR) as session:
        account = _account_named(session, sign_in_name)
        disable_account(session, OPERATOR, account, at=datetime.now(UTC))
    click.echo(f"{sign_in_name} may no longer sign in.")


def _account_named(session: Session, sign_in_name: str) -> Account:
    account = find_account(session, sign_in_name)
    if account is None:
        raise InvalidInput(f"There is no account {sign_in_name}.")
    return account


def _invitation_to(session: Session, account: Account, at: datetime) -> tuple[str, str]:
    """Ask and confirm at once: there is nobody else yet, and this command owns the server."""
    token = invite(session, OPERATOR, account, at=at)
    invitation = find_invitation(session, token)
    if invitation is None:
        raise InvalidInput(f"{account.sign_in_name} could not be invited.")
    return invitation_link(token), confirm_invitation(session, OPERATOR, invitation, at=at)


def _say_how_to_come_in(sign_in_name: str, link: str, code: str) -> None:
    click.echo(f"{sign_in_name} is invited, for 72 hours, by this link:\n\n  {link}\n")
    click.echo(f"and this code, to be told another way than the link:  {code}")
