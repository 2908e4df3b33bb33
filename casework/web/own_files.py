"""Files of ours under addresses that name their content, so that a browser asks for each once.

An address changes with its file: what is kept under it never grows old, and nothing of a
release is shown with the style of the one before it.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs

FOLDER = Path(__file__).parent / "static"
BELOW = "/static/"
LETTERS = 12  # of the hash: two states of one file never share them
FOR_A_YEAR = "public, max-age=31536000, immutable"
ASKED_EACH_TIME = "public, no-cache"


def address_of(name: str) -> str:
    """Give the address of a file for a page."""
    return f"{BELOW}{name}?v={_marks()[name]}"


def kept_how(path: str, query: str) -> str:
    """Say how long a browser keeps what stands at an address: for a year, if it names it."""
    mark = _marks().get(path.removeprefix(BELOW))
    return FOR_A_YEAR if parse_qs(query).get("v") == [mark] else ASKED_EACH_TIME


@cache
def _marks() -> dict[str, str]:
    """Read what each file holds, once: whoever edits one starts the server again."""
    return {
        each.relative_to(FOLDER).as_posix(): sha256(each.read_bytes()).hexdigest()[:LETTERS]
        for each in FOLDER.rglob("*")
        if each.is_file()
    }
