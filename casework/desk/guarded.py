"""Requests as the policies know them: open to the two offices that may read the record."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.desk.model import OfficeRequest
from casework.missing import guarded as _people  # noqa: F401 - registers the first kind
from casework.missing.model import MissingPerson
from casework.remains import guarded as _remains  # noqa: F401 - registers the second kind
from casework.remains.model import Remains
from privacy.door import condition
from privacy.permissions import Permission, Viewer
from privacy.policy.decisions import decide_each
from privacy.policy.guarded import Asked, Facts, Guarded, Plain, guard

# What a request can be about: its own column, the register, and who learns that it exists.
KINDS = (
    (OfficeRequest.missing_person_id, MissingPerson, Permission.MISSING_READ),
    (OfficeRequest.remains_id, Remains, Permission.REMAINS_READ),
)


def _is_party(asked: Asked) -> sa.ColumnElement[bool]:
    own = asked.viewer.institution_id
    return sa.or_(
        OfficeRequest.from_institution_id == own, OfficeRequest.to_institution_id == own
    )


def _record_is_open(asked: Asked) -> sa.ColumnElement[bool]:
    return sa.and_(
        *(
            sa.or_(column.is_(None), _is_open(asked, column, model, permission))
            for column, model, permission in KINDS
        )
    )


def _is_open(
    asked: Asked, column: Any, model: type[Any], permission: Permission
) -> sa.ColumnElement[bool]:
    """Look one record up by its number; a condition is never NULL, and this is yes or no.

    OFFSET keeps PostgreSQL from gathering first all records of the registry that are open.
    """
    opens = condition(asked.viewer, permission, model, asked.at)
    return sa.exists(sa.select(model.id).where(model.id == column, opens).offset(0))


def _facts_of(
    session: Session, viewer: Viewer, rows: Sequence[Any], at: datetime
) -> list[Facts]:
    opened = [
        _open_among(
            session, viewer, [getattr(row, column.key) for row in rows], model, permission, at
        )
        for column, model, permission in KINDS
    ]
    return [
        {
            "is_party": viewer.institution_id
            in {row.from_institution_id, row.to_institution_id},
            "record_is_open": all(
                number is None or number in among
                for number, among in zip(
                    (row.missing_person_id, row.remains_id), opened, strict=True
                )
            ),
        }
        for row in rows
    ]


def _open_among(  # noqa: PLR0917 - one question, in the order of `decide_each`
    session: Session,
    viewer: Viewer,
    numbers: Sequence[int | None],
    model: type[Any],
    permission: Permission,
    at: datetime,
) -> set[int]:
    wanted = {each for each in numbers if each is not None}
    if not wanted:
        return set()
    found = session.scalars(sa.select(model).where(model.id.in_(wanted))).all()
    rulings = decide_each(session, viewer, permission, found, at=at)
    return {row.id for row, ruling in zip(found, rulings, strict=True) if ruling.allowed}


guard(
    Guarded(
        model=OfficeRequest,
        kind="OfficeRequest",
        exists=Permission.REQUEST_READ,
        attributes={
            "is_party": Plain(_is_party),
            "record_is_open": Plain(_record_is_open),
        },
        facts_of=_facts_of,
        asks=(MissingPerson, Remains),
    )
)
