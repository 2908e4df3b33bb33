"""How a part of a name is heard in Latin America, whatever its spelling.

z, s and soft c are one, so are b and v, ll and y; h is mute. The codes of libraries (Soundex,
Metaphone) hear English, for which *Jiménez*, *Giménez* and *Ximénez* are three. A few habits of
Portuguese, French and Kreyòl are heard too.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

END = "."


@dataclass(frozen=True, slots=True)
class Rule:
    """What is written, before which letters, and what is heard; `first`: at the beginning."""

    written: str
    heard: str
    before: str = ""
    first: bool = False


RULES = (
    Rule("hu", "u", "aei", first=True),  # Huamán and Guamán
    Rule("gu", "u", "a", first=True),
    Rule("x", "j", first=True),  # Ximena and Jimena
    Rule("eaux", "o"),
    Rule("eau", "o"),
    Rule("ou", "u"),
    Rule("ph", "f"),
    Rule("ch", "x"),
    Rule("sh", "x"),
    Rule("lh", "l"),
    Rule("nh", "n"),
    Rule("th", "t"),
    Rule("ll", "i"),
    Rule("gu", "g", "ei"),
    Rule("g", "j", "eiy"),
    Rule("qu", "k", "ei"),
    Rule("ck", "k"),
    Rule("cc", "s", "ei"),
    Rule("c", "s", "eiy"),
    Rule("ks", "s"),
    Rule("m", "n", f"bp{END}"),
    Rule("q", "k"),
    Rule("c", "k"),
    Rule("z", "s"),
    Rule("x", "s"),
    Rule("v", "b"),
    Rule("w", "u"),
    Rule("y", "i"),
    Rule("h", ""),
)
"""The first that fits at a letter holds; a letter that none fits is heard as it is written.

Our own, from how the names in the shipped lists vary; letters heard twice count once.
"""


def sound_of(part: str) -> str:
    """Give the code of how one part of a name is heard.

    Parameters
    ----------
    part : str
        Plain letters, as `matching.names.letters.plain` gives them.

    Returns
    -------
    str
        The part itself if nothing of it is heard, or if it is not in Latin letters.
    """
    heard, at = "", 0 if part.isascii() else len(part)
    while at < len(part):
        rule = _fitting(part, at)
        sound = rule.heard if rule else part[at]
        if not sound or not heard.endswith(sound):
            heard += sound
        at += len(rule.written) if rule else 1
    return heard or part


def _fitting(part: str, at: int) -> Rule | None:
    for rule in RULES:
        follows = part[at + len(rule.written) : at + len(rule.written) + 1] or END
        fits = part.startswith(rule.written, at) and (not rule.before or follows in rule.before)
        if fits and not (rule.first and at):
            return rule
    return None


@cache
def sound_rules() -> NDArray[np.uint8]:
    """Give the rules as bytes for the kernels.

    Returns
    -------
    uint8 array, shape (n_rules, 12)
        Written (4), heard (1), only at the beginning (1), before these letters (4), and how
        many are written and stand before (2); 0 for none.
    """
    rows = np.zeros((len(RULES), 12), dtype=np.uint8)
    for row, rule in zip(rows, RULES, strict=True):
        row[: len(rule.written)] = list(rule.written.encode())
        row[4] = ord(rule.heard) if rule.heard else 0
        row[5] = rule.first
        row[6 : 6 + len(rule.before)] = list(rule.before.encode())
        row[10], row[11] = len(rule.written), len(rule.before)
    return rows
