"""Handing a file to another institution: to help with it, or to keep it from now on.

The family decides: somebody of it named that very institution. A file that is taken over
changes its keeper and nothing else: what was said, agreed, promised and handed out goes along,
and who kept it before sees what the family's grants give, as any other institution. Whoever
signed for the keeper before signs no more: the next one asks, or does not.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.desk.model import OfficeMessage, OfficeRequest, RequestKind, Step
from casework.desk.parties import Party, parties_to
from casework.desk.rules import AT_A_DESK, PENDING
from casework.errors import Conflict, InvalidInput
from casework.missing.model import MissingPerson
from casework.notifications.model import NotificationKind
from casework.notifications.writing import Told, tell
from casework.remains.model import Remains
from casework.retention.sight import as_keeper
from casework.rights.model import RightsRequest
from casework.signin.model import Institution
from casework.status.model import StatusCode
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.consent.ledger import live, not_refused_to
from privacy.consent.model import Consent, ConsentPurpose, DataCategory, LegalBasis
from privacy.consent.recipients import of_institution
from privacy.permissions import Permission, Viewer, demand
from privacy.released.model import ReleasedCopy
from privacy.retention.model import RetentionHold, RetentionNotice

# What somebody of the family must have agreed to, naming the institution; the form asks it so.
_STORY = (DataCategory.CIRCUMSTANCES, ConsentPurpose.SEARCH)
NEEDED: Mapping[RequestKind, frozenset[tuple[DataCategory, ConsentPurpose]]] = {
    RequestKind.REFERRAL: frozenset({_STORY}),
    # The two that a signature is given under; migration 0060 asks for the same.
    RequestKind.SIGNING: frozenset({_STORY, (DataCategory.IDENTITY, ConsentPurpose.SEARCH)}),
    RequestKind.TRANSFER: frozenset(
        {
            _STORY,
            (DataCategory.IDENTITY, ConsentPurpose.SEARCH),
            (DataCategory.CONTACT, ConsentPurpose.NOTIFY),
        }
    ),
}
NOT_AGREED: Mapping[RequestKind, str] = {
    RequestKind.REFERRAL: marked(
        "Antes hace falta que la familia autorice a esa institución, por su nombre, a conocer "
        "las circunstancias para buscar. Anótelo en Autorizaciones y vuelva a pedirlo."
    ),
    RequestKind.SIGNING: marked(
        "Antes hace falta que la familia autorice a ese servicio, por su nombre, a conocer las "
        "circunstancias y quién es la persona, para buscar. Si huyó de ese país o no confía en "
        "él, pida a otro. Anótelo en Autorizaciones y vuelva a pedirlo."
    ),
    RequestKind.TRANSFER: marked(
        "Antes hace falta que la familia autorice a esa institución, por su nombre, a conocer "
        "las circunstancias y quién es la persona, para buscar, y cómo llegar a la familia, "
        "para avisarle. Anótelo en Autorizaciones y vuelva a pedirlo."
    ),
}
KEPT_FROM_ITS_COUNTRY = marked(
    "Este expediente se guarda de las instituciones de ese país. Si la familia ya no lo pide, "
    "quite antes el país en «De quién se guarda»."
)
# Tables beside the file that say which institution answers for it.
GO_ALONG: tuple[tuple[Any, str], ...] = (
    (StatusCode, "institution_id"),
    (RightsRequest, "owner_institution_id"),
    (ReleasedCopy, "owner_institution_id"),
    (RetentionNotice, "owner_institution_id"),
    (RetentionHold, "owner_institution_id"),
)


def refusal_to_hand(  # noqa: PLR0917 - who hands what to whom
    session: Session,
    viewer: Viewer,
    kind: RequestKind,
    office: Institution,
    about: MissingPerson | Remains | None,
    *,
    at: datetime,
) -> InvalidInput | None:
    """Refuse to hand over what is not one's own, or what the family did not agree to."""
    if not isinstance(about, MissingPerson):
        return InvalidInput(
            marked("Diga de qué persona es el expediente que otra institución tomaría.")
        )
    if about.owner_institution_id != viewer.institution_id or not viewer.may(
        Permission.CONSENT_RECORD
    ):
        return InvalidInput(
            marked(
                "Solo quien atiende a la familia en la institución que guarda el expediente "
                "puede entregarlo."
            )
        )
    if office.country in about.country_restrictions:
        return InvalidInput(KEPT_FROM_ITS_COUNTRY)
    if not agreed_to(session, kind, office.id, about, at=at):
        return InvalidInput(NOT_AGREED[kind])
    return None


