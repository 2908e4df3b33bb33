"""DNA profiles over the API: which there are, one opened, one kept."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from casework.errors import NotFound
from casework.profiles import actions
from casework.profiles.actions import Typed
from casework.profiles.model import Extent, MarkerKind, ProfileSource
from casework.profiles.queries import Kept, Opened, kept_in
from casework.profiles.rules import refusal_of_remarks
from casework.profiles.specimens import Call
from casework.profiles.weighing import Single, assemble
from casework.samples.queries import MISSING, REMAINS, Side, open_rack
from casework.web.access import requires
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(prefix="/api/v1", tags=["samples"])
Short = Annotated[str, StringConstraints(max_length=40)]
Text = Annotated[str, StringConstraints(max_length=300)]
Alleles = Annotated[list[Short], Field(max_length=300)]


class ProfileFile(BaseModel):
    """That there is a profile. Genotypes are given for one profile at a time, opened."""

    reference: str
    sample: str
    relative_id: int | None
    marker_kind: MarkerKind
    loci_count: int
    extent: Extent
    source: ProfileSource
    analysed_on: date | None
    entered_at: datetime
    stands: bool
    has_consent: bool
    genotypes: dict[str, list[str]] | None = None
    details: dict[str, str] | None = None


class NewProfile(BaseModel):
    """What a laboratory read of a sample. `replaces` names a profile that it says anew."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "sample": "DS-7K3Q-D9XT",
                "marker_kind": "str",
                "genotypes": {"D3S1358": ["15", "16"], "TH01": ["6", "9.3"]},
                "laboratory": "Laboratorio inventado",
            }
        }
    )

    sample: Short
    marker_kind: MarkerKind
    genotypes: Annotated[dict[Short, Alleles], Field(max_length=400)]
    analysed_on: date | None = None
    kit: Text = ""
    laboratory: Text = ""
    laboratory_id: Text = ""
    range: Text = ""
    replaces: Short | None = None
    reason: Text = ""


@router.get("/missing/{reference}/profiles", summary="The DNA profiles of a family")
@requires(Permission.PROFILE_KEEP)
def of_family(visit: Entered, reference: str) -> list[ProfileFile]:
    """List profiles, none opened; only of your own institution's files."""
    return _listed(visit, MISSING, reference)


@router.get("/missing/{reference}/profiles/{profile}", summary="Open a profile of a family")
@requires(Permission.PROFILE_KEEP)
def one_of_family(visit: Entered, reference: str, profile: str) -> ProfileFile:
    """Open one profile, after a step-up, if its donor agrees to it now."""
    return _opened(visit, MISSING, reference, profile)


@router.post(
    "/missing/{reference}/profiles", status_code=201, summary="Keep a profile of a family"
)
@requires(Permission.PROFILE_KEEP)
def keep_of_family(visit: Entered, reference: str, new: NewProfile) -> ProfileFile:
    """Keep a profile. A locus that cannot be read refuses all of it: none is left out."""
    return _keep(visit, MISSING, reference, new)


@router.get("/remains/{reference}/profiles", summary="The DNA profiles of remains")
@requires(Permission.PROFILE_KEEP)
def of_remains(visit: Entered, reference: str) -> list[ProfileFile]:
    """List profiles, none opened; only of your own institution's remains."""
    return _listed(visit, REMAINS, reference)


@router.get("/remains/{reference}/profiles/{profile}", summary="Open a profile of remains")
@requires(Permission.PROFILE_KEEP)
def one_of_remains(visit: Entered, reference: str, profile: str) -> ProfileFile:
    """Open one profile, after a step-up."""
    return _opened(visit, REMAINS, reference, profile)


@router.post(
    "/remains/{reference}/profiles", status_code=201, summary="Keep a profile of remains"
)
@requires(Permission.PROFILE_KEEP)
def keep_of_remains(visit: Entered, reference: str, new: NewProfile) -> ProfileFile:
    """Keep a profile of remains."""
    return _keep(visit, REMAINS, reference, new)


def _listed(visit: Visit, side: Side, reference: str) -> list[ProfileFile]:
    case = side.find(visit.session, visit.viewer, reference, at=visit.at)
    kept = actions.read_list(visit.session, visit.viewer, case, at=visit.at)
    return [_file(each) for each in kept]


def _opened(visit: Visit, side: Side, reference: str, profile: str) -> ProfileFile:
    case = side.find(visit.session, visit.viewer, reference, at=visit.at)
    return _file(actions.read_profile(visit.session, visit.viewer, case, profile, at=visit.at))


def _keep(visit: Visit, side: Side, reference: str, new: NewProfile) -> ProfileFile:
    rack = open_rack(visit.session, visit.viewer, side, reference, at=visit.at)
    sample = next(
        (each.sample for each in rack.samples if each.sample.reference == new.sample), None
    )
    if sample is None:
        raise NotFound("sample")
    read = assemble(
        [Call(name, tuple(own)) for name, own in new.genotypes.items()], Single.LEFT_OUT
    )
    genotypes = read.genotypes.get(new.marker_kind, {})
    if refusal := refusal_of_remarks(
        [each.locus for each in read.noticed if each.remark.leaves_out],
        is_one_kind=set(read.genotypes) <= {new.marker_kind},
    ):
        raise refusal
    earlier = actions.read_list(visit.session, visit.viewer, rack.case, at=visit.at)
    replaces = kept_in(earlier, new.replaces).profile if new.replaces else None
    typed = Typed(
        kind=new.marker_kind,
        genotypes=genotypes,
        source=ProfileSource.BY_HAND,
        analysed_on=new.analysed_on,
        details={
            name: getattr(new, name)
            for name in ("kit", "laboratory", "laboratory_id", "range", "reason")
        },
    )
    kept = actions.keep_profile(
        visit.session, visit.viewer, sample, typed, replaces=replaces, at=visit.at
    )
    return _opened(visit, side, reference, kept.reference)


def _file(kept: Kept) -> ProfileFile:
    profile = kept.profile
    opened = kept if isinstance(kept, Opened) else None
    return ProfileFile(
        reference=profile.reference,
        sample=kept.sample.reference,
        relative_id=kept.relative_id,
        marker_kind=profile.marker_kind,
        loci_count=profile.loci_count,
        extent=profile.extent,
        source=profile.source,
        analysed_on=profile.analysed_on,
        entered_at=profile.entered_at,
        stands=kept.stands,
        has_consent=kept.has_consent,
        genotypes={name: list(own) for name, own in opened.genotypes.items()}
        if opened
        else None,
        details=dict(opened.details) if opened else None,
    )
