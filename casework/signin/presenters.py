"""Accounts as the administrator reads them, and one's own access as everybody does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from casework.signin.credentials import Invitation, Passkey
from casework.signin.invitations import has_been_inside
from casework.signin.model import Account, SignInSession
from casework.web.role_words import ROLE_WORDS


@dataclass(frozen=True, slots=True)
class ShownAccount:
    """One account, without anything that lets one in."""

    id: int
    sign_in_name: str
    display_name: str
    institution: str
    role: str
    role_code: str
    created_at: datetime
    is_disabled: bool
    was_inside: bool
    is_own: bool

    @classmethod
    def of(
        cls, account: Account, gettext: Callable[[str], str], *, is_own: bool
    ) -> "ShownAccount":
        return cls(
            id=account.id,
            sign_in_name=account.sign_in_name,
            display_name=account.display_name,
            institution=account.institution.name,
            role=gettext(ROLE_WORDS[account.role]),
            created_at=account.created_at,
            role_code=str(account.role),
            is_disabled=account.disabled_at is not None,
            was_inside=has_been_inside(account),
            is_own=is_own,
        )


@dataclass(frozen=True, slots=True)
class ShownInvitation:
    """Somebody who waits to be let in, without what lets them in."""

    id: int
    display_name: str
    sign_in_name: str
    institution: str
    role: str
    is_recovery: bool
    asked_at: datetime
    is_confirmed: bool
    may_confirm: bool

    @classmethod
    def of(
        cls, invitation: Invitation, gettext: Callable[[str], str], *, viewer_id: int
    ) -> "ShownInvitation":
        account = invitation.account
        is_confirmed = invitation.confirmed_at is not None
        return cls(
            id=invitation.id,
            display_name=account.display_name,
            sign_in_name=account.sign_in_name,
            institution=account.institution.name,
            role=gettext(ROLE_WORDS[account.role]),
            is_recovery=invitation.is_recovery,
            asked_at=invitation.asked_at,
            is_confirmed=is_confirmed,
            may_confirm=not is_confirmed and viewer_id not in {invitation.asked_by, account.id},
        )


@dataclass(frozen=True, slots=True)
class ShownPasskey:
    """One of somebody's own passkeys."""

    credential: str
    label: str
    made_at: datetime
    used_at: datetime | None

    @classmethod
    def of(cls, passkey: Passkey) -> "ShownPasskey":
        return cls(passkey.credential_id.hex(), passkey.label, passkey.made_at, passkey.used_at)


@dataclass(frozen=True, slots=True)
class ShownSession:
    """One of somebody's own sessions."""

    mark: str
    opened_at: datetime
    last_seen_at: datetime
    is_this: bool

    @classmethod
    def of(cls, opened: SignInSession, *, is_this: bool) -> "ShownSession":
        return cls(cls.mark_of(opened), opened.opened_at, opened.last_seen_at, is_this)

    @staticmethod
    def mark_of(opened: SignInSession) -> str:
        """Name a session on a page without giving away what the table holds of it."""
        return sha256(opened.token_hash).hexdigest()[:16]
