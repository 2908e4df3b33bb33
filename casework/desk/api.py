"""Requests between offices over the API: listing, reading, sending and answering them."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from casework.desk import actions, queries
from casework.desk.actions import Asking
from casework.desk.finding import find_office, find_record
from casework.desk.model import RequestKind, Step
from casework.desk.queries import Seen, Tray
from casework.desk.rules import LONGEST_WORDS, USUAL_DAYS
from casework.web.access import requires
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(prefix="/api/v1/requests", tags=["requests between offices"])
AT_A_TIME = 50


class Request(BaseModel):
    """One request that your institution sent or received."""

    id: int
    kind: RequestKind
    state: Step
    from_institution: int
    to_institution: int
    about: str | None = Field(description="reference of the record; null: about nobody")
    due_on: date
    sent_at: datetime
    unread: bool = Field(
        description="the other institution wrote what nobody of yours has read"
    )


class Message(BaseModel):
    """What one of the two institutions wrote, or did with the request."""

    institution: int
    written_at: datetime
    words: str
    step: Step | None


class Thread(Request):
    """One request with all that was written about it, the oldest first."""

    words: str
    messages: list[Message]


class NewRequest(BaseModel):
    """What is asked, of whom, about which record and by when."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "kind": "sample",
                "to": 3,
                "about": "MP-7K3Q-D9XT",
                "due_on": "2026-03-23",
                "words": "La muestra de la madre ya está tomada: ¿a dónde se envía?",
            }
        }
    )

    kind: RequestKind
    to: int
    about: str = Field("", description="a record that both institutions may read; or empty")
    due_on: date | None = Field(None, description="left out: in two weeks")
    words: str = Field("", max_length=LONGEST_WORDS)


class NewMessage(BaseModel):
    """What is written, what is done with the request, or both."""

    words: str = Field("", max_length=LONGEST_WORDS)
    step: Step | None = None


@router.get("", summary="Requests of your institution, one tray at a time")
@requires(Permission.REQUEST_READ)
def list_requests(
    visit: Entered,
    tray: Tray = Tray.RECEIVED,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> list[Request]:
    """List what you may read; what fell due first comes first."""
    seen, _ = queries.list_requests(
        visit.session, visit.viewer, tray, visit.at, page=page, size=AT_A_TIME
    )
    record(
        visit.session,
        Deed.REQUESTS_LISTED,
        by=visit.viewer,
        at=visit.at,
        concerning=[each.about.reference for each in seen if each.about],
        shown=len(seen),
    )
    return [Request(**_told(each)) for each in seen]


@router.post("", status_code=201, summary="Ask something of another institution")
@requires(Permission.REQUEST_SEND)
def send_request(visit: Entered, asked: NewRequest) -> Thread:
    """Send a request; about a record that either side may not read it is refused as of none."""
    asking = Asking(
        kind=asked.kind,
        to=find_office(visit.session, visit.viewer, str(asked.to)),
        about=find_record(visit.session, visit.viewer, asked.about, at=visit.at),
        due_on=asked.due_on or visit.at.date() + timedelta(days=USUAL_DAYS),
        words=asked.words,
    )
    request = actions.send_request(visit.session, visit.viewer, asking, at=visit.at)
    return _thread(visit, request.id)


@router.get("/{number}", summary="One request and what was written about it")
@requires(Permission.REQUEST_READ)
def read_request(visit: Entered, number: int) -> Thread:
    """Read it whole; the other institution is told that yours has."""
    return _thread(visit, number)


@router.post("/{number}/messages", status_code=201, summary="Write, or take a step")
@requires(Permission.REQUEST_SEND)
def write_message(visit: Entered, number: int, written: NewMessage) -> Thread:
    """Write to the other institution, accept, answer, decline or withdraw."""
    request = queries.get_request(visit.session, visit.viewer, number, at=visit.at)
    actions.write(
        visit.session, visit.viewer, request, written.words, written.step, at=visit.at
    )
    return _thread(visit, number)


def _thread(visit: Visit, number: int) -> Thread:
    request = queries.get_request(visit.session, visit.viewer, number, at=visit.at)
    messages = actions.read_thread(visit.session, visit.viewer, request, at=visit.at)
    (seen,) = queries.seen_of(visit.session, visit.viewer, [request], visit.at)
    return Thread(
        **_told(seen),
        words=request.words,
        messages=[
            Message(
                institution=each.institution_id,
                written_at=each.written_at,
                words=each.words,
                step=each.step,
            )
            for each in messages
        ],
    )


def _told(seen: Seen) -> dict[str, Any]:
    request = seen.request
    return {
        "id": request.id,
        "kind": request.kind,
        "state": seen.state,
        "from_institution": request.from_institution_id,
        "to_institution": request.to_institution_id,
        "about": seen.about.reference if seen.about else None,
        "due_on": request.due_on,
        "sent_at": request.sent_at,
        "unread": seen.unread,
    }
