"""One request: who comes, whether they may, and the one transaction it all happens in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hmac import compare_digest
from typing import Annotated, Any, cast
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.orm import Session

from casework.database import Database
from casework.errors import NotFound
from casework.notifications.queries import count_new
from casework.settings import settings
from casework.signin.queries import find_session, viewer_in
from casework.signin.sheets import note_sent, where_it_led
from casework.terminology.queries import glossary_of
from casework.web import languages
from casework.web.access import enforce
from casework.web.bearer import bearer_of, let_program_in
from casework.web.local_words import Reader, read_by
from casework.web.navigation import may_find, nav_for
from casework.web.pieces import Notice, PageFrame
from casework.web.purpose_words import purpose_of, purposes_of
from casework.web.sheets import SentBefore, new_sheet, number_of_sheet
from casework.web.templating import Templates
from casework.web.version import VERSION
from privacy.errors import (
    FormOfAnotherSession,
    NotPermitted,
    NotSignedIn,
    StepUpNeeded,
)
from privacy.permissions import DOOR, Permission, Viewer

COOKIE = "reunir_session"
# Over https the browser itself refuses this name to any other host or path.
SECURE_COOKIE = f"__Host-{COOKIE}"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is behind a request."""

    viewer: Viewer
    person: str
    institution: str
    form_token: str
    token: str
    is_program: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """What an endpoint works with: a transaction in the visitor's name, and the time."""

    request: Request
    session: Session
    at: datetime
    signed_in: SignedIn | None

    @property
    def viewer(self) -> Viewer:
        if self.signed_in is None:
            raise NotSignedIn
        return self.signed_in.viewer

    @property
    def arriving(self) -> SignedIn:
        """Give whoever gave a right password and is asked for a second factor."""
        arriving = arriving_of(self.request)
        if arriving is None:
            raise NotSignedIn
        return arriving

    @property
    def language(self) -> str:
        return language_of(self.request)

    def demand_step_up(self) -> None:
        """Let only those go on who proved, within the last half hour, that they are there.

        Raises
        ------
        StepUpNeeded
            If they have not; a page then leads them to `/step-up` and back.
        """
        if not self.viewer.stepped_up:
            raise StepUpNeeded

    def gettext(self, message: str) -> str:
        """Put one message into the visitor's language."""
        return languages.translations_for(self.language).gettext(message)

    def show(
        self,
        template: str,
        *,
        status: int = 200,
        notices: tuple[Notice, ...] = (),
        shows_invented: bool = False,
        shows_real: bool = False,
        **context: Any,
    ) -> HTMLResponse:
        """Answer with a page in the visitor's language.

        `shows_real` beside `shows_invented`: a page with both must not call all invented.
        """
        return HTMLResponse(
            render(
                self.request,
                template,
                notices=notices,
                shows_invented=shows_invented,
                shows_real=shows_real,
                unseen=self._unseen(),
                **context,
            ),
            status_code=status,
        )

    def leads_to(self, path: str) -> RedirectResponse:
        """Lead on from a form that was done; sent again, it leads there and does nothing."""
        if number := _sheet_of(self.request):
            note_sent(self.session, self.viewer, number, path, at=self.at)
        return RedirectResponse(path, status_code=303)

    def _unseen(self) -> int:
        """Count what waits for the visitor, for the top of the page; fragments have none."""
        return count_new(self.session, self.viewer) if self.signed_in else 0


def render(
    request: Request,
    template: str,
    *,
    notices: tuple[Notice, ...] = (),
    shows_invented: bool = False,
    shows_real: bool = False,
    unseen: int = 0,
    **context: Any,
) -> str:
    """Render a template with the frame that surrounds every page."""
    language = language_of(request)
    signed_in = signed_in_of(request)
    known = signed_in or arriving_of(request)
    frame = PageFrame(
        path=_path_of(request),
        nav=nav_for(signed_in.viewer, request.url.path, language) if signed_in else (),
        person=known.person if known else None,
        institution=known.institution if known else None,
        notices=notices,
        shows_invented=shows_invented,
        shows_real=shows_real,
        version=VERSION,
        form_token=known.form_token if known else None,
        sheet=str(new_sheet(known.form_token, now(request))) if known else "",
        purpose=purpose_of(signed_in.viewer, language) if signed_in else "",
        purposes=purposes_of(signed_in.viewer, language) if signed_in else (),
        unseen=unseen,
        finds=signed_in is not None and may_find(signed_in.viewer),
    )
    return Templates(language).render(template, frame=frame, **context)


def language_of(request: Request) -> str:
    """Give the language of the pages for this visitor."""
    return languages.choose_language(
        request.cookies.get(languages.COOKIE), request.headers.get("accept-language")
    )


def step_up_address(request: Request) -> str:
    """Say where to prove being there, and which page to come back to."""
    return f"/step-up?{urlencode({'next': page_behind(request)})}"


def page_behind(request: Request) -> str:
    """Name the page that a request comes from; of what only reads, that is itself."""
    if request.method in SAFE_METHODS:
        return _path_of(request)
    # What a form would have done is not done unseen later: back to the form itself.
    return urlsplit(request.headers.get("referer", "/")).path or "/"


def now(request: Request) -> datetime:
    """Read the clock: the one place where time enters a deed."""
    clock = getattr(request.app.state, "clock", None)
    return cast("datetime", clock()) if clock else datetime.now(UTC)


def database_of(request: Request) -> Database:
    """Give the registry's database."""
    return cast("Database", request.app.state.database)


def signed_in_of(request: Request) -> SignedIn | None:
    """Give whoever `guard` found behind this request."""
    return cast("SignedIn | None", getattr(request.state, "signed_in", None))


