"""Bringing in a file of profiles: whose each specimen is, and keeping what was chosen."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from casework.errors import CaseworkError
from casework.profiles.actions import Typed, keep_profile
from casework.profiles.model import ProfileSource
from casework.profiles.queries import list_profiles, same_markers
from casework.profiles.reading import read_profiles
from casework.profiles.specimens import Specimen
from casework.profiles.weighing import Assembled, Single, assemble
from casework.samples.model import Sample
from casework.samples.queries import Rack
from privacy.permissions import Viewer

MOST_NOTED = 900  # letters of what was left out


@dataclass(frozen=True, slots=True)
class Brought:
    """One specimen of a file, read, with the sample that bears its name, if one does."""

    specimen: Specimen
    assembled: Assembled
    sample: Sample | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfFile:
    """What somebody says of a whole file; what the file says itself comes first."""

    laboratory: str = ""
    kit: str = ""
    analysed_on: date | None = None
    single: Single | None = None  # as is usual for whose it is
    by_hand: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of one specimen: how many profiles were kept, and what was refused."""

    kept: int = 0
    refusals: tuple[str, ...] = field(default=(), repr=False)


def bring(
    content: bytes, rack: Rack, said: SaidOfFile
) -> tuple[ProfileSource, tuple[Brought, ...]]:
    """Read a file and find the sample of each specimen; nothing is kept by this.

    Raises
    ------
    UnreadableProfiles
        If the file as a whole cannot be read.
    """
    found = read_profiles(content)
    brought = tuple(
        Brought(
            each,
            assemble(each.calls, said.single or Single.HOMOZYGOTE),
            sample_named(rack, each.name),
        )
        for each in found.specimens
    )
    return (ProfileSource.BY_HAND if said.by_hand else found.source), brought


def sample_named(rack: Rack, name: str) -> Sample | None:
    """Find the one sample that is called so, by its number or by the label of its tube.

    Where two are, or none, nobody guesses.
    """
    called = _plain(name)
    found = [
        each.sample
        for each in rack.samples
        if called
        and called in {_plain(each.sample.reference), _plain(each.sample.details.get("label"))}
    ]
    return found[0] if len(found) == 1 else None


def keep_brought(
    session: Session,
    viewer: Viewer,
    brought: Sequence[tuple[Brought, Sample | None]],
    said: SaidOfFile,
    *,
    file: tuple[ProfileSource, bytes],
    at: datetime,
) -> list[Kept]:
    """Keep the specimens for which a sample was chosen; what is refused holds up no other."""
    results = []
    source, content = file
    digest = "" if said.by_hand else sha256(content).hexdigest()
    for each, sample in brought:
        if sample is None:
            results.append(Kept())
            continue
        kept, refusals = 0, []
        for kind, genotypes in each.assembled.genotypes.items():
            typed = Typed(
                kind=kind,
                genotypes=genotypes,
                source=source,
                is_partial=each.assembled.is_partial(each.specimen, kind),
                analysed_on=each.specimen.analysed_on or said.analysed_on,
                file_sha256=digest,
                details=_details(each, said),
            )
            try:
                _keep_one(session, viewer, sample, typed, at=at)
            except CaseworkError as refusal:
                refusals.append(str(refusal))
            else:
                kept += 1
        results.append(Kept(kept, tuple(dict.fromkeys(refusals))))
    return results


def _keep_one(
    session: Session, viewer: Viewer, sample: Sample, typed: Typed, *, at: datetime
) -> None:
    """Keep one profile in place of the one that stands, if it is told why."""
    profiles = list_profiles(session, viewer, sample.case, at=at)
    earlier = same_markers(profiles, sample, typed.kind)
    replaces = earlier[0] if earlier and typed.details.get("reason", "").strip() else None
    if replaces is None:
        typed = replace(
            typed, details={k: v for k, v in typed.details.items() if k != "reason"}
        )
    keep_profile(session, viewer, sample, typed, replaces=replaces, at=at)


def _details(each: Brought, said: SaidOfFile) -> dict[str, str]:
    left_out = "; ".join(
        f"{noticed.locus} ({', '.join(noticed.alleles)})"
        for noticed in each.assembled.noticed
        if noticed.remark.leaves_out
    )
    return {
        "kit": each.specimen.kit or said.kit,
        "laboratory": each.specimen.laboratory or said.laboratory,
        "laboratory_id": each.specimen.name,
        "left_out": left_out[:MOST_NOTED],
        "reason": said.reason,
    }


def _plain(name: str | None) -> str:
    return " ".join((name or "").split()).casefold()
