"""How a name is taken apart so that its many spellings meet.

Spanish first, with what Portuguese, French and Kreyòl share with it. The code of a part is how
it sounds in Latin America: z, s and soft c are one, so are b and v, ll and y, and h is mute.
It is our own, because the codes of libraries (Soundex, Metaphone) hear English. A code that
joins too much only makes a longer list, which is ranked afterwards by what is really written;
a code that joins too little loses somebody.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Words that stand in a name and are left out at will: "de la Cruz" and "Cruz" are one surname.
PARTICLES = frozenset(
    "a al d da das de del den der des di do dos du e el i la las lo los the van von y".split()  # noqa: SIM905 - a sentence is read faster
)
TITLES = frozenset(
    "don dona dr dra hijo hija jr junior lic sr sra srta viuda vda".split()  # noqa: SIM905 - as above
)
ABBREVIATED = {
    "fco": "francisco",
    "gpe": "guadalupe",
    "hdez": "hernandez",
    "fdez": "fernandez",
    "glez": "gonzalez",
    "gzlez": "gonzalez",
    "ma": "maria",
    "mtz": "martinez",
    "rdz": "rodriguez",
    "rgez": "rodriguez",
}
MOST_GIVEN = 3
MOST_SURNAMES = 4

_JOINED_PARTICLE = re.compile(r"^dela(?=[b-df-hj-np-tv-z].{3})")
_SOUNDS = tuple(
    (re.compile(written), heard)
    for written, heard in (
        (r"^hu(?=[aei])|^gu(?=a)", "u"),  # Huamán and Guamán
        (r"eaux?", "o"),
        (r"ou", "u"),
        (r"ph", "f"),
        (r"[cs]h", "X"),
        (r"lh", "l"),
        (r"nh", "n"),
        (r"h", ""),
        (r"gu(?=[ei])", "G"),
        (r"g(?=[eiy])", "j"),
        (r"G", "g"),
        (r"qu(?=[ei])|q|ck", "k"),
        (r"c(?=[eiy])|z", "s"),
        (r"c", "k"),
        (r"^x", "j"),
        (r"ks|x", "s"),
        (r"X", "x"),
        (r"w", "u"),
        (r"ll|y", "i"),
        (r"v", "b"),
        (r"m(?=[bp]|$)", "n"),
        (r"(.)\1+", r"\1"),
    )
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is kept. Where nobody knows what is what, all of it stands in `given`."""

    given: str
    surname_1: str = ""
    surname_2: str = ""

    @property
    def given_parts(self) -> tuple[str, ...]:
        return parts_of(self.given)[:MOST_GIVEN]

    @property
    def surname_parts(self) -> tuple[str, ...]:
        return (parts_of(self.surname_1) + parts_of(self.surname_2))[:MOST_SURNAMES]


@lru_cache(maxsize=65536)
def parts_of(words: str) -> tuple[str, ...]:
    """Take the parts of a name that tell people apart: plain letters, no particle, no title."""
    found = []
    for word in re.findall(r"[a-z]+", plain(words)):
        spelt = _JOINED_PARTICLE.sub("", ABBREVIATED.get(word, word))
        if spelt not in PARTICLES and spelt not in TITLES and spelt not in found:
            found.append(spelt)
    return tuple(found)


def plain(words: str) -> str:
    """Write in small letters without accents: Muñoz is munoz, as many keyboards have it."""
    folded = unicodedata.normalize("NFKD", words.casefold())
    joined = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.sub(r"['’ʼ]", "", joined)


@lru_cache(maxsize=65536)
def sound_of(part: str) -> str:
    """Give the code of how one part of a name (plain letters) sounds."""
    code = part
    for written, heard in _SOUNDS:
        code = written.sub(heard, code)
    return code or part
