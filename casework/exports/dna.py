"""What is known of DNA in a copy of whole records: donor by donor, and no genotype.

A family that is drawn, samples and what happened to them are rows of their own here; in a
copy they are words of the minimum data set. Each donor is asked of the ledger anew, for the
one who receives: without their own leave nothing of them leaves, nor of what was written of
DNA without saying whose it is.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.dataset.catalogue import field_at
from casework.dataset.code_lists.people import RELATIONSHIP
from casework.dataset.shape import RecordKind
from casework.dataset.values import Value
from casework.envelope import Originality
from casework.exports.family import Words, family_told, said_of
from casework.exports.queries import Handed
from casework.pedigree.queries import RELATIONSHIP_OF, latest
from casework.pedigree.written import read_back
from casework.retention.sight import as_keeper
from casework.samples.model import (
    Happening,
    MissingPersonSample,
    RemainsSample,
    SampleEntry,
    SampleKind,
)
from casework.samples.queries import MISSING as FAMILIES
from casework.samples.queries import REMAINS, Kept, Rack, open_rack
from casework.statements.columns import Method
from casework.statements.picture import Assertion
from privacy.consent.ledger import live, not_refused_to
from privacy.consent.model import Consent, DataCategory
from privacy.model import Reveals
from privacy.permissions import Purpose, Role, Viewer
from privacy.sealing.opening import open_group

# Two people at once: whoever is on the other side was not asked.
NEVER = frozenset({"dna_comparisons"})
# As the policies say it: to a forensic service either opens the DNA.
_LETS_READ = {Role.FORENSIC_EXAMINER: (Purpose.SEARCH.value, Purpose.IDENTIFY.value)}
# Written freely, so it may name the donor.
_OF_A_RELATIVE_NEVER = frozenset({"label", "note"})
_SIDES = {RecordKind.MISSING_PERSON: FAMILIES, RecordKind.REMAINS: REMAINS}
Row = tuple[datetime, Words]


@dataclass(frozen=True, slots=True)
class Leaving:
    """What of one record's DNA leaves: words made of its rows, and which others beside them."""

    kind: RecordKind
    said: tuple[Assertion, ...] = field(default=(), repr=False)
    of_samples: frozenset[str] = frozenset()

    def lets(self, said: Assertion) -> Assertion | None:
        """Give what leaves of a word that somebody wrote, if anything does."""
        asked = field_at(self.kind, said.path)
        if asked.reveals is not Reveals.DNA:
            return said
        if asked.key in NEVER:
            return None
        if self.kind is RecordKind.REMAINS:
            return said
        is_of_one = _text(said.value, "sample_id") in self.of_samples
        # What stood there before may have been another's.
        return replace(said, earlier=()) if asked.key == "dna_profiles" and is_of_one else None


def leaving_of(
    session: Session,
    both: tuple[Viewer, Viewer],
    handed: Handed,
    kind: RecordKind,
    *,
    at: datetime,
) -> Leaving:
    """Say what of a record's DNA leaves from the first of `both` to the second."""
    viewer, _ = both
    is_copy = handed.about.originality is Originality.COPY
    if kind not in _SIDES or (kind is RecordKind.MISSING_PERSON and is_copy):
        # Whoever agreed named one recipient; whoever that was hands nothing of it on.
        return Leaving(kind)
    rack = open_rack(session, viewer, _SIDES[kind], handed.about.reference, at=at)
    if kind is RecordKind.REMAINS:
        return Leaving(kind, tuple(_spoken(_of_samples(rack, rack.samples))))
    donors = _agreed_to(session, both, rack.case.id, at=at)
    agreed = [each for each in rack.samples if _may_leave(each, donors)]
    said = _of_samples(rack, agreed)
    if Reveals.IDENTITY in handed.groups and donors:
        given = _given(agreed)
        said += _of_the_family(session, viewer, rack, given, donors=donors, at=at)
    numbers = frozenset(each.sample.reference for each in agreed)
    return Leaving(kind, tuple(_spoken(said)), numbers)


def _agreed_to(
    session: Session, both: tuple[Viewer, Viewer], person_id: int, *, at: datetime
) -> frozenset[int]:
    """Name the relatives whose own yes to DNA reaches the reader for what they read it."""
    viewer, reader = both
    with as_keeper(session, viewer):
        found = session.scalars(
            sa.select(Consent.giver_id).where(
                Consent.missing_person_id == person_id,
                Consent.data_category == DataCategory.DNA,
                Consent.giver_id.is_not(None),
                Consent.purpose.in_(_LETS_READ.get(reader.role, (reader.purpose.value,))),
                Consent.recipient.in_(sorted(reader.recipients)),
                not_refused_to(reader.recipients),
                live(at),
            )
        )
        return frozenset(cast("int", each) for each in found)


