"""Words as they are compared when somebody types or dictates them."""

import re
import unicodedata


def plain(text: str) -> str:
    """Take a text down to what is compared: lower case, no accents, single spaces."""
    apart = unicodedata.normalize("NFKD", re.sub("[–—−‐‑]", "-", text.casefold()))
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^a-z0-9\-]+", " ", bare).split())
