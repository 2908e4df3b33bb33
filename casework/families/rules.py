"""When a protection may be lifted, and by whom: never by one person alone."""

from casework.errors import CaseworkError, Conflict, InvalidInput
from casework.families.model import LiftState, ProtectionRequest
from casework.missing.model import MissingPerson
from casework.web.languages import marked
from privacy.permissions import Viewer

SHORTEST_GROUNDS = 20
SHORTEST_REASON = 10


def refusal_to_lift(
    person: MissingPerson, latest: ProtectionRequest | None, grounds: str
) -> CaseworkError | None:
    """Refuse a request that lifts nothing, comes twice, or does not say what was said."""
    if not person.protected:
        return Conflict(marked("La persona no está protegida: no hay nada que levantar."))
    if latest is not None and latest.state is LiftState.REQUESTED:
        return Conflict(marked("Ya hay una solicitud en espera para este expediente."))
    if len(grounds.strip()) < SHORTEST_GROUNDS:
        return InvalidInput(
            marked("Escriba qué dijo la propia persona, a quién y cuándo: no basta menos.")
        )
    return None


def refusal_to_decide(
    request: ProtectionRequest, viewer: Viewer, reason: str
) -> CaseworkError | None:
    """Refuse to decide twice, about one's own request, or without a reason."""
    if request.state is not LiftState.REQUESTED:
        return Conflict(marked("Esta solicitud ya se decidió."))
    if request.requested_by == viewer.account_id:
        return Conflict(marked("Nadie aprueba lo que pidió: hace falta otra persona."))
    if len(reason.strip()) < SHORTEST_REASON:
        return InvalidInput(marked("Escriba el motivo de la decisión."))
    return None
