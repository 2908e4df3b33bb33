"""Programs of an institution: each comes in by its own token, with one duty and less than it.

One person asks for a token and sees it once; another confirms it before it opens anything. A
program reads and writes in the name of its own account, in its institution, for a purpose that
each of its requests says. It can prove no presence, so what asks for that stays closed to it.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hmac import compare_digest

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import Conflict, InvalidInput
from casework.signin.actions import TOKEN_BYTES, demand_employable
from casework.signin.credentials import ApiToken
from casework.signin.model import Account, Institution
from casework.signin.queries import token_hash, viewer_of
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.errors import NeedsAnotherPerson
from privacy.permissions import PURPOSES, Permission, Purpose, Role, Viewer, demand

_MARK = "reunir"
PROGRAM_ROLES = (
    Role.LIAISON_OFFICER,
    Role.FORENSIC_EXAMINER,
    Role.FORENSIC_COORDINATOR,
    Role.CONSULAR_OFFICER,
    Role.ANALYST,
)
# What a program may be let do. Deciding, handing out and letting in stay with people.
FOR_PROGRAMS = (
    Permission.INCIDENT_READ,
    Permission.INCIDENT_RECORD,
    Permission.MISSING_READ,
    Permission.MISSING_IDENTITY_READ,
    Permission.MISSING_CONTACT_READ,
    Permission.MISSING_BODY_READ,
    Permission.MISSING_REPORT,
    Permission.CONSENT_READ,
    Permission.REMAINS_READ,
    Permission.REMAINS_IDENTITY_READ,
    Permission.REMAINS_BODY_READ,
    Permission.REMAINS_RECORD,
    Permission.SITE_READ,
    Permission.SITE_EXACT_READ,
    Permission.SITE_RECORD,
    Permission.PAIRING_READ,
    Permission.PAIRING_BLINDED_READ,
    Permission.LINK_READ,
    Permission.LINK_RECORD,
    Permission.ENGINE_READ,
)
NOTHING_LEFT = marked("Elija al menos algo que esa función pueda hacer.")
SAY_WHAT_FOR = marked(
    "Diga en la cabecera X-Purpose para qué se abren los expedientes; su función decide cuáles "
    "valen."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A program that is to be let in: what it is called, for which duty, and until when."""

    name: str
    role: Role
    scope: Collection[Permission]
    ends_at: datetime | None = None


def ask_for_token(
    session: Session, viewer: Viewer, institution: Institution, asked: Asked, *, at: datetime
) -> str:
    """Enter a program and give its token, this once; it opens nothing until confirmed.

    Raises
    ------
    NotPermitted
        If `viewer` is no administrator.
    InvalidInput
        If no program can have that duty at such an institution, or nothing of it is left.
    """
    demand(viewer, Permission.ACCOUNT_ADMINISTER)
    if asked.role not in PROGRAM_ROLES:
        raise InvalidInput(NOTHING_LEFT)
    demand_employable(institution, asked.role)
    account = _program(institution, asked, at=at)
    scope = [each for each in offered_to(viewer_of(account)) if each in asked.scope]
    if not scope:
        raise InvalidInput(NOTHING_LEFT)
    session.add(account)
    session.flush()
    secret = secrets.token_urlsafe(TOKEN_BYTES)
    token = ApiToken(
        account=account,
        token_hash=token_hash(secret),
        scope=[each.value for each in scope],
        asked_by=viewer.account_id,
        asked_at=at,
        ends_at=asked.ends_at,
    )
    session.add(token)
    session.flush()
    about = f"account:{account.id}"
    record(session, Deed.TOKEN_ASKED, by=viewer, at=at, about=about, role=asked.role.value)
    return f"{_MARK}_{token.id}_{secret}"


