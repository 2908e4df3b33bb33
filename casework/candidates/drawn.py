"""Marks and teeth of both records, laid on one drawing as far as each is open to the reader."""

from dataclasses import dataclass

from casework.candidates.compared_facts import can_compare
from casework.candidates.drawn_marks import DrawnMarks, marks_of
from casework.candidates.queries import Proposal
from casework.candidates.unseen_parts import Unseen
from casework.teeth.charts import read_chart
from casework.teeth.weighing import teeth_explained
from casework.web.dental_chart import TeethDrawing, draw_teeth
from casework.web.described import Teller


@dataclass(frozen=True, slots=True)
class Drawn:
    """The drawings of a comparison; none where nothing is recorded or it is not open."""

    marks: DrawnMarks | None
    teeth: TeethDrawing | None


def drawn_of(proposal: Proposal, unseen: Unseen, teller: Teller) -> Drawn:
    """Draw what both records say of marks and of teeth."""
    return Drawn(marks_of(proposal, unseen, teller), _teeth(proposal, teller))


def _teeth(proposal: Proposal, teller: Teller) -> TeethDrawing | None:
    if not can_compare("teeth", proposal):
        return None
    texts = (proposal.person.carried, proposal.remains.carried)
    told, seen = (read_chart(text.get("teeth", ""))[0] for text in texts)
    if not told or not seen:
        return None
    _ = teller.gettext
    charts = ((_("Persona desaparecida"), told), (_("Restos humanos"), seen))
    explained = teeth_explained(told.values(), seen.values())
    return draw_teeth(charts, _, key="compared", explained=explained)
