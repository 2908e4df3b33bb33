"""Documents that were printed here: what one paper can be held against, and nothing of whom.

A row names no record: whoever has a paper in hand asks at the door, where nobody is signed in.
Which records lie on a copy stands in the register of copies, under the same number.
"""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from casework.signin.model import Institution
from casework.web.languages import Spoken
from privacy.model import Base, Reveals, column


class DocumentKind(StrEnum):
    """What a document is."""

    MISSING_PERSON_FILE = "missing_person_file"
    REMAINS_FILE = "remains_file"
    COMPARISON = "comparison"
    DNA_RESULT = "dna_result"
    CHAIN_OF_CUSTODY = "chain_of_custody"
    COPY_OF_RECORDS = "copy_of_records"  # what was handed to another institution
    FAMILY_LETTER = "family_letter"
    CONSULAR_NOTE = "consular_note"
    ACCESS_ANSWER = "access_answer"  # all that is held about somebody who asked
    IDENTIFICATION_REPORT = "identification_report"
    EXCLUSION_REPORT = "exclusion_report"
    PREMATURE_REPORT = "premature_report"
    BOARD_MINUTES = "board_minutes"
    CONSENT_FORM = "consent_form"
    STATUS_SLIP = "status_slip"  # silent: at the door it is told of no institution


class IssuedDocument(Base):
    """One printing of one document. Rows are added; calling its copies back marks it."""

    __tablename__ = "issued_document"

    # The number that stands at the foot of every page.
    copy: Mapped[str] = column(sa.String(20), primary_key=True, reveals=Reveals.NOTHING)
    kind: Mapped[DocumentKind] = column(reveals=Reveals.NOTHING)
    # Of the file as it was handed out, and of what it says; the second is printed in part.
    sha256: Mapped[str] = column(sa.String(64), index=True, reveals=Reveals.NOTHING)
    said_sha256: Mapped[str] = column(sa.String(64), reveals=Reveals.NOTHING)
    page_count: Mapped[int] = column(reveals=Reveals.NOTHING)
    language: Mapped[Spoken] = column(reveals=Reveals.NOTHING)
    invented: Mapped[bool] = column(reveals=Reveals.NOTHING)
    institution_id: Mapped[int] = column(
        sa.ForeignKey(Institution.id), index=True, reveals=Reveals.NOTHING
    )
    issued_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    issued_by: Mapped[int] = column(sa.ForeignKey("account.id"), reveals=Reveals.NOTHING)
    # Set by the database when one of its copies is called back.
    called_back_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)


class DocumentBasis(Base):
    """What a paper rests on: when that ends, the paper is called back.

    Read by the keeper alone: whoever reads the register of copies would learn from it that
    there is a decision.
    """

    __tablename__ = "document_basis"
    __table_args__ = (
        sa.CheckConstraint("num_nonnulls(decision_id, status_code_id) = 1", name="one_thing"),
    )

    copy: Mapped[str] = column(
        sa.ForeignKey("issued_document.copy", ondelete="CASCADE"),
        primary_key=True,
        reveals=Reveals.NOTHING,
    )
    decision_id: Mapped[int | None] = column(
        sa.ForeignKey("decision.id", ondelete="CASCADE"), index=True, reveals=Reveals.NOTHING
    )
    status_code_id: Mapped[int | None] = column(
        sa.ForeignKey("status_code.id", ondelete="CASCADE"),
        index=True,
        reveals=Reveals.NOTHING,
    )
