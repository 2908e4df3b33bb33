"""What may be said of two records, and what stands of all that was said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casework.errors import InvalidInput
from casework.links.model import Saying
from casework.web.languages import marked

# These hold two records together; the others hold them apart, or leave it open.
JOINS = frozenset({Saying.SAME_PERSON, Saying.SAME_REMAINS, Saying.PARTS_OF_ONE})
FEWEST_LETTERS = 5
LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Stands:
    """What stands of two records: the last word of each institution, the newest first."""

    other_id: int
    words: tuple[Any, ...]

    @property
    def joins(self) -> bool:
        return any(each.saying in JOINS for each in self.words)

    @property
    def is_contested(self) -> bool:
        return self.joins and any(each.saying is Saying.NOT_THE_SAME for each in self.words)


def standing(record_id: int, entries: Iterable[Any]) -> list[Stands]:
    """Say what stands between a record and each other, of entries in the order of entering."""
    last: dict[int, dict[int, Any]] = {}
    for each in entries:
        other = each.other_id if each.case_id == record_id else each.case_id
        of_pair = last.setdefault(other, {})
        # Put back at the end: the newest word of whoever it is comes last.
        of_pair.pop(each.institution_id, None)
        of_pair[each.institution_id] = each
    return [
        Stands(other, tuple(reversed(words)))
        for other, said in last.items()
        if (words := _not_taken_back(said))
    ]


def _not_taken_back(said: Mapping[int, Any]) -> list[Any]:
    return [each for each in said.values() if each.saying is not Saying.TAKEN_BACK]


def refusal_to_say(
    saying: Saying, reason: str, sayable: Iterable[Saying]
) -> InvalidInput | None:
    """Refuse what cannot be said of records of this kind, and what is said without a reason."""
    if saying not in sayable:
        return InvalidInput(marked("Eso no puede decirse de estos dos registros."))
    if len(reason.strip()) < FEWEST_LETTERS:
        return InvalidInput(marked("Escriba por qué, aunque sea en pocas palabras."))
    if len(reason) > LONGEST_REASON:
        return InvalidInput(marked("El motivo es demasiado largo: caben 2000 signos."))
    return None


def refusal_to_join(one: Any, other: Any) -> InvalidInput | None:
    """Refuse a record with itself, and somebody invented with somebody real."""
    if one.id == other.id:
        return InvalidInput(marked("Es la referencia de este mismo registro. Escriba la otra."))
    if one.invented is not other.invented:
        return InvalidInput(
            marked("Uno de los dos registros es inventado: no se enlaza con uno real.")
        )
    return None
