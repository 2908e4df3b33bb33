"""Searches that somebody keeps: sealed, their own alone, asked again with one press."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import InvalidInput, NotFound
from casework.finding.asked import Search
from casework.finding.model import SavedSearch
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.permissions import Viewer
from privacy.sealing.cipher import Nonces, padded, place_of, seal, unpadded, unseal
from privacy.sealing.keyring import DOOR_ROOT, keys_of

MOST_KEPT = 50
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class KeptSearch:
    """A search that somebody kept, opened for them."""

    id: UUID
    name: str
    search: Search


def list_kept(session: Session, viewer: Viewer) -> list[KeptSearch]:
    """List what `viewer` keeps, by name."""
    rows = session.scalars(
        sa.select(SavedSearch).where(SavedSearch.account_id == viewer.account_id)
    ).all()
    return sorted(
        (_opened(session, row) for row in rows), key=lambda each: each.name.casefold()
    )


def keep_search(
    session: Session, viewer: Viewer, name: str, search: Search, *, at: datetime
) -> UUID:
    """Keep a search under a name; one of the same name is replaced.

    Raises
    ------
    InvalidInput
        If there is nothing to search, or very many are kept already.
    """
    called = (name.strip() or search.q.strip())[:LONGEST_NAME]
    if not search.q.strip():
        raise InvalidInput(marked("Escriba primero qué busca."))
    kept = list_kept(session, viewer)
    same = [each.id for each in kept if each.name.casefold() == called.casefold()]
    if len(kept) - len(same) >= MOST_KEPT:
        raise InvalidInput(marked("Ya guarda cincuenta búsquedas. Borre una que no use."))
    session.execute(sa.delete(SavedSearch).where(SavedSearch.id.in_(same)))
    number = uuid4()
    asked = search.model_copy(update={"page": 1}).model_dump(mode="json", exclude_defaults=True)
    text = json.dumps({"name": called, "search": asked}, ensure_ascii=False)
    row = SavedSearch(
        id=number,
        account_id=viewer.account_id,
        asked=_sealed(session, number, text),
        kept_at=at,
    )
    session.add(row)
    session.flush()
    record(session, Deed.SEARCH_KEPT, by=viewer, at=at)
    return number


def remove_search(session: Session, viewer: Viewer, number: UUID, *, at: datetime) -> None:
    """Forget a search of one's own.

    Raises
    ------
    NotFound
        If `viewer` keeps no such search.
    """
    own = sa.select(SavedSearch).where(
        SavedSearch.id == number, SavedSearch.account_id == viewer.account_id
    )
    row = session.scalar(own)
    if row is None:
        raise NotFound("saved search")
    session.delete(row)
    session.flush()
    record(session, Deed.SEARCH_REMOVED, by=viewer, at=at)


def _sealed(session: Session, number: UUID, text: str) -> bytes:
    key = keys_of(session).to_seal([DOOR_ROOT])[DOOR_ROOT]
    return bytes(seal(key, padded(text.encode()), _place(number), Nonces()))


def _opened(session: Session, row: SavedSearch) -> KeptSearch:
    key = keys_of(session).to_open([DOOR_ROOT])[DOOR_ROOT]
    told = json.loads(unpadded(unseal(key, row.asked, _place(row.id))))
    return KeptSearch(row.id, told["name"], Search(**told["search"]))


def _place(number: UUID) -> bytes:
    return place_of(SavedSearch.__tablename__, number, "asked")
