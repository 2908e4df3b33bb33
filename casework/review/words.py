"""The words of a review: what is said of a kind, of a pair, and where a pair stands."""

from collections.abc import Mapping

from casework.review.model import Conclusion, DecidedBy, SeatChange, Verdict
from casework.review.queries import State
from casework.web.languages import marked

VERDICT_WORDS: Mapping[Verdict, str] = {
    Verdict.CONSISTENT: marked("coincide"),
    Verdict.EXPLAINABLE: marked("difiere, y se explica"),
    Verdict.UNEXPLAINABLE: marked("difiere, sin explicación"),
    Verdict.NOT_COMPARABLE: marked("no se puede comparar"),
}
CONCLUSION_WORDS: Mapping[Conclusion, str] = {
    Conclusion.SUPPORTS: marked("apoya que sean la misma persona"),
    Conclusion.EXCLUDES: marked("excluye que sean la misma persona"),
    Conclusion.INSUFFICIENT: marked("no basta para decirlo"),
}
STATE_WORDS: Mapping[State, str] = {
    State.NONE: marked("nadie la ha examinado"),
    State.AWAITED: marked("aún no están los dos dictámenes"),
    State.DIFFER: marked("los dos dictámenes difieren"),
    State.AT_BOARD: marked("espera a la junta"),
    State.AGREED: marked("con conclusión"),
}
DECIDED_WORDS: Mapping[DecidedBy, str] = {
    DecidedBy.EXAMINERS: marked("los dos dictámenes coinciden"),
    DecidedBy.THIRD: marked("lo concilió una tercera persona"),
    DecidedBy.BOARD: marked("lo decidió la junta"),
}
CHANGE_WORDS: Mapping[SeatChange, str] = {
    SeatChange.PAUSED: marked("en pausa"),
    SeatChange.RESUMED: marked("retomado"),
    SeatChange.HANDED_OVER: marked("entregado a otra persona"),
}
