"""What people do with samples. Each function is one deed: allowed, done and recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from casework.errors import InvalidInput
from casework.missing.model import MissingPerson
from casework.references import Prefix, new_reference
from casework.samples.model import (
    Happening,
    Sample,
    SampleEntry,
    SampleKind,
    SampleState,
)
from casework.samples.queries import Kept, Rack, Side, consent_for, open_rack
from casework.samples.rules import (
    refusal_of_day,
    refusal_of_entry,
    refusal_of_sample,
    state_of,
)
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, Viewer, demand

LONGEST_DETAIL = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What is said of a sample when it is registered."""

    kind: SampleKind
    relative_id: int | None = None
    taken_on: date | None = None
    details: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What is said of one thing that happened to a sample."""

    happening: Happening
    happened_on: date
    state: SampleState | None = None
    other: MissingPerson | None = None
    details: Mapping[str, str] = field(default_factory=dict, repr=False)


def read_rack(
    session: Session, viewer: Viewer, side: Side, reference: str, *, at: datetime
) -> Rack:
    """Open the samples of one record, and write down that they were read.

    Raises
    ------
    NotFound
        If there is none, it is hidden, or another institution keeps it.
    StepUpNeeded
        If DNA opens only to who has just proved to be there.
    """
    rack = open_rack(session, viewer, side, reference, at=at)
    shown = len(rack.samples)
    record(session, Deed.SAMPLES_READ, by=viewer, at=at, about=reference, shown=shown)
    return rack


def register_sample(
    session: Session, viewer: Viewer, rack: Rack, taken: Taken, *, at: datetime
) -> Sample:
    """Register a sample that was taken. A relative's needs their own consent, standing now.

    Raises
    ------
    NotPermitted
        If `viewer` keeps no samples.
    InvalidInput
        If it does not say of whom it is, or was taken on a day to come.
    Conflict
        If the donor has not agreed, or took it back.
    """
    demand(viewer, Permission.SAMPLE_KEEP)
    consent = consent_for(taken.relative_id, rack.consents)
    if refusal := refusal_of_sample(
        taken.kind,
        kinds=rack.side.kinds,
        has_donor=any(each.id == taken.relative_id for each in rack.relatives),
        has_consent=consent is not None,
        kept=len(rack.samples),
    ):
        raise refusal
    if sentence := refusal_of_day(taken.taken_on, today=at.date(), taken_on=None):
        raise InvalidInput(sentence)
    said: dict[str, Any] = {
        "case": rack.case,
        "reference": new_reference(Prefix.SAMPLE),
        "kind": taken.kind,
        "taken_on": taken.taken_on,
        "details": _kept(taken.details),
        "entered_at": at,
        "entered_by": viewer.account_id,
    }
    if consent is not None:
        said |= {"relative_id": taken.relative_id, "consent_id": consent.id}
    sample = rack.side.sample(**said)
    session.add(sample)
    session.flush()
    about = rack.case.reference
    record(session, Deed.SAMPLE_REGISTERED, by=viewer, at=at, about=about)
    return sample


def add_entry(
    session: Session,
    viewer: Viewer,
    rack: Rack,
    kept: Kept,
    *,
    happened: Happened,
    corrects: SampleEntry | None = None,
    at: datetime,
) -> SampleEntry:
    """Add what happened to a sample; with `corrects` it says anew what was written wrongly.

    Raises
    ------
    NotPermitted
        If `viewer` keeps no samples.
    InvalidInput
        If it says nothing, lies ahead, or lies before the sample was taken.
    Conflict
        If the sample is no more.
    """
    demand(viewer, Permission.SAMPLE_KEEP)
    sample = kept.sample
    others = [each for each in kept.entries if each is not corrects]
    if refusal := refusal_of_entry(
        happened.happening,
        state_of(others),
        to_whom=happened.details.get("to", ""),
        has_other=happened.other is not None and happened.other.id != rack.case.id,
    ):
        raise refusal
    if sentence := refusal_of_day(
        happened.happened_on, today=at.date(), taken_on=sample.taken_on
    ):
        raise InvalidInput(sentence)
    said: dict[str, Any] = {
        "case": rack.case,
        "sample_id": sample.id,
        "happening": happened.happening,
        "happened_on": happened.happened_on,
        "state": happened.state if happened.happening is Happening.STATE else None,
        "details": _kept(happened.details),
        "corrects_id": corrects.id if corrects else None,
        "entered_at": at,
        "entered_by": viewer.account_id,
    }
    if happened.other is not None and happened.happening is Happening.SERVES_ALSO:
        said["other_case_id"] = happened.other.id
    entry = rack.side.entry(**said)
    session.add(entry)
    session.flush()
    deed = Deed.SAMPLE_CORRECTED if corrects else Deed.SAMPLE_FOLLOWED
    about = rack.case.reference
    record(session, deed, by=viewer, at=at, about=about)
    return entry


def _kept(details: Mapping[str, str]) -> dict[str, str]:
    """Keep what was written; what was left empty says nothing."""
    return {
        name: text.strip()[:LONGEST_DETAIL] for name, text in details.items() if text.strip()
    }


def with_other(happened: Happened, other: MissingPerson | None) -> Happened:
    """Say of an entry which other file it names."""
    return replace(happened, other=other)
