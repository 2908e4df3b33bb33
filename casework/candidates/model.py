"""Proposed pairings of a missing person and remains, and the runs that proposed them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, relationship

from casework.envelope import PartOf
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.signin.model import Account, Institution
from privacy.model import Base, Reveals, column
from privacy.sealing.columns import SealedRow, sealed


class MatchingState(StrEnum):
    """How far a matching run has come."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


class PairingState(StrEnum):
    """Where a pairing stands. The engine never sets anything beyond these."""

    PROPOSED = "proposed"
    NO_LONGER_PROPOSED = "no_longer_proposed"  # a newer run ranks it below its lists
    BY_HAND = "by_hand"  # somebody opened it; the engine does not propose it


class FoundBy(StrEnum):
    """What led somebody to a pair that the engine did not propose."""

    DNA = "dna"  # a search by DNA, ours or a laboratory's
    PRINTS = "prints"  # a system of fingerprints
    PARTNER = "partner"  # another institution's system
    EXAMINER = "examiner"  # whoever looked at remains and files with their own eyes
    OTHER = "other"


class WeighingState(StrEnum):
    """Why a record is noted. The database writes the first of these, the worker the others."""

    WAITS = "waits"
    WEIGHED = "weighed"  # kept for a whole run under way, which has not seen the record
    GAP = "gap"  # it did not change, but somebody left its list: the next best moves up
    SET_ASIDE = "set_aside"  # weighing it fell; the next whole run sees it


class MatchingRun(Base):
    """One weighing of every missing person against all remains."""

    __tablename__ = "matching_run"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    state: Mapped[MatchingState] = column(index=True, reveals=Reveals.NOTHING)
    requested_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    requested_by: Mapped[int | None] = column(
        sa.ForeignKey(Account.id), reveals=Reveals.NOTHING
    )
    started_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    finished_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    done: Mapped[int] = column(sa.BigInteger, default=0, reveals=Reveals.NOTHING)
    total: Mapped[int | None] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    cancel_requested: Mapped[bool] = column(default=False, reveals=Reveals.NOTHING)
    failure: Mapped[str | None] = column(sa.Text, reveals=Reveals.NOTHING)
    model_name: Mapped[str | None] = column(sa.String(80), reveals=Reveals.NOTHING)
    model_version: Mapped[str | None] = column(sa.String(40), reveals=Reveals.NOTHING)
    model_hash: Mapped[str | None] = column(sa.String(64), reveals=Reveals.NOTHING)
    inputs_hash: Mapped[str | None] = column(sa.String(64), reveals=Reveals.NOTHING)
    missing_count: Mapped[int | None] = column(reveals=Reveals.NOTHING)
    remains_count: Mapped[int | None] = column(reveals=Reveals.NOTHING)
    pairs_scored: Mapped[int | None] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    pairs_skipped: Mapped[int | None] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    prior: Mapped[float | None] = column(reveals=Reveals.NOTHING)
    expected_true_matches: Mapped[float | None] = column(reveals=Reveals.NOTHING)
    prior_basis: Mapped[str | None] = column(sa.Text, reveals=Reveals.NOTHING)
    # What was common in the registry that day, without anybody's words, names or places.
    commonness: Mapped[dict[str, Any] | None] = column(JSONB, reveals=Reveals.NOTHING)


