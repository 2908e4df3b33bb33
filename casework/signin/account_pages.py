"""Accounts, for whoever gives and takes them; invitations, for whoever confirms them."""

from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import RedirectResponse, Response

from casework.errors import Conflict, InvalidInput, NotFound
from casework.settings import settings
from casework.signin import actions, invitations
from casework.signin.credentials import Invitation
from casework.signin.model import Account, Institution
from casework.signin.presenters import ShownAccount, ShownInvitation
from casework.signin.queries import list_accounts, list_institutions, list_open_invitations
from casework.web.access import requires
from casework.web.pieces import Choice, Notice
from casework.web.role_words import ROLE_WORDS
from casework.web.visit import Entered, Visit
from privacy.permissions import HUMAN_ROLES, Permission, Role

router = APIRouter()
LARGEST_ID = 2**53
Number = Annotated[int, Path(ge=1, le=LARGEST_ID)]


@router.get("/accounts")
@requires(Permission.ACCOUNT_ADMINISTER)
def accounts_page(visit: Entered) -> Response:
    """List the accounts, and offer to give another."""
    return _show_accounts(visit)


@router.post("/accounts")
@requires(Permission.ACCOUNT_ADMINISTER)
def give_account(
    visit: Entered,
    *,
    sign_in_name: Annotated[str, Form(min_length=1, max_length=200)],
    display_name: Annotated[str, Form(min_length=1, max_length=200)],
    institution_id: Annotated[int, Form(ge=1, le=LARGEST_ID)],
    role: Annotated[Role, Form()],
) -> Response:
    """Enter somebody, and show the link of their invitation this once."""
    institution = visit.session.get(Institution, institution_id)
    if institution is None:
        raise NotFound("institution")
    try:
        account = actions.add_account(
            visit.session,
            visit.viewer,
            institution,
            sign_in_name=sign_in_name,
            display_name=display_name,
            role=role,
            at=visit.at,
        )
    except InvalidInput:
        sentence = visit.gettext("Nadie de esa institución puede tener esa función.")
        return _show_accounts(visit, Notice(sentence, "problem"), status=422)
    except Conflict:
        sentence = visit.gettext("Ese nombre de acceso ya existe.")
        return _show_accounts(visit, Notice(sentence, "problem"), status=409)
    return _invite(visit, account)


@router.post("/accounts/{account_id}/invite")
@requires(Permission.ACCOUNT_ADMINISTER)
def invite(visit: Entered, account_id: Number) -> Response:
    """Ask that somebody be let in, first or again, and show the link this once."""
    return _invite(visit, _account(visit, account_id))


@router.post("/accounts/{account_id}/role")
@requires(Permission.ACCOUNT_ADMINISTER)
def change_role(visit: Entered, account_id: Number, role: Annotated[Role, Form()]) -> Response:
    """Give somebody another duty, and show the link by which they come in with it."""
    visit.demand_step_up()
    account = _account(visit, account_id)
    try:
        invitations.change_role(visit.session, visit.viewer, account, role, at=visit.at)
    except InvalidInput:
        sentence = visit.gettext("Nadie de esa institución puede tener esa función.")
        return _show_accounts(visit, Notice(sentence, "problem"), status=422)
    return _invite(visit, account)


@router.post("/accounts/{account_id}/disable")
@requires(Permission.ACCOUNT_ADMINISTER)
def disable_account(visit: Entered, account_id: Number) -> Response:
    """Take an account at once."""
    visit.demand_step_up()
    account = _account(visit, account_id)
    actions.disable_account(visit.session, visit.viewer, account, at=visit.at)
    return RedirectResponse("/accounts", status_code=303)


@router.get("/invitations")
@requires(Permission.ACCOUNT_CONFIRM)
def invitations_page(visit: Entered) -> Response:
    """List who waits to be let in."""
    return _show_invitations(visit)


@router.post("/invitations/{invitation_id}/confirm")
@requires(Permission.ACCOUNT_CONFIRM)
def confirm_invitation(visit: Entered, invitation_id: Number) -> Response:
    """Confirm an invitation, and show the code this once."""
    visit.demand_step_up()
    invitation = _invitation(visit, invitation_id)
    code = invitations.confirm_invitation(visit.session, visit.viewer, invitation, at=visit.at)
    return visit.show(
        "signin/confirmed.html", person=invitation.account.display_name, code=code
    )


@router.post("/invitations/{invitation_id}/withdraw")
@requires(Permission.ACCOUNT_CONFIRM)
def withdraw_invitation(visit: Entered, invitation_id: Number) -> Response:
    """Let an invitation open nothing."""
    invitation = _invitation(visit, invitation_id)
    invitations.withdraw_invitation(visit.session, visit.viewer, invitation, at=visit.at)
    return RedirectResponse("/invitations", status_code=303)


def _invite(visit: Visit, account: Account) -> Response:
    visit.demand_step_up()
    token = invitations.invite(visit.session, visit.viewer, account, at=visit.at)
    return visit.show(
        "signin/invited.html",
        person=account.display_name,
        sign_in_name=account.sign_in_name,
        link=invitation_link(token),
        ends_at=visit.at + invitations.LASTS,
    )


def invitation_link(token: str) -> str:
    """Write the address that an invited person opens."""
    return f"{settings().public_url.rstrip('/')}/invitation/{token}"


def _account(visit: Visit, account_id: int) -> Account:
    account = visit.session.get(Account, account_id)
    if account is None or account.is_program:
        raise NotFound("account")
    return account


def _invitation(visit: Visit, invitation_id: int) -> Invitation:
    invitation = visit.session.get(Invitation, invitation_id)
    if invitation is None:
        raise NotFound("invitation")
    return invitation


def _show_accounts(visit: Visit, *notices: Notice, status: int = 200) -> Response:
    return visit.show(
        "signin/accounts.html",
        status=status,
        notices=notices,
        accounts=[
            ShownAccount.of(
                account, visit.gettext, is_own=account.id == visit.viewer.account_id
            )
            for account in list_accounts(visit.session, visit.viewer)
        ],
        institutions=[
            Choice(str(each.id), f"{each.name} ({each.country})")
            for each in list_institutions(visit.session)
        ],
        roles=[Choice(role.value, visit.gettext(ROLE_WORDS[role])) for role in HUMAN_ROLES],
    )


def _show_invitations(visit: Visit) -> Response:
    waiting = list_open_invitations(
        visit.session, visit.viewer, since=visit.at - invitations.LASTS
    )
    return visit.show(
        "signin/invitations.html",
        waiting=[
            ShownInvitation.of(each, visit.gettext, viewer_id=visit.viewer.account_id)
            for each in waiting
            if invitations.is_open(each, at=visit.at)
        ],
    )
