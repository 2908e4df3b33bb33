"""What DNA says of a proposal on its comparison sheet, in short; only for who may open it."""

from dataclasses import dataclass

from casework.candidates.queries import Proposal
from casework.kinship.actions import record_printed
from casework.kinship.presenters import ShownResult
from casework.kinship.queries import Pair, open_dna
from casework.kinship.showing import show_result
from casework.openings import WhyClosed
from casework.web.described import Teller
from casework.web.languages import marked
from casework.web.visit import Visit

CONFIRM_FIRST = marked(
    "Lo que dice el ADN no está en esta hoja. Para imprimirla con él, confirme antes que es "
    "usted quien está aquí."
)


@dataclass(frozen=True, slots=True)
class DnaPart:
    """The result that stands, or why it is left out; neither tells of what is closed."""

    pair: Pair
    result: ShownResult | None
    left_out: str

    @classmethod
    def of(cls, visit: Visit, proposal: Proposal, teller: Teller) -> "DnaPart":
        """Open what may be opened now; a result that somebody's withdrawal took back is not."""
        pair = open_dna(visit.session, visit.viewer, proposal, at=visit.at, proves=False)
        could_open = pair.closed is not None and pair.closed.why is WhyClosed.STEP_UP
        kept = pair.standing
        shows = kept is not None and not kept.is_withdrawn
        return cls(
            pair,
            show_result(visit, pair, kept, teller) if kept and shows else None,
            teller.gettext(CONFIRM_FIRST) if could_open else "",
        )

    def record(self, visit: Visit, copy: str) -> None:
        """Write down that DNA lies on a sheet, if it does."""
        if self.result is not None:
            record_printed(visit.session, visit.viewer, self.pair, copy=copy, at=visit.at)
