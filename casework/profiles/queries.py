"""Reading profiles: of records of one's own institution, opened for each donor's own leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import NotFound
from casework.missing.model import MissingPerson
from casework.profiles.model import MarkerKind, MissingPersonProfile, Profile, RemainsProfile
from casework.profiles.rules import standing
from casework.remains.model import Remains
from casework.samples.model import Sample
from casework.samples.queries import consent_of, dna_consents
from privacy.errors import StepUpNeeded
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer, demand
from privacy.sealing.opening import open_group


@dataclass(frozen=True, slots=True)
class Kept:
    """That there is a profile, with nothing opened; `has_consent` is asked anew each time."""

    profile: Profile
    has_consent: bool
    stands: bool

    @property
    def sample(self) -> Sample:
        return self.profile.sample

    @property
    def relative_id(self) -> int | None:
        """Whose it is; None for remains, and for what the missing person used."""
        return cast("int | None", getattr(self.sample, "relative_id", None))


@dataclass(frozen=True, slots=True)
class Opened(Kept):
    """A profile whose genotypes are open: ``{"D3S1358": ["15", "16"]}``."""

    genotypes: Mapping[str, list[str]] = field(repr=False)
    details: Mapping[str, str] = field(repr=False)


def profiles_of(
    session: Session, viewer: Viewer, case: MissingPerson | Remains, *, at: datetime
) -> tuple[Opened, ...]:
    """Open the profiles of one record that stand and whose donors agree to it now.

    The log keeps one line that names the record. Nothing is opened where there is none.

    Raises
    ------
    NotPermitted
        If `viewer` keeps no profiles.
    NotFound
        If another institution keeps the record, or its DNA is not for them.
    StepUpNeeded
        If DNA opens only to who has just proved to be there.
    """
    kept = list_profiles(session, viewer, case, at=at)
    return open_profiles(
        session, viewer, [each for each in kept if each.stands and each.has_consent], at=at
    )


def list_profiles(
    session: Session, viewer: Viewer, case: MissingPerson | Remains, *, at: datetime
) -> tuple[Kept, ...]:
    """List all profiles of a record without opening any, those that were replaced as well.

    Raises
    ------
    NotPermitted, NotFound
        As `profiles_of`.
    """
    demand(viewer, Permission.PROFILE_KEEP)
    is_family = isinstance(case, MissingPerson)
    if case.owner_institution_id != viewer.institution_id:
        raise NotFound("profiles")
    found = _profiles(session, case)
    if not found:
        return ()
    consents = dna_consents(session, case.id, at=at) if is_family else {}
    stand = {each.id for each in standing(found)}
    return tuple(
        Kept(
            each,
            has_consent=not is_family or consent_of(each.sample, consents) is not None,
            stands=each.id in stand,
        )
        for each in found
    )


def open_profiles(
    session: Session, viewer: Viewer, kept: Sequence[Kept], *, at: datetime
) -> tuple[Opened, ...]:
    """Open profiles that were listed; of a donor who took their yes back, none.

    Raises
    ------
    NotFound, StepUpNeeded
        As `profiles_of`.
    """
    agreed = [each for each in kept if each.has_consent]
    rows = [each.profile for each in agreed]
    if open_group(session, viewer, rows, Reveals.DNA, at=at).refused:
        if viewer.stepped_up:
            raise NotFound("profiles")
        raise StepUpNeeded
    return tuple(
        Opened(
            each.profile,
            each.has_consent,
            each.stands,
            genotypes=each.profile.genotypes,
            details=each.profile.details,
        )
        for each in agreed
    )


def kept_in(profiles: Sequence[Kept], reference: str) -> Kept:
    """Find one profile of a record.

    Raises
    ------
    NotFound
        If it is of another record.
    """
    for each in profiles:
        if each.profile.reference == reference:
            return each
    raise NotFound("profile")


def same_markers(profiles: Sequence[Kept], sample: Sample, kind: MarkerKind) -> list[Profile]:
    """Give the profiles of one sample that stand and are of the same markers."""
    return [
        each.profile
        for each in profiles
        if each.stands and each.sample.id == sample.id and each.profile.marker_kind is kind
    ]


def _profiles(session: Session, case: MissingPerson | Remains) -> Sequence[Profile]:
    if isinstance(case, MissingPerson):
        of_family = sa.select(MissingPersonProfile).where(
            MissingPersonProfile.case_id == case.id
        )
        return session.scalars(of_family.order_by(MissingPersonProfile.id)).all()
    of_remains = sa.select(RemainsProfile).where(RemainsProfile.case_id == case.id)
    return session.scalars(of_remains.order_by(RemainsProfile.id)).all()
