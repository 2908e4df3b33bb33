"""What is due for one viewer: each kind with how much of it is late, the most urgent first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from casework.contacts.queries import Due
from casework.desk.nationals import count_ending
from casework.desk.queries import count_waiting
from casework.families.queries import count_unread_notices, list_requests
from casework.imports.queries import count_put_aside
from casework.retention.queries import count_over
from casework.rights.queries import count_due as count_rights_due
from casework.signin import invitations
from casework.signin.api_tokens import is_asked_for, list_tokens
from casework.signin.queries import count_shut_out, list_open_invitations
from casework.telling.queries import count_due as count_steps_due
from casework.terminology.queries import entries_in
from casework.web.languages import marked
from casework.web.visit import Visit
from privacy.permissions import Permission, Role, Viewer

# Rows put aside in a file are looked at in the weeks after it came; later the file came anew.
LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class DueLine:
    """One kind of what waits, and where to do it."""

    label: str
    href: str
    overdue: int
    today: int = 0
    soon: int = 0
    waits: int = 0  # for a word, with no day by which

    @property
    def urgency(self) -> tuple[bool, bool, bool, bool]:
        return (self.overdue == 0, self.today == 0, self.soon == 0, self.waits == 0)


def due_on(visit: Visit, promises: Due | None) -> tuple[DueLine, ...]:
    """Gather what is due for a visitor; a kind of which nothing is due is left out."""
    lines = [
        *_by_a_day(visit, promises),
        *_for_a_word(visit.session, visit.viewer, at=visit.at),
        *_of_agreements(visit),
    ]
    due = [each for each in lines if not all(each.urgency)]
    return tuple(sorted(due, key=lambda each: each.urgency))


def _by_a_day(visit: Visit, promises: Due | None) -> list[DueLine]:
    """Gather what was promised, asked or laid down for a day."""
    session, viewer, at, lines = visit.session, visit.viewer, visit.at, []
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
    if viewer.may(Permission.TELLING_KEEP):
        told = count_steps_due(session, viewer, at=at)
        label = marked("Familias a quienes se avisa: lo que sigue")
        lines.append(
            DueLine(label, "/released", told.overdue, told.today, told.soon, told.waits)
        )
    if viewer.may(Permission.RIGHTS_READ):
        late, today, soon = count_rights_due(session, viewer, at.date())
        label = marked("Solicitudes de derechos")
        lines.append(DueLine(label, "/rights", late, today, soon))
    if viewer.may(Permission.PROTECTION_LIFT):
        asked_for = len(list_requests(session))
        lines.append(DueLine(marked("Protecciones por decidir"), "/protection", 0, asked_for))
    return lines


def _of_agreements(visit: Visit) -> list[DueLine]:
    """Gather what families changed of what they agreed to, and what of it ends soon."""
    if not visit.viewer.may(Permission.MISSING_READ):
        return []
    unread = count_unread_notices(visit.session, visit.viewer)
    changed, ending = (
        marked("Autorizaciones que cambiaron"),
        marked("Autorizaciones por vencer"),
    )
    return [
        DueLine(changed, "/notices", 0, waits=unread),
        DueLine(ending, "/desk#own", 0, waits=count_ending(visit)),
    ]


def _for_a_word(session: Session, viewer: Viewer, *, at: datetime) -> list[DueLine]:
    """Gather what somebody asked for and nobody decided, and rows that did not come in."""
    lines = []
    if viewer.may(Permission.ACCOUNT_CONFIRM):
        since = at - invitations.LASTS
        invited = list_open_invitations(session, viewer, since=since)
        # Whoever asked waits for somebody else's word: here stands what waits for the reader's.
        unconfirmed = sum(
            each.confirmed_at is None and each.asked_by != viewer.account_id for each in invited
        )
        label = marked("Invitaciones por confirmar")
        lines.append(DueLine(label, "/invitations", 0, waits=unconfirmed))
        programs = sum(is_asked_for(each, at=at) for each in list_tokens(session, viewer))
        lines.append(DueLine(marked("Programas por confirmar"), "/tokens", 0, waits=programs))
    if viewer.may(Permission.ACCOUNT_ADMINISTER):
        shut = count_shut_out(session, viewer, since=at - invitations.LASTS)
        label = marked("Cuentas con las que nadie puede entrar: invite de nuevo")
        lines.append(DueLine(label, "/accounts", 0, waits=shut))
    if viewer.role is Role.DATA_PROTECTION_OFFICER:
        over = count_over(session, viewer, today=at.date())
        label = marked("Registros cuyo plazo de conservación se cumplió")
        lines.append(DueLine(label, "/retention", 0, waits=over))
    if viewer.may(Permission.TERM_DECIDE):
        proposed = sum(bool(each.waiting) for each in entries_in(session).values())
        label = marked("Palabras del glosario por decidir")
        lines.append(DueLine(label, "/terminology", 0, waits=proposed))
    if viewer.may(Permission.FILE_IMPORT):
        aside = count_put_aside(session, viewer, since=at - LATELY)
        label = marked("Filas apartadas al importar")
        lines.append(DueLine(label, "/imports", 0, waits=aside))
    return lines
