"""Days of one record that cannot both be: nobody is born after they were last heard of.

An error, because such a date is a slip and no evidence. What is merely odd, as a recovery that
is dated before the last contact of a proposed person, is said where both are compared
(docs/adr/0033) and refused nowhere.
"""

from collections.abc import Iterator, Mapping

from casework.dataset.values import Value, dates_of
from casework.statements.describing import AtHand
from casework.statements.reading import groups_opened, read_opened
from casework.statements.saying import Said
from casework.values import DateRange
from casework.web.languages import marked
from privacy.model import Reveals

BIRTH = "birth"
KNOWN_ALIVE = ("last_contact", "found")
# What happened, whichever else of the same record may lie ahead of today.
PAST = (BIRTH, *KNOWN_ALIVE)
BORN_LATER = marked("El nacimiento queda después del último contacto o del hallazgo: revise.")
NOT_YET = marked("Esa fecha todavía no ha llegado.")
_REVEALED_BY = (Reveals.IDENTITY, Reveals.CIRCUMSTANCE)


def days_that_cannot_be(hand: AtHand, said: Mapping[str, Said]) -> dict[str, str]:
    """Say, by path, which days of what is said cannot be, each in a sentence."""
    days = {path: each for path in PAST if path in said and (each := _days(said[path].value))}
    if not days:
        return {}
    problems = dict(_out_of_order(days, _standing(hand) | days))
    today = hand.at.date()
    return problems | {path: NOT_YET for path, each in days.items() if each.earliest > today}


def is_born_later(birth: DateRange | None, known_alive: DateRange | None) -> bool:
    """Say whether no day of a birth is as early as the last on which somebody was known."""
    return bool(birth and known_alive and birth.earliest > known_alive.latest)


def _standing(hand: AtHand) -> dict[str, DateRange]:
    """Give the days that are worked with now, as far as their groups are open."""
    picture = read_opened(hand, groups_opened(hand, _REVEALED_BY), names=False)
    return {
        path: days
        for path in PAST
        if (told := picture.get(path)) and (days := _days(told[0].value))
    }


def _out_of_order(
    said: Mapping[str, DateRange], days: Mapping[str, DateRange]
) -> Iterator[tuple[str, str]]:
    for alive in KNOWN_ALIVE:
        if is_born_later(days.get(BIRTH), days.get(alive)):
            yield from ((path, BORN_LATER) for path in (BIRTH, alive) if path in said)


def _days(value: Value) -> DateRange | None:
    return dates_of(value) if isinstance(value, dict) and "from" in value else None
