"""One file of a laboratory with samples of many records, brought in at once.

Whose a specimen is, is read off the number of its sample alone: labels of tubes are sealed, and
to look for one every sample of an institution would have to be opened. What is not taken stays
on the page with its reason; nothing is lost.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from casework.errors import NotFound
from casework.profiles.actions import read_list
from casework.profiles.bringing import Brought, SaidOfFile, keep_brought
from casework.profiles.bringing import Kept as Result
from casework.profiles.model import ProfileSource
from casework.profiles.queries import Kept, same_markers
from casework.profiles.reading import read_profiles
from casework.profiles.specimens import Specimen
from casework.profiles.weighing import Single, assemble
from casework.references import Prefix, as_printed
from casework.samples.model import Sample
from casework.samples.queries import MISSING, Rack, Side, open_rack, samples_numbered
from privacy.permissions import Viewer


class Obstacle(StrEnum):
    """Why a specimen cannot be kept as it is."""

    UNKNOWN = "unknown"  # the number of no sample of this institution
    TWICE = "twice"  # two specimens of the file bear one number
    CLOSED = "closed"  # the record's DNA is not for this reader
    NO_CONSENT = "no_consent"
    NOTHING = "nothing"  # no locus could be read
    HAS_PROFILE = "has_profile"  # of the same markers: it is replaced only if told why

    @property
    def can_be_overcome(self) -> bool:
        """Say whether somebody may keep it all the same, by saying why."""
        return self is Obstacle.HAS_PROFILE


@dataclass(frozen=True, slots=True)
class Row:
    """One specimen of the file: its record and sample, if they are known, and what is amiss."""

    brought: Brought
    rack: Rack | None
    obstacle: Obstacle | None

    @property
    def sample(self) -> Sample | None:
        return self.brought.sample


@dataclass(frozen=True, slots=True)
class Record:
    """What is open of one record while a file is read."""

    rack: Rack
    profiles: Sequence[Kept] = field(repr=False)


def bring_many(
    session: Session, viewer: Viewer, content: bytes, said: SaidOfFile, *, at: datetime
) -> tuple[ProfileSource, tuple[Row, ...]]:
    """Read a file and find the record and the sample of each specimen; nothing is kept.

    The log names every record of which something is shown.

    Raises
    ------
    UnreadableProfiles
        If the file as a whole cannot be read.
    StepUpNeeded
        If DNA opens only to who has just proved to be there.
    """
    found = read_profiles(content)
    numbers = [_number(each) for each in found.specimens]
    places = samples_numbered(session, viewer, set(numbers))
    records = {
        reference: _opened(session, viewer, side, reference, at=at)
        for side, reference in dict.fromkeys(places.values())
    }
    often = Counter(numbers)
    return found.source, tuple(
        _row(specimen, number, places, records, said=said, is_twice=often[number] > 1)
        for specimen, number in zip(found.specimens, numbers, strict=True)
    )


def keep_many(
    session: Session,
    viewer: Viewer,
    rows: Sequence[Row],
    chosen: Collection[int],
    *,
    said: SaidOfFile,
    file: tuple[ProfileSource, bytes],
    at: datetime,
) -> list[Result]:
    """Keep the rows that were chosen, by their place in the file; each by itself."""
    pairs = [
        (row.brought, row.sample if number in chosen and _may_be_kept(row) else None)
        for number, row in enumerate(rows)
    ]
    return keep_brought(session, viewer, pairs, said, file=file, at=at)


def _may_be_kept(row: Row) -> bool:
    return row.obstacle is None or row.obstacle.can_be_overcome


def _number(specimen: Specimen) -> str:
    return as_printed(Prefix.SAMPLE, specimen.name)


def _opened(
    session: Session, viewer: Viewer, side: Side, reference: str, *, at: datetime
) -> Record | None:
    try:
        rack = open_rack(session, viewer, side, reference, at=at)
        return Record(rack, read_list(session, viewer, rack.case, at=at))
    except NotFound:
        return None


def _row(
    specimen: Specimen,
    number: str,
    places: Mapping[str, tuple[Side, str]],
    records: Mapping[str, Record | None],
    *,
    said: SaidOfFile,
    is_twice: bool,
) -> Row:
    side, reference = places.get(number, (None, ""))
    # Bone loses alleles, a relative's swab hardly ever.
    usual = Single.HOMOZYGOTE if side is MISSING else Single.LEFT_OUT
    brought = Brought(specimen, assemble(specimen.calls, said.single or usual), None)
    record = records.get(reference)
    if side is None:
        return Row(brought, None, Obstacle.UNKNOWN)
    if record is None:
        return Row(brought, None, Obstacle.CLOSED)
    kept = next(each for each in record.rack.samples if each.sample.reference == number)
    brought = replace(brought, sample=kept.sample)
    obstacle = _obstacle(brought, record, kept.sample, has_consent=kept.has_consent)
    return Row(brought, record.rack, Obstacle.TWICE if is_twice else obstacle)


def _obstacle(
    brought: Brought, record: Record, sample: Sample, *, has_consent: bool
) -> Obstacle | None:
    kinds = brought.assembled.genotypes
    if not has_consent:
        return Obstacle.NO_CONSENT
    if not kinds:
        return Obstacle.NOTHING
    if any(same_markers(record.profiles, sample, kind) for kind in kinds):
        return Obstacle.HAS_PROFILE
    return None
