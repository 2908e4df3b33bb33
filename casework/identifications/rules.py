"""The gate, and when something may be decided, signed or taken back. No data here.

The rules are those of the design, `identification-rules.md`, 1 to 11; our synthesis of the
gate and its sources stand in ADR 0050. A score may lack, and then it holds the gate shut; none
opens it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from casework.errors import Conflict, InvalidInput
from casework.identifications.model import (
    DecisionOutcome,
    ExclusionMethod,
    GateKind,
    PrimaryMethod,
    SignedFor,
)
from casework.review.model import Conclusion
from casework.review.queries import Standing, State
from casework.web.languages import marked

LONGEST_REASON = 5_000
FEWEST_LETTERS = 5


class Need(StrEnum):
    """What the gate asks for, in the order in which a page tells it."""

    EXAMINERS = "examiners"
    PRIMARY = "primary"
    DISCREPANCY = "discrepancy"
    NUMBERS = "numbers"
    LEGAL = "legal"
    COMPLETENESS = "completeness"
    PLAN = "plan"


class NumbersLack(StrEnum):
    """Why the numbers are not on record as the gate asks."""

    CLOSED = "closed"  # to whoever looks: somebody else has to
    NO_DNA = "no_dna"  # the report is of DNA, and no result stands beside the pair
    NO_RATIO = "no_ratio"  # its result is no number that can be multiplied
    BELOW = "below"  # the posterior does not reach the threshold


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands of one kind: its words, when and by whom it was put there."""

    kind: GateKind
    about: str
    told: Mapping[str, Any]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the gate needs of the numbers; `lacks` None where they are as it asks."""

    snapshot: Mapping[str, Any] = field(default_factory=dict)
    lacks: NumbersLack | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One need: whether it stands, and if not what is known of why.

    `open_kinds`: of discrepancies, those that nobody has resolved yet.
    """

    need: Need
    stands: bool
    entries: tuple[Entry, ...] = ()
    why: str = ""
    open_kinds: tuple[str, ...] = ()


# Who could bring what lacks, in words for a coordinator.
WHO_BRINGS: Mapping[Need, str] = {
    Need.EXAMINERS: marked("Dos personas que examinan, cada una por su lado."),
    Need.PRIMARY: marked(
        "Quien examinó huellas, dientes, ADN o un implante; o la junta, si lo llevó a votación."
    ),
    Need.DISCREPANCY: marked("Quien examinó, o quien concilia los dos dictámenes."),
    Need.NUMBERS: marked("El laboratorio de genética, o quien pueda leer los dos registros."),
    Need.LEGAL: marked("La autoridad legal del lugar donde están los restos."),
    Need.COMPLETENESS: marked("La antropología o la patología que examinó los restos."),
    Need.PLAN: marked("La oficina que habla con la familia."),
}
OF_NEED: Mapping[Need, tuple[GateKind, ...]] = {
    Need.PRIMARY: (GateKind.PRIMARY_REPORT, GateKind.BOARD_EXCEPTION),
    Need.DISCREPANCY: (GateKind.RESOLVED_DISCREPANCY,),
    Need.LEGAL: (GateKind.LEGAL_ACT,),
    Need.COMPLETENESS: (GateKind.COMPLETENESS,),
    Need.PLAN: (GateKind.NOTIFICATION_PLAN,),
}
WHY_EXAMINERS: Mapping[State, str] = {
    State.NONE: marked("Todavía nadie abrió la revisión."),
    State.AWAITED: marked("Todavía no están los dos dictámenes."),
    State.DIFFER: marked("Los dos dictámenes difieren y falta conciliarlos."),
    State.AT_BOARD: marked("La junta todavía no decidió."),
}
NOT_SUPPORTED = marked("La revisión no concluyó que sean la misma persona.")
LACKS_PRIMARY = marked(
    "Falta un informe firmado de un identificador primario: huellas, dientes, ADN o implante. "
    "Un rostro, una foto o un documento hallado no bastan."
)
LACKS_DISCREPANCY = marked("Queda al menos una diferencia sin explicar.")
LACKS_LEGAL = marked("Falta el acto de la autoridad legal: la identificación es un acto legal.")
LACKS_COMPLETENESS = marked("Falta decir qué partes hay y si se buscó mezcla de personas.")
LACKS_PLAN = marked("Falta el plan para avisar a la familia.")
WHY_NUMBERS: Mapping[NumbersLack, str] = {
    NumbersLack.CLOSED: marked(
        "Parte de los números está reservada para usted: debe proponerla quien los pueda leer."
    ),
    NumbersLack.NO_DNA: marked(
        "El informe es de ADN y no hay un resultado de ADN anotado de este par."
    ),
    NumbersLack.NO_RATIO: marked(
        "El resultado de ADN no da un número que se pueda unir a los demás indicios."
    ),
    NumbersLack.BELOW: marked(
        "Con el ADN, la probabilidad no llega al umbral que se pide en ese país."
    ),
}

