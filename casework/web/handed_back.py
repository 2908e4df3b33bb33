"""A form that comes after its session has ended is handed back: nothing typed is lost.

Who typed it signs in beside it and sends it again; then it comes back once more, with the
name that it will be kept under now. Files cannot be handed back: a browser gives them only
once. So does one with more in a field than fits, such as a spreadsheet pasted by mistake.
One that asks for a proof of being there waits beside it (`casework.signin.waiting_forms`).
Nothing of the form is kept here, and nothing is handed to a page of another site.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from casework.web.languages import marked, translations_for
from casework.web.templating import Templates
from casework.web.visit import (
    SAFE_METHODS,
    comes_from_our_page,
    language_of,
    render,
    signed_in_of,
)
from privacy.errors import FormOfAnotherSession

TOKEN = "form_token"  # noqa: S105 - the name of a field
SECRET = ("password", "passphrase")
NO_LIMITS: Mapping[str, int] = MappingProxyType({})
ENDED = marked(
    "La sesión terminó y lo último todavía no se guardó. No cierre esta página: pulse Guardar "
    "y podrá entrar de nuevo sin perder nada."
)


async def hand_back(request: Request, error: Exception) -> Response | None:
    """Give a form back to the page of ours that sent it; None where there is none to give."""
    if request.method in SAFE_METHODS or not comes_from_our_page(request):
        return None
    # What a script asks for beside a form leaves it standing: there it is only said.
    if "hx-request" in request.headers:
        return _said(request)
    is_of_another = isinstance(error, FormOfAnotherSession)
    return await _form_again(request, 403 if is_of_another else 401)


def _said(request: Request) -> Response:
    sentence = translations_for(language_of(request)).gettext(ENDED)
    page = Templates(language_of(request)).render("_ended.html", sentence=sentence)
    return HTMLResponse(page, status_code=401)


async def shorten(request: Request, error: RequestValidationError) -> Response | None:
    """Give a form back with what is too long in it, to be shortened; None if nothing is."""
    limits = {
        str(each["loc"][1]): int(each["ctx"]["max_length"])
        for each in error.errors()
        if each["type"] == "string_too_long" and each["loc"][0] == "body"
    }
    if not limits or "hx-request" in request.headers or not comes_from_our_page(request):
        return None
    return await _form_again(request, 422, limits)


async def _form_again(
    request: Request, status: int, limits: Mapping[str, int] = NO_LIMITS
) -> Response | None:
    unsent = await unsent_form(request)
    if unsent is None:
        return None
    somebody = signed_in_of(request)
    typed = unsent.typed
    too_long = [each for each in typed if len(each[1]) > limits.get(each[0], len(each[1]))]
    page = render(
        request,
        "handed_back.html",
        again=unsent.again,
        typed=[each for each in typed if each not in too_long],
        too_long=[TooLong(*each, limits[each[0]]) for each in too_long],
        token=somebody.form_token if somebody else unsent.token,
        person=somebody.person if somebody else "",
        is_proved=False,
        lost_a_file=unsent.had_a_file,
    )
    return HTMLResponse(page, status_code=status)


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form that was not kept: where it goes, and what was typed into it, name by name."""

    again: str
    typed: list[tuple[str, str]]
    token: str
    had_a_file: bool = False


async def unsent_form(request: Request) -> Unsent | None:
    """Read the form of a request to give it back; None if it is none, or holds a secret."""
    try:
        form = await request.form()
    except HTTPException:  # too much, or broken on its way
        return None
    if TOKEN not in form or any(name.endswith(SECRET) for name in form):
        return None
    return Unsent(
        again=f"{request.url.path}?{request.url.query}".rstrip("?"),
        typed=_typed(form),
        token=str(form[TOKEN]),
        had_a_file=any(
            isinstance(each, UploadFile) and each.filename for each in form.values()
        ),
    )


@dataclass(frozen=True, slots=True)
class TooLong:
    """A text that does not fit its field, and how many letters would."""

    name: str
    text: str
    most: int


def _typed(form: FormData) -> list[tuple[str, str]]:
    return [
        (name, each)
        for name, each in form.multi_items()
        if isinstance(each, str) and name != TOKEN
    ]
