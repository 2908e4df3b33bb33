"""Accounts as the administrator reads them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from casework.signin.model import Account
from casework.web.role_words import ROLE_WORDS


@dataclass(frozen=True, slots=True)
class ShownAccount:
    """One account, without anything that lets one in."""

    id: int
    sign_in_name: str
    display_name: str
    institution: str
    role: str
    created_at: datetime
    is_disabled: bool

    @classmethod
    def of(cls, account: Account, gettext: Callable[[str], str]) -> "ShownAccount":
        return cls(
            id=account.id,
            sign_in_name=account.sign_in_name,
            display_name=account.display_name,
            institution=account.institution.name,
            role=gettext(ROLE_WORDS[account.role]),
            created_at=account.created_at,
            is_disabled=account.disabled_at is not None,
        )
