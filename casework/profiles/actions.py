"""What people do with profiles. Each function is one deed: allowed, done and recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from casework.errors import Conflict
from casework.missing.model import MissingPerson
from casework.profiles.model import (
    Extent,
    MarkerKind,
    MissingPersonProfile,
    Profile,
    ProfileSource,
    RemainsProfile,
)
from casework.profiles.queries import (
    Kept,
    Opened,
    kept_in,
    list_profiles,
    open_profiles,
    same_markers,
)
from casework.profiles.rules import (
    Genotypes,
    refusal_of_day,
    refusal_of_genotypes,
    refusal_of_profile,
    refusal_of_reason,
)
from casework.references import Prefix, new_reference
from casework.remains.model import Remains
from casework.samples.model import Sample
from casework.samples.queries import consent_of, dna_consents
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, Viewer, demand

LONGEST_DETAIL = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What a laboratory read of a sample. Details: kit, laboratory and so on (`words.py`)."""

    kind: MarkerKind
    genotypes: Genotypes = field(repr=False)
    source: ProfileSource
    is_partial: bool = False
    analysed_on: date | None = None
    file_sha256: str = ""
    details: Mapping[str, str] = field(default_factory=dict, repr=False)


def read_list(
    session: Session, viewer: Viewer, case: MissingPerson | Remains, *, at: datetime
) -> tuple[Kept, ...]:
    """List the profiles of a record, nothing opened, and write down that they were listed.

    Raises
    ------
    NotPermitted, NotFound
        If `viewer` keeps no profiles, or another institution keeps the record.
    """
    kept = list_profiles(session, viewer, case, at=at)
    shown = len(kept)
    record(session, Deed.PROFILES_LISTED, by=viewer, at=at, about=case.reference, shown=shown)
    return kept


def read_profile(
    session: Session,
    viewer: Viewer,
    case: MissingPerson | Remains,
    reference: str,
    *,
    at: datetime,
) -> Kept | Opened:
    """Open one profile; one whose donor took their yes back is given unopened.

    Raises
    ------
    NotPermitted, NotFound, StepUpNeeded
        As `casework.profiles.queries.profiles_of`.
    """
    kept = kept_in(list_profiles(session, viewer, case, at=at), reference)
    opened = open_profiles(session, viewer, [kept], at=at)
    record(session, Deed.PROFILE_READ, by=viewer, at=at, about=case.reference)
    return opened[0] if opened else kept


def keep_profile(
    session: Session,
    viewer: Viewer,
    sample: Sample,
    typed: Typed,
    *,
    replaces: Profile | None = None,
    at: datetime,
) -> Profile:
    """Keep what was read of a sample; with `replaces` it says anew what was wrong.

    Raises
    ------
    NotPermitted
        If `viewer` keeps no profiles.
    NotFound
        If another institution keeps the record.
    InvalidInput
        If there is nothing in it, or it was read on a day that cannot be.
    Conflict
        If the donor does not agree now, or such a profile of the sample stands already.
    """
    demand(viewer, Permission.PROFILE_KEEP)
    case, reason = sample.case, typed.details.get("reason", "")
    profiles = list_profiles(session, viewer, case, at=at)
    for refusal in (
        refusal_of_genotypes(typed.genotypes),
        refusal_of_day(typed.analysed_on, today=at.date(), taken_on=sample.taken_on),
        refusal_of_reason(reason) if replaces else None,
        refusal_of_profile(
            same_markers(profiles, sample, typed.kind),
            has_consent=_may_be_compared(session, sample, at),
            replaces=replaces,
            kept=len(profiles),
        ),
    ):
        if refusal:
            raise refusal
    if replaces is not None:
        _demand_standing(profiles, replaces)
    said = {
        "marker_kind": typed.kind,
        "analysed_on": typed.analysed_on,
        "loci_count": _counted(typed),
        "extent": Extent.PARTIAL if typed.is_partial else Extent.WHOLE,
        "source": typed.source,
        "file_sha256": typed.file_sha256,
        "genotypes": {name: list(own) for name, own in typed.genotypes.items()},
        "details": typed.details,
    }
    profile = _add(session, viewer, sample, said, replaces=replaces, at=at)
    deed = Deed.PROFILE_REPLACED if replaces else Deed.PROFILE_KEPT
    record(session, deed, by=viewer, at=at, about=case.reference)
    return profile


def withdraw_profile(
    session: Session, viewer: Viewer, profile: Profile, reason: str, *, at: datetime
) -> Profile:
    """Say that a profile was wrong and that nothing takes its place, such as of another sample.

    It may be said of a donor who took their yes back as well.

    Raises
    ------
    NotPermitted, NotFound
        As `keep_profile`.
    InvalidInput
        If it is not told why.
    Conflict
        If the profile does not stand any more.
    """
    demand(viewer, Permission.PROFILE_KEEP)
    if refusal := refusal_of_reason(reason):
        raise refusal
    _demand_standing(list_profiles(session, viewer, profile.case, at=at), profile)
    said = {
        "marker_kind": profile.marker_kind,
        "loci_count": 0,
        "extent": Extent.NOTHING,
        "source": ProfileSource.BY_HAND,
        "file_sha256": "",
        "details": {"reason": reason},
    }
    row = _add(session, viewer, profile.sample, said, replaces=profile, at=at)
    record(session, Deed.PROFILE_WITHDRAWN, by=viewer, at=at, about=profile.case.reference)
    return row


def _counted(typed: Typed) -> int:
    if typed.kind is MarkerKind.MTDNA:
        return sum(len(own) for own in typed.genotypes.values())
    return len(typed.genotypes)


def _may_be_compared(session: Session, sample: Sample, at: datetime) -> bool:
    if not isinstance(sample.case, MissingPerson):
        return True
    consents = dna_consents(session, sample.case_id, at=at)
    return consent_of(sample, consents) is not None


def _demand_standing(profiles: tuple[Kept, ...], profile: Profile) -> None:
    if not any(each.stands and each.profile is profile for each in profiles):
        raise Conflict(marked("Ese perfil ya no es el que vale: vuelva a mirar la lista."))


def _add(
    session: Session,
    viewer: Viewer,
    sample: Sample,
    said: dict[str, Any],
    *,
    replaces: Profile | None,
    at: datetime,
) -> Profile:
    is_family = isinstance(sample.case, MissingPerson)
    model: Any = MissingPersonProfile if is_family else RemainsProfile
    said["details"] = {
        name: text.strip()[:LONGEST_DETAIL]
        for name, text in said["details"].items()
        if text.strip()
    }
    profile: Profile = model(
        case=sample.case,
        sample_id=sample.id,
        reference=new_reference(Prefix.PROFILE),
        replaces_id=replaces.id if replaces else None,
        entered_at=at,
        entered_by=viewer.account_id,
        **said,
    )
    session.add(profile)
    session.flush()
    return profile
