"""Links over the API: what was said of a record and others, and saying it."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from casework.links.actions import say_of_two
from casework.links.kinds import PEOPLE, REMAINS, Kind
from casework.links.model import Saying
from casework.links.queries import Asking, entries_of, readable_by_id
from casework.links.rules import LONGEST_REASON
from casework.links.showing import readable_reasons
from casework.signin.queries import institution_names
from casework.web.access import requires
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(prefix="/api/v1", tags=["links"])


class Link(BaseModel):
    """What one institution said of this record and another; a closed reason is null."""

    other: str
    saying: Saying
    reason: str | None
    institution: str
    entered_at: datetime


class NewLink(BaseModel):
    """What is said of this record and another one, and why."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "other": "MP-7K3Q-D9XT",
                "saying": "same_person",
                "reason": "La hermana dio el mismo número de identidad.",
            }
        }
    )

    other: str
    saying: Saying
    reason: str = Field(max_length=LONGEST_REASON)


@router.get("/missing/{reference}/links", summary="What was said of this report and others")
@requires(Permission.LINK_READ)
def links_of_missing(visit: Entered, reference: str) -> list[Link]:
    """List all that was said, the newest first; only of records that you may read."""
    return _list(visit, PEOPLE, reference)


@router.post(
    "/missing/{reference}/links", status_code=201, summary="Say something of two reports"
)
@requires(Permission.LINK_RECORD)
def link_missing(visit: Entered, reference: str, said: NewLink) -> list[Link]:
    """Say whether two reports are of one person; neither report changes."""
    return _say(visit, PEOPLE, reference, said)


@router.get("/remains/{reference}/links", summary="What was said of these remains and others")
@requires(Permission.LINK_READ)
def links_of_remains(visit: Entered, reference: str) -> list[Link]:
    """List all that was said, the newest first; only of records that you may read."""
    return _list(visit, REMAINS, reference)


@router.post(
    "/remains/{reference}/links", status_code=201, summary="Say something of two remains"
)
@requires(Permission.LINK_RECORD)
def link_remains(visit: Entered, reference: str, said: NewLink) -> list[Link]:
    """Say whether two records are of the same remains, or parts of one person."""
    return _say(visit, REMAINS, reference, said)


def _say(visit: Visit, kind: Kind, reference: str, said: NewLink) -> list[Link]:
    one = kind.get(visit.session, visit.viewer, reference, at=visit.at)
    other = kind.get(visit.session, visit.viewer, said.other, at=visit.at)
    asking = Asking(visit.session, visit.viewer, kind, visit.at)
    say_of_two(asking, one, other, said.saying, reason=said.reason)
    return _told(asking, one)


def _list(visit: Visit, kind: Kind, reference: str) -> list[Link]:
    about = kind.get(visit.session, visit.viewer, reference, at=visit.at)
    return _told(Asking(visit.session, visit.viewer, kind, visit.at), about)


def _told(asking: Asking, about: Any) -> list[Link]:
    entries = entries_of(asking, [about.id])
    ids = {each.case_id + each.other_id - about.id for each in entries}
    others = readable_by_id(asking, ids)
    reasons = readable_reasons(asking, entries)
    names = institution_names(asking.session, {each.institution_id for each in entries})
    record(
        asking.session,
        Deed.LINKS_READ,
        by=asking.viewer,
        at=asking.at,
        about=about.reference,
        concerning=sorted(each.reference for each in others.values()),
    )
    return [
        Link(
            other=others[other].reference,
            saying=each.saying,
            reason=reasons.get(each.id),
            institution=names.get(each.institution_id, ""),
            entered_at=each.entered_at,
        )
        for each in reversed(entries)
        if (other := each.case_id + each.other_id - about.id) in others
    ]
