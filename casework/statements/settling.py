"""Deciding which of contradictory words to go by: said by whoever decides, with their reason.

Nobody's word is taken away. The decision is a statement of its own, by whom and why; it holds
until its word is replaced, and asks for another look when somebody says something new.
"""

from casework.errors import Conflict
from casework.statements.describing import AtHand
from casework.statements.picture import is_contradicted
from casework.statements.reading import read_opened
from casework.statements.saying import (
    Sitting,
    demand_to_say,
    keep_first_word,
    open_to_say,
    say_apart,
)
from casework.web.languages import marked
from privacy.audit.log import Deed

LONGEST_REASON = 400
NO_CHOICE_LEFT = marked(
    "Esa respuesta ya no está, o ya nadie dice otra cosa. Mire lo que hay ahora y decida otra "
    "vez."
)


def go_by(hand: AtHand, path: str, statement: int, why: str) -> int:
    """Go by what one statement says of a path, and give the number of this decision.

    Raises
    ------
    NotPermitted
        If the viewer does not write such records, or the record is another institution's.
    StepUpNeeded
        If it is closed until the viewer shows that they are there.
    UnknownField
        If the path is none of the minimum data set.
    Conflict
        If that word does not stand any more, or nothing contradicts it.
    """
    demand_to_say(hand)
    groups = open_to_say(hand, [path])
    picture = read_opened(hand, groups)
    chosen = [each for each in picture.get(path, ()) if each.statement == statement]
    if not chosen or not is_contradicted(picture, path):
        raise Conflict(NO_CHOICE_LEFT)
    first_word = keep_first_word(hand, picture, [path])
    among = {each.statement or first_word for each in picture[path]}
    told = {
        "value": chosen[0].value,
        "certainty": chosen[0].certainty.value,
        "goes_by": statement or first_word,
        "among": sorted(among),
        "why": why.strip()[:LONGEST_REASON],
        "at": hand.at.isoformat(),
    }
    return say_apart(hand, {path: told}, Sitting(hand.described.usual), Deed.SETTLED)
