"""Programs of institutions: who asked for each, what it may do, when it last came in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import RedirectResponse, Response

from casework.errors import InvalidInput, NotFound
from casework.signin import api_tokens
from casework.signin.api_tokens import FOR_PROGRAMS, PROGRAM_ROLES, Asked
from casework.signin.credentials import ApiToken
from casework.signin.model import Institution
from casework.signin.queries import list_institutions
from casework.web.access import requires
from casework.web.permission_words import PERMISSION_WORDS
from casework.web.pieces import Choice, Notice
from casework.web.role_words import ROLE_WORDS
from casework.web.visit import Entered, Visit
from privacy.permissions import PURPOSES, Permission, Role

router = APIRouter()
LARGEST_ID = 2**53
Number = Annotated[int, Path(ge=1, le=LARGEST_ID)]


@dataclass(frozen=True, slots=True)
class ShownToken:
    """One program, without what lets it in."""

    id: int
    name: str
    institution: str
    role: str
    purposes: str
    scope: tuple[str, ...]
    asked_at: datetime
    ends_at: datetime | None
    used_at: datetime | None
    is_confirmed: bool
    is_closed: bool
    may_confirm: bool

    @classmethod
    def of(
        cls, token: ApiToken, gettext: Callable[[str], str], *, viewer_id: int, at: datetime
    ) -> "ShownToken":
        role = Role(token.account.role)
        is_over = token.ends_at is not None and at >= token.ends_at
        is_closed = is_over or token.revoked_at is not None
        is_new = token.confirmed_at is None and not is_closed
        return cls(
            id=token.id,
            name=token.account.display_name,
            institution=token.account.institution.name,
            role=gettext(ROLE_WORDS[role]),
            purposes=", ".join(each.value for each in PURPOSES[role]),
            scope=tuple(gettext(PERMISSION_WORDS[Permission(each)]) for each in token.scope),
            asked_at=token.asked_at,
            ends_at=token.ends_at,
            used_at=token.used_at,
            is_confirmed=token.confirmed_at is not None,
            is_closed=is_closed,
            may_confirm=is_new and token.asked_by != viewer_id,
        )


@router.get("/tokens")
@requires(Permission.ACCOUNT_CONFIRM)
def tokens_page(visit: Entered) -> Response:
    """List the programs, and offer to ask for another."""
    return _show(visit)


@router.post("/tokens")
@requires(Permission.ACCOUNT_ADMINISTER)
def ask_for_token(
    visit: Entered,
    *,
    name: Annotated[str, Form(min_length=1, max_length=200)],
    institution_id: Annotated[int, Form(ge=1, le=LARGEST_ID)],
    role: Annotated[Role, Form()],
    scope: Annotated[tuple[Permission, ...], Form()] = (),
    ends_on: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Enter a program, and show its token this once."""
    visit.demand_step_up()
    institution = visit.session.get(Institution, institution_id)
    if institution is None:
        raise NotFound("institution")
    try:
        asked = Asked(name.strip(), role, scope, _end_of(ends_on, visit.at))
        token = api_tokens.ask_for_token(
            visit.session, visit.viewer, institution, asked, at=visit.at
        )
    except (InvalidInput, ValueError):
        sentence = visit.gettext(
            "Así no se puede: esa institución no da esa función, o de lo elegido la función no "
            "abre nada, o la fecha ya pasó."
        )
        return _show(visit, Notice(sentence, "problem"), status=422)
    return visit.show("signin/token_given.html", program=asked.name, token=token)


@router.post("/tokens/{token_id}/confirm")
@requires(Permission.ACCOUNT_CONFIRM)
def confirm_token(visit: Entered, token_id: Number) -> Response:
    """Confirm, as another person, that a program is let in."""
    visit.demand_step_up()
    token = _token(visit, token_id)
    api_tokens.confirm_token(visit.session, visit.viewer, token, at=visit.at)
    return RedirectResponse("/tokens", status_code=303)


@router.post("/tokens/{token_id}/revoke")
@requires(Permission.ACCOUNT_CONFIRM)
def revoke_token(visit: Entered, token_id: Number) -> Response:
    """Let a program in no more."""
    api_tokens.revoke_token(visit.session, visit.viewer, _token(visit, token_id), at=visit.at)
    return RedirectResponse("/tokens", status_code=303)


def _end_of(day: str, at: datetime) -> datetime | None:
    if not day.strip():
        return None
    ends_at = datetime.combine(date.fromisoformat(day.strip()), time.max, UTC)
    if ends_at <= at:
        raise ValueError(day)
    return ends_at


def _token(visit: Visit, token_id: int) -> ApiToken:
    token = visit.session.get(ApiToken, token_id)
    if token is None:
        raise NotFound("token")
    return token


def _show(visit: Visit, *notices: Notice, status: int = 200) -> Response:
    gettext = visit.gettext
    return visit.show(
        "signin/tokens.html",
        status=status,
        notices=notices,
        tokens=[
            ShownToken.of(each, gettext, viewer_id=visit.viewer.account_id, at=visit.at)
            for each in api_tokens.list_tokens(visit.session, visit.viewer)
        ],
        may_ask=visit.viewer.may(Permission.ACCOUNT_ADMINISTER),
        institutions=[
            Choice(str(each.id), f"{each.name} ({each.country})")
            for each in list_institutions(visit.session)
        ],
        roles=[Choice(each.value, gettext(ROLE_WORDS[each])) for each in PROGRAM_ROLES],
        scope=[Choice(each.value, gettext(PERMISSION_WORDS[each])) for each in FOR_PROGRAMS],
    )
