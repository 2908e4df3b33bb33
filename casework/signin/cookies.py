"""The cookies of the door: a session, a question to this browser, and that it is known."""

from fastapi import Request
from fastapi.responses import Response

from casework.signin.throttling import DEVICE_IS_KNOWN_FOR
from casework.web.visit import is_https, session_cookie


def _named(name: str) -> str:
    return f"__Host-{name}" if is_https() else name


def set_session(answer: Response, token: str) -> None:
    """Let this browser go on as whoever came in."""
    answer.set_cookie(
        session_cookie(), token, httponly=True, secure=is_https(), samesite="strict", path="/"
    )


def clear_session(answer: Response) -> None:
    """Forget the session, and whatever of it the browser kept."""
    answer.delete_cookie(session_cookie(), secure=is_https(), httponly=True)
    answer.headers["clear-site-data"] = '"cache", "storage"'


def set_ceremony(answer: Response, token: str, *, from_elsewhere: bool = False) -> None:
    """Bind a question to this browser; an answer by way of another site needs Lax."""
    answer.set_cookie(
        _named("reunir_ceremony"),
        token,
        max_age=300,
        httponly=True,
        secure=is_https(),
        samesite="lax" if from_elsewhere else "strict",
        path="/",
    )


def ceremony_of(request: Request) -> str | None:
    """Read which question was put to this browser."""
    return request.cookies.get(_named("reunir_ceremony"))


def set_device(answer: Response, token: str) -> None:
    """Let strangers' attempts not slow this browser down."""
    answer.set_cookie(
        _named("reunir_device"),
        token,
        max_age=int(DEVICE_IS_KNOWN_FOR.total_seconds()),
        httponly=True,
        secure=is_https(),
        samesite="strict",
        path="/",
    )


def device_of(request: Request) -> str | None:
    """Read which known browser this says it is."""
    return request.cookies.get(_named("reunir_device"))
