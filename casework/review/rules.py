"""When two opinions agree, what a board carries, and what may be done when. No data here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from casework.errors import Conflict, InvalidInput
from casework.review.model import Conclusion, Verdict
from casework.review.said import Said, Vote
from casework.web.languages import marked

# Within two weeks: our choice, see ADR 0049. Whoever is asked may be given another day.
USUAL_TIME = timedelta(days=14)
LONGEST_TIME = timedelta(days=365)
LEAST_MEMBERS = 3
LONGEST_NOTE, LONGEST_REASON = 2_000, 5_000

# A difference, explained or not, is not said without words.
NEEDS_A_NOTE = frozenset({Verdict.EXPLAINABLE, Verdict.UNEXPLAINABLE})

NOT_YOUR_SEAT = marked("Usted no tiene un asiento en esta revisión.")
ALREADY_SPOKEN = marked("Usted ya dio su dictamen. Un dictamen dado no se cambia.")
NO_FREE_SEAT = marked("No queda un asiento libre en esta revisión.")
ALREADY_SEATED = marked(
    "Esa persona ya tiene, o tuvo, un asiento en esta revisión: los dictámenes son de personas "
    "distintas."
)
NOT_A_COLLEAGUE = marked(
    "Elija a alguien de su institución que examine o coordine y que tenga la cuenta abierta."
)
NOT_KEPT_HERE = marked(
    "Esto lo decide la coordinación de una institución que responde por uno de los dos "
    "registros."
)
SITS_HERSELF = marked(
    "Usted examina este par. Mientras los dos dictámenes no estén dados, los asientos los "
    "ordena otra persona."
)
NOT_YET_BOTH = marked("Todavía no están los dos dictámenes.")
NOTHING_TO_RECONCILE = marked("Los dos dictámenes coinciden: no hay nada que conciliar.")
SAT_BEFORE = marked("Concilia una tercera persona, que no haya tenido ninguno de los asientos.")
IS_OVER = marked("Esta revisión ya terminó. Puede abrirse otra, diciendo por qué.")
NOT_OVER = marked("Ya hay una revisión abierta de este par, y los registros no han cambiado.")
SAY_WHY_AGAIN = marked("Diga por qué se vuelve a revisar.")
BAD_DAY = marked("Elija un día entre hoy y dentro de un año.")
BAD_PAUSE = marked("Elija hasta qué día: desde mañana y dentro de un año.")
NO_CONCLUSION = marked("Falta la conclusión: apoya, excluye o no basta.")
NO_REASON = marked("Diga en qué se basa la conclusión.")
NO_VERDICT = marked("Falta qué dice usted de este indicio.")
NO_NOTE = marked("Una diferencia se explica, o se dice por qué no tiene explicación.")
PROVE_FOR_REST = marked(
    "En su borrador hay algo sobre nombres o ADN que ahora está reservado. Demuestre otra vez "
    "que es usted y vuelva a darlo: el borrador queda guardado."
)
TOO_LONG = marked("Es demasiado largo: resuma.")
BOARD_TOO_SMALL = marked(
    "La junta aún no está completa: hacen falta tres personas o más, y al menos una de cada "
    "institución que responde por uno de los dos registros."
)
BOARD_BEGAN = marked("La junta ya empezó a votar: sus integrantes ya no cambian.")
BOARD_OVER = marked("La junta ya se cerró.")
ALREADY_CONVENED = marked("Ya hay una junta sobre esta revisión.")
NO_BOARD = marked("Nadie ha convocado a la junta.")
NOT_A_MEMBER = marked("Usted no integra esta junta.")
VOTED = marked("Usted ya votó. Un voto dado no se cambia.")
NO_MINUTES = marked("Escriba el acta: qué se miró, qué se decidió y quién disintió.")


@dataclass(frozen=True, slots=True)
class Reached:
    """What came of opinions or votes. `conclusion` None: they differ."""

    conclusion: Conclusion | None
    unexplained: frozenset[str]
    is_exception: bool = False


def contested_by(one: Said, other: Said) -> frozenset[str]:
    """Name the kinds that one calls unexplainable and the other consistent."""
    never, fine = Verdict.UNEXPLAINABLE, Verdict.CONSISTENT
    return (one.called(never) & other.called(fine)) | (other.called(never) & one.called(fine))


def reached_by_two(one: Said, other: Said) -> Reached:
    """Say whether two opinions agree: one conclusion, and no kind seen both ways."""
    unexplained = one.called(Verdict.UNEXPLAINABLE) | other.called(Verdict.UNEXPLAINABLE)
    agree = one.conclusion is other.conclusion and not contested_by(one, other)
    return Reached(one.conclusion if agree else None, unexplained)


def reached_by_third(said: Said, before: Collection[str]) -> Reached:
    """Say what a third person leaves: a kind they find consistent or explain is resolved."""
    resolved = said.called(Verdict.CONSISTENT) | said.called(Verdict.EXPLAINABLE)
    left = (set(before) - resolved) | said.called(Verdict.UNEXPLAINABLE)
    return Reached(said.conclusion, frozenset(left))


def reached_by_board(votes: Collection[Vote], members: int, before: Collection[str]) -> Reached:
    """Count what more than half of all members say; without such a half, insufficient."""

    def carried(count: int) -> bool:
        return 2 * count > members

    conclusion = next(
        (
            each
            for each in (Conclusion.SUPPORTS, Conclusion.EXCLUDES)
            if carried(sum(vote.conclusion is each for vote in votes))
        ),
        Conclusion.INSUFFICIENT,
    )
    explained = {
        kind for kind in before if carried(sum(kind in vote.explained for vote in votes))
    }
    exception = carried(
        sum(vote.carries_exception and vote.conclusion is Conclusion.SUPPORTS for vote in votes)
    )
    return Reached(conclusion, frozenset(before) - explained, is_exception=exception)


def lacking_in(said: Said, kinds: Collection[str]) -> Mapping[str, str]:
    """Say what lacks in an opinion before it can be given, by the field it lacks in.

    `kinds`: those that were laid before its author.
    """
    lacking = {f"kind.{kind}": told for kind in kinds if (told := _lacking_of(said, kind))}
    if said.conclusion is None:
        lacking["conclusion"] = NO_CONCLUSION
    if not said.reason.strip():
        lacking["reason"] = NO_REASON
    return lacking | too_long_in(said)


def _lacking_of(said: Said, kind: str) -> str:
    of = said.kinds.get(kind)
    if of is None or of.verdict is None:
        return NO_VERDICT
    return NO_NOTE if of.verdict in NEEDS_A_NOTE and not of.note.strip() else ""


def too_long_in(said: Said) -> dict[str, str]:
    """Say where more was written than is kept, also in a draft."""
    notes = {
        f"kind.{kind}": TOO_LONG
        for kind, of in said.kinds.items()
        if len(of.note) > LONGEST_NOTE
    }
    return notes | ({"reason": TOO_LONG} if len(said.reason) > LONGEST_REASON else {})


class Lacking(InvalidInput):
    """An opinion that cannot be given yet; `fields` says what lacks where."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(next(iter(fields.values())))
        self.fields = dict(fields)


def refuse(refusal: str, *, when: bool) -> None:
    """Refuse with a sentence what the state of a review does not allow.

    Raises
    ------
    Conflict
        If it is so.
    """
    if when:
        raise Conflict(refusal)
