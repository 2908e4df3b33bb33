"""A form that comes after its session has ended is handed back: nothing typed is lost.

Who typed it signs in beside it and sends it again; then it comes back once more, with the
name that it will be kept under now. Files cannot be handed back: a browser gives them only
once. Nothing of the form is kept here, and nothing is handed to a page of another site.
"""

from fastapi import Request
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
ENDED = marked(
    "La sesión terminó y lo último todavía no se guardó. No cierre esta página: pulse Guardar "
    "y podrá entrar de nuevo sin perder nada."
)


async def hand_back(request: Request, error: Exception) -> Response | None:
    """Give a form back to the page of ours that sent it; None where there is none to give."""
    if request.method in SAFE_METHODS or not comes_from_our_page(request):
        return None
    is_beside = "hx-request" in request.headers
    if isinstance(error, FormOfAnotherSession):
        return None if is_beside else await _form_again(request, 403)
    # What a script asks for beside a form leaves it standing: there it is only said.
    return _said(request) if is_beside else await _form_again(request, 401)


def _said(request: Request) -> Response:
    sentence = translations_for(language_of(request)).gettext(ENDED)
    page = Templates(language_of(request)).render("_ended.html", sentence=sentence)
    return HTMLResponse(page, status_code=401)


async def _form_again(request: Request, status: int) -> Response | None:
    try:
        form = await request.form()
    except HTTPException:  # too much, or broken on its way
        return None
    if TOKEN not in form or any(name.endswith(SECRET) for name in form):
        return None
    somebody = signed_in_of(request)
    page = render(
        request,
        "handed_back.html",
        again=f"{request.url.path}?{request.url.query}".rstrip("?"),
        typed=_typed(form),
        token=somebody.form_token if somebody else form[TOKEN],
        person=somebody.person if somebody else "",
        lost_a_file=any(
            isinstance(each, UploadFile) and each.filename for each in form.values()
        ),
    )
    return HTMLResponse(page, status_code=status)


def _typed(form: FormData) -> list[tuple[str, str]]:
    return [
        (name, each)
        for name, each in form.multi_items()
        if isinstance(each, str) and name != TOKEN
    ]
