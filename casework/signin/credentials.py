"""What lets somebody in, and what keeps others out: factors, invitations, attempts, providers.

Every token is kept as its hash; the only secret that must be read back is that of one-time
codes, and of a provider's client.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, relationship

from casework.signin.model import Account, Institution
from privacy.model import Base, Reveals, column


class Passkey(Base):
    """The public half of a passkey."""

    __tablename__ = "passkey"

    credential_id: Mapped[bytes] = column(
        sa.LargeBinary(1023), primary_key=True, reveals=Reveals.NOTHING
    )
    account_id: Mapped[int] = column(
        sa.ForeignKey("account.id"), index=True, reveals=Reveals.NOTHING
    )
    public_key: Mapped[bytes] = column(sa.LargeBinary, reveals=Reveals.NOTHING)
    sign_count: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    label: Mapped[str] = column(sa.String(80), reveals=Reveals.NOTHING)
    made_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    used_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)

    account: Mapped[Account] = relationship()


class CodeSecret(Base):
    """The secret of one person's one-time codes, and the step of the last one accepted."""

    __tablename__ = "code_secret"

    account_id: Mapped[int] = column(
        sa.ForeignKey("account.id"), primary_key=True, reveals=Reveals.NOTHING
    )
    secret: Mapped[bytes] = column(sa.LargeBinary, reveals=Reveals.NOTHING)
    last_step: Mapped[int] = column(sa.BigInteger, default=0, reveals=Reveals.NOTHING)
    # Until a first code has been typed in, the telephone may not have read it.
    confirmed_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)


class CeremonyKind(StrEnum):
    """What a browser was asked to come back with."""

    PASSKEY_MADE = "passkey_made"
    PASSKEY_PROOF = "passkey_proof"
    PROVIDER = "provider"


class Ceremony(Base):
    """A question put to one browser, answered once and soon, or never."""

    __tablename__ = "ceremony"

    token_hash: Mapped[bytes] = column(
        sa.LargeBinary(32), primary_key=True, reveals=Reveals.NOTHING
    )
    kind: Mapped[CeremonyKind] = column(reveals=Reveals.NOTHING)
    challenge: Mapped[bytes] = column(sa.LargeBinary, reveals=Reveals.NOTHING)
    account_id: Mapped[int | None] = column(
        sa.ForeignKey("account.id"), index=True, reveals=Reveals.NOTHING
    )
    began_at: Mapped[datetime] = column(index=True, reveals=Reveals.NOTHING)
    details: Mapped[dict[str, Any]] = column(JSONB, default=dict, reveals=Reveals.NOTHING)


class KnownDevice(Base):
    """A browser that somebody came in with before: strangers' attempts do not slow it down."""

    __tablename__ = "known_device"

    token_hash: Mapped[bytes] = column(
        sa.LargeBinary(32), primary_key=True, reveals=Reveals.NOTHING
    )
    account_id: Mapped[int] = column(
        sa.ForeignKey("account.id"), index=True, reveals=Reveals.NOTHING
    )
    seen_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)


class Attempts(Base):
    """How often somebody failed to come in, by a name from a network, or from a network."""

    __tablename__ = "sign_in_attempts"

    bucket: Mapped[str] = column(sa.String(80), primary_key=True, reveals=Reveals.NOTHING)
    failures: Mapped[int] = column(reveals=Reveals.NOTHING)
    last_at: Mapped[datetime] = column(index=True, reveals=Reveals.NOTHING)


class Invitation(Base):
    """Letting somebody in for the first time, or again: asked by one, confirmed by another.

    The link is given to whoever asked, the code to whoever confirmed: neither comes in alone.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        sa.CheckConstraint("confirmed_by <> asked_by", name="confirmed_by_another"),
        sa.CheckConstraint(
            "account_id <> asked_by AND account_id <> confirmed_by", name="not_for_oneself"
        ),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (code_hash IS NULL)", name="confirmed_wholly"
        ),
    )

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    account_id: Mapped[int] = column(
        sa.ForeignKey("account.id"), index=True, reveals=Reveals.NOTHING
    )
    is_recovery: Mapped[bool] = column(reveals=Reveals.NOTHING)
    token_hash: Mapped[bytes] = column(sa.LargeBinary(32), unique=True, reveals=Reveals.NOTHING)
    code_hash: Mapped[bytes | None] = column(sa.LargeBinary(32), reveals=Reveals.NOTHING)
    wrong_codes: Mapped[int] = column(default=0, reveals=Reveals.NOTHING)
    # Nobody: the server's own commands, whose user administers it already.
    asked_by: Mapped[int | None] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    asked_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    confirmed_by: Mapped[int | None] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    confirmed_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    closed_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)

    account: Mapped[Account] = relationship(lazy="joined")


class ApiToken(Base):
    """What lets one program of an institution in: asked by one, confirmed by another.

    It is shown once, to whoever asks; until another person confirms it, it opens nothing.
    """

    __tablename__ = "api_token"
    __table_args__ = (
        sa.CheckConstraint("confirmed_by <> asked_by", name="confirmed_by_another"),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)", name="confirmed_wholly"
        ),
    )

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    account_id: Mapped[int] = column(
        sa.ForeignKey("account.id"), unique=True, reveals=Reveals.NOTHING
    )
    token_hash: Mapped[bytes] = column(sa.LargeBinary(32), unique=True, reveals=Reveals.NOTHING)
    scope: Mapped[list[str]] = column(ARRAY(sa.String(64)), reveals=Reveals.NOTHING)
    asked_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    asked_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    confirmed_by: Mapped[int | None] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    confirmed_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    ends_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    used_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    revoked_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)

    account: Mapped[Account] = relationship(lazy="joined")


class Provider(Base):
    """The OpenID provider by which the people of one institution come in."""

    __tablename__ = "identity_provider"

    institution_id: Mapped[int] = column(
        sa.ForeignKey("institution.id"), primary_key=True, reveals=Reveals.NOTHING
    )
    issuer: Mapped[str] = column(sa.String(300), reveals=Reveals.NOTHING)
    client_id: Mapped[str] = column(sa.String(200), reveals=Reveals.NOTHING)
    client_secret: Mapped[bytes] = column(sa.LargeBinary, reveals=Reveals.NOTHING)
    # Values of `acr` or `amr` by which this provider says that a second factor was given.
    second_factors: Mapped[list[str]] = column(ARRAY(sa.String(120)), reveals=Reveals.NOTHING)

    institution: Mapped[Institution] = relationship(lazy="joined")
