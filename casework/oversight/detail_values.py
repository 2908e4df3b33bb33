"""What a detail of a line says in its reader's language, where it is a word of the code."""

from collections import Counter
from collections.abc import Callable, Mapping

from casework.families.words import CATEGORY_WORDS, USE_WORDS
from casework.oversight.ledger import WHY_WORDS
from casework.photos.words import KIND_WORDS, LOOK_WORDS, REMOVAL_WORDS
from casework.review.words import CHANGE_WORDS
from casework.web.closed import GROUP_WORDS
from casework.web.permission_words import PERMISSION_WORDS
from casework.web.role_words import ROLE_WORDS

VALUE_WORDS: Mapping[str, Mapping[str, str]] = {
    "group": {code.value: words for code, words in GROUP_WORDS.items()},
    "role": {str(code): words for code, words in ROLE_WORDS.items()},
    "before": {str(code): words for code, words in ROLE_WORDS.items()},
    "after": {str(code): words for code, words in ROLE_WORDS.items()},
    "wanted": {code.value: words for code, words in PERMISSION_WORDS.items()},
    "permission": {code.value: words for code, words in PERMISSION_WORDS.items()},
    "reason": {code.value: words for code, words in [*WHY_WORDS.items(), *LOOK_WORDS.items()]}
    | {code.value: words for code, words in REMOVAL_WORDS.items()},
    "kind": {code.value: words for code, words in KIND_WORDS.items()},
    "change": {code.value: words for code, words in CHANGE_WORDS.items()},
    "items": {
        f"{category.value}/{use.value}": f"{what}/{why}"
        for category, what in CATEGORY_WORDS.items()
        for use, why in USE_WORDS.items()
    },
}


def told(key: str, value: object, gettext: Callable[[str], str]) -> str:
    """Write a detail; of what stands in a list several times, once with how often."""
    if not isinstance(value, list):
        return _said(key, str(value), gettext)
    counts = Counter(map(str, value))
    said = ((_said(key, each, gettext), n) for each, n in counts.items())
    written = (words if n == 1 else f"{words} ({n})" for words, n in said)
    return ("; " if key in VALUE_WORDS else " ").join(written)


def _said(key: str, code: str, gettext: Callable[[str], str]) -> str:
    words = VALUE_WORDS.get(key, {}).get(code)
    return ", ".join(map(gettext, words.split("/"))) if words else code
