"""The keyed fingerprint of what both records of a pair say: whether they still do."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.queries import Proposal
from casework.candidates.reading import Told, read_people, read_remains
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.retention.sight import as_matcher
from privacy.model import Reveals
from privacy.permissions import Viewer
from privacy.sealing.fingerprints import fingerprint

PURPOSE = "review"


def fingerprint_of(session: Session, viewer: Viewer, proposal: Proposal, *, at: Any) -> str:
    """Make the fingerprint of both records as the engine is told them, whoever asks.

    What is compared counts, and nothing else: a record that was only filed elsewhere says what
    it said before.
    """
    pair = (proposal.person.id, proposal.remains.id)
    told = _told_of(session, viewer, [pair], at=at)
    return fingerprint(session, proposal.person.seal_id, PURPOSE, _written(*told, pair))


def fingerprints_of(
    session: Session, viewer: Viewer, pairs: Collection[tuple[int, int]], *, at: Any
) -> dict[tuple[int, int], str]:
    """Make those of several pairs, by their records; of a person no longer sought, none."""
    persons, finds = _told_of(session, viewer, pairs, at=at)
    return {
        pair: fingerprint(session, persons[pair[0]][0], PURPOSE, _written(persons, finds, pair))
        for pair in pairs
        if pair[0] in persons
    }


def _told_of(
    session: Session, viewer: Viewer, pairs: Collection[tuple[int, int]], *, at: Any
) -> tuple[dict[int, Any], dict[int, Any]]:
    """Read both sides of some pairs, each record once: its seal, and what it says."""
    people, remains = ({each[side] for each in pairs} for side in (0, 1))
    with as_matcher(session, viewer):
        told = read_people(session, at, only=sorted(people), with_names=True)
        found = read_remains(session, only=sorted(remains))
        return dict(_said(MissingPerson, told)), dict(_said(Remains, found))


def _written(
    persons: Mapping[int, Any], finds: Mapping[int, Any], pair: tuple[int, int]
) -> str:
    sides = ((persons, pair[0]), (finds, pair[1]))
    said = [of[number][1] for of, number in sides if number in of]
    return json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)


def _said(model: type[Any], told: list[Told]) -> Iterator[tuple[int, Any]]:
    telling = _telling(cast("sa.Table", model.__table__))
    for each in told:
        row = {name: getattr(each.row, name) for name in telling if hasattr(each.row, name)}
        parts = (each.marks, each.names, [_article(article) for article in each.articles])
        said = [row, dict(each.carried), *([list(part) for part in parts])]
        yield each.row.id, (each.row.seal_id, said)


def _telling(table: sa.Table) -> set[str]:
    """Name the columns that tell something and are not sealed: those are read opened."""
    return {
        each.name
        for each in table.columns
        if each.info.get("reveals") is not Reveals.NOTHING
        and not isinstance(getattr(each.type, "impl", each.type), sa.LargeBinary)
    }


def _article(row: Any) -> list[Any]:
    """Give what an article's row tells: not its numbers, and nothing that is sealed."""
    return [each for each in row[0:] if not isinstance(each, bytes | int | UUID)]