def agreed_to(
    session: Session, kind: RequestKind, office_id: int, about: MissingPerson, *, at: datetime
) -> bool:
    """Say whether somebody of the family agreed to all that is needed, naming the office."""
    named = of_institution(office_id)
    granted = session.execute(
        sa.select(Consent.data_category, Consent.purpose).where(
            Consent.missing_person_id == about.id,
            Consent.recipient == named,
            Consent.legal_basis == LegalBasis.CONSENT,
            not_refused_to([named]),
            live(at),
        )
    )
    return NEEDED[kind] <= {(row[0], row[1]) for row in granted}


def take_over(
    session: Session,
    viewer: Viewer,
    request: OfficeRequest,
    about: MissingPerson,
    *,
    at: datetime,
) -> None:
    """Keep a file from now on, with all that stands beside it.

    Raises
    ------
    NotPermitted
        If the duty does not answer for families.
    Conflict
        If the file changed hands meanwhile, or the family no longer agrees.
    """
    demand(viewer, Permission.CONSENT_RECORD)
    before = request.from_institution_id
    with as_keeper(session, viewer):
        is_agreed = agreed_to(session, request.kind, viewer.institution_id, about, at=at)
        is_kept_from = viewer.country in about.country_restrictions
        if about.owner_institution_id != before or not is_agreed or is_kept_from:
            raise Conflict(
                marked(
                    "La familia ya no lo autoriza, o el expediente cambió de manos: hable con "
                    "la institución que lo guarda."
                )
            )
        ended = _end_signing(session, viewer, about, at=at)
        parties = parties_to(session, ended)
        _move(session, viewer, request, about)
    for each in ended:
        record(
            session,
            Deed.REQUEST_MOVED,
            by=viewer,
            at=at,
            about=about.reference,
            request=str(each),
            outcome=Step.WITHDRAWN.value,
        )
    for party in parties:
        _tell_of_end(session, party, ended[party.request], at=at)
    record(
        session,
        Deed.KEEPER_CHANGED,
        by=viewer,
        at=at,
        about=about.reference,
        request=str(request.id),
        before=str(before),
        after=str(viewer.institution_id),
    )


def _end_signing(
    session: Session, viewer: Viewer, about: MissingPerson, *, at: datetime
) -> Mapping[int, int]:
    """Take back what services were asked to sign: a file takes none along (ADR 0055).

    Gives by request the message that says so. In one statement: whoever takes the file over
    reads nothing of what was asked of others.
    """
    last = (
        sa.select(OfficeMessage.step)
        .where(OfficeMessage.case_id == OfficeRequest.id, OfficeMessage.step.is_not(None))
        .order_by(OfficeMessage.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    standing = sa.select(
        OfficeRequest.id,
        sa.func.gen_random_uuid(),
        OfficeRequest.from_institution_id,
        sa.literal(Step.WITHDRAWN.value),
        sa.literal(at),
        sa.literal(viewer.account_id),
    ).where(
        OfficeRequest.missing_person_id == about.id,
        OfficeRequest.kind == RequestKind.SIGNING,
        sa.func.coalesce(last, Step.OPEN.value).in_(PENDING),
    )
    columns = ["case_id", "seal_id", "institution_id", "step", "written_at", "written_by"]
    written = session.execute(
        sa.insert(OfficeMessage)
        .from_select(columns, standing)
        .returning(OfficeMessage.case_id, OfficeMessage.id)
    )
    return {row[0]: row[1] for row in written}


def _tell_of_end(session: Session, party: Party, message: int, *, at: datetime) -> None:
    """Let an office know that a request ended: of the two, neither wrote it."""
    told = Told(
        kind=NotificationKind.REQUEST_ANSWERED,
        institution_id=party.office,
        roles=AT_A_DESK,
        path=f"/desk/{party.request}",
        key=f"message:{message}:{party.office}",
    )
    tell(session, told, at=at)


def _move(
    session: Session, viewer: Viewer, request: OfficeRequest, about: MissingPerson
) -> None:
    # The ledger follows by its foreign key, in the same statement.
    about.owner_institution_id = viewer.institution_id
    about.owner_country = viewer.country
    session.flush()
    for model, column in GO_ALONG:
        session.execute(
            sa.update(model)
            .where(model.missing_person_id == about.id)
            .values({column: viewer.institution_id})
        )
    # What others asked of the keeper before, they ask of the one that keeps it now; but who was
    # asked to sign was asked by name, by a keeper and by the family.
    session.execute(
        sa.update(OfficeRequest)
        .where(
            OfficeRequest.missing_person_id == about.id,
            OfficeRequest.kind != RequestKind.SIGNING,
            OfficeRequest.to_institution_id == request.from_institution_id,
            OfficeRequest.from_institution_id != viewer.institution_id,
        )
        .values(to_institution_id=viewer.institution_id)
    )
    session.expire(about)
