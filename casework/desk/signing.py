"""Who signs for a missing person whose keeper has no coordinators (ADR 0055).

The keeper asks a forensic service that the family named, about that one record; a coordinator
there accepts, and either ends it. The database asks the same again at every signature.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.desk.handing import agreed_to
from casework.desk.model import OfficeRequest, RequestKind, Step
from casework.desk.queries import Seen, readable_requests, seen_of
from casework.desk.rules import PENDING
from casework.errors import Conflict, InvalidInput, Refused
from casework.missing.model import MissingPerson
from casework.signin.model import Institution, InstitutionKind
from casework.signin.rules import may_employ
from casework.web.languages import marked
from privacy.door import recheck
from privacy.permissions import Permission, Role, Viewer

KINDS_THAT_SIGN = frozenset(
    kind for kind in InstitutionKind if may_employ(kind, Role.FORENSIC_COORDINATOR)
)
NOT_A_SERVICE = marked("Firmar por un expediente se le pide a un servicio forense o fiscalía.")
SIGNS_ITSELF = marked("Su institución tiene coordinación forense: firma por sí misma.")
ONE_AT_A_TIME = marked(
    "Ya se le pidió a un servicio, o ya firma uno: retire ese pedido antes de hacer otro."
)
BY_COORDINATORS = marked(
    "Aceptar que se firma por otra institución, o dejar de hacerlo, es de la coordinación "
    "forense, con su segundo paso."
)
NOT_AGREED_ANY_MORE = marked(
    "La familia ya no autoriza a su servicio, o cambió algo: hable con quien lo pide."
)
ON_THE_PAGE = marked("Esto se pide en la página del expediente, con su segundo paso.")
REFUSED: Refused = {
    "signing_by_keeper": (Conflict, ON_THE_PAGE),
    "signing_agreed": (Conflict, NOT_AGREED_ANY_MORE),
    "signing_one_at_a_time": (Conflict, ONE_AT_A_TIME),
    "signing_by_coordinators": (Conflict, BY_COORDINATORS),
}


def services_that_sign(session: Session, cases: Collection[int]) -> Mapping[int, int]:
    """Give the service that signs for the keeper of each missing person, where one does.

    Asked of the database, which asks it again as a signature is written; where it stands and
    with whose words only the two offices read.
    """
    numbers = sa.func.unnest(sa.cast(sorted(cases), sa.ARRAY(sa.BigInteger))).column_valued("n")
    service = sa.func.signs_for_person(numbers)
    rows = session.execute(sa.select(numbers, service)) if cases else ()
    return {row[0]: row[1] for row in rows if row[1] is not None}


def keepers_without_coordinators(
    session: Session, institutions: Collection[int]
) -> frozenset[int]:
    """Name those of some institutions that employ nobody who signs."""
    found = sa.select(Institution.id).where(
        Institution.id.in_(institutions), Institution.kind.not_in(sorted(KINDS_THAT_SIGN))
    )
    return frozenset(session.scalars(found))


def refusal_to_let_sign(
    session: Session, viewer: Viewer, office: Institution
) -> InvalidInput | None:
    """Refuse to ask who cannot sign, or for who signs itself."""
    own = session.get_one(Institution, viewer.institution_id)
    if own.kind in KINDS_THAT_SIGN:
        return InvalidInput(SIGNS_ITSELF)
    if office.kind not in KINDS_THAT_SIGN:
        return InvalidInput(NOT_A_SERVICE)
    return None if viewer.stepped_up else InvalidInput(ON_THE_PAGE)


def may_answer(viewer: Viewer, request: OfficeRequest) -> bool:
    """Say whether a step of the service's side is the viewer's: signing is coordinators'."""
    is_asked = request.to_institution_id == viewer.institution_id
    return (
        request.kind is not RequestKind.SIGNING
        or not is_asked
        or viewer.may(Permission.DECISION_SIGN)
    )


def refusal_to_answer(viewer: Viewer, request: OfficeRequest, step: Step) -> Conflict | None:
    """Refuse what only a coordinator who proved to be there may say."""
    is_proved = viewer.stepped_up or step is not Step.ACCEPTED
    if request.kind is RequestKind.SIGNING and not (may_answer(viewer, request) and is_proved):
        return Conflict(BY_COORDINATORS)
    return None


def asked_about(
    session: Session, viewer: Viewer, about: MissingPerson, *, at: datetime
) -> Sequence[Seen]:
    """List what services were asked to sign for a record, the newest first."""
    rows = session.scalars(
        readable_requests(viewer, at)
        .where(
            OfficeRequest.missing_person_id == about.id,
            OfficeRequest.kind == RequestKind.SIGNING,
        )
        .order_by(OfficeRequest.id.desc())
    ).all()
    sure = recheck(session, viewer, Permission.REQUEST_READ, rows, at)
    return seen_of(session, viewer, sure, at)


def is_under_way(seen: Seen) -> bool:
    """Say whether a service is asked, or signs: either office ends that first."""
    return seen.state in PENDING


def services_agreed_to(
    session: Session, about: MissingPerson, *, at: datetime
) -> Sequence[Institution]:
    """List the services that somebody of the family named, and nobody closed it to since."""
    services = session.scalars(
        sa.select(Institution)
        .where(Institution.kind.in_(sorted(KINDS_THAT_SIGN)))
        .order_by(Institution.country, Institution.name)
    ).all()
    return [
        each
        for each in services
        if each.country not in about.country_restrictions
        and agreed_to(session, RequestKind.SIGNING, each.id, about, at=at)
    ]