def arriving_of(request: Request) -> SignedIn | None:
    """Give whoever stands at the door with a right password, and no second factor yet."""
    return cast("SignedIn | None", getattr(request.state, "arriving", None))


def is_https() -> bool:
    """Say whether people reach this registry over https."""
    return settings().public_url.startswith("https://")


def session_cookie() -> str:
    """Name the one cookie that is set and read: over https only the guarded one."""
    return SECURE_COOKIE if is_https() else COOKIE


def may_bring_a_file(request: Request) -> bool:
    """Say, before a body is read, whether who sends it may bring files to this address."""
    found = _who(request)
    path, needed = request.url.path, Permission.PAPER_KEEP
    if path == "/imports":
        needed = Permission.FILE_IMPORT
    elif path.startswith("/remains/"):
        needed = Permission.REMAINS_RECORD
    elif path.startswith("/pairings/"):
        needed = Permission.PROFILE_KEEP  # the report of a laboratory
    return found is not None and found.viewer.second_factor and found.viewer.may(needed)


def guard(request: Request) -> None:
    """Find out who comes, and let nobody pass who may not. Runs before every endpoint.

    Raises
    ------
    NotFound
        If the address holds a NUL, which no record's reference does.
    """
    if "\x00" in request.scope["path"]:
        raise NotFound("address")
    found = _who(request)
    # With a password alone nobody is inside: every page takes them for a stranger, except
    # those of the door that ask for the second factor.
    is_inside = found is not None and found.viewer.second_factor
    request.state.signed_in = found if is_inside else None
    request.state.arriving = None if is_inside else found
    enforce(
        request.scope["endpoint"],
        request.state.signed_in.viewer if request.state.signed_in else None,
    )


async def check_form(request: Request) -> None:
    """Refuse a change that another site's page asked this browser to make.

    Raises
    ------
    NotPermitted
        If the request comes from another site.
    FormOfAnotherSession
        If it lacks the session's own token.
    """
    if request.method in SAFE_METHODS:
        return
    comes_from_us = comes_from_our_page(request)
    if comes_from_us is False:
        raise NotPermitted("a form of another site")
    signed_in = signed_in_of(request)
    if signed_in is not None and signed_in.is_program:
        # No browser adds a token by itself: another site's page can borrow none.
        return
    signed_in = signed_in or arriving_of(request)
    if signed_in is None:
        # SameSite is no help at the door: it withholds cookies, and signing in needs none. A
        # foreign form could sign somebody in as another, who would then read what they write.
        if not comes_from_us:
            raise NotPermitted("a form that does not say where it comes from")
        return
    given = request.headers.get("x-form-token") or str(
        (await request.form()).get("form_token", "")
    )
    if not compare_digest(given.encode(), signed_in.form_token.encode()):
        raise FormOfAnotherSession("a form without this session's token")
    # What a script sends beside a page, it sends again only where somebody asks again.
    if "x-form-token" not in request.headers:
        account_id = signed_in.viewer.account_id
        request.state.sheet = await number_of_sheet(request, account_id)


def comes_from_our_page(request: Request) -> bool | None:
    """Say whether one of our pages sent this; None if the request does not tell."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    source = request.headers.get("origin") or request.headers.get("referer")
    if not source:
        return None
    return urlsplit(source).netloc == request.headers.get("host")


async def meet_reader(request: Request) -> None:
    """Note in whose country's words the codes of this request are said.

    Asynchronous, so that what it notes is there for the endpoint: each thread has a copy.
    """
    signed_in = signed_in_of(request)
    reader = Reader(signed_in.viewer.country, language_of(request)) if signed_in else None
    request.state.reader = reader
    read_by(reader)


def enter(request: Request) -> Iterator[Visit]:
    """Open the request's one transaction, in the visitor's name; it ends before the answer.

    Raises
    ------
    SentBefore
        If this very form was sent before: what it made is shown, and nothing is done again.
    """
    signed_in = signed_in_of(request)
    viewer = signed_in.viewer if signed_in else DOOR
    reader: Reader | None = request.state.reader
    # The hour of a deed is before its transaction begins: what it says from then on has begun
    # for the database as well.
    at = now(request)
    with database_of(request).transaction(viewer) as session:
        number = _sheet_of(request)
        if number and (led_to := where_it_led(session, number)):
            raise SentBefore(led_to)
        if reader:
            # Asked once, and only by a page that says a code.
            reader.ask = cache(lambda: glossary_of(session))
        try:
            yield Visit(request, session, at, signed_in)
        finally:
            if reader:
                reader.ask = None


# The commit happens before the answer leaves: nobody is told of a deed that then fails.
Entered = Annotated[Visit, Depends(enter, scope="function")]


def _sheet_of(request: Request) -> UUID | None:
    return cast("UUID | None", getattr(request.state, "sheet", None))


def _who(request: Request) -> SignedIn | None:
    bearer = bearer_of(request)
    return _person(request) if bearer is None else _program(request, bearer)


def _program(request: Request, text: str) -> SignedIn:
    found = let_program_in(database_of(request), request, text, at=now(request))
    return SignedIn(found.viewer, found.name, found.institution, "", "", is_program=True)


def _person(request: Request) -> SignedIn | None:
    token = request.cookies.get(session_cookie())
    if not token:
        return None
    at = now(request)
    with database_of(request).transaction(DOOR) as session:
        found = find_session(session, token, at=at)
        if found is None:
            return None
        found.last_seen_at = at
        account = found.account
        return SignedIn(
            viewer=viewer_in(found, at=at),
            person=account.display_name,
            institution=account.institution.name,
            form_token=found.form_token,
            token=token,
        )


def _path_of(request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{request.url.path}{query}"
