"""How frequent the parts of names are among the public, from lists that anybody may read.

Used to ask for the rarest tokens first, and to keep no token whose frequency alone would say
which name it is. On purpose not counted in our own records: what a search does, and how long
it takes, must not follow from people whom the searcher may not see.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

# A part that is not in the list is rarer than any that is. Our choice.
UNLISTED = 0.0002
# Above this share of people a part alone finds too many and betrays itself: docs/adr/0023.
TELLING = 0.0005
# What starts or ends like something unlisted. Our choice, near the middle of the listed ones.
UNLISTED_END = 0.002


@cache
def shares() -> Mapping[str, float]:
    """Read the share of people who have a part of this sound in their name."""
    text = files("privacy.tokens").joinpath("frequencies.txt").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
    return {sound: float(share) for sound, share in rows}


@cache
def _shares_of_ends() -> Mapping[str, float]:
    ends: dict[str, float] = {}
    for sound, share in shares().items():
        for length in (2, 3):
            for end in (f"<{sound[:length]}", f">{sound[-length:]}"):
                ends[end] = ends.get(end, UNLISTED_END) + share
    return ends


def share_of(sound: str) -> float:
    """Estimate how many people have a part of this sound in their name."""
    return shares().get(sound, UNLISTED)


def share_of_end(end: str) -> float:
    """Estimate the same for a beginning (`<her`) or an end (`>dez`) of a sound."""
    return min(1.0, _shares_of_ends().get(end, UNLISTED_END))


def tells_itself(sound: str) -> bool:
    """Say whether a token of this part alone could be read from its frequency."""
    return share_of(sound) > TELLING
