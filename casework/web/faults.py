"""The last catch: a bug is answered here, and goes no further up, where it would be printed."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class AnswerFaults:
    """Answers what nobody caught. Starlette's own handler would raise it again afterwards."""

    def __init__(self, app: ASGIApp, answer: Callable[[Request, Exception], Response]) -> None:
        self.app = app
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_begun = False

        async def send_and_notice(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_and_notice)
        except Exception as error:  # noqa: BLE001 - the last catch
            answer = await run_in_threadpool(self.answer, Request(scope), error)
            if not has_begun:
                await answer(scope, receive, send)
