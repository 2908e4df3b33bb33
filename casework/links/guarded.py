"""Links as the policies know them: open to whoever may read both of their records."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.links.model import MissingPersonLink, RemainsLink
from casework.missing import guarded as _people  # noqa: F401 - registers the first kind
from casework.missing.model import MissingPerson
from casework.remains import guarded as _remains  # noqa: F401 - registers the second kind
from casework.remains.model import Remains
from privacy.door import condition
from privacy.permissions import Permission, Viewer
from privacy.policy.decisions import decide_each
from privacy.policy.guarded import Asked, Facts, Guarded, Plain, guard


def _is_open(key: Any, model: type[Any], permission: Permission) -> Plain:
    def sql(asked: Asked) -> sa.ColumnElement[bool]:
        opens = condition(asked.viewer, permission, model, asked.at)
        found: sa.ColumnElement[bool] = key.in_(sa.select(model.id).where(opens))
        return found

    return Plain(sql)


def _guard(link: type[Any], model: type[Any], permission: Permission) -> None:
    def facts_of(
        session: Session, viewer: Viewer, rows: Sequence[Any], at: datetime
    ) -> list[Facts]:
        wanted = {row.case_id for row in rows} | {row.other_id for row in rows}
        found = session.scalars(sa.select(model).where(model.id.in_(wanted))).all()
        rulings = decide_each(session, viewer, permission, found, at=at)
        opened = {row.id for row, ruling in zip(found, rulings, strict=True) if ruling.allowed}
        return [
            {"one_is_open": row.case_id in opened, "other_is_open": row.other_id in opened}
            for row in rows
        ]

    guard(
        Guarded(
            model=link,
            kind="RecordLink",
            exists=Permission.LINK_READ,
            attributes={
                "one_is_open": _is_open(link.case_id, model, permission),
                "other_is_open": _is_open(link.other_id, model, permission),
            },
            facts_of=facts_of,
            asks=(model,),
        )
    )


_guard(MissingPersonLink, MissingPerson, Permission.MISSING_READ)
_guard(RemainsLink, Remains, Permission.REMAINS_READ)
