"""How old somebody was at the last contact, where only the day of birth was told.

The engine computes the same by itself (`matching.evidence.age`). It says of the day of birth
nearly all there is, so it is told to whoever may read that.
"""

from datetime import date

from casework.missing.model import MissingPerson
from casework.values import Range


def age_by_birth(person: MissingPerson) -> Range | None:
    """Compute the age in whole years; `None` where one was told, or a day is lacking."""
    born, seen = person.birth, person.last_contact
    if person.age is not None or born is None or seen is None:
        return None
    youngest = _whole_years(born.latest, seen.earliest)
    oldest = _whole_years(born.earliest, seen.latest)
    return Range(max(youngest, 0), oldest) if oldest >= 0 else None


def _whole_years(born: date, day: date) -> int:
    has_had_birthday = (day.month, day.day) >= (born.month, born.day)
    return day.year - born.year - (not has_had_birthday)
