"""Packs answers for their way, where no other site can have chosen what stands in them.

Whoever sees how long packed answers are, and has a browser ask for a page with words of their
choosing in it, can guess what else stands there, letter by letter: a repeated word packs
better (BREACH). So a page is packed only where the browser itself says that one of our own
pages asked, or somebody's own hand in the address bar (docs/adr/0039). Files of ours hold
nothing of anybody, and always are.
"""

import zlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Photographs and PDF files are packed already.
KINDS = ("text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml")
OWN_ASKING = frozenset({"same-origin", "none"})
LEAST = 1_000  # bytes: below, an answer is one parcel of the network anyway
LEVEL = 5  # our choice: a tenth longer than the best, in half its time
GZIP = 16 + zlib.MAX_WBITS


class Compressing:
    """Packs what may be packed, for browsers that can unpack it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and may_be_packed(scope):
            send = _Packing(send)
        await self.app(scope, receive, send)


def may_be_packed(scope: Scope) -> bool:
    """Say whether the browser unpacks, and whether nobody else chose what it asks for."""
    headers = Headers(scope=scope)
    if scope["method"] == "HEAD" or "gzip" not in headers.get("accept-encoding", ""):
        return False
    is_file = scope["path"].startswith("/static/")
    return is_file or headers.get("sec-fetch-site") in OWN_ASKING


class _Packing:
    """Sends one answer on, packed as it goes if it is worth it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._packer: zlib._Compress | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._begin(message)
        elif self._packer is not None:
            packed = self._packer.compress(message.get("body", b""))
            if not message.get("more_body", False):
                packed += self._packer.flush()
            message = {**message, "body": packed}
        await self._send(message)

    def _begin(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        kind = headers.get("content-type", "").partition(";")[0]
        length = int(headers.get("content-length", LEAST))
        if message["status"] != 200 or kind not in KINDS or length < LEAST:  # noqa: PLR2004 - the status itself
            return
        self._packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
        del headers["content-length"]
        headers["content-encoding"] = "gzip"
        headers.add_vary_header("accept-encoding")
