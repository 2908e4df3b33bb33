"""The application: every slice's pages behind one guard."""

import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from gettext import NullTranslations
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import cast
from uuid import uuid4

import sqlalchemy as sa
from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from casework.database import Database
from casework.errors import CaseworkError, InvalidInput, NotFound, TooOften, Unavailable
from casework.lasting import lasting, look_less_often
from casework.signin.waiting_forms import ask_for_proof
from casework.web.access import UndeclaredAccess, undeclared
from casework.web.api_description import HOW_PROGRAMS_COME_IN, describe_api
from casework.web.bodies import BoundedBodies
from casework.web.compressing import Compressing
from casework.web.discretion import kind_and_place
from casework.web.errors import NOT_THIS_WAY, REFUSALS, TOO_LARGE, Answer, Refusal, answer_to
from casework.web.faults import AnswerFaults
from casework.web.handed_back import hand_back, shorten
from casework.web.headers import SafeHeaders
from casework.web.languages import translations_for
from casework.web.maps import warm_up
from casework.web.pace import Pace, keep_pace
from casework.web.sheets import SentBefore
from casework.web.version import VERSION
from casework.web.visit import (
    check_form,
    database_of,
    guard,
    is_https,
    language_of,
    may_bring_a_file,
    meet_reader,
    now,
    render,
    signed_in_of,
    step_up_address,
)
from matching.errors import MatchingError
from privacy.audit.log import Deed, record
from privacy.errors import (
    FormOfAnotherSession,
    LogUnavailable,
    NotPermitted,
    NotSignedIn,
    PrivacyError,
    StepUpNeeded,
)

logger = logging.getLogger("reunir")
_NO_NAME = re.compile(r"[A-Z]{2}-[2-9A-Z]{4}-[2-9A-Z]{4}|\d{1,18}")
HERE = Path(__file__).parent


def create_app(database: Database, *, pace: Pace | None = None) -> FastAPI:
    """Build the application over an open database; `pace` is how often somebody may ask.

    Raises
    ------
    UndeclaredAccess
        If an endpoint never said who may use it: better no service than an open door.
    """
    app = FastAPI(
        title="reunir",
        version=VERSION,
        description=HOW_PROGRAMS_COME_IN,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # the stock page loads scripts from elsewhere, which the CSP forbids
        redoc_url=None,
        dependencies=[
            Depends(guard),
            Depends(keep_pace),
            Depends(check_form),
            Depends(meet_reader),
        ],
        lifespan=_lifespan,
    )
    app.state.database = database
    app.state.pace = pace or Pace()
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    _include_slices(app)
    if open_doors := list(undeclared(app)):
        raise UndeclaredAccess(", ".join(open_doors))
    app.openapi = describe_api(app)  # type: ignore[method-assign]
    # The last one added is the outermost: bugs are answered with the safe headers too.
    app.add_middleware(BoundedBodies, refuse=answer_http, may_bring_a_file=may_bring_a_file)
    app.add_middleware(AnswerFaults, answer=answer_fault)
    app.add_middleware(SafeHeaders, is_https=is_https())
    app.add_middleware(Compressing)
    for kind in (CaseworkError, PrivacyError, MatchingError):
        app.add_exception_handler(kind, answer_refusal)
    for kind in (NotSignedIn, FormOfAnotherSession):
        app.add_exception_handler(kind, answer_unsent)
    app.add_exception_handler(SentBefore, answer_sent_before)
    app.add_exception_handler(StepUpNeeded, answer_unproven)
    app.add_exception_handler(RequestValidationError, answer_misfit)
    app.add_exception_handler(HTTPException, answer_http)
    app.add_exception_handler(sa.exc.DataError, answer_unstorable)
    app.add_exception_handler(sa.exc.OperationalError, answer_database_down)
    return app


def _include_slices(app: FastAPI) -> None:
    """Bring in every slice's pages, and its API with how it refuses.

    Pages stand in no description, and a shape of each refusal for each of them takes a second.
    """
    for module in route_modules():
        told = REFUSALS if module.endswith("api") else None
        app.include_router(import_module(module).router, responses=told)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    # Beside the first requests, so that nobody waits for outlines they may never look at.
    Thread(target=_settle, name="outlines", daemon=True).start()
    yield
    app.state.database.engine.dispose()


@cache
def _settle() -> None:
    """Read the outlines, once in a process; nothing of that is looked through for garbage."""
    with lasting():
        warm_up()
    look_less_often()


def route_modules() -> list[str]:
    """Find every slice's pages and API by walking, so that none is forgotten."""
    casework = HERE.parent
    return sorted(
        f"casework.{path.parent.name}.{path.stem}"
        for name in ("pages.py", "record_pages.py", "api.py", "record_api.py")
        for path in casework.glob(f"*/{name}")
    )


def answer_sent_before(_request: Request, error: Exception) -> Response:
    """Lead whoever sent one form twice to what it made."""
    return RedirectResponse(cast("SentBefore", error).led_to, status_code=303)


