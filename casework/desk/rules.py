"""What one office may ask of another, and what may become of it."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from casework.desk.model import RequestKind, Step
from casework.errors import CaseworkError, Conflict, InvalidInput
from casework.references import ALPHABET
from casework.signin.model import InstitutionKind
from casework.signin.rules import DUTIES_OF
from casework.web.languages import marked
from privacy.permissions import Role

# Who sits at a desk: the duties that `privacy/policies` let read a request.
AT_A_DESK = frozenset(
    {
        Role.LIAISON_OFFICER,
        Role.FORENSIC_EXAMINER,
        Role.FORENSIC_COORDINATOR,
        Role.CONSULAR_OFFICER,
    }
)
KINDS_WITH_A_DESK = frozenset(kind for kind in InstitutionKind if DUTIES_OF[kind] & AT_A_DESK)
# Our choice: two weeks are usual between offices, and longer than a year nobody follows.
USUAL_DAYS = 14
LONGEST_AHEAD_DAYS = 366
FEWEST_LETTERS = 5
LONGEST_WORDS = 4000
# Handed over by whoever keeps a file, to an institution that the family named.
BY_THE_KEEPER = frozenset({RequestKind.REFERRAL, RequestKind.TRANSFER, RequestKind.SIGNING})
# Taken on, these wait for nothing more; signing for a file is ended later by either office.
TAKEN = frozenset({RequestKind.TRANSFER, RequestKind.SIGNING})
REFERENCE = re.compile(rf"\b(?:MP|HR)-?[{ALPHABET}]{{4}}-?[{ALPHABET}]{{4}}\b", re.IGNORECASE)

# Absent, hidden from who asks, and hidden from who is asked: one answer for all three.
NO_SUCH_RECORD = marked(
    "No hay ningún registro con esa referencia que las dos oficinas puedan leer."
)
NO_SUCH_OFFICE = marked("Elija a qué oficina le pide: otra institución que reciba pedidos.")
NOTHING_WRITTEN = marked("Escriba algo, o elija qué hacer con el pedido.")
_BY_WHOM_IT_IS_ASKED: Mapping[Step, frozenset[Step]] = {
    Step.OPEN: frozenset({Step.ACCEPTED, Step.ANSWERED, Step.DECLINED}),
    Step.ACCEPTED: frozenset({Step.ANSWERED, Step.DECLINED}),
}
PENDING = tuple(_BY_WHOM_IT_IS_ASKED)


def steps_from(kind: RequestKind, state: Step, *, is_asked: bool) -> frozenset[Step]:
    """Say what an office may do with a request: the one that is asked, or the one that asks."""
    if kind is RequestKind.SIGNING and state in PENDING:
        return _of_signing(state, is_asked=is_asked)
    if not is_pending(kind, state):
        return frozenset()
    if not is_asked:
        return frozenset({Step.WITHDRAWN})
    if kind is RequestKind.TRANSFER:
        return frozenset({Step.ACCEPTED, Step.DECLINED})
    return _BY_WHOM_IT_IS_ASKED[state]


def _of_signing(state: Step, *, is_asked: bool) -> frozenset[Step]:
    """Say how signing for a file is taken on, and ended by either of the two at any time."""
    if not is_asked:
        return frozenset({Step.WITHDRAWN})
    return frozenset({Step.DECLINED} | ({Step.ACCEPTED} if state is Step.OPEN else set()))


def is_pending(kind: RequestKind, state: Step) -> bool:
    """Say whether somebody still waits for something; a file taken over is settled."""
    return state in PENDING and not (kind in TAKEN and state is Step.ACCEPTED)


def refusal_to_step(step: Step, allowed: frozenset[Step], words: str) -> CaseworkError | None:
    """Refuse a step that is no longer open, and a no without a reason."""
    if step not in allowed:
        return Conflict(marked("Este pedido ya no está en un estado que permita eso."))
    if step is Step.DECLINED and len(words.strip()) < FEWEST_LETTERS:
        return InvalidInput(marked("Escriba por qué no se puede: la otra oficina lo necesita."))
    return None


def refusal_of_day(due_on: date, today: date) -> InvalidInput | None:
    """Refuse a day that nobody can keep."""
    if due_on < today:
        return InvalidInput(marked("El plazo no puede ser un día que ya pasó."))
    if due_on > today + timedelta(LONGEST_AHEAD_DAYS):
        return InvalidInput(marked("El plazo queda a más de un año: elija antes."))
    return None


def refusal_of_words(words: str, about: str) -> InvalidInput | None:
    """Refuse words that name a record that the other office may not know of.

    A reference in the words would say that a record exists, past every rule that decides it.
    """
    if len(words) > LONGEST_WORDS:
        return InvalidInput(marked("El texto es demasiado largo: caben 4000 signos."))
    named = {_plain(each) for each in REFERENCE.findall(words)} - {_plain(about)}
    if named:
        return InvalidInput(
            marked(
                "El texto nombra otro registro. Póngalo en su casilla, o haga otro pedido: así "
                "se comprueba que la otra oficina puede leerlo."
            )
        )
    return None


def refusal_to_ask_of_nobody(words: str) -> InvalidInput | None:
    """Refuse a request about no record that does not say what it wants."""
    if len(words.strip()) < FEWEST_LETTERS:
        return InvalidInput(marked("Escriba qué necesita, sin datos de ninguna persona."))
    return None


def _plain(reference: str) -> str:
    return reference.upper().replace("-", "")
