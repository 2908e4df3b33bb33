"""Reading and opening, as the matcher, what the engine is shown of the registry.

What is read is what is weighed. Names, numbers and telephones are opened only where some
remains lay beside papers to compare them with; contacts and parents' names never are.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.rules import MAY_BE_SEARCHED, STILL_SOUGHT, STILL_UNNAMED
from casework.codes import BodySite, MarkType, Side
from casework.envelope import SearchConsent
from casework.living.model import (
    LivingPerson,
    LivingPersonArticle,
    LivingPersonMark,
    LivingPersonName,
)
from casework.missing.model import (
    MissingPerson,
    MissingPersonArticle,
    MissingPersonMark,
    PersonName,
)
from casework.openings import Openings
from casework.record_codes import LivingStatus, NameKind
from casework.remains.model import Remains, RemainsArticle, RemainsMark
from privacy.consent.ledger import may_be_searched
from privacy.model import Reveals
from privacy.sealing.bulk import open_plain

# Read by nobody who weighs: left closed.
NOT_WEIGHED = frozenset(
    {
        "birth_place",
        "content",
        "father_name",
        "host",
        "list_name",
        "list_number",
        "mother_name",
        "origin_source_name",
        "reporter_kind",
        "reporter_relationship",
        "reporting_institution",
        "whereabouts",
    }
)
# Of what is carried word for word, what names or numbers somebody.
IN_PAPERS = frozenset(
    {"given_names", "surname_1", "surname_2", "other_names", "id_numbers", "phones"}
)
NAME_PARTS = ("given_names", "surname_1", "surname_2")

Ids = Collection[int] | None
Parts = Mapping[int, list[Any]]


class ToldMark(NamedTuple):
    """A mark as its row tells it, its words opened."""

    kind: MarkType
    site: BodySite | None
    side: Side | None
    words: str


class ToldName(NamedTuple):
    """A name as its row tells it, opened."""

    kind: NameKind
    given_names: str
    surname_1: str
    surname_2: str


@dataclass(frozen=True, slots=True)
class Told:
    """One record as the engine is shown it: its row, what hangs on it, what it carries.

    `tells_birth`: a date of birth is kept with the names, and the age that follows from it too.
    """

    row: Any
    marks: Sequence[Any]
    articles: Sequence[Any]
    carried: Mapping[str, str]
    names: Sequence[Any] = ()
    tells_birth: bool = True

    @property
    def has_papers(self) -> bool:
        return not IN_PAPERS.isdisjoint(self.carried)


def as_open(record: MissingPerson | Remains | LivingPerson, openings: Openings) -> Told:
    """Take of one record, for whoever reads it, what is open to them and nothing else."""
    carried: dict[str, str] = {}
    names: Sequence[Any] = []
    tells_names = openings.shows(Reveals.IDENTITY)
    if tells_names:
        shows_teeth = openings.shows(Reveals.BODY)
        carried = {
            name: text
            for name, text in record.carried.items()
            if shows_teeth or name != "teeth"
        }
        names = [] if isinstance(record, Remains) else record.names
    return Told(record, record.marks, record.articles, carried, names, tells_birth=tells_names)


def read_remains(session: Session, only: Ids = None) -> list[Told]:
    """Read all remains that may be searched, or those of `only`, by their record's id."""
    rows = _all_of(
        session,
        Remains,
        Remains.search_consent.in_(MAY_BE_SEARCHED),
        Remains.restricted_at.is_(None),
        Remains.erased_at.is_(None),
        Remains.identification_status.in_(STILL_UNNAMED),
        only=only,
    )
    marks = _all_marks(session, RemainsMark, Remains, only)
    articles = _all_articles(session, RemainsArticle, only)
    carried = _carried(session, Remains, rows)
    return [
        Told(row, marks.get(row.id, []), articles.get(row.id, []), said)
        for row, said in zip(rows, carried, strict=True)
    ]


def read_people(
    session: Session, at: datetime, only: Ids = None, *, with_names: bool
) -> list[Told]:
    """Read everybody who may be searched for, or those of `only`, by their record's id.

    Without `with_names` no name is opened, and of what is carried only the teeth are kept.
    """
    rows = _all_of(
        session,
        MissingPerson,
        may_be_searched(MissingPerson.search_consent, MissingPerson.search_until, at),
        MissingPerson.restricted_at.is_(None),
        MissingPerson.erased_at.is_(None),
        MissingPerson.search_status.in_(STILL_SOUGHT),
        only=only,
    )
    marks = _all_marks(session, MissingPersonMark, MissingPerson, only)
    articles = _all_articles(session, MissingPersonArticle, only)
    names = _all_names(session, PersonName, MissingPerson, only) if with_names else {}
    carried = _carried(session, MissingPerson, rows)
    return [
        Told(
            row,
            marks.get(row.id, []),
            articles.get(row.id, []),
            said if with_names else _without_papers(said),
            names.get(row.id, []),
        )
        for row, said in zip(rows, carried, strict=True)
    ]