def answer_refusal(request: Request, error: Exception) -> Response:
    """Turn a refusal into its page, and record refused access on its own."""
    if isinstance(error, (NotPermitted, NotFound, StepUpNeeded)):
        try:
            _record_refusal(request, error)
        except LogUnavailable as unavailable:
            # Not even a refusal is given without its line: it would tell what is there.
            error = unavailable
    if isinstance(error, NotSignedIn) and not _wants_json(request):
        return RedirectResponse("/sign-in", status_code=303)
    if isinstance(error, StepUpNeeded) and not _wants_json(request):
        return RedirectResponse(step_up_address(request), status_code=303)
    answer = answer_to(type(error))
    words = translations_for(language_of(request))
    answered = _answer(request, answer, _told(error, words) if answer.shows_message else "")
    if isinstance(error, TooOften):
        answered.headers["retry-after"] = str(error.seconds)
    return answered


async def answer_unsent(request: Request, error: Exception) -> Response:
    """Refuse a form that came after its session, and hand back what was typed into it."""
    refused = await run_in_threadpool(answer_refusal, request, error)
    return await hand_back(request, error) or refused


async def answer_unproven(request: Request, error: Exception) -> Response:
    """Ask for a proof of being there; what was typed into a form waits beside it."""
    refused = await run_in_threadpool(answer_refusal, request, error)
    is_asked = isinstance(refused, RedirectResponse)
    return (is_asked and await ask_for_proof(request)) or refused


async def answer_misfit(request: Request, error: Exception) -> Response:
    """Refuse what does not fit its field, and hand back the form it was typed into."""
    refused = await run_in_threadpool(answer_bad_request, request, error)
    back = isinstance(error, RequestValidationError) and await shorten(request, error)
    return back or refused


def answer_bad_request(request: Request, error: Exception) -> Response:
    """Name the fields that could not be read; never echo what was in them."""
    told = ""
    if isinstance(error, RequestValidationError):
        fields = ", ".join(sorted({str(each["loc"][-1]) for each in error.errors()}))
        words = translations_for(language_of(request))
        told = words.gettext("Revise lo que dice en: %(fields)s.") % {"fields": fields}
    return _answer(request, answer_to(InvalidInput), told)


def answer_http(request: Request, error: Exception) -> Response:
    """Answer unknown addresses as absent records are answered: one page for both."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == TOO_LARGE.status:
        return _answer(request, TOO_LARGE)
    if status == 404:  # noqa: PLR2004 - the status itself
        return _answer(request, answer_to(NotFound))
    if status == NOT_THIS_WAY.status and _wants_json(request):
        return _answer(request, NOT_THIS_WAY)
    return _answer(request, answer_to(InvalidInput), status=status)


def answer_unstorable(request: Request, error: Exception) -> Response:
    """Refuse what the database cannot hold: a NUL, a number beyond its integers."""
    logger.warning("a value that cannot be stored: %s", kind_and_place(error))
    return _answer(request, answer_to(InvalidInput))


def answer_database_down(request: Request, error: Exception) -> Response:
    """Say plainly that the database does not answer."""
    logger.error("the database does not answer: %s", type(error).__name__)
    return _answer(request, answer_to(Unavailable))


def answer_fault(request: Request, error: Exception) -> Response:
    """Answer a bug: a reference for the log, and nothing of what went wrong."""
    reference = uuid4().hex[:10]
    # Only the kind and the place: the text of an error may quote a record.
    logger.error("fault %s: %s", reference, kind_and_place(error))
    return _answer(request, answer_to(Unavailable), reference=reference, status=500)


def _answer(
    request: Request,
    answer: Answer,
    message: str = "",
    *,
    reference: str = "",
    status: int | None = None,
) -> Response:
    words = translations_for(language_of(request))
    sentence = message or words.gettext(answer.sentence)
    code = status or answer.status
    if _wants_json(request):
        told = Refusal(title=words.gettext(answer.title), detail=sentence, reference=reference)
        return JSONResponse(told.model_dump(), status_code=code)
    page = render(
        request,
        "error.html",
        title=words.gettext(answer.title),
        sentence=sentence,
        what_to_do=[words.gettext(step) for step in answer.what_to_do],
        reference=reference,
    )
    return HTMLResponse(page, status_code=code)


def _told(error: Exception, words: NullTranslations) -> str:
    """Say a refusal's own words in the reader's language: a message id, perhaps filled."""
    told = getattr(error, "told", None)
    return str(told(words.gettext)) if told else words.gettext(str(error))


def _record_refusal(request: Request, error: NotPermitted | NotFound | StepUpNeeded) -> None:
    signed_in = signed_in_of(request)
    if signed_in is None:
        return
    with database_of(request).transaction(signed_in.viewer) as session:
        record(
            session,
            _refused_as(error),
            by=signed_in.viewer,
            at=now(request),
            about=_asked_for(request),
            wanted=str(error),
        )


def _refused_as(error: Exception) -> Deed:
    if isinstance(error, StepUpNeeded):
        return Deed.UNPROVEN
    # Absent and hidden are one answer, and one line.
    return Deed.NOT_FOUND if isinstance(error, NotFound) else Deed.ACCESS_REFUSED


def _asked_for(request: Request) -> str:
    """Name the address; of what was typed into it only what can be no person's name."""
    asked = request.url.path
    for value in request.path_params.values():
        if not _NO_NAME.fullmatch(str(value)):
            asked = asked.replace(str(value), "…")
    return asked[:80]


def _wants_json(request: Request) -> bool:
    return request.url.path.startswith("/api/")