def confirm_token(session: Session, viewer: Viewer, token: ApiToken, *, at: datetime) -> None:
    """Confirm, as another person, that a program is let in.

    Raises
    ------
    NotPermitted
        If the viewer's duty confirms nobody.
    NeedsAnotherPerson
        If they asked for it themselves.
    Conflict
        If it was confirmed or revoked already, or its time is over.
    """
    demand(viewer, Permission.ACCOUNT_CONFIRM)
    if token.asked_by == viewer.account_id:
        raise NeedsAnotherPerson
    if not is_asked_for(token, at=at):
        raise Conflict
    token.confirmed_by, token.confirmed_at = viewer.account_id, at
    session.flush()
    _log(session, Deed.TOKEN_CONFIRMED, viewer, token, at=at)


def revoke_token(session: Session, viewer: Viewer, token: ApiToken, *, at: datetime) -> None:
    """Let a program in no more, from its next request on.

    Raises
    ------
    NotPermitted
        If the viewer's duty confirms nobody.
    """
    demand(viewer, Permission.ACCOUNT_CONFIRM)
    token.revoked_at = token.revoked_at or at
    session.flush()
    _log(session, Deed.TOKEN_REVOKED, viewer, token, at=at)


def list_tokens(session: Session, viewer: Viewer) -> Sequence[ApiToken]:
    """List the programs of all institutions, the latest first.

    Raises
    ------
    NotPermitted
        If the viewer's duty confirms nobody.
    """
    demand(viewer, Permission.ACCOUNT_CONFIRM)
    return session.scalars(sa.select(ApiToken).order_by(ApiToken.id.desc())).all()


def is_asked_for(token: ApiToken, *, at: datetime) -> bool:
    """Say whether a program waits for somebody to confirm it."""
    return not (token.confirmed_at or token.revoked_at or _is_over(token, at=at))


def is_let_in(token: ApiToken, *, at: datetime) -> bool:
    """Say whether a token lets its program in now."""
    is_open = token.confirmed_at and not token.revoked_at and not token.account.disabled_at
    return bool(is_open and not _is_over(token, at=at))


def number_in(text: str) -> int:
    """Read which token a text claims to be; 0 is none."""
    mark, _, rest = text.partition("_")
    number = rest.partition("_")[0]
    # Beyond what a row can be numbered there is none.
    return int(number) if mark == _MARK and number.isdecimal() and len(number) < 16 else 0  # noqa: PLR2004


def find_token(session: Session, text: str, *, at: datetime) -> ApiToken | None:
    """Find the token that a text is, if it lets its program in now."""
    token = session.get(ApiToken, number_in(text))
    secret = text.partition("_")[2].partition("_")[2]
    given = token_hash(secret)
    if token is None or not compare_digest(given, token.token_hash):
        return None
    return token if is_let_in(token, at=at) else None


def viewer_by(token: ApiToken, purpose: str) -> Viewer:
    """Say in whose name a program asks, what for, and how far it reaches.

    Raises
    ------
    InvalidInput
        If it does not say what for, or its duty opens nothing for that.
    """
    viewer = viewer_of(token.account)
    if purpose not in PURPOSES[viewer.role]:
        raise InvalidInput(SAY_WHAT_FOR)
    scope = frozenset(Permission(each) for each in token.scope if each in set(FOR_PROGRAMS))
    # Two people let it in by a secret of 256 bits: that stands for the second factor. That
    # somebody is there can be proved by nobody but a person.
    return replace(viewer, purpose=Purpose(purpose), second_factor=True, scope=scope)


def offered_to(viewer: Viewer) -> list[Permission]:
    """List what a program with this duty may be let do."""
    proven = replace(viewer, second_factor=True)
    return [each for each in FOR_PROGRAMS if proven.may(each)]


def _program(institution: Institution, asked: Asked, *, at: datetime) -> Account:
    return Account(
        sign_in_name=f"program:{secrets.token_hex(8)}",
        display_name=asked.name,
        institution_id=institution.id,
        institution=institution,
        role=asked.role,
        created_at=at,
        is_program=True,
    )


def _is_over(token: ApiToken, *, at: datetime) -> bool:
    return token.ends_at is not None and at >= token.ends_at


def _log(
    session: Session, deed: Deed, viewer: Viewer, token: ApiToken, *, at: datetime
) -> None:
    record(session, deed, by=viewer, at=at, about=f"account:{token.account_id}")
