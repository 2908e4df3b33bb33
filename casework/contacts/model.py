"""How to reach a relative, what was agreed about it, and what was said and promised.

Rows are added and never changed: a telephone that is no longer theirs is replaced by a row
that says so, and what stood before stays readable. Only erasing the file takes them away.
"""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, relationship

from casework.missing.model import MissingPerson
from privacy.model import Base, Reveals, column
from privacy.sealing.columns import JSON_LIST, SealedRow, sealed


class Channel(StrEnum):
    """By what somebody is reached."""

    PHONE = "phone"
    WHATSAPP = "whatsapp"
    EMAIL = "email"
    ADDRESS = "address"
    SOCIAL = "social"
    THIRD_PARTY = "third_party"
    IN_PERSON = "in_person"  # of what was said; nobody is kept under it


class Safe(StrEnum):
    """Whether something puts a family in danger. Until it was asked, nobody knows."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"


class Literacy(StrEnum):
    """Whether somebody reads: a letter to who does not is read by somebody else."""

    READS = "reads"
    DOES_NOT_READ = "does_not_read"
    NOT_ASKED = "not_asked"


class SecurityConcern(StrEnum):
    """What a family fears (minimum data set, group 2)."""

    NOT_ASKED = "not_asked"
    NONE = "none"
    EXTORTION = "extortion"
    THREAT = "threat"
    TRAFFICKER = "trafficker"
    STATE_ACTOR = "state_actor"
    DOMESTIC_VIOLENCE = "domestic_violence"
    UNKNOWN = "unknown"


class Direction(StrEnum):
    """Who sought whom."""

    TO_FAMILY = "to_family"
    FROM_FAMILY = "from_family"


class ContentClass(StrEnum):
    """What was spoken of (minimum data set, group 26)."""

    ROUTINE = "routine_update"
    REQUEST = "request_for_data"
    CANDIDATE = "candidate"
    IDENTIFICATION = "identification"
    RUMOUR = "exclusion_of_rumour"
    COMPLAINT = "complaint"


class Outcome(StrEnum):
    """How it ended."""

    SPOKE = "spoke"
    MESSAGE_LEFT = "message_left"
    NO_ANSWER = "no_answer"
    SOMEBODY_ELSE = "somebody_else"
    WRONG_NUMBER = "wrong_number"
    NOT_SAFE = "not_safe"
    WANTS_NO_CONTACT = "wants_no_contact"


def _of_the_relative() -> sa.ForeignKeyConstraint:
    """Tie a row to a relative of the very same file."""
    return sa.ForeignKeyConstraint(
        ["relative_id", "missing_person_id"], ["relative.id", "relative.missing_person_id"]
    )


class ContactPoint(SealedRow, Base):
    """One way to reach a relative, with what keeps them safe.

    With `is_ended` it says that the way it replaces leads to them no more.
    """

    __tablename__ = "contact_point"
    case_of_key = "case"
    __table_args__ = (_of_the_relative(),)

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    missing_person_id: Mapped[int] = column(
        sa.ForeignKey(MissingPerson.id), index=True, reveals=Reveals.NOTHING
    )
    relative_id: Mapped[int] = column(sa.BigInteger, index=True, reveals=Reveals.NOTHING)
    # What it says anew; of two who change the same, the second is told.
    replaces_id: Mapped[int | None] = column(
        sa.ForeignKey("contact_point.id"), unique=True, reveals=Reveals.NOTHING
    )
    kind: Mapped[Channel] = column(reveals=Reveals.CONTACT)
    value = sealed(reveals=Reveals.CONTACT)
    # Empty: their own. Else who it is that passes a message on, or whose telephone it is.
    whose = sealed(reveals=Reveals.CONTACT)
    safe_to_call: Mapped[Safe] = column(default=Safe.NOT_ASKED, reveals=Reveals.CONTACT)
    may_leave_message: Mapped[Safe] = column(default=Safe.NOT_ASKED, reveals=Reveals.CONTACT)
    # `casework.contacts.hours` reads them: days and from when to when, on their own clock.
    safe_hours = sealed(reveals=Reveals.CONTACT, kind=JSON_LIST)
    who_may_answer = sealed(reveals=Reveals.CONTACT)
    do_not_say = sealed(reveals=Reveals.CONTACT)
    is_ended: Mapped[bool] = column(default=False, reveals=Reveals.CONTACT)
    entered_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    entered_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)

    case: Mapped[MissingPerson] = relationship()


class ContactAgreement(SealedRow, Base):
    """How a relative wants to be spoken to, and how often. The newest row holds."""

    __tablename__ = "contact_agreement"
    case_of_key = "case"
    __table_args__ = (
        _of_the_relative(),
        sa.CheckConstraint("interval_days BETWEEN 1 AND 366", name="interval_is_kept"),
    )

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    missing_person_id: Mapped[int] = column(
        sa.ForeignKey(MissingPerson.id), index=True, reveals=Reveals.NOTHING
    )
    relative_id: Mapped[int] = column(sa.BigInteger, index=True, reveals=Reveals.NOTHING)
    channel: Mapped[Channel | None] = column(reveals=Reveals.CONTACT)
    interval_days: Mapped[int | None] = column(sa.SmallInteger, reveals=Reveals.CONTACT)
    language: Mapped[str] = column(sa.String(20), default="", reveals=Reveals.CONTACT)
    needs_interpreter: Mapped[bool] = column(default=False, reveals=Reveals.CONTACT)
    literacy: Mapped[Literacy] = column(default=Literacy.NOT_ASKED, reveals=Reveals.CONTACT)
    # Where they live, as far as the clock goes (ISO 3166-1): a night there is no time to call.
    clock_of: Mapped[str] = column(sa.String(2), default="", reveals=Reveals.CONTACT)
    security_concern = sealed(reveals=Reveals.CONTACT)
    entered_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    entered_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)

    case: Mapped[MissingPerson] = relationship()


class ContactEntry(SealedRow, Base):
    """One time that somebody spoke with a family or tried to, and what was promised."""

    __tablename__ = "contact_entry"
    case_of_key = "case"
    __table_args__ = (
        _of_the_relative(),
        # Nothing can be released to a family yet, so nothing can have been told.
        sa.CheckConstraint("content_class <> 'candidate'", name="no_candidate_is_told"),
        sa.Index(
            "ix_contact_entry_promised",
            "promised_by",
            postgresql_where=sa.column("promised_by").is_not(None),
        ),
    )

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    missing_person_id: Mapped[int] = column(
        sa.ForeignKey(MissingPerson.id), index=True, reveals=Reveals.NOTHING
    )
    relative_id: Mapped[int] = column(sa.BigInteger, index=True, reveals=Reveals.NOTHING)
    happened_at: Mapped[datetime] = column(reveals=Reveals.CONTACT)
    direction: Mapped[Direction] = column(reveals=Reveals.CONTACT)
    channel: Mapped[Channel] = column(reveals=Reveals.CONTACT)
    language: Mapped[str] = column(sa.String(20), default="", reveals=Reveals.CONTACT)
    content_class: Mapped[ContentClass] = column(reveals=Reveals.CONTACT)
    outcome: Mapped[Outcome] = column(reveals=Reveals.CONTACT)
    spoke_with = sealed(reveals=Reveals.CONTACT)
    said = sealed(reveals=Reveals.CONTACT)
    promised = sealed(reveals=Reveals.CONTACT)
    promised_by: Mapped[date | None] = column(reveals=Reveals.CONTACT)
    # The entries whose promises this one keeps.
    keeps: Mapped[list[int]] = column(
        ARRAY(sa.BigInteger), default=list, reveals=Reveals.NOTHING
    )
    recorded_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    recorded_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)

    case: Mapped[MissingPerson] = relationship()
