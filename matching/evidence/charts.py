"""Dental charts as 28 letters: what is known of each permanent tooth but the wisdom teeth."""

from functools import lru_cache

from matching.codes import Answer, ToothState
from matching.records import Listed, Tooth

Chart = str
"""One letter for each of `TEETH`: of `STAGES`, `PRESENT` or `NOTHING`."""

TEETH = tuple(quadrant * 10 + tooth for quadrant in range(1, 5) for tooth in range(1, 8))
"""ISO 3950 numbers of the teeth compared. Wisdom teeth say more of age than of a person, and
milk teeth of nothing a report would still hold; OdontoSearch compares the same 28."""

STAGES = {
    "sound": "s",
    "decayed": "d",
    "restored": "r",
    "crowned": "c",
    "lost": "l",
    "replaced": "p",
    "unerupted": "u",
}
"""What a tooth passes through, each with its letter in a chart."""
PRESENT = "t"
"""There at death and lost later: whatever else it was, it had not been lost before."""
NOTHING = "-"

_STAGE_OF = {
    ToothState.SOUND: "sound",
    ToothState.DECAYED: "decayed",
    ToothState.FRACTURED: "decayed",
    ToothState.RESTORED: "restored",
    ToothState.VENEER: "restored",
    ToothState.CROWN: "crowned",
    ToothState.BRIDGE_ABUTMENT: "crowned",
    ToothState.ROOT_FILLED: "crowned",
    ToothState.ROOT_ONLY: "lost",
    ToothState.MISSING: "lost",
    ToothState.PONTIC: "replaced",
    ToothState.IMPLANT: "replaced",
    ToothState.UNERUPTED: "unerupted",
}
"""States not named here say nothing, but for `MISSING_POST_MORTEM`."""

POSITIONS = ("front", "front", "front", "premolar", "premolar", "molar", "molar")
"""Kind of tooth by its place in the quadrant, from the middle."""

LATER = {
    "u": "sdrclp",
    "s": "drclp",
    "d": "rclp",
    "r": "dclp",
    "c": "lp",
    "l": "p",
    "p": "l",
}
"""Stages that a tooth may reach from each: all others are unexplainable but by an error. A
filled tooth may decay again; a bridge or an implant may be lost."""


@lru_cache(maxsize=65536)
def chart_of(teeth: Listed[Tooth], *, after_death: bool) -> Chart | None:
    """Write a list of teeth as a chart.

    Parameters
    ----------
    teeth : Listed of Tooth
        The last word on a tooth counts; the tables refuse two different ones.
    after_death : bool
        Whether a tooth can have been lost after death.

    Returns
    -------
    str or None
        28 letters; None where nothing is said of any of the 28 teeth. "Asked, has none"
        cannot be told from "nothing remarkable" and says nothing.
    """
    if teeth.answer is not Answer.RECORDED:
        return None
    letters = {tooth.number: _letter(tooth.state, after_death=after_death) for tooth in teeth}
    chart = "".join(letters.get(number, NOTHING) for number in TEETH)
    return None if chart == NOTHING * len(TEETH) else chart


def _letter(state: ToothState, *, after_death: bool) -> str:
    if state is ToothState.MISSING_POST_MORTEM and after_death:
        return PRESENT
    stage = _STAGE_OF.get(state)
    return NOTHING if stage is None else STAGES[stage]


PLACES = POSITIONS * (len(TEETH) // len(POSITIONS))
"""Kind of the tooth at each place of a chart: front, premolar or molar."""


def explainable(told: str, seen: str) -> bool:
    """Whether a tooth told so may be seen so later without anybody's error."""
    if seen == PRESENT:
        return told not in (STAGES["lost"], STAGES["replaced"])
    return told == seen or seen in LATER[told]
