"""What is due for one viewer: each kind with how much of it is late, the most urgent first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from casework.contacts.queries import Due
from casework.desk.queries import count_waiting
from casework.families.queries import list_requests
from casework.rights.queries import count_overdue
from casework.web.languages import marked
from privacy.permissions import Permission, Viewer


@dataclass(frozen=True, slots=True)
class DueLine:
    """One kind of what waits, and where to do it."""

    label: str
    href: str
    overdue: int
    today: int = 0
    soon: int = 0

    @property
    def urgency(self) -> tuple[bool, bool, bool]:
        return (self.overdue == 0, self.today == 0, self.soon == 0)


def due_for(
    session: Session, viewer: Viewer, promises: Due | None, *, at: datetime
) -> tuple[DueLine, ...]:
    """Gather what is due; a kind of which nothing is due is left out."""
    lines = []
    if promises:
        label = marked("Compromisos con las familias")
        lines.append(
            DueLine(label, "/promises", promises.overdue, promises.today, promises.soon)
        )
    if viewer.may(Permission.REQUEST_READ):
        waiting = count_waiting(session, viewer, at=at)
        asked, sent = marked("Pedidos de otras oficinas"), marked("Pedidos nuestros")
        lines.append(DueLine(asked, "/desk", waiting.overdue, waiting.today, waiting.soon))
        lines.append(DueLine(sent, "/desk?tray=sent", waiting.own_overdue))
    if viewer.may(Permission.RIGHTS_READ):
        late = count_overdue(session, viewer, at.date())
        lines.append(DueLine(marked("Solicitudes de derechos"), "/rights", late))
    if viewer.may(Permission.PROTECTION_LIFT):
        asked_for = len(list_requests(session))
        lines.append(DueLine(marked("Protecciones por decidir"), "/protection", 0, asked_for))
    due = [each for each in lines if each.overdue or each.today or each.soon]
    return tuple(sorted(due, key=lambda each: each.urgency))
