"""What may be said of a group and of a record in it, and what stands of all that was said."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from casework.errors import InvalidInput
from casework.groups.model import Aboard, GroupKind, Outcome, ToldBy
from casework.values import DateRange
from casework.web.languages import marked

FEWEST_LETTERS, LONGEST_REASON, LONGEST_WORDS = 5, 2000, 300
LONGEST_VESSEL, LONGEST_REGISTRATION, LONGEST_PLACE = 120, 60, 200
MOST_ABOARD = 5000
NO_SUCH_RECORD = marked(
    "No hay ningún registro con esa referencia que usted pueda leer. Revise la referencia."
)


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """What somebody says of a group."""

    kind: GroupKind
    told_by: ToldBy
    vessel: str = ""
    registration: str = ""
    country: str | None = None
    place: str = ""
    departed: DateRange | None = None
    aboard_min: int | None = None
    aboard_max: int | None = None
    incident_id: int | None = None


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """What somebody says of a record and a group; `words` is of somebody known only so."""

    aboard: Aboard
    told_by: ToldBy
    reason: str
    outcome: Outcome = Outcome.UNKNOWN
    words: str = ""
    entry: str = ""


def refusal_to_describe(draft: GroupDraft) -> InvalidInput | None:
    """Refuse what does not fit, and more people at most than at least."""
    fits = (
        len(draft.vessel) <= LONGEST_VESSEL
        and len(draft.registration) <= LONGEST_REGISTRATION
        and len(draft.place) <= LONGEST_PLACE
    )
    if not fits:
        return InvalidInput(marked("Un texto es demasiado largo; escríbalo más corto."))
    ends = (draft.aboard_min, draft.aboard_max)
    if any(end is not None and not 1 <= end <= MOST_ABOARD for end in ends):
        return InvalidInput(marked("Las personas a bordo van de 1 a 5000."))
    return None


def refusal_to_say(draft: MemberDraft, group: Any, record: Any) -> InvalidInput | None:
    """Refuse what is said without a reason, and somebody invented among real people."""
    if len(draft.reason.strip()) < FEWEST_LETTERS:
        return InvalidInput(marked("Escriba por qué, aunque sea en pocas palabras."))
    if len(draft.reason) > LONGEST_REASON or len(draft.words) > LONGEST_WORDS:
        return InvalidInput(marked("Un texto es demasiado largo; escríbalo más corto."))
    if group.invented is not record.invented:
        return InvalidInput(
            marked("Uno de los dos registros es inventado: no se enlaza con uno real.")
        )
    return None


def standing(rows: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Give, of rows in the order of entering, the last word of each institution on each.

    One tuple for each record, and each person told of in it; the newest word comes first.
    """
    last: dict[tuple[int, str], dict[int, Any]] = {}
    for each in rows:
        of_one = last.setdefault((each.case_id, getattr(each, "entry", "")), {})
        of_one.pop(each.institution_id, None)
        of_one[each.institution_id] = each
    return [tuple(reversed(said.values())) for said in last.values()]