def read_living(session: Session) -> list[Told]:
    """Read everybody alive who said themselves that they may be searched for, but where."""
    rows = _all_of(
        session,
        LivingPerson,
        LivingPerson.search_consent == SearchConsent.GRANTED,
        LivingPerson.restricted_at.is_(None),
        LivingPerson.erased_at.is_(None),
        LivingPerson.living_status == LivingStatus.OPEN,
        only=None,
    )
    marks = _all_marks(session, LivingPersonMark, LivingPerson, None)
    articles = _all_articles(session, LivingPersonArticle, None)
    names = _all_names(session, LivingPersonName, LivingPerson, None)
    carried = _carried(session, LivingPerson, rows)
    return [
        Told(row, marks.get(row.id, []), articles.get(row.id, []), said, names.get(row.id, []))
        for row, said in zip(rows, carried, strict=True)
    ]


def _without_papers(said: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in said.items() if name not in IN_PAPERS}


def _all_of(
    session: Session, table: type[Any], *which: sa.ColumnElement[bool], only: Ids
) -> Sequence[Any]:
    """Read plain rows, not objects of the session: there may be a hundred thousand."""
    columns = table.__table__.c
    weighed = [each for each in columns if each.name not in NOT_WEIGHED]
    # A fixed order: equal weights are then listed alike whenever this is repeated.
    query = sa.select(*weighed).where(*which).order_by(columns.record_id)
    return session.execute(_narrowed(query, columns.id, only)).all()


def _narrowed(query: sa.Select[Any], case: sa.ColumnElement[int], only: Ids) -> sa.Select[Any]:
    return query if only is None else query.where(case.in_(only))


def _carried(session: Session, table: type[Any], rows: Sequence[Any]) -> list[Any]:
    """Open what each record carries word for word: teeth, numbers, papers found."""
    return open_plain(
        session, table, "carried", [(row.seal_id, row.seal_id, row.carried) for row in rows]
    )


def _all_articles(session: Session, table: type[Any], only: Ids) -> Parts:
    """Read the articles of all records in one query, in the order they were told."""
    columns = table.__table__.c
    parts: defaultdict[int, list[Any]] = defaultdict(list)
    query = _narrowed(sa.select(*columns).order_by(columns.id), columns.case_id, only)
    for row in session.execute(query):
        parts[row.case_id].append(row)
    return parts


def _all_marks(session: Session, table: type[Any], case: type[Any], only: Ids) -> Parts:
    """Read the marks of all records in the order they were told, and open their words."""
    rows = _sealed_parts(session, table, case, ("kind", "site", "side", "words"), only=only)
    words = _opened(session, table, "words", rows)
    parts: defaultdict[int, list[Any]] = defaultdict(list)
    for row, said in zip(rows, words, strict=True):
        parts[row.case_id].append(ToldMark(row.kind, row.site, row.side, said))
    return parts


def _all_names(session: Session, table: type[Any], case: type[Any], only: Ids) -> Parts:
    """Read and open the names of all people: to hold them against papers, for nobody else."""
    rows = _sealed_parts(session, table, case, ("kind", *NAME_PARTS), only=only)
    opened = [_opened(session, table, part, rows) for part in NAME_PARTS]
    parts: defaultdict[int, list[Any]] = defaultdict(list)
    for row, *said in zip(rows, *opened, strict=True):
        parts[row.case_id].append(ToldName(row.kind, *said))
    return parts


def _sealed_parts(
    session: Session, table: type[Any], case: type[Any], names: Sequence[str], *, only: Ids
) -> Sequence[Any]:
    """Read parts of records with the numbers that their words are bound to."""
    columns, whole = table.__table__.c, case.__table__
    query = (
        sa.select(
            columns.case_id,
            whole.c.seal_id.label("of_case"),
            columns.seal_id.label("of_part"),
            *(columns[name] for name in names),
        )
        .join(whole, whole.c.id == columns.case_id)
        .order_by(columns.id)
    )
    return session.execute(_narrowed(query, columns.case_id, only)).all()


def _opened(session: Session, table: type[Any], name: str, rows: Sequence[Any]) -> list[Any]:
    sealed = [(row.of_case, row.of_part, getattr(row, name)) for row in rows]
    return open_plain(session, table, name, sealed)
