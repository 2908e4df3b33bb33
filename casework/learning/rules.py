"""From which decisions weights may be learnt, and when a set may be adopted."""

from collections.abc import Collection, Mapping

from casework.candidates.adopted import SetState, SetStep, WeightSet, WeightSetSignature
from casework.errors import Conflict
from casework.identifications.model import (
    DecisionOutcome,
    ExclusionMethod,
    ExclusionStrength,
    PrimaryMethod,
)
from casework.web.languages import marked
from privacy.permissions import Viewer

# By which kind of evidence a method is the same look at the same thing.
SAME_LOOK: Mapping[str, str] = {
    PrimaryMethod.ODONTOLOGY: "teeth",
    PrimaryMethod.IMPLANT: "medical",
    ExclusionMethod.DENTAL: "teeth",
    ExclusionMethod.IMPLANT: "medical",
}
# What excludes without what the engine weighs.
APART_FROM_WEIGHTS = frozenset(
    {
        ExclusionMethod.DNA,
        ExclusionMethod.DENTAL,
        ExclusionMethod.PRINTS,
        ExclusionMethod.IMPLANT,
        ExclusionMethod.LOCATED_ALIVE,
    }
)

NOT_MADE = marked("Este informe todavía no está hecho: espere a que termine.")
NOTHING_CHANGES = marked("Este informe no cambia ningún peso: no hay qué adoptar.")
SIGNED_ALREADY = marked("Usted ya lo firmó. Falta la firma de otra persona.")
TAKEN_BACK = marked("Este juego de pesos se retiró. Pida un informe nuevo.")
NOT_SIGNED = marked("Nadie ha firmado este juego de pesos: no hay qué retirar.")
WAITS_ALREADY = marked("Ya hay un informe en camino. Espere a que termine.")


def teaches(
    outcome: str, exclusion: tuple[str | None, str | None], methods: Collection[str]
) -> bool:
    """Say whether a locked decision may teach weights: it must rest on something else.

    `exclusion`: its method and strength; `methods`: the primary identifiers on record.
    """
    if outcome == DecisionOutcome.IDENTIFICATION:
        return bool(methods)
    method, strength = exclusion
    return strength == ExclusionStrength.CONCLUSIVE and method in APART_FROM_WEIGHTS


def looked_at_by(method: str | None, methods: Collection[str]) -> frozenset[str]:
    """Name the kinds of evidence by which it was decided."""
    named = (method or "", *methods)
    return frozenset(SAME_LOOK[each] for each in named if each in SAME_LOOK)


def refusal_to_adopt(
    chosen: WeightSet, signatures: Collection[WeightSetSignature], viewer: Viewer
) -> Conflict | None:
    """Say why somebody may not sign a set now."""
    if chosen.state != SetState.MADE:
        return Conflict(NOT_MADE)
    if not chosen.factors:
        return Conflict(NOTHING_CHANGES)
    if any(each.step == SetStep.TAKES_BACK for each in signatures):
        return Conflict(TAKEN_BACK)
    if any(each.account_id == viewer.account_id for each in signatures):
        return Conflict(SIGNED_ALREADY)
    return None


def refusal_to_take_back(signatures: Collection[WeightSetSignature]) -> Conflict | None:
    """Say why a set may not be taken back now."""
    if any(each.step == SetStep.TAKES_BACK for each in signatures):
        return Conflict(TAKEN_BACK)
    return None if signatures else Conflict(NOT_SIGNED)
