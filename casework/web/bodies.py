"""How much a request may carry: counted as it arrives, before anything of it is kept."""

import re
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from casework.web.errors import TOO_LARGE

SMALL = 2**20
LARGE = 51 * 2**20
"""For a file that somebody signed in brings: the page takes 50 MB, and the form a little."""
PHOTO = 90 * 2**20
"""For a photograph: 25 MB are taken; of a larger one the page says so, and keeps the rest."""
PAPER = 11 * 2**20
"""For the scan of a signed form: `casework.web.uploads` takes 10 MB, and the form a little."""


class BoundedBodies:
    """Refuses what is too large, by what it announces and by what then arrives."""

    def __init__(
        self,
        app: ASGIApp,
        refuse: Callable[[Request, Exception], Response],
        may_bring_a_file: Callable[[Request], bool],
    ) -> None:
        self.app = app
        self.refuse = refuse
        self.may_bring_a_file = may_bring_a_file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        limit = await self._limit(request)
        if _announced(request) > limit:
            answer = self.refuse(request, too_large())
            answer.headers["connection"] = "close"  # or the server would read on
            await answer(scope, receive, send)
            return
        arrived = 0

        async def receive_and_count() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived > limit:
                raise too_large()
            return message

        await self.app(scope, receive_and_count, send)

    async def _limit(self, request: Request) -> int:
        limit = limit_of(request.method, request.url.path)
        if limit > SMALL and await run_in_threadpool(self.may_bring_a_file, request):
            return limit
        return SMALL


def limit_of(method: str, path: str) -> int:
    """Say how much an address may be sent by somebody whose duty it is to send it files."""
    if method != "POST":
        return SMALL
    if path == "/imports":
        return LARGE
    if re.fullmatch(r"/(missing|remains)/[^/]+/photos", path):
        return PHOTO
    return PAPER if re.fullmatch(r"/missing/[^/]+/papers", path) else SMALL


def too_large() -> HTTPException:
    """Refuse a body; an HTTP error, which the reading of forms lets through as it is."""
    return HTTPException(TOO_LARGE.status)


def _announced(request: Request) -> int:
    announced = request.headers.get("content-length", "")
    return int(announced) if announced.isdecimal() else 0
