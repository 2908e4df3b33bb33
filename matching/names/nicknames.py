"""What people are called at home: evidence that two given names may be one, never proof.

*Beto* is short for eight names. Written from general knowledge, not reviewed by a linguist.
"""

from functools import cache
from importlib.resources import files

from matching.names.parts import words_of


@cache
def nickname_pairs() -> tuple[tuple[str, str], ...]:
    """Give each given name with a short form of it, both in plain letters, one word each."""
    text = (files("matching.names") / "data" / "nicknames.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    pairs = {(_one_word(formal), _one_word(short)) for formal, short, *_ in rows}
    return tuple(sorted((formal, short) for formal, short in pairs if formal and short))


def _one_word(name: str) -> str:
    words = words_of(name)
    return words[0] if len(words) == 1 else ""
