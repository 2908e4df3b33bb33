"""Reading what was said of records. Every query starts from who may read both of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.links.kinds import Kind
from casework.links.rules import Stands, standing
from privacy.door import readable, recheck
from privacy.permissions import Permission, Viewer

# Beyond so many reports of one person something else is wrong; the page shows the first.
MOST_TOGETHER = 12


@dataclass(frozen=True, slots=True)
class Asking:
    """Whose question it is, of which kind of record, and when."""

    session: Session
    viewer: Viewer
    kind: Kind
    at: datetime


def entries_of(asking: Asking, record_ids: Collection[int]) -> list[Any]:
    """Read all that was said of these records and any other, in the order of entering."""
    viewer, link = asking.viewer, asking.kind.link
    if not viewer.may(Permission.LINK_READ):
        return []
    found = asking.session.scalars(
        readable(viewer, Permission.LINK_READ, link, asking.at)
        .where(sa.or_(link.case_id.in_(record_ids), link.other_id.in_(record_ids)))
        .order_by(link.id)
    ).all()
    return recheck(asking.session, viewer, Permission.LINK_READ, found, asking.at)


def standing_of(asking: Asking, record: Any) -> list[Stands]:
    """Say what stands between a record and each other that its reader may know of."""
    return standing(record.id, entries_of(asking, [record.id]))


def readable_by_id(asking: Asking, ids: Collection[int]) -> dict[int, Any]:
    """Read records by their number, as far as they may be read."""
    if not ids:
        return {}
    model = asking.kind.link.case.property.mapper.class_
    query = asking.kind.readable(asking.viewer, asking.at).where(model.id.in_(ids))
    found = asking.session.scalars(query).all()
    sure = recheck(asking.session, asking.viewer, asking.kind.read, found, asking.at)
    return {row.id: row for row in sure}


def joined_with(asking: Asking, record: Any) -> Sequence[Any]:
    """Find the records that are joined with one, also through a third; it comes first.

    A record that its reader may not know of joins nothing here: whoever is linked only through
    it does not appear.
    """
    met, waiting = {record.id}, [record.id]
    while waiting and len(met) < MOST_TOGETHER:
        here = waiting.pop(0)
        for each in standing(here, entries_of(asking, [here])):
            if each.joins and each.other_id not in met:
                met.add(each.other_id)
                waiting.append(each.other_id)
    others = readable_by_id(asking, met - {record.id})
    return [record, *sorted(others.values(), key=lambda row: row.reference)]
