"""What a premature decision lacks, as requests to the institution that keeps that side.

A request names its one record and says what is wanted of it, as any request between offices
does: whoever speaks with a family reads desks too, and learns of no pair by one (rule 11).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.database import apart
from casework.desk.actions import Asking, send_request
from casework.desk.model import OfficeRequest, RequestKind
from casework.desk.queries import Seen, readable_requests, seen_of
from casework.desk.rules import USUAL_DAYS
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


class Wish(StrEnum):
    """One thing that can be asked of who keeps one of the two records."""

    DENTAL_RECORD = "dental_record"
    RELATIVE_SAMPLE = "relative_sample"
    PRINTS = "prints"
    REMAINS_TEETH = "remains_teeth"
    REMAINS_SAMPLE = "remains_sample"
    EXAMINE_AGAIN = "examine_again"
    PARTS = "parts"


@dataclass(frozen=True, slots=True)
class Told:
    """Of which record a thing is asked, as what kind of request, for which needs, in words."""

    of_person: bool
    kind: RequestKind
    needs: frozenset[Need]
    words: str


_PERSON, _REMAINS = True, False
_PRIMARY = frozenset({Need.PRIMARY})
_BY_DNA = frozenset({Need.PRIMARY, Need.NUMBERS})
WISHES: Mapping[Wish, Told] = {
    Wish.DENTAL_RECORD: Told(
        _PERSON,
        RequestKind.DOCUMENT,
        _PRIMARY,
        marked(
            "El registro dental más reciente que haya: odontograma o radiografías, con fecha."
        ),
    ),
    Wish.RELATIVE_SAMPLE: Told(
        _PERSON,
        RequestKind.SAMPLE,
        _BY_DNA,
        marked(
            "Una muestra de ADN de un familiar que aún no la haya dado: primero padre, madre o "
            "hijos; si no, hermanos. Solo si quiere darla."
        ),
    ),
    Wish.PRINTS: Told(
        _PERSON,
        RequestKind.DOCUMENT,
        _PRIMARY,
        marked(
            "Huellas dactilares de la persona que consten en un documento, y de dónde vienen."
        ),
    ),
    Wish.REMAINS_TEETH: Told(
        _REMAINS,
        RequestKind.DOCUMENT,
        _PRIMARY,
        marked("El examen dental completo de los restos: odontograma y radiografías."),
    ),
    Wish.REMAINS_SAMPLE: Told(
        _REMAINS,
        RequestKind.SAMPLE,
        _BY_DNA,
        marked("Una muestra de diente o hueso para ADN, o el perfil si ya lo hay."),
    ),
    Wish.EXAMINE_AGAIN: Told(
        _REMAINS,
        RequestKind.RECORD,
        frozenset({Need.EXAMINERS, Need.DISCREPANCY}),
        marked(
            "Examinar otra vez los restos y anotar sexo, edad, estatura y señas, con método."
        ),
    ),
    Wish.PARTS: Told(
        _REMAINS,
        RequestKind.RECORD,
        frozenset({Need.COMPLETENESS}),
        marked("Decir qué partes hay de los restos y si se buscó mezcla de personas."),
    ),
}


def wishes_of(decided: Decided) -> tuple[Wish, ...]:
    """List what could bring what lacked; of what is no decision's to ask, nothing."""
    if decided.row.outcome is not DecisionOutcome.PREMATURE or not decided.stands:
        return ()
    lacks = {Need(each) for each in decided.row.told.get("lacks", ())}
    return tuple(wish for wish, told in WISHES.items() if told.needs & lacks)


def keeper_of(decided: Decided, wish: Wish) -> int:
    """Name the institution that keeps the side a wish is about."""
    return _record(decided, wish).owner_institution_id


def _record(decided: Decided, wish: Wish) -> MissingPerson | Remains:
    return decided.person if WISHES[wish].of_person else decided.remains


def ask_for(
    session: Session,
    viewer: Viewer,
    decided: Decided,
    asked: Mapping[Wish, str],
    *,
    at: datetime,
) -> Sequence[OfficeRequest]:
    """Send one request for each thing, in the words given, to who keeps that side.

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
    own = viewer.institution_id
    chosen = [each for each in offered if each in asked and keeper_of(decided, each) != own]
    if not chosen:
        raise InvalidInput(NOTHING_CHOSEN)
    asking = [
        Asking(
            kind=WISHES[wish].kind,
            to=session.get_one(Institution, keeper_of(decided, wish)),
            about=_record(decided, wish),
            due_on=at.date() + timedelta(days=USUAL_DAYS),
            words=asked[wish],
        )
        for wish in chosen
    ]
    # All or none: a page shows what is refused and goes on, and nobody asks for one twice.
    with apart(session):
        return [send_request(session, viewer, each, at=at) for each in asking]


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
    return sorted({told.kind for told in WISHES.values()})
