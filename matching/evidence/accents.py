"""Words without capitals and accents, which most people leave out."""

import unicodedata


def without_accents(text: str) -> str:
    """Write in lower case and without accents: Río is rio, Muñoz is munoz.

    Parameters
    ----------
    text : str
        Any words; what is not written with accents, in whichever script, stays as it is.
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
