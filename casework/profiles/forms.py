"""The forms of profiles: a file that was chosen, and which specimen goes to which sample.

Between the two steps nothing is kept here: the page carries the file back, packed.
"""

import zlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from casework.errors import InvalidInput
from casework.profiles.specimens import LARGEST_BYTES, MOST_SPECIMENS
from casework.profiles.weighing import Single
from casework.web.languages import marked

Short = Annotated[str, StringConstraints(max_length=300)]
UNREAD_DAY = marked("Escriba el día así: 2026-03-09.")


class BringForm(BaseModel):
    """What is said of a whole file besides what stands in it."""

    model_config = ConfigDict(extra="ignore")

    laboratory: Short = ""
    kit: Short = ""
    analysed_on: Short = ""
    single: Single = Single.HOMOZYGOTE


class KeepForm(BringForm):
    """Which specimen goes to which sample, in the order of the file."""

    packed: str = Field(default="", repr=False)
    by_hand: bool = False
    sample: Annotated[
        list[Annotated[str, StringConstraints(max_length=40)]], Field(max_length=MOST_SPECIMENS)
    ] = []
    reason: Short = ""


def read_day(typed: str) -> date | None:
    """Read the day of an analysis.

    Raises
    ------
    InvalidInput
        If something else was typed.
    """
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise InvalidInput(UNREAD_DAY) from None


def packed(content: bytes) -> str:
    """Pack a file so that a form may carry it."""
    return b64encode(zlib.compress(content)).decode()


def unpacked(text: str) -> bytes:
    """Unpack what a form carried, no more than may be brought at all.

    Raises
    ------
    InvalidInput
        If it is not what a page of ours packed.
    """
    try:
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(b64decode(text, validate=True), LARGEST_BYTES)
    except (NotBase64, ValueError, zlib.error):
        content = b""
    if not content or unpacking.unconsumed_tail:
        raise InvalidInput(marked("El archivo no llegó entero: elíjalo de nuevo."))
    return content
