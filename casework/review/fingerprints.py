"""The keyed fingerprint of what both records of a pair say: whether they still do."""

import json
from collections.abc import Iterator
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
    person, remains = proposal.person, proposal.remains
    with as_matcher(session, viewer):
        people = read_people(session, at, only=[person.id], with_names=True)
        found = read_remains(session, only=[remains.id])
        said = [*_said(MissingPerson, people), *_said(Remains, found)]
    written = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return fingerprint(session, person.seal_id, PURPOSE, written)


def _said(model: type[Any], told: list[Told]) -> Iterator[Any]:
    telling = _telling(cast("sa.Table", model.__table__))
    for each in told:
        row = {name: getattr(each.row, name) for name in telling if hasattr(each.row, name)}
        parts = (each.marks, each.names, [_article(article) for article in each.articles])
        yield [row, dict(each.carried), *([list(part) for part in parts])]


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
