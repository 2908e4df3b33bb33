"""What a premature decision lacks, as requests to the institution that keeps that side.

A request names its one record and says what is wanted of it, as any request between offices
does, in sentences that the form of every request offers (`casework.desk.wishes`): whoever
speaks with a family reads desks too, and learns of no pair by one (rule 11).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.database import apart
from casework.desk.model import OfficeRequest, RequestKind
from casework.desk.queries import Seen, readable_requests, seen_of
from casework.desk.rules import USUAL_DAYS
from casework.desk.wishes import SENTENCES, Wish, Wished, ask
from casework.errors import Conflict, InvalidInput
from casework.identifications.model import DecisionOutcome
from casework.identifications.queries import Decided
from casework.identifications.rules import Need
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.signin.model import Institution
from casework.web.languages import marked
from privacy.door import recheck
from privacy.permissions import Permission, Viewer

NOTHING_CHOSEN = marked("Marque al menos una cosa de la lista.")
ONLY_PREMATURE = marked("Solo se pide lo que falta en una decisión prematura que vale.")
_PRIMARY = frozenset({Need.PRIMARY})
_BY_DNA = frozenset({Need.PRIMARY, Need.NUMBERS})
_BY_LOOKING = frozenset({Need.EXAMINERS, Need.DISCREPANCY})
# What could bring which need of the gate.
BRINGS: Mapping[Wish, frozenset[Need]] = {
    Wish.DENTAL_RECORD: _PRIMARY,
    Wish.XRAYS: _PRIMARY,
    Wish.RELATIVE_SAMPLE: _BY_DNA,
    Wish.PRINTS: _PRIMARY,
    Wish.BEFORE: _BY_LOOKING,
    Wish.REMAINS_TEETH: _PRIMARY,
    Wish.REMAINS_SAMPLE: _BY_DNA,
    Wish.EXAMINE_AGAIN: _BY_LOOKING,
    Wish.PARTS: frozenset({Need.COMPLETENESS}),
}


def wishes_of(decided: Decided) -> tuple[Wish, ...]:
    """List what could bring what lacked; of what is no decision's to ask, nothing."""
    if decided.row.outcome is not DecisionOutcome.PREMATURE or not decided.stands:
        return ()
    lacks = {Need(each) for each in decided.row.told.get("lacks", ())}
    return tuple(wish for wish, needs in BRINGS.items() if needs & lacks)


def record_of(decided: Decided, wish: Wish) -> MissingPerson | Remains:
    """Give the record of the two that a wish is about."""
    return decided.person if SENTENCES[wish].of_person else decided.remains


def ask_for(
    session: Session,
    viewer: Viewer,
    decided: Decided,
    wishes: Collection[Wish],
    *,
    spoken: Callable[[str], str],
    at: datetime,
    more: str = "",
) -> Sequence[OfficeRequest]:
    """Send one request for each thing to who keeps that side; `more` goes with each.

    Raises
    ------
    NotPermitted
        If the duty does not send requests.
    Conflict
        If the decision is not premature, or stands no more.
    InvalidInput
        If nothing is asked, or the viewer's own institution keeps that side.
    """
    offered = wishes_of(decided)
    if not offered:
        raise Conflict(ONLY_PREMATURE)
    asked: list[Wished] = []
    for about in (decided.person, decided.remains):
        chosen = {each for each in offered if each in wishes}
        of_it = {each for each in chosen if record_of(decided, each) is about}
        if of_it and about.owner_institution_id != viewer.institution_id:
            asked.append(
                Wished(
                    to=session.get_one(Institution, about.owner_institution_id),
                    about=about,
                    wishes=of_it,
                    due_on=at.date() + timedelta(days=USUAL_DAYS),
                    spoken=spoken,
                    more=more,
                )
            )
    if not asked:
        raise InvalidInput(NOTHING_CHOSEN)
    with apart(session):
        return [sent for each in asked for sent in ask(session, viewer, each, at=at)]


def asked_since(
    session: Session, viewer: Viewer, decided: Decided, *, at: datetime
) -> Sequence[Seen]:
    """List what offices asked of either record since a premature decision, the newest first."""
    rows = session.scalars(
        readable_requests(viewer, at)
        .where(
            sa.or_(
                OfficeRequest.missing_person_id == decided.row.case_id,
                OfficeRequest.remains_id == decided.row.remains_id,
            ),
            OfficeRequest.kind.in_(kinds_asked()),
            OfficeRequest.sent_at >= decided.row.entered_at,
        )
        .order_by(OfficeRequest.id.desc())
    ).all()
    return seen_of(
        session, viewer, recheck(session, viewer, Permission.REQUEST_READ, rows, at), at
    )


def kinds_asked() -> Collection[RequestKind]:
    """Name the kinds of requests by which something that lacks is asked for."""
    return sorted({SENTENCES[wish].kind for wish in BRINGS})
