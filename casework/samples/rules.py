"""What a sample needs before it is kept, and what may still happen to it."""

from collections.abc import Collection
from datetime import date, timedelta

from casework.errors import CaseworkError, Conflict, InvalidInput
from casework.samples.model import Happening, SampleEntry, SampleKind, SampleState
from casework.web.languages import marked

OF_FAMILIES = (SampleKind.REFERENCE_RELATIVE, SampleKind.SELF_REFERENCE)
OF_REMAINS = (
    SampleKind.BONE,
    SampleKind.TOOTH,
    SampleKind.TISSUE,
    SampleKind.BLOOD_CARD,
    SampleKind.SWAB,
    SampleKind.HAIR,
)
MOST_SAMPLES = 60
_DAY = timedelta(days=1)  # of two clocks that do not agree where it is tomorrow already


def refusal_of_sample(
    kind: SampleKind,
    *,
    kinds: Collection[SampleKind],
    has_donor: bool,
    has_consent: bool,
    kept: int,
) -> CaseworkError | None:
    """Refuse a sample that nobody agreed to, or that does not belong here."""
    if kind not in kinds:
        return InvalidInput(marked("Elija de qué es la muestra."))
    if kind is SampleKind.REFERENCE_RELATIVE and not has_donor:
        return InvalidInput(marked("Elija de qué familiar es: tiene que estar registrado."))
    if kept >= MOST_SAMPLES:
        return Conflict(marked("El expediente ya tiene sesenta muestras."))
    if kinds == OF_FAMILIES and not has_consent:
        if kind is SampleKind.REFERENCE_RELATIVE:
            return Conflict(
                marked(
                    "Esa persona no ha autorizado que se compare su ADN, o lo retiró: anote "
                    "primero su propia autorización. Nadie más puede darla."
                )
            )
        return Conflict(
            marked("Nadie de la familia ha autorizado que se compare ADN en este expediente.")
        )
    return None


def refusal_of_day(on: date | None, *, today: date, taken_on: date | None) -> str:
    """Say what is wrong with a day; empty when nothing is."""
    if on is None:
        return ""
    if on > today + _DAY:
        return marked("Ese día todavía no llega: revise la fecha.")
    if taken_on is not None and on < taken_on:
        return marked("Ese día la muestra todavía no se había tomado: revise la fecha.")
    return ""


def refusal_of_entry(
    happening: Happening, state: SampleState, *, to_whom: str, has_other: bool
) -> CaseworkError | None:
    """Refuse an entry that says nothing, or one after the sample is no more."""
    if state is SampleState.DESTROYED and happening is not Happening.STATE:
        return Conflict(marked("La muestra está anotada como destruida: corrija eso primero."))
    if happening is Happening.HANDED_OVER and not to_whom.strip():
        return InvalidInput(marked("Diga quién recibió la muestra."))
    if happening is Happening.SERVES_ALSO and not has_other:
        return InvalidInput(marked("Escriba la referencia de un expediente de su institución."))
    return None


def standing_entries(entries: Collection[SampleEntry]) -> list[SampleEntry]:
    """Leave out what a later entry corrected; in the order in which it happened."""
    corrected = {each.corrects_id for each in entries}
    standing = [each for each in entries if each.id not in corrected]
    return sorted(standing, key=lambda each: (each.happened_on, each.id))


def state_of(entries: Collection[SampleEntry]) -> SampleState:
    """Say how far a sample is, by what was entered last."""
    states = [each.state for each in standing_entries(entries) if each.state is not None]
    return states[-1] if states else SampleState.COLLECTED
