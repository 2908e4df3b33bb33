"""Institutions, accounts and sessions."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, relationship

from privacy.model import Base, Reveals, column
from privacy.permissions import Purpose, Role


class InstitutionKind(StrEnum):
    """What an institution is for. Immigration enforcement is not among them, on purpose."""

    FORENSIC_SERVICE = "forensic_service"
    PROSECUTOR = "prosecutor"
    CONSULATE = "consulate"
    FAMILY_ORGANISATION = "family_organisation"
    HUMANITARIAN_ORGANISATION = "humanitarian_organisation"
    OBSERVATORY = "observatory"
    DATA_PROTECTION_AUTHORITY = "data_protection_authority"
    REGISTRY = "registry"


class Institution(Base):
    """An institution that owns records and employs people."""

    __tablename__ = "institution"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    name: Mapped[str] = column(sa.String(200), unique=True, reveals=Reveals.NOTHING)
    kind: Mapped[InstitutionKind] = column(reveals=Reveals.NOTHING)
    country: Mapped[str] = column(sa.String(2), reveals=Reveals.NOTHING)
    invented: Mapped[bool] = column(default=False, reveals=Reveals.NOTHING)


class Account(Base):
    """A person who signs in, with one duty."""

    __tablename__ = "account"
    __table_args__ = (
        sa.CheckConstraint("role NOT IN ('engine', 'door')", name="role_is_a_persons"),
        sa.CheckConstraint("sign_in_name = lower(sign_in_name)", name="sign_in_name_is_lower"),
        sa.UniqueConstraint("institution_id", "provider_subject"),
    )

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    sign_in_name: Mapped[str] = column(sa.String(200), unique=True, reveals=Reveals.CONTACT)
    display_name: Mapped[str] = column(sa.String(200), reveals=Reveals.IDENTITY)
    institution_id: Mapped[int] = column(
        sa.ForeignKey("institution.id"), index=True, reveals=Reveals.NOTHING
    )
    role: Mapped[Role] = column(reveals=Reveals.NOTHING)
    # None until the invitation is accepted, and for whoever comes in by their institution.
    password_hash: Mapped[str | None] = column(sa.String(200), reveals=Reveals.NOTHING)
    # Who the institution's own provider says this is (OpenID Connect `sub`), once linked.
    provider_subject: Mapped[str | None] = column(sa.String(255), reveals=Reveals.NOTHING)
    created_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    disabled_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    # Moves on when the duty changes or access is recovered: every open session is then over.
    # A number and not an instant, so that no clock decides who is still inside.
    epoch: Mapped[int] = column(default=0, reveals=Reveals.NOTHING)
    # A program of the institution: it comes in by its token alone, and no invitation opens it.
    is_program: Mapped[bool] = column(default=False, reveals=Reveals.NOTHING)

    institution: Mapped[Institution] = relationship(lazy="joined")

    @property
    def may_prove_themselves(self) -> bool:
        """Whether an invitation was taken up since the account, or its duty, was given."""
        return self.password_hash is not None or self.provider_subject is not None


class SignInSession(Base):
    """A session on the server's side. The cookie holds a token; the table only its hash."""

    __tablename__ = "sign_in_session"

    token_hash: Mapped[bytes] = column(
        sa.LargeBinary(32), primary_key=True, reveals=Reveals.NOTHING
    )
    account_id: Mapped[int] = column(
        sa.ForeignKey("account.id"), index=True, reveals=Reveals.NOTHING
    )
    form_token: Mapped[str] = column(sa.String(64), reveals=Reveals.NOTHING)
    opened_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    last_seen_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    ended_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    # When somebody proved more than a password, and when they last proved to be there.
    second_factor_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    stepped_up_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    purpose: Mapped[Purpose] = column(default=Purpose.SEARCH, reveals=Reveals.NOTHING)
    # The account's epoch when this was opened; it is over when the account's moves on.
    epoch: Mapped[int] = column(default=0, reveals=Reveals.NOTHING)

    account: Mapped[Account] = relationship(lazy="joined")


class SentSheet(Base):
    """A form that somebody sent: a number that says nothing of it, and where it led."""

    __tablename__ = "sent_sheet"

    number: Mapped[UUID] = column(primary_key=True, reveals=Reveals.NOTHING)
    account_id: Mapped[int] = column(
        sa.ForeignKey("account.id"), index=True, reveals=Reveals.NOTHING
    )
    # The address of a page of ours: a reference at most, never what was typed.
    led_to: Mapped[str] = column(sa.String(500), reveals=Reveals.NOTHING)
    sent_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
