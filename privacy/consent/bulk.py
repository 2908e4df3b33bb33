"""Thousands of entries as one statement: a file is then summed up once, not once an entry."""

from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from privacy.consent.model import Consent


def at_once(rows: list[dict[str, Any]]) -> sa.Insert:
    """Write thousands of entries as one statement, so that the file is summed up once."""
    table = cast("sa.Table", Consent.__table__)
    names = sorted(rows[0])
    told = sa.bindparam("entries", _jsonable(rows), JSONB, unique=True)
    source = (
        sa.func.jsonb_to_recordset(told)
        .table_valued(*(sa.column(name, table.c[name].type) for name in names))
        .render_derived(name="told", with_types=True)
    )
    return sa.insert(table).from_select(names, sa.select(*(source.c[name] for name in names)))


def _jsonable(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write instants as text, which PostgreSQL reads back to the same microsecond."""
    return [
        {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in row.items()
        }
        for row in rows
    ]
