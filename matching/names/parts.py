"""A written name taken apart: given names and surnames, without what comes and goes in them.

Spanish order first (given names, father's surname, mother's surname); where a clerk left the
second surname empty and wrote two words into the first, or wrote all into one field, the words
are told apart by their places. Nothing is corrected here: a part is as it was written, in
plain letters, and whether two parts are one name is asked later, as a matter of degree.
"""

from dataclasses import dataclass

from matching.names.letters import plain

PARTICLES = frozenset(
    [
        "a",
        "al",
        "d",
        "da",
        "das",
        "de",
        "del",
        "dela",
        "delas",
        "delos",
        "den",
        "der",
        "des",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "i",
        "la",
        "las",
        "lo",
        "los",
        "the",
        "van",
        "vda",
        "von",
        "y",
    ]
)
"""Words that stand in a name and are left out at will: "de la Cruz" and "Cruz" are one."""

NOISE = frozenset(
    [
        "don",
        "dona",
        "dr",
        "dra",
        "hija",
        "hijo",
        "jr",
        "junior",
        "lic",
        "sr",
        "sra",
        "srta",
        "viuda",
        "desconocida",
        "desconocido",
        "nn",
        "sic",
        "unknown",
        "xx",
        "xxx",
    ]
)
"""Titles, and what clerks write where they know no name."""

ABBREVIATED = {
    "fco": "francisco",
    "fdez": "fernandez",
    "fdz": "fernandez",
    "glez": "gonzalez",
    "gpe": "guadalupe",
    "gzlez": "gonzalez",
    "hdez": "hernandez",
    "hdz": "hernandez",
    "lpz": "lopez",
    "ma": "maria",
    "mtnez": "martinez",
    "mtz": "martinez",
    "pz": "perez",
    "rdguez": "rodriguez",
    "rdz": "rodriguez",
    "rgez": "rodriguez",
    "schz": "sanchez",
    "sto": "santo",
}
FORENAMED = frozenset(["san", "santa", "santo", "saint", "sainte", "sao"])
"""Words that need the next to be a name: San Martín is one surname, not two."""

MOST_GIVEN = 3
MOST_WORDS = 6
"""Words of one field that are read; nobody in the shipped lists has more."""


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a name in plain letters; what was not said is not there.

    Attributes
    ----------
    given : tuple of str
        At most `MOST_GIVEN`, in their order; a single letter is an initial.
    surname_1, surname_2 : str
        A surname of several words is written as one: ``sanmartin``, ``ponceleon``.
    """

    given: tuple[str, ...] = ()
    surname_1: str = ""
    surname_2: str = ""


def words_of(written: str) -> tuple[str, ...]:
    """Give the telling words of a field: plain, abbreviations written out, particles gone.

    Parameters
    ----------
    written : str
        One field of a name.

    Returns
    -------
    tuple of str
        The first `MOST_WORDS` in their order. A word that needs the next one (`FORENAMED`)
        is joined to it.
    """
    words = [ABBREVIATED.get(word, word) for word in plain(written).split()]
    telling = [word for word in words if word not in PARTICLES and word not in NOISE]
    joined: list[str] = []
    for word in telling:
        if joined and joined[-1] in FORENAMED:
            joined[-1] += word
        else:
            joined.append(word)
    return tuple(joined[:MOST_WORDS])


def name_of(given: str, surname_1: str = "", surname_2: str = "") -> Name:
    """Take a name apart.

    Parameters
    ----------
    given, surname_1, surname_2 : str
        The three fields as they were written; any may be empty.

    Returns
    -------
    Name
        If both surnames are empty and `given` has more than one word, the last two words
        (of two: the last) are taken for surnames. If only `surname_2` is empty and
        `surname_1` has several words, the first is the first surname and the others the
        second.
    """
    first, second, called = words_of(surname_1), words_of(surname_2), words_of(given)
    if not first and not second and len(called) > 1:
        kept = max(1, len(called) - 2)
        called, first = called[:kept], called[kept:]
    if not first:
        first, second = second, ()
    if not second and len(first) > 1:
        first, second = first[:1], first[1:]
    return Name(called[:MOST_GIVEN], "".join(first), "".join(second))
