"""What else people of a given name are called. The list is ours, and no linguist's."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from privacy.tokens.spelling import parts_of

MOST = 8  # a nickname that stands for half the calendar helps nobody to find


@cache
def _called() -> Mapping[str, tuple[str, ...]]:
    text = files("privacy.tokens").joinpath("nicknames.txt").read_text("utf-8")
    called: dict[str, list[str]] = {}
    for line in text.splitlines()[1:]:
        names = [parts_of(each) for each in line.split("\t")[:2]]
        if all(len(each) == 1 for each in names):
            (formal,), (short,) = names
            called.setdefault(formal, []).append(short)
            called.setdefault(short, []).append(formal)
    return {name: tuple(dict.fromkeys(others)) for name, others in called.items()}


def also_called(part: str) -> tuple[str, ...]:
    """Give the other names of whoever is called `part`: Chepe for jose, jose for Chepe."""
    return _called().get(part, ())[:MOST]
