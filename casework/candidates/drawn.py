"""Marks and teeth of both records, drawn side by side as far as each is open to the reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.candidates.compared_facts import can_compare, is_open
from casework.candidates.queries import Proposal
from casework.openings import Openings
from casework.teeth.charts import read_chart
from casework.teeth.weighing import teeth_explained
from casework.web.body_chart import BodyDrawing, draw_body
from casework.web.code_words import DescribedMark
from casework.web.dental_chart import TeethDrawing, draw_teeth
from casework.web.described import Teller


@dataclass(frozen=True, slots=True)
class Drawn:
    """The drawings of a comparison; none where nothing is recorded or it is not open."""

    person: BodyDrawing | None
    remains: BodyDrawing | None
    teeth: TeethDrawing | None

    @property
    def has_bodies(self) -> bool:
        return bool(self.person or self.remains)


def drawn_of(proposal: Proposal, teller: Teller) -> Drawn:
    """Draw what both records say of marks and of teeth."""
    told = _open_marks(proposal.person.marks, proposal.of_person)
    seen = _open_marks(proposal.remains.marks, proposal.of_remains)
    _ = teller.gettext
    return Drawn(
        person=draw_body(told, _, key="person", beside=seen) if _placed(told) else None,
        remains=draw_body(seen, _, key="remains", beside=told) if _placed(seen) else None,
        teeth=_teeth(proposal, teller),
    )


def _placed(marks: Sequence[DescribedMark]) -> bool:
    return any(mark.site for mark in marks)


def _open_marks(marks: Sequence[DescribedMark], openings: Openings) -> Sequence[DescribedMark]:
    """Take the marks of one record; none of a closed group."""
    return marks if is_open("marks", openings) else ()


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
