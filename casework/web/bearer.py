"""Programs at the door: `Authorization: Bearer …` on the API, and on nothing else."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import Request

from casework.database import Database
from casework.signin.api_tokens import find_token, number_in, viewer_by
from casework.signin.throttling import begin_attempt, demand_no_pause, token_buckets
from casework.web.networks import network_of
from privacy.audit.log import Deed, record
from privacy.errors import NoOpenToken
from privacy.permissions import DOOR, Viewer

PURPOSE = "x-purpose"
# Not each request writes when a token was last used: many may come in one second.
_WORTH_NOTING = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Program:
    """A program that was let in, and in whose name it asks."""

    viewer: Viewer
    name: str
    institution: str


def bearer_of(request: Request) -> str | None:
    """Give what a program says to come in by; pages are for people, and know no tokens."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    is_api = request.url.path.startswith("/api/")
    return token.strip() if is_api and kind.lower() == "bearer" else None


def let_program_in(database: Database, request: Request, text: str, *, at: datetime) -> Program:
    """Find the program behind a request, and log that it asks.

    Raises
    ------
    NoOpenToken
        If the token is none, or not open now: no difference is told.
    TooOften
        If there were too many wrong ones a moment ago.
    InvalidInput
        If it does not say what for.
    """
    buckets = token_buckets(number_in(text), network_of(request))
    with database.transaction(DOOR) as session:
        demand_no_pause(session, buckets, at=at)
        token = find_token(session, text, at=at)
        if token is not None:
            viewer = viewer_by(token, request.headers.get(PURPOSE, ""))
            if token.used_at is None or at - token.used_at > _WORTH_NOTING:
                token.used_at = at
            asked = f"{request.method} {request.scope['route'].path}"
            record(session, Deed.TOKEN_USED, by=viewer, at=at, page=asked[:120])
            account = token.account
            return Program(viewer, account.display_name, account.institution.name)
        begin_attempt(session, buckets, at=at)
        record(session, Deed.SIGN_IN_FAILED, by=DOOR, at=at)
    raise NoOpenToken
