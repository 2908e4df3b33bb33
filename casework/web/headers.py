"""What every answer tells the browser: run nothing foreign, keep nothing, frame nothing."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from casework.web.own_files import BELOW, kept_how

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

ALWAYS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "geolocation=(), camera=(), microphone=()",
    "x-frame-options": "DENY",  # for browsers that do not read frame-ancestors
    "x-permitted-cross-domain-policies": "none",
    "x-robots-tag": "noindex, nofollow, noarchive",
}
# Two years: once a browser has seen the registry over https, it never asks it in the clear.
ONLY_HTTPS = "max-age=63072000; includeSubDomains"


class SafeHeaders:
    """Adds the headers to every answer, also to errors and to files."""

    def __init__(self, app: ASGIApp, *, is_https: bool) -> None:
        self.app = app
        self.always = ALWAYS | ({"strict-transport-security": ONLY_HTTPS} if is_https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # A shared computer must not keep a family's page after the session.
        kept = "no-store"
        if scope["path"].startswith(BELOW):
            kept = kept_how(scope["path"], scope["query_string"].decode("latin-1"))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.always)
                headers["cache-control"] = kept
            await send(message)

        await self.app(scope, receive, send_with_headers)