# What a method rests on unless its author says otherwise, by kind of evidence.
FACTS_OF_METHOD: Mapping[ExclusionMethod, tuple[str, ...]] = {
    ExclusionMethod.DNA: ("dna",),
    ExclusionMethod.DENTAL: ("teeth",),
    ExclusionMethod.PRINTS: ("report",),
    ExclusionMethod.IMPLANT: ("papers", "report"),
    ExclusionMethod.ANTHROPOLOGY: ("sex", "age", "stature"),
    ExclusionMethod.DATE_OR_PLACE: ("time", "place"),
    ExclusionMethod.LOCATED_ALIVE: ("status",),
    ExclusionMethod.OTHER: (),
}


def items_of(
    standing: Standing, entries: Collection[Entry], numbers: Numbers
) -> tuple[Item, ...]:
    """Tell of each need whether it stands, from what is on record."""

    def of(need: Need) -> tuple[Entry, ...]:
        return tuple(each for each in entries if each.kind in OF_NEED[need])

    def simple(need: Need, lacks: str) -> Item:
        found = of(need)
        return Item(need, bool(found), found, "" if found else lacks)

    return (
        _examined(standing),
        _primary(of(Need.PRIMARY), standing),
        _discrepancies(of(Need.DISCREPANCY), standing),
        Item(
            Need.NUMBERS,
            numbers.lacks is None,
            why=WHY_NUMBERS[numbers.lacks] if numbers.lacks else "",
        ),
        simple(Need.LEGAL, LACKS_LEGAL),
        simple(Need.COMPLETENESS, LACKS_COMPLETENESS),
        simple(Need.PLAN, LACKS_PLAN),
    )


def _examined(standing: Standing) -> Item:
    if standing.state is not State.AGREED or len(set(standing.examiners)) != 2:  # noqa: PLR2004
        return Item(
            Need.EXAMINERS, stands=False, why=WHY_EXAMINERS.get(standing.state, NOT_SUPPORTED)
        )
    supports = standing.conclusion is Conclusion.SUPPORTS
    return Item(Need.EXAMINERS, supports, why="" if supports else NOT_SUPPORTED)


def _primary(found: tuple[Entry, ...], standing: Standing) -> Item:
    """Let a report stand for itself, and an exception only where the board carried it."""
    counts = tuple(
        each
        for each in found
        if each.kind is GateKind.PRIMARY_REPORT or (standing.by_board and standing.is_exception)
    )
    return Item(Need.PRIMARY, bool(counts), counts, "" if counts else LACKS_PRIMARY)


def _discrepancies(found: tuple[Entry, ...], standing: Standing) -> Item:
    left = tuple(sorted(standing.unexplained - {each.about for each in found}))
    # Before both have spoken nobody knows whether there is one, and nothing must tell.
    spoken = standing.state not in {State.NONE, State.AWAITED}
    why = LACKS_DISCREPANCY if left else ("" if spoken else WHY_EXAMINERS[State.AWAITED])
    return Item(Need.DISCREPANCY, spoken and not left, found, why, left)


def is_by_dna(entries: Collection[Entry]) -> bool:
    """Say whether DNA is the only primary identifier: it must then reach the threshold."""
    methods = {each.about for each in entries if each.kind is GateKind.PRIMARY_REPORT}
    return methods == {PrimaryMethod.DNA.value}


def signed_by(
    for_person: bool,  # noqa: FBT001
    for_remains: bool,  # noqa: FBT001
    *,
    one_keeper: bool,
) -> tuple[SignedFor, ...]:
    """Say for which records an institution signs; for two kept apart it signs twice."""
    if one_keeper:
        return (SignedFor.BOTH,) if for_remains else ()
    asked = ((SignedFor.PERSON, for_person), (SignedFor.REMAINS, for_remains))
    return tuple(side for side, is_theirs in asked if is_theirs)


def refusal_of_outcome(
    outcome: DecisionOutcome, items: Collection[Item], reason: str
) -> Conflict | InvalidInput | None:
    """Refuse an identification while the gate lacks anything, and whatever has no reason."""
    if outcome is DecisionOutcome.IDENTIFICATION and not all(each.stands for each in items):
        return Conflict(
            marked(
                "No se puede proponer la identificación: falta algo de lo que se pide. Solo "
                "puede anotarse que es prematura, con lo que falta."
            )
        )
    return refusal_of_reason(reason)


def refusal_of_reason(reason: str) -> InvalidInput | None:
    """Refuse a deed without a reason, or with more words than are kept."""
    if len(reason.strip()) < FEWEST_LETTERS:
        return InvalidInput(marked("Escriba el motivo: queda anotado con su nombre."))
    if len(reason) > LONGEST_REASON:
        return InvalidInput(marked("El motivo es demasiado largo: caben 5000 signos."))
    return None
