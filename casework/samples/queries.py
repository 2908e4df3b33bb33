"""Reading samples: of records of one's own institution, with their DNA open."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import NotFound
from casework.families.model import Relative
from casework.families.queries import list_relatives
from casework.missing.model import MissingPerson
from casework.missing.queries import get_missing_person, readable_missing
from casework.remains.queries import get_remains
from casework.samples.model import (
    MissingPersonSample,
    MissingPersonSampleEntry,
    RemainsSample,
    RemainsSampleEntry,
    Sample,
    SampleEntry,
    SampleKind,
    SampleState,
)
from casework.samples.rules import OF_FAMILIES, OF_REMAINS
from privacy.consent.ledger import live
from privacy.consent.model import Consent, DataCategory
from privacy.errors import StepUpNeeded
from privacy.model import Reveals
from privacy.permissions import Viewer
from privacy.sealing.opening import open_group


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two registers that samples belong to."""

    register: str
    sample: type[Sample]
    entry: type[SampleEntry]
    kinds: tuple[SampleKind, ...]
    find: Callable[..., Any]


MISSING = Side(
    "missing", MissingPersonSample, MissingPersonSampleEntry, OF_FAMILIES, get_missing_person
)
REMAINS = Side("remains", RemainsSample, RemainsSampleEntry, OF_REMAINS, get_remains)


@dataclass(frozen=True, slots=True)
class Kept:
    """One sample with all that happened to it, opened."""

    sample: Sample
    entries: Sequence[SampleEntry]
    has_consent: bool


@dataclass(frozen=True, slots=True)
class Rack:
    """The samples of one record, and who of the family could give one."""

    side: Side
    case: Any
    samples: Sequence[Kept]
    relatives: Sequence[Relative]
    consents: Mapping[int, Consent]  # by giver: what lets their DNA be compared now


def open_rack(
    session: Session, viewer: Viewer, side: Side, reference: str, *, at: datetime
) -> Rack:
    """Open the samples of one record of the viewer's own institution.

    Raises
    ------
    NotFound
        If there is none, it is hidden, or another institution keeps it.
    StepUpNeeded
        If DNA opens only to who has just proved to be there.
    """
    case = side.find(session, viewer, reference, at=at)
    if case.owner_institution_id != viewer.institution_id:
        raise NotFound(side.register)
    if open_group(session, viewer, [case], Reveals.DNA, at=at).refused:
        if viewer.stepped_up:
            raise NotFound(side.register)
        raise StepUpNeeded
    samples = _of(session, side.sample, case.id)
    entries = _of(session, side.entry, case.id)
    open_group(session, viewer, [*samples, *entries], Reveals.DNA, at=at)
    is_family = side is MISSING
    consents = dna_consents(session, case.id, at=at) if is_family else {}
    return Rack(
        side=side,
        case=case,
        samples=[
            Kept(
                each,
                [entry for entry in entries if entry.sample_id == each.id],
                has_consent=consent_of(each, consents) is not None or not is_family,
            )
            for each in samples
        ],
        relatives=list_relatives(session, case) if is_family else (),
        consents=consents,
    )


def samples_numbered(
    session: Session, viewer: Viewer, numbers: Collection[str]
) -> Mapping[str, tuple[Side, str]]:
    """Say of which records of the viewer's own institution samples with such numbers are.

    The reference of the record is given by the number of the sample. Nothing is opened by this,
    and of another institution's samples nothing is said.
    """
    found: dict[str, tuple[Side, str]] = {}
    for side in (MISSING, REMAINS):
        case = side.sample.case.property.mapper.class_
        rows = session.execute(
            sa.select(side.sample.reference, case.reference)
            .join(case, case.id == side.sample.case_id)
            .where(
                side.sample.reference.in_(numbers),
                case.owner_institution_id == viewer.institution_id,
            )
        )
        found |= {number: (side, reference) for number, reference in rows}
    return found


def dna_consents(session: Session, person_id: int, *, at: datetime) -> dict[int, Consent]:
    """Give for each who agreed to it the entry that lets their DNA be compared now."""
    entries = session.scalars(
        sa.select(Consent)
        .where(
            Consent.missing_person_id == person_id,
            Consent.data_category == DataCategory.DNA,
            Consent.giver_id.is_not(None),
            live(at),
        )
        .order_by(Consent.id)
    )
    return {cast("int", each.giver_id): each for each in entries}


