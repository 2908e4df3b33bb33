"""Giving accounts from the command line, for the first administrator and for scripts."""

from datetime import UTC, datetime

import click

from casework.database import open_database
from casework.errors import InvalidInput
from casework.settings import settings
from casework.signin import queries
from casework.signin.actions import add_account, add_institution, disable_account, new_password
from casework.signin.model import InstitutionKind
from casework.signin.queries import find_account, find_institution
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


@user.command("add")
@click.argument("sign_in_name")
@click.option("--name", required=True, help="How colleagues see the person.")
@click.option("--institution", "institution_name", required=True, help="Its exact name.")
@click.option("--role", type=click.Choice([role.value for role in HUMAN_ROLES]), required=True)
def add_user(sign_in_name: str, name: str, institution_name: str, role: str) -> None:
    """Give somebody an account; the first password is printed once.

    Example: reunir user add rosa@comite.example --name "Rosa M." --institution "Comité de
    familiares" --role liaison_officer
    """
    password = new_password()
    with open_database(settings()).transaction(OPERATOR) as session:
        employer = find_institution(session, institution_name)
        if employer is None:
            raise InvalidInput(
                f"There is no institution “{institution_name}”. "
                "`reunir institution list` shows them."
            )
        add_account(
            session,
            OPERATOR,
            employer,
            sign_in_name=sign_in_name,
            display_name=name,
            role=Role(role),
            password=password,
            at=datetime.now(UTC),
        )
    click.echo(f"{sign_in_name} may sign in with the password {password}")


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
        account = find_account(session, sign_in_name)
        if account is None:
            raise InvalidInput(f"There is no account {sign_in_name}.")
        disable_account(session, OPERATOR, account, at=datetime.now(UTC))
    click.echo(f"{sign_in_name} may no longer sign in.")