def _may_leave(kept: Kept, donors: Collection[int]) -> bool:
    sample = cast("MissingPersonSample", kept.sample)
    if sample.kind is SampleKind.SELF_REFERENCE:
        return bool(donors)
    return sample.relative_id in donors


def _spoken(rows: Collection[Row]) -> Iterator[Assertion]:
    """Put each row into a statement of its own, numbered before all that somebody said."""
    for number, (entered_at, words) in enumerate(rows):
        for path, value in words.items():
            yield Assertion(
                path=path,
                value=value,
                statement=number - len(rows),
                method=Method.IMPORT,
                entered_at=entered_at,
                entered_by=0,
            )


def _of_samples(rack: Rack, samples: Collection[Kept]) -> list[Row]:
    kin = {each.id: RELATIONSHIP_OF.get(each.kinship, "") for each in rack.relatives}
    rows: list[Row] = []
    for kept in samples:
        sample = kept.sample
        relative = getattr(sample, "relative_id", None)
        path = f"dna_samples/{sample.reference.partition('-')[2].replace('-', '').lower()}"
        never = _never_of(sample, relative)
        told = {
            "sample_id": sample.reference,
            "sample_kind": sample.kind.value,
            "relationship": _listed(kin.get(relative, "")) if relative else None,
            "date": _days(sample.taken_on),
            **{name: text for name, text in sample.details.items() if name not in never},
        }
        rows.append((sample.entered_at, {path: said_of(told)}))
        rows += _of_custody(kept, never)
    return rows


def _of_custody(kept: Kept, never: Collection[str]) -> Iterator[Row]:
    paths = {
        each.id: _entry_path(kept.sample.reference, nth)
        for nth, each in enumerate(sorted(kept.entries, key=lambda each: each.id))
    }
    for each in kept.entries:
        # Which other person it serves is another family's.
        if each.happening is not Happening.SERVES_ALSO:
            told = _custody_told(kept.sample.reference, each, paths, never)
            yield each.entered_at, {paths[each.id]: said_of(told)}


def _custody_told(
    reference: str, entry: SampleEntry, paths: Mapping[int, str], never: Collection[str]
) -> Words:
    corrected = paths.get(entry.corrects_id or 0, "").partition("/")[2]
    return {
        "sample_id": reference,
        "what": entry.happening.value,
        "date": _days(entry.happened_on),
        "state": entry.state.value if entry.state else None,
        "corrects": corrected or None,
        **{name: text for name, text in entry.details.items() if name not in never},
    }


def _entry_path(reference: str, nth: int) -> str:
    """Name an entry the same in every copy, without telling of how many others there are."""
    return f"dna_custody/{sha256(f'{reference}/{nth}'.encode()).hexdigest()[:8]}"


def _never_of(sample: Any, relative: int | None) -> frozenset[str]:
    is_of_a_relative = not isinstance(sample, RemainsSample) and relative is not None
    return _OF_A_RELATIVE_NEVER if is_of_a_relative else frozenset()


def _of_the_family(
    session: Session,
    viewer: Viewer,
    rack: Rack,
    given: Mapping[int | None, Sequence[str]],
    *,
    donors: Collection[int],
    at: datetime,
) -> list[Row]:
    """Write down the tree between the missing person and whoever agreed, if it was drawn."""
    drawn = latest(session, rack.case)
    if drawn is None or open_group(session, viewer, [drawn], Reveals.IDENTITY, at=at).refused:
        return []
    return [(drawn.drawn_at, family_told(read_back(drawn.structure), donors, given))]


def _given(samples: Collection[Kept]) -> dict[int | None, list[str]]:
    """Name the samples of each donor; of the missing person's own things, under `None`."""
    found: dict[int | None, list[str]] = {}
    for each in samples:
        relative = getattr(each.sample, "relative_id", None)
        found.setdefault(relative, []).append(each.sample.reference)
    return found


def _listed(relationship: str) -> str | None:
    """Say what somebody is, if the list has it: a child is a daughter or a son there."""
    return relationship if relationship in RELATIONSHIP.words else None


def _days(day: Any) -> Value:
    return {"from": day.isoformat(), "to": day.isoformat()} if day else None


def _text(value: Value, part: str) -> str:
    return str(value.get(part, "")) if isinstance(value, dict) else ""