def consent_of(sample: Sample, consents: Mapping[int, Consent]) -> Consent | None:
    """Give what lets a sample be used: the donor's own yes; of the person's own things, any."""
    if isinstance(sample, RemainsSample):
        return None
    return consent_for(sample.relative_id, consents)


def consent_for(relative_id: int | None, consents: Mapping[int, Consent]) -> Consent | None:
    """Give a donor's own yes; where the missing person is the donor, that of any relative."""
    if relative_id is not None:
        return consents.get(relative_id)
    return next(iter(consents.values()), None)


def kept_in(rack: Rack, number: int) -> Kept:
    """Find one sample.

    Raises
    ------
    NotFound
        If it is of another record.
    """
    for each in rack.samples:
        if each.sample.id == number:
            return each
    raise NotFound("sample")


def entry_in(kept: Kept, number: int) -> SampleEntry:
    """Find one entry of a sample that nobody has corrected yet.

    Raises
    ------
    NotFound
        If it is of another sample, or was corrected meanwhile.
    """
    corrected = {each.corrects_id for each in kept.entries}
    for each in kept.entries:
        if each.id == number and number not in corrected:
            return each
    raise NotFound("sample entry")


def relatives_with_samples(session: Session, person_id: int) -> frozenset[int]:
    """Say of whom a sample is registered; nothing of it is opened."""
    found = sa.select(MissingPersonSample.relative_id).where(
        MissingPersonSample.case_id == person_id, MissingPersonSample.relative_id.is_not(None)
    )
    return frozenset(session.scalars(found))


def samples_given_by(relative_id: int) -> sa.Select[int]:
    """Ask for the numbers of the samples that one relative gave."""
    return sa.select(MissingPersonSample.id).where(
        MissingPersonSample.relative_id == relative_id
    )


def serves_also(
    session: Session, viewer: Viewer, rack: Rack, *, at: datetime
) -> dict[int, str]:
    """Name the other files that samples of this one serve, as far as they may be read."""
    others = {
        number
        for kept in rack.samples
        for each in kept.entries
        if (number := getattr(each, "other_case_id", None))
    }
    return _own_references(session, viewer, others, at=at)


def served_from(
    session: Session, viewer: Viewer, person: MissingPerson, *, at: datetime
) -> Sequence[tuple[str, str]]:
    """Name samples of other own files that serve this one: (file, sample)."""
    rows = session.execute(
        sa.select(MissingPersonSample.case_id, MissingPersonSample.reference)
        .join(
            MissingPersonSampleEntry,
            MissingPersonSampleEntry.sample_id == MissingPersonSample.id,
        )
        .where(MissingPersonSampleEntry.other_case_id == person.id)
        .order_by(MissingPersonSample.id)
    ).all()
    names = _own_references(session, viewer, {case for case, _ in rows}, at=at)
    return [(names[case], sample) for case, sample in rows if case in names]


def _own_references(
    session: Session, viewer: Viewer, numbers: set[int], *, at: datetime
) -> dict[int, str]:
    if not numbers:
        return {}
    own = readable_missing(viewer, at).where(
        MissingPerson.id.in_(numbers),
        MissingPerson.owner_institution_id == viewer.institution_id,
    )
    return {each.id: each.reference for each in session.scalars(own)}


def _of(session: Session, model: type[Any], case_id: int) -> Sequence[Any]:
    rows = sa.select(model).where(model.case_id == case_id)
    return session.scalars(rows.order_by(model.id)).all()


def count_retained(session: Session, remains_id: int) -> int:
    """Count the samples of an opened record that nobody wrote down as destroyed."""
    destroyed = sa.select(RemainsSampleEntry.sample_id).where(
        RemainsSampleEntry.case_id == remains_id,
        RemainsSampleEntry.state == SampleState.DESTROYED,
    )
    found = sa.select(RemainsSample.id).where(
        RemainsSample.case_id == remains_id, RemainsSample.id.not_in(destroyed)
    )
    return len(session.scalars(found).all())
