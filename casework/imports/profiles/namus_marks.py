"""Distinguishing features as NamUs words them, read as `type:site:side:words`.

The words are kept whole; type, site and side are what a small table finds in them. What it
does not find stays empty, which weighs nothing. The table is our own.
"""

import json
import re
from collections.abc import Iterator

from casework.imports.problems import Problem, Rule
from casework.imports.profiles.cells import tidy
from casework.imports.profiles.lexicon import Found, words_of
from casework.imports.profiles.namus_words import SIDES, SITES

_TYPES = {
    "Tattoo": "tattoo",
    "Scar/mark": "scar",
    "Piercing": "piercing",
    "Deformity": "deformity",
    "Artificial body part/aid": "prosthesis",
    "Finger and toe nails": "nails",
    "Amputation": "amputation",
}
_FINER: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, re.compile(pattern))
    for code, pattern in (
        ("birthmark", r"birth ?marks?|port wine"),
        ("mole", r"\bmoles?\b"),
        ("burn", r"\bburn"),
        ("surgical_scar", r"surg|c-section|cesarean|append(?:ix|ectomy)|operation|vaccin"),
        ("circumcision", r"(?<!un)(?<!not )(?<!non)(?<!non-)circumcised"),
        ("old_fracture", r"fractur|broken|healed break"),
        ("missing_tooth_visible", r"(?:missing|lost|no) (?:\w+ ){0,3}t(?:oo|ee)th"),
        ("skin_condition", r"freckle|acne|discolou?r|vitiligo|eczema|psoriasis|rash"),
        ("tattoo", r"tatt?oo"),
        ("piercing", r"pierced|piercing"),
        ("amputation", r"amputat"),
        ("scar", r"\bscars?\b"),
    )
)
_REFINED = {
    "Scar/mark": {"birthmark", "mole", "burn", "surgical_scar", "skin_condition"},
    "Deformity": {"old_fracture"},
    "Other distinctive physical characteristic": {code for code, _ in _FINER},
}

_NOTHING = re.compile(
    r"(?:none?|unk(?:nown)?|n/?a|not (?:noted|known|available|applicable)|nothing|"
    r"none (?:noted|known|specified|reported|listed)|no)?[\s.]*"
)
_PARTS = re.compile(r"[;\n]+|\.\s+(?=[A-Z])")


def read_marks(text: str, problems: list[Problem]) -> list[str]:
    """Read the features of one row as entries of the column `marks`."""
    if not text.strip():
        return []
    try:
        features = json.loads(text)
        pairs = [(kind, words) for kind, listed in features.items() for words in listed]
    except (ValueError, AttributeError, TypeError):
        problems.append(Problem(Rule.BROKEN_LIST, "features_json", text))
        return []
    entries = (entry for kind, words in pairs for entry in _entries(kind, str(words)))
    return list(dict.fromkeys(entries))


def says_nothing(words: str) -> bool:
    """Tell whether words say only that there is nothing to say."""
    return _NOTHING.fullmatch(words.strip().lower()) is not None


def _entries(kind: str, words: str) -> Iterator[str]:
    for part in _with_sites(words):
        if not says_nothing(part):
            said = words_of(part)
            site = _site(said)
            place = site.code if site else ""
            side = _side(said, site)
            yield ":".join((_type(kind, part.lower()), place, side, plain_words(part)))


def _with_sites(words: str) -> list[str]:
    """Part a description where a new place on the body begins; else leave it whole."""
    parts = [tidy(part) for part in _PARTS.split(words) if part.strip()]
    if len(parts) > 1 and all(_site(words_of(part)) for part in parts):
        return parts
    return [tidy(words)]


def _site(said: list[str]) -> Found | None:
    """Find the first place; "back of" some other place is not the back."""
    return next((found for found in SITES.find(said) if found.code), None)


def _type(kind: str, lower: str) -> str:
    allowed = _REFINED.get(kind, set())
    for code, pattern in _FINER:
        if code in allowed and pattern.search(lower):
            return code
    return _TYPES.get(kind, "other")


def _side(said: list[str], site: Found | None) -> str:
    """Read the one side that is named; of several, the one just before the place."""
    found = list(SIDES.find(said))
    sides = {each.code for each in found}
    if len(sides) < 2:  # noqa: PLR2004 - one side named, or none
        return next(iter(sides), "")
    if site is None or "both" in sides:
        return "both" if "both" in sides else ""
    inside = [each for each in found if site.start - _CLOSE <= each.start < site.end]
    return inside[-1].code if inside else ""


_CLOSE = 2
"""Words between a side and the place it belongs to, as in ``left upper arm``. Our choice."""


def plain_words(text: str) -> str:
    """Free text that can stand in a list of the flat tables, where ``|`` parts entries."""
    return tidy(text.replace("|", "/"))
