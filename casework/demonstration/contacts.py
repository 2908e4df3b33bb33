"""How the invented families are reached, and what they were promised: overdue, today, later.

Entered by an invented officer through the same deeds as anybody's. Numbers are all zeros.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.contacts.actions import (
    Agreed,
    PointSaid,
    Spoken,
    agree,
    keep_point,
    log_contact,
)
from casework.contacts.model import (
    Channel,
    ContactEntry,
    ContentClass,
    Direction,
    Literacy,
    Outcome,
    Safe,
    SecurityConcern,
)
from casework.families.model import Kinship, Relative
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from casework.status.actions import set_line
from privacy.permissions import Viewer

NUMBER = "+504 0000 00%02d"


@dataclass(frozen=True, slots=True)
class Told:
    """What one invented relative told an officer, and when they were last spoken with."""

    name: str
    point: PointSaid
    agreed: Agreed
    days_ago: int
    promised_after: int
    said: str
    promised: str = ""
    tried_days_ago: int | None = None


def _phone(number: int, **said: object) -> PointSaid:
    usual = {"kind": Channel.PHONE, "value": NUMBER % number, "safe_to_call": Safe.YES}
    return PointSaid(**(usual | said))  # type: ignore[arg-type]  # fields of PointSaid, each


# Invented, to show each state once: our choice, not how often it is met.
FAMILIES = (
    Told(
        "Rosa Inventada",
        _phone(
            1,
            safe_hours=("12345 09:00-12:00", "6 15:00-18:00"),
            may_leave_message=Safe.NO,
            who_may_answer="su hija mayor",
            do_not_say="que se trata de una búsqueda: su cuñado escucha",
        ),
        Agreed(
            channel=Channel.PHONE,
            interval_days=14,
            language="es",
            clock_of="HN",
            literacy=Literacy.READS,
            security_concern=SecurityConcern.EXTORTION,
        ),
        days_ago=40,
        promised_after=14,
        said="Contó de nuevo el último mensaje. Pidió saber si hay noticias de los hospitales.",
        promised="Decirle qué contestaron los hospitales",
        tried_days_ago=20,
    ),
    Told(
        "Julio Inventado",
        PointSaid(
            kind=Channel.WHATSAPP,
            value=NUMBER % 2,
            safe_to_call=Safe.NO,
            may_leave_message=Safe.YES,
            safe_hours=("1234567 18:00-21:00",),
        ),
        Agreed(channel=Channel.WHATSAPP, interval_days=30, language="es", clock_of="HN"),
        days_ago=30,
        promised_after=30,
        said="Prefiere que se le escriba: en el trabajo no puede hablar.",
    ),
    Told(
        "Marta Inventada",
        PointSaid(
            kind=Channel.THIRD_PARTY,
            value=NUMBER % 3,
            whose="su vecina Elena Inventada, de confianza",
            safe_to_call=Safe.YES,
            may_leave_message=Safe.YES,
            do_not_say="por qué se la busca; solo que llame",
        ),
        Agreed(
            channel=Channel.THIRD_PARTY,
            interval_days=30,
            language="es",
            literacy=Literacy.DOES_NOT_READ,
            clock_of="HN",
        ),
        days_ago=27,
        promised_after=30,
        said="Vive lejos y baja al pueblo los sábados.",
    ),
    Told(
        "Pedro Inventado",
        _phone(4, safe_hours=("12345 07:00-20:00",), may_leave_message=Safe.YES),
        Agreed(channel=Channel.PHONE, interval_days=60, language="es", clock_of="HN"),
        days_ago=3,
        promised_after=60,
        said="Sin novedad. Agradece que se le llame aunque no haya nada nuevo.",
    ),
)


def keep_in_touch(session: Session, officer: Viewer, *, at: datetime) -> None:
    """Enter it for the first families of the officer's institution, once."""
    if session.scalar(sa.select(sa.func.count(ContactEntry.id))):
        return
    set_line(
        session,
        officer,
        line="+504 0000 0000 (inventado)",
        hours="lunes a viernes, de 8 a 16",
        at=at,
    )
    own = (
        readable_missing(officer, at)
        .where(
            MissingPerson.owner_institution_id == officer.institution_id, MissingPerson.invented
        )
        .with_only_columns(MissingPerson.id)
    )
    first = (
        sa.select(Relative)
        .where(Relative.missing_person_id.in_(own), Relative.kinship != Kinship.UNKNOWN)
        .order_by(Relative.id)
        .limit(len(FAMILIES))
    )
    for relative, told in zip(session.scalars(first).all(), FAMILIES, strict=False):
        _enter(session, officer, relative, told, at=at)


def _enter(
    session: Session, officer: Viewer, relative: Relative, told: Told, *, at: datetime
) -> None:
    relative.name = told.name
    session.flush()
    spoken_at = at - timedelta(days=told.days_ago)
    keep_point(session, officer, relative, told.point, at=spoken_at)
    agree(session, officer, relative, told.agreed, at=spoken_at)
    spoke = Spoken(
        happened_at=spoken_at,
        direction=Direction.TO_FAMILY,
        channel=told.agreed.channel or Channel.PHONE,
        content=ContentClass.ROUTINE,
        outcome=Outcome.SPOKE,
        language="es",
        said=told.said,
        promised=told.promised,
        promised_by=(spoken_at + timedelta(days=told.promised_after)).date(),
    )
    log_contact(session, officer, relative, spoke, at=spoken_at)
    if told.tried_days_ago:
        tried_at = at - timedelta(days=told.tried_days_ago)
        tried = Spoken(
            happened_at=tried_at,
            direction=Direction.TO_FAMILY,
            channel=told.agreed.channel or Channel.PHONE,
            content=ContentClass.ROUTINE,
            outcome=Outcome.NO_ANSWER,
        )
        log_contact(session, officer, relative, tried, at=tried_at)
