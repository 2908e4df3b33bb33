"""Travel groups over the API: what the pages show, as data."""

from datetime import date, datetime
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from casework.groups.actions import say_of_member
from casework.groups.model import Aboard, GroupKind, Outcome, ToldBy
from casework.groups.queries import facts_of, get_group, list_groups, members_of
from casework.groups.rules import MemberDraft
from casework.links.kinds import PEOPLE, REMAINS
from casework.links.queries import Asking
from casework.references import Prefix
from casework.web.access import requires
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(prefix="/api/v1", tags=["travel groups"])


class GroupSummary(BaseModel):
    """What was said of a group last."""

    reference: str = Field(examples=["TG-7K3Q-D9XT"])
    kind: GroupKind
    vessel: str
    registration: str
    country: str | None
    place: str
    departed_from: date | None
    departed_to: date | None
    aboard_min: int | None
    aboard_max: int | None
    told_by: ToldBy
    invented: bool


class Member(BaseModel):
    """The newest word on a record of a group; only of records that you may read."""

    record: str = Field(examples=["MP-7K3Q-D9XT"])
    told_of_in_it: bool = Field(description="somebody whom that record tells of")
    aboard: Aboard
    outcome: Outcome | None
    told_by: ToldBy
    entered_at: datetime


class GroupDetail(GroupSummary):
    """A group with its members."""

    members: list[Member]


class NewMember(BaseModel):
    """What is said of a record and a group, and why."""

    record: str = Field(max_length=40, examples=["MP-7K3Q-D9XT"])
    words: str = Field(default="", max_length=300, description="somebody it tells of")
    aboard: Aboard = Aboard.TRAVELLED
    outcome: Outcome = Outcome.UNKNOWN
    told_by: ToldBy
    reason: str = Field(max_length=2000)


@router.get("/groups", summary="List travel groups")
@requires(Permission.LINK_READ)
def groups(visit: Entered) -> list[GroupSummary]:
    """List the groups of your institution, and those of records that you may read."""
    listed, _ = list_groups(_asking(visit))
    record(visit.session, Deed.GROUP_LISTED, by=visit.viewer, at=visit.at, shown=len(listed))
    return [_summary(group, fact) for group, fact in listed]


@router.get("/groups/{reference}", summary="Open a travel group")
@requires(Permission.LINK_READ)
def one_group(visit: Entered, reference: str) -> GroupDetail:
    """Give what was said of it last, and its members that you may read."""
    return _detail(visit, reference)


@router.post("/groups/{reference}/members", status_code=201, summary="Say who was in a group")
@requires(Permission.LINK_RECORD)
def say(visit: Entered, reference: str, new: NewMember) -> GroupDetail:
    """Say whether a person or remains were in a group; what was said before stays."""
    group = get_group(_asking(visit), reference)
    wanted = new.record.strip().upper()
    kind = REMAINS if wanted.startswith(f"{Prefix.REMAINS}-") else PEOPLE
    case = kind.get(visit.session, visit.viewer, wanted, at=visit.at)
    draft = MemberDraft(new.aboard, new.told_by, new.reason, new.outcome, new.words)
    say_of_member(Asking(visit.session, visit.viewer, kind, visit.at), group, case, draft)
    return _detail(visit, reference)


def _detail(visit: Visit, reference: str) -> GroupDetail:
    asking = _asking(visit)
    group = get_group(asking, reference)
    found = [members_of(asking, group, kind) for kind in (PEOPLE, REMAINS)]
    seen = [case.reference for each in found for case in each.records.values()]
    record(
        visit.session,
        Deed.GROUP_READ,
        by=visit.viewer,
        at=visit.at,
        about=group.reference,
        concerning=sorted(seen),
    )
    members = [_member(words[0], each.records) for each in found for words in each.said]
    summary = _summary(group, facts_of(asking, group)[0])
    return GroupDetail(**summary.model_dump(), members=members)


def _asking(visit: Visit) -> Asking:
    return Asking(visit.session, visit.viewer, PEOPLE, visit.at)


def _summary(group: Any, fact: Any) -> GroupSummary:
    return GroupSummary(
        reference=group.reference,
        invented=group.invented,
        **{
            name: getattr(fact, name)
            for name in GroupSummary.model_fields
            if name not in {"reference", "invented"}
        },
    )


def _member(newest: Any, records: dict[int, Any]) -> Member:
    return Member(
        record=records[newest.case_id].reference,
        told_of_in_it=bool(getattr(newest, "entry", "")),
        aboard=newest.aboard,
        outcome=getattr(newest, "outcome", None),
        told_by=newest.told_by,
        entered_at=newest.entered_at,
    )
