"""What of a way is possible, in words: the engine's own reading, and which stop lies nearest.

A distance is measured and days are compared; nothing is weighed here. What the engine makes of
time, place and destination stands in the table of the page with its weight (docs/methods).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from casework.candidates.presenters import KIND_WORDS
from casework.candidates.queries import Proposal
from casework.candidates.sentences import sentence_of, why_not
from casework.candidates.stations import Journey, Stop, StopKind
from casework.candidates.weighing import Explained, km_between
from casework.dataset.catalogue import field_at
from casework.dataset.shape import RecordKind
from casework.dataset.telling import tell_value
from casework.values import Place
from casework.web.described import Teller
from casework.web.languages import marked
from casework.web.pieces import Fact

WEIGHED = ("time", "place", "destination")
BEHIND = 120.0
"""Degrees off the way from which somewhere is called behind, as the engine calls ahead what is
within 60; our choice, and it words a reason only."""
CELL_KM = 55.0
"""The engine reads directions off cells of half a degree: nearer than one, they say nothing."""

BEHIND_WORDS = marked(
    "Los restos se hallaron hacia atrás, vista la dirección del destino desde el último "
    "contacto; hay quien regresa, y hay a quien devuelven."
)
NEAREST_STOP = marked(
    "De lo anotado del camino, lo más cercano a la recuperación es el punto %(number)s "
    "(%(place)s), a unos %(km)s km."
)
NEAREST_CONTACT = marked(
    "De lo anotado del camino, lo más cercano a la recuperación es el último contacto, a unos "
    "%(km)s km."
)
SAME_PLACE = marked("Con la precisión anotada, puede ser el mismo lugar.")
OTHER_PLACE = marked("Los círculos de precisión de los dos lugares no se tocan.")
NOBODY_KNOWS = marked(
    "Si es el mismo lugar no se puede decir: falta la precisión de alguno de los dos."
)
PASSED_BEFORE = marked(
    "Queda atrás: por ahí pasó antes del último contacto. Hay quien regresa, y hay a quien "
    "devuelven; o una fecha o un lugar no es exacto."
)
PASSED_AFTER = marked("Está en el camino: por ahí pasó después del último contacto.")
IS_BOUND = marked("Está en el camino: es adonde iba.")
PASSED_LATER = marked(
    "Por el punto %(number)s pasó, según lo anotado, después de que se recuperaron los restos: "
    "o una fecha no es exacta, o son dos personas distintas."
)


def place_words(value: object, teller: Teller) -> str:
    """Say a place of the journey without its coordinates; a country's code by its name."""
    told = value if isinstance(value, dict) else {}
    words = {part: told[part] for part in ("country", "admin1", "place") if part in told}
    if set(words) == {"place"}:  # kept from a column of words, where a country is its code
        return teller.country(words["place"])
    field = field_at(RecordKind.MISSING_PERSON, "destination")
    return tell_value(field, words, teller)


def possible_facts(
    proposal: Proposal, journey: Journey, explained: Explained, teller: Teller
) -> tuple[Fact, ...]:
    """Say of time, place, destination and stops what fits and what does not."""
    weighed = (
        Fact(teller.gettext(KIND_WORDS[kind]), said)
        for kind in WEIGHED
        if (said := _weighed(kind, proposal, explained, teller))
    )
    of_stops = " ".join(_of_stops(proposal, journey, teller))
    by_stops = [Fact(teller.gettext("El camino"), of_stops)] if of_stops else []
    return (*weighed, *by_stops)


def _weighed(kind: str, proposal: Proposal, explained: Explained, teller: Teller) -> str:
    """Give the engine's reason, or on which side it lacks; nothing where it is closed."""
    if kind in explained.lacking:
        return why_not(explained.lacking[kind], teller)
    reason, facts = explained.reasons.get(kind, ("", {}))
    if float(facts.get("degrees_aside", 0)) >= BEHIND:
        return teller.gettext(BEHIND_WORDS) if _is_elsewhere(proposal) else ""
    return sentence_of(reason, facts, teller)


def _is_elsewhere(proposal: Proposal) -> bool:
    """Say whether recovery and last contact lie so far apart that a direction says anything."""
    here, there = proposal.person.point, proposal.remains.point
    if not (here and there):
        return False
    reach = (here.radius_km or 0.0) + (there.radius_km or 0.0)
    return km_between(here, there) > max(CELL_KM, reach)


@dataclass(frozen=True, slots=True)
class _Near:
    """Something of the way, how far it lies from the recovery, and what it is called."""

    km: float
    point: Place
    number: int  # 0: the last contact
    stop: Stop | None


def _of_stops(proposal: Proposal, journey: Journey, teller: Teller) -> Iterator[str]:
    if not journey.stops:
        return
    found = proposal.remains.point
    nearest = _nearest(proposal.person.point, journey, found) if found else None
    if nearest and found:
        yield from _words_of(nearest, proposal, journey, teller)
    recovered = proposal.remains.found
    for number, stop in enumerate(journey.passed, 1):
        if recovered and stop.first_day and stop.first_day > recovered.latest:
            yield teller.gettext(PASSED_LATER) % {"number": number}


def _nearest(contact: Place | None, journey: Journey, found: Place) -> _Near | None:
    near = [_Near(km_between(contact, found), contact, 0, None)] if contact else []
    near += [
        _Near(km_between(stop.point, found), stop.point, number, stop)
        for number, stop in enumerate(journey.stops, 1)
        if stop.point
    ]
    return min(near, key=lambda each: each.km, default=None)


def _words_of(
    near: _Near, proposal: Proposal, journey: Journey, teller: Teller
) -> Iterator[str]:
    _ = teller.gettext
    km = teller.wording.number(near.km, 0)
    if near.stop is None:
        yield _(NEAREST_CONTACT) % {"km": km}
    else:
        place = place_words(near.stop.value, teller)
        yield _(NEAREST_STOP) % {"number": near.number, "place": place, "km": km}
    found = proposal.remains.point
    if near.point.radius_km is None or found is None or found.radius_km is None:
        yield _(NOBODY_KNOWS)
    elif near.km > near.point.radius_km + found.radius_km:
        yield _(OTHER_PLACE)
    else:
        yield _(SAME_PLACE)
        yield from _side_words(near.stop, proposal, journey, teller)


def _side_words(
    stop: Stop | None, proposal: Proposal, journey: Journey, teller: Teller
) -> Iterator[str]:
    """Say on which side of the last contact a stop lies, where its days tell it for sure."""
    contact = proposal.person.last_contact
    if stop is None:
        return
    if stop.kind is not StopKind.PASSED:
        yield teller.gettext(IS_BOUND)
    elif stop in journey.after:
        yield teller.gettext(PASSED_AFTER)
    elif stop.last_day and contact and stop.last_day < contact.earliest:
        yield teller.gettext(PASSED_BEFORE)
