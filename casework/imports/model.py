"""Imports: a file, what was read from it, and every row that was not taken as it stood."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, relationship

from casework.envelope import SearchConsent
from casework.imports.problems import Severity
from casework.signin.model import Account, Institution
from privacy.model import Base, Reveals, column
from privacy.permissions import Permission
from privacy.sealing.columns import BYTES, JSON_LIST, SealedRow, sealed


class RunState(StrEnum):
    """How far long work has come; shared in meaning with matching runs."""

    UPLOADED = "uploaded"  # waiting for somebody to look at the preview
    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ImportRun(SealedRow, Base):
    """One file, read once. The five counts are disjoint and add up to `read`."""

    __tablename__ = "import_run"
    __table_args__ = (
        sa.CheckConstraint(
            "state <> 'finished' OR read = accepted + accepted_with_warning + updated"
            " + unchanged + quarantined",
            name="counts_add_up",
        ),
    )

    opened_by: ClassVar[Mapping[Reveals, Permission]] = {
        Reveals.IDENTITY: Permission.FILE_IMPORT
    }

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    file_name: Mapped[str] = column(sa.String(255), reveals=Reveals.CIRCUMSTANCE)
    file_sha256: Mapped[str] = column(sa.String(64), index=True, reveals=Reveals.NOTHING)
    profile: Mapped[str] = column(sa.String(40), reveals=Reveals.NOTHING)
    layout: Mapped[str] = column(sa.String(60), default="", reveals=Reveals.NOTHING)
    # What the institution declares its families said to searching; for people only.
    search_consent: Mapped[SearchConsent] = column(
        default=SearchConsent.NOT_ASKED, reveals=Reveals.NOTHING
    )
    state: Mapped[RunState] = column(index=True, reveals=Reveals.NOTHING)
    institution_id: Mapped[int] = column(
        sa.ForeignKey(Institution.id), index=True, reveals=Reveals.NOTHING
    )
    account_id: Mapped[int | None] = column(sa.ForeignKey(Account.id), reveals=Reveals.NOTHING)
    invented: Mapped[bool] = column(default=False, reveals=Reveals.NOTHING)
    # Of when the file is, declared with it: for rows that do not say it themselves.
    source_date: Mapped[date | None] = column(reveals=Reveals.NOTHING)
    requested_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    started_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    finished_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    rows_done: Mapped[int] = column(default=0, reveals=Reveals.NOTHING)
    rows_total: Mapped[int | None] = column(reveals=Reveals.NOTHING)
    cancel_requested: Mapped[bool] = column(default=False, reveals=Reveals.NOTHING)
    failure: Mapped[str | None] = column(sa.Text, reveals=Reveals.NOTHING)

    read: Mapped[int] = column(default=0, reveals=Reveals.NOTHING)
    accepted: Mapped[int] = column(default=0, reveals=Reveals.NOTHING)
    accepted_with_warning: Mapped[int] = column(default=0, reveals=Reveals.NOTHING)
    updated: Mapped[int] = column(default=0, reveals=Reveals.NOTHING)
    unchanged: Mapped[int] = column(default=0, reveals=Reveals.NOTHING)
    quarantined: Mapped[int] = column(default=0, reveals=Reveals.NOTHING)


class ImportFile(SealedRow, Base):
    """The file itself, byte for byte, until its run has ended."""

    __tablename__ = "import_file"

    case_of_key = "run"

    import_run_id: Mapped[int] = column(
        sa.ForeignKey("import_run.id"), primary_key=True, reveals=Reveals.NOTHING
    )
    content = sealed(reveals=Reveals.IDENTITY, kind=BYTES, deferred=True)
    run: Mapped[ImportRun] = relationship()


class ImportProblem(SealedRow, Base):
    """One thing wrong with one row: where, what was found, which rule, whether it got in."""

    __tablename__ = "import_problem"
    case_of_key = "run"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    import_run_id: Mapped[int] = column(
        sa.ForeignKey("import_run.id"), index=True, reveals=Reveals.NOTHING
    )
    line: Mapped[int] = column(reveals=Reveals.NOTHING)
    field: Mapped[str] = column(sa.String(120), reveals=Reveals.NOTHING)
    found = sealed(reveals=Reveals.IDENTITY)
    detail: Mapped[str] = column(sa.Text, default="", reveals=Reveals.IDENTITY)
    rule: Mapped[str] = column(sa.String(60), index=True, reveals=Reveals.NOTHING)
    severity: Mapped[Severity] = column(reveals=Reveals.NOTHING)
    run: Mapped[ImportRun] = relationship()


class QuarantinedRow(SealedRow, Base):
    """A row that could not be taken, word for word, waiting for somebody to mend it."""

    __tablename__ = "quarantined_row"
    case_of_key = "run"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    import_run_id: Mapped[int] = column(
        sa.ForeignKey("import_run.id"), index=True, reveals=Reveals.NOTHING
    )
    line: Mapped[int] = column(reveals=Reveals.NOTHING)
    # Pairs of column and text: the server would put the names of an object in its own order.
    original = sealed(reveals=Reveals.IDENTITY, kind=JSON_LIST)
    rules: Mapped[list[str]] = column(ARRAY(sa.Text), reveals=Reveals.NOTHING)
    run: Mapped[ImportRun] = relationship()
