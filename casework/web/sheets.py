"""Each page is a sheet with a number: what is sent on it twice is done once.

A double click, a slow network and a page reloaded send the same form again. Its number is made
of the sheet, of who sends it, where to, and of every word and file on it: what was changed
since is another form. The number cannot be turned back into what was typed.
"""

from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid5

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

SHEET = "sheet"
TOKEN = "form_token"  # noqa: S105 - the name of a field
A_PIECE = 1024 * 1024
OURS = UUID("6a9d6a53-40a1-5d8e-9b4c-0c1f1b0f7f52")


class SentBefore(Exception):
    """The very same form was sent before; `led_to` is where it led."""

    def __init__(self, led_to: str) -> None:
        super().__init__(led_to)
        self.led_to = led_to


def new_sheet(form_token: str, at: datetime) -> UUID:
    """Give the number of a page: of whose it is and when it was given out, and of no more."""
    return uuid5(OURS, f"{form_token} {at.isoformat()}")


async def number_of_sheet(request: Request, account_id: int) -> UUID | None:
    """Give the number of what is sent, or None if it came on no sheet of ours."""
    form = await request.form()
    sheet = _number(form.get(SHEET))
    if sheet is None:
        return None
    return uuid5(sheet, f"{account_id} {request.url} {await _print_of(form)}")


async def _print_of(form: FormData) -> str:
    """Take a fingerprint of all that is on a form; the session's token may have moved on."""
    seen = sha256()
    for name, value in form.multi_items():
        if name == TOKEN:
            continue
        seen.update(f"\x00{name}\x00".encode())
        if isinstance(value, UploadFile):
            while piece := await value.read(A_PIECE):
                seen.update(piece)
            await value.seek(0)
        else:
            seen.update(value.encode())
    return seen.hexdigest()


def _number(typed: object) -> UUID | None:
    try:
        return UUID(str(typed))
    except ValueError:
        return None