class Pairing(Base):
    """A proposal that two records may speak of one person, with what each kind weighs."""

    __tablename__ = "pairing"
    __table_args__ = (
        sa.UniqueConstraint("missing_person_id", "remains_id"),
        sa.CheckConstraint("posterior >= 0 AND posterior <= 1", name="posterior_in_range"),
        # The queue reads the best first, page by page.
        sa.Index("ix_pairing_queue", "state", "posterior", "log10_lr", "id"),
    )

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    missing_person_id: Mapped[int] = column(
        sa.ForeignKey(MissingPerson.id), reveals=Reveals.IDENTITY
    )
    remains_id: Mapped[int] = column(
        sa.ForeignKey(Remains.id), index=True, reveals=Reveals.IDENTITY
    )
    matching_run_id: Mapped[int] = column(
        sa.ForeignKey("matching_run.id"), reveals=Reveals.NOTHING
    )
    state: Mapped[PairingState] = column(reveals=Reveals.NOTHING)
    log10_lr: Mapped[float] = column(reveals=Reveals.IDENTITY)
    posterior: Mapped[float] = column(reveals=Reveals.IDENTITY)
    # What was believed of this pair before its evidence; invented and real people are
    # weighed apart, so that one run may hold two.
    prior: Mapped[float] = column(reveals=Reveals.NOTHING)
    # 1 is the best; 0 means outside that side's list.
    rank_for_missing: Mapped[int] = column(reveals=Reveals.NOTHING)
    rank_for_remains: Mapped[int] = column(reveals=Reveals.NOTHING)
    # log10 likelihood ratio by kind of evidence; a kind that weighs nothing is left out.
    weights: Mapped[dict[str, Any]] = column(JSONB, reveals=Reveals.BODY)
    first_proposed_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    last_proposed_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    # Whose eye it was that found it, where the engine's list did not: it counts apart.
    found_by: Mapped[FoundBy | None] = column(reveals=Reveals.NOTHING)


class PairByHand(PartOf, SealedRow, Base):
    """Who opened a pair by hand, and why. Added, never changed.

    A pair that ended and was opened again has one of each time.
    """

    __tablename__ = "pair_by_hand"
    record_table = "missing_person"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    remains_id: Mapped[int] = column(
        sa.ForeignKey(Remains.id, ondelete="CASCADE"), index=True, reveals=Reveals.IDENTITY
    )
    found_by: Mapped[FoundBy] = column(reveals=Reveals.NOTHING)
    # The engine proposed it on that day as well: it counts among the engine's.
    was_proposed: Mapped[bool] = column(server_default=sa.false(), reveals=Reveals.NOTHING)
    reason = sealed(reveals=Reveals.BODY)
    entered_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    entered_by: Mapped[int] = column(sa.ForeignKey(Account.id), reveals=Reveals.NOTHING)
    institution_id: Mapped[int] = column(sa.ForeignKey(Institution.id), reveals=Reveals.NOTHING)

    case: Mapped[MissingPerson] = relationship()


class ExcludedPair(Base):
    """A pair that an exclusion keeps out of the queue; the exclusion itself stands elsewhere.

    Without an institution it is out for everybody: both keepers have signed.
    """

    __tablename__ = "excluded_pair"
    __table_args__ = (sa.Index("ix_excluded_pair_pair", "missing_person_id", "remains_id"),)

    decision_id: Mapped[int] = column(
        sa.ForeignKey("decision.id", ondelete="CASCADE"),
        primary_key=True,
        reveals=Reveals.NOTHING,
    )
    missing_person_id: Mapped[int] = column(
        sa.ForeignKey(MissingPerson.id, ondelete="CASCADE"), reveals=Reveals.IDENTITY
    )
    remains_id: Mapped[int] = column(
        sa.ForeignKey(Remains.id, ondelete="CASCADE"), index=True, reveals=Reveals.IDENTITY
    )
    institution_id: Mapped[int | None] = column(
        sa.ForeignKey(Institution.id), reveals=Reveals.NOTHING
    )


class WeighingDue(Base):
    """A record that was entered or changed and waits to be weighed; the database writes it."""

    __tablename__ = "weighing_due"
    __table_args__ = (
        sa.CheckConstraint(
            "num_nonnulls(missing_person_id, remains_id) = 1", name="one_of_two"
        ),
    )

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    missing_person_id: Mapped[int | None] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    remains_id: Mapped[int | None] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    state: Mapped[WeighingState] = column(
        server_default=WeighingState.WAITS.value, reveals=Reveals.NOTHING
    )
