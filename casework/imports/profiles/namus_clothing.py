"""Clothing and effects as NamUs words them, read as `item:colour:brand:words`.

A sentence such as "blue jeans, white t-shirt" becomes one entry per article; the words
around each stay with it. Items, colours and brands are found by a small table of our own.
"""

import json
import re
from collections.abc import Iterator

from casework.imports.problems import Problem, Rule
from casework.imports.profiles.cells import tidy
from casework.imports.profiles.lexicon import Found, words_of
from casework.imports.profiles.namus_marks import plain_words, says_nothing
from casework.imports.profiles.namus_words import BRANDS, CARRIED, COLOURS, ITEMS

_BY_CATEGORY = {"Footwear": "shoes", "Eyewear": "glasses"}
_PARTS = re.compile(r"\s*(?:[,;\n]|\.\s|\band\b|\bwith\b|\bw/)\s*", re.IGNORECASE)


def read_articles(text: str, problems: list[Problem]) -> tuple[list[str], list[str]]:
    """Read one row's list as entries of `clothing` and of `belongings`."""
    if not text.strip():
        return [], []
    try:
        pairs = [(str(kind), str(words)) for kind, words in json.loads(text)]
    except (ValueError, TypeError):
        problems.append(Problem(Rule.BROKEN_LIST, "clothing_json", text))
        return [], []
    entries = [each for kind, words in pairs for each in _entries(kind, words)]
    worn = dict.fromkeys(text for item, text in entries if item not in CARRIED)
    carried = dict.fromkeys(text for item, text in entries if item in CARRIED)
    return list(worn), list(carried)


def _entries(kind: str, words: str) -> Iterator[tuple[str, str]]:
    for item, said in _articles(words):
        if not says_nothing(said):
            heard = words_of(said)
            code = item or _BY_CATEGORY.get(kind, "other")
            brand = BRANDS.first(heard)
            named = brand.code.replace("_", " ") if brand else ""
            yield code, ":".join((code, _colour(heard), named, plain_words(said)))


def _articles(words: str) -> list[tuple[str, str]]:
    """Part a sentence into articles: words before the first go to it, others to the last."""
    articles: list[tuple[str, str]] = []
    waiting = ""
    for part in _PARTS.split(words):
        heard = words_of(part)
        item = _last(heard)
        if item is not None:
            articles.append((item.code, tidy(f"{waiting} {part}")))
            waiting = ""
        elif articles and " ".join(heard) not in COLOURS.codes:
            code, said = articles[-1]
            articles[-1] = code, tidy(f"{said} {part}")
        else:
            waiting = f"{waiting} {part}"
    if not articles:
        return [("", tidy(words))]
    if waiting.strip():
        code, said = articles[-1]
        articles[-1] = code, tidy(f"{said} {waiting}")
    return articles


def _last(heard: list[str]) -> Found | None:
    """Find the article: in English it ends the phrase, as in "polo shirt" or "boot socks"."""
    return max(ITEMS.find(heard), key=lambda found: found.end, default=None)


def _colour(heard: list[str]) -> str:
    found = {each.code for each in COLOURS.find(heard)}
    if len(found) > 1:
        return "several"
    return next(iter(found), "")
