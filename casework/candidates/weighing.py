"""From rows to the engine's plain records: the one door between registry and engine."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.rules import (
    LEAST_LOG10_LR,
    MAY_BE_SEARCHED,
    PROPOSED_OF_EACH,
    STILL_SOUGHT,
    STILL_UNNAMED,
)
from casework.codes import Answer, BodySite, MarkType, Side
from casework.description import range_of
from casework.missing.model import MissingPerson, MissingPersonArticle, MissingPersonMark
from casework.remains.model import Remains, RemainsArticle, RemainsMark
from casework.values import DateRange, Place
from matching.errors import UnknownModel
from matching.evidence.rarity import Rarity
from matching.explanation import explain
from matching.model_file import load_model
from matching.records import Article, Listed, Mark, MissingRecord, RemainsRecord
from matching.search import rank
from matching.search.ranking import Ranking
from privacy.audit.log import Deed, record
from privacy.consent.ledger import may_be_searched
from privacy.permissions import Permission, Viewer, demand
from privacy.sealing.bulk import open_plain

Progress = Callable[[int], None]
Parts = Mapping[int, list[Any]]
Described = tuple[Any, list[Any], list[Any]]  # a row, its marks, its articles

# Columns that keep their name and meaning on the way to the engine.
SAME_ON_BOTH_SIDES = (
    "record_id",
    "sex",
    "stature_basis",
    "country",
    "admin1",
    "hair",
    "eyes",
    "build",
    "handedness",
    "blood_group",
)
# Read by nobody who weighs: left closed.
NOT_WEIGHED = frozenset(
    {
        "birth_place",
        "carried",
        "content",
        "father_name",
        "mother_name",
        "origin_source_name",
        "reporter_kind",
        "reporter_relationship",
        "reporting_institution",
        "seal_id",
    }
)


class ToldMark(NamedTuple):
    """A mark as its row tells it, its words opened."""

    kind: MarkType
    site: BodySite | None
    side: Side | None
    words: str


@dataclass(frozen=True, slots=True)
class World:
    """Both sides of one comparison, and the row behind each record.

    Invented people are a world of their own: a real person is never laid beside an invented
    one.
    """

    missing: tuple[MissingRecord, ...]
    remains: tuple[RemainsRecord, ...]
    missing_ids: tuple[int, ...]
    remains_ids: tuple[int, ...]

    @property
    def pairs(self) -> int:
        return len(self.missing) * len(self.remains)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a search found in one world."""

    world: World
    ranking: Ranking

    @property
    def pairs(self) -> int:
        return self.world.pairs


@dataclass(frozen=True, slots=True)
class Explained:
    """By kind of evidence: the reason and its values, or the side that says nothing."""

    reasons: Mapping[str, tuple[str, Mapping[str, str | float]]]
    lacking: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Opened:
    """Everything the engine was shown for one run, and the hash of it."""

    worlds: tuple[World, ...]
    inputs_hash: str

    @property
    def pairs(self) -> int:
        return sum(world.pairs for world in self.worlds)

    @property
    def missing_count(self) -> int:
        return sum(len(world.missing) for world in self.worlds)

    @property
    def remains_count(self) -> int:
        return sum(len(world.remains) for world in self.worlds)


def open_all_searchable(
    session: Session, viewer: Viewer, *, run_id: int, at: datetime
) -> Opened:
    """Open all who may be searched for, and record it as one deed with the counts.

    Raises
    ------
    NotPermitted
        If `viewer` is not the engine or a coordinator.
    """
    demand(viewer, Permission.MATCHING_RUN)
    worlds = _all_worlds(session, at)
    opened = Opened(worlds, _hash_of(worlds))
    record(
        session,
        Deed.MATCHING_OPENED_CASES,
        by=viewer,
        about=f"matching_run:{run_id}",
        at=at,
        missing=opened.missing_count,
        remains=opened.remains_count,
    )
    return opened


def weigh(opened: Opened, *, jobs: int, progress: Progress) -> tuple[Weighed, ...]:
    """Weigh all pairs of each world with the newest model; worlds without a pair are left out.

    `progress` hears of pairs done, over all worlds.
    """
    weighed: list[Weighed] = []
    done = 0
    for world in opened.worlds:
        if world.pairs:
            told = partial(_told, progress=progress, before=done, pairs=world.pairs)
            weighed.append(Weighed(world, _rank(world, jobs, told)))
            done += world.pairs
    return tuple(weighed)


def _told(done: int, total: int, *, progress: Progress, before: int, pairs: int) -> None:
    """Count what one search did among the pairs of all of them."""
    progress(before + pairs * done // max(total, 1))


def _rank(world: World, jobs: int, progress: Callable[[int, int], None]) -> Ranking:
    return rank(
        world.missing,
        world.remains,
        load_model(None),
        top=PROPOSED_OF_EACH,
        jobs=jobs,
        progress=progress,
        min_log10_lr=LEAST_LOG10_LR,
    )


def explain_pair(person: MissingPerson, remains: Remains, model: str) -> Explained:
    """Give the reasons behind the weights of one pairing, by kind of evidence.

    The numbers shown are those of the run: they rest on how common things were in the whole
    registry that day. Only the reasons are found again here.
    """
    try:
        numbers = load_model(model)
    except UnknownModel:
        numbers = load_model(None)
    explanation = explain(
        missing_record(person, person.marks, person.articles),
        remains_record(remains, remains.marks, remains.articles),
        numbers,
        Rarity(),
    )
    return Explained(
        {
            each.kind.value: (each.reason.value, dict(each.facts))
            for each in explanation.weights
        },
        {each.kind.value: each.side.value for each in explanation.lacking},
    )


def missing_record(person: Any, marks: Iterable[Any], articles: Iterable[Any]) -> MissingRecord:
    """Give the engine's view of one report, from its row and what hangs on it."""
    return MissingRecord(
        **_shared(person, marks, articles),
        birth=_dates(person.birth_from, person.birth_to),
        last_contact=_dates(person.last_contact_from, person.last_contact_to),
        destination=person.destination,
    )


def remains_record(
    remains: Any, marks: Iterable[Any], articles: Iterable[Any]
) -> RemainsRecord:
    """Give the engine's view of one set of remains, from its row and what hangs on it."""
    return RemainsRecord(
        **_shared(remains, marks, articles),
        sex_method=remains.sex_method,
        found=_dates(remains.found_from, remains.found_to),
        death_days=range_of(remains.death_days_min, remains.death_days_max),
        condition=remains.condition,
        completeness=remains.completeness,
    )


def _shared(row: Any, marks: Iterable[Any], articles: Iterable[Any]) -> dict[str, Any]:
    articles = tuple(articles)
    return {
        **{name: getattr(row, name) for name in SAME_ON_BOTH_SIDES},
        "age": range_of(row.age_min, row.age_max),
        "stature_cm": range_of(row.stature_cm_min, row.stature_cm_max),
        "weight_kg": range_of(row.weight_kg_min, row.weight_kg_max),
        "place": None if row.lat is None else Place(row.lat, row.lon, row.radius_km),
        "place_name": row.place,
        "nationality": Listed.of(*row.nationalities),
        "marks": _listed(row.marks_answer, map(_mark, marks)),
        "clothing": _listed(row.clothing_answer, (_article(a) for a in articles if a.worn)),
        "belongings": _listed(
            row.belongings_answer, (_article(a) for a in articles if not a.worn)
        ),
        "group_id": row.group_key,
        "incident_id": row.incident_key,
        "answers": {name: Answer(answer) for name, answer in row.answers.items()},
    }


def _listed(answer: Answer, items: Iterable[Any]) -> Listed[Any]:
    """Let what is listed speak for itself; without items the answer says why."""
    things = tuple(items)
    if things:
        return Listed(things, Answer.RECORDED)
    return Listed((), Answer.NOT_RECORDED if answer is Answer.RECORDED else answer)


def _mark(row: Any) -> Mark:
    return Mark(row.kind, row.site, row.side, row.words)


def _article(row: Any) -> Article:
    return Article(row.item, row.colour, row.brand, row.words)


def _dates(earliest: date | None, latest: date | None) -> DateRange | None:
    return None if earliest is None or latest is None else DateRange(earliest, latest)


def _all_worlds(session: Session, at: datetime) -> tuple[World, ...]:
    people = _all_of(
        session,
        MissingPerson,
        may_be_searched(MissingPerson.search_consent, MissingPerson.search_until, at),
        MissingPerson.restricted_at.is_(None),
        MissingPerson.erased_at.is_(None),
        MissingPerson.search_status.in_(STILL_SOUGHT),
    )
    found = _all_of(
        session,
        Remains,
        Remains.search_consent.in_(MAY_BE_SEARCHED),
        Remains.restricted_at.is_(None),
        Remains.erased_at.is_(None),
        Remains.identification_status.in_(STILL_UNNAMED),
    )
    told = (
        _all_marks(session, MissingPersonMark, MissingPerson),
        _all_parts(session, MissingPersonArticle),
    )
    seen = _all_marks(session, RemainsMark, Remains), _all_parts(session, RemainsArticle)
    return tuple(
        _world(
            _of_world(people, told, invented=invented),
            _of_world(found, seen, invented=invented),
        )
        for invented in (False, True)
    )


def _of_world(
    rows: Sequence[Any], parts: tuple[Parts, Parts], *, invented: bool
) -> list[Described]:
    marks, articles = parts
    return [
        (row, marks.get(row.id, []), articles.get(row.id, []))
        for row in rows
        if row.invented is invented
    ]


def _world(people: list[Described], found: list[Described]) -> World:
    return World(
        tuple(missing_record(*each) for each in people),
        tuple(remains_record(*each) for each in found),
        tuple(row.id for row, *_ in people),
        tuple(row.id for row, *_ in found),
    )


def _all_of(
    session: Session, table: type[Any], *which: sa.ColumnElement[bool]
) -> Sequence[Any]:
    """Read plain rows, not objects of the session: there may be a hundred thousand.

    Names stay closed: the engine does not weigh them yet.
    """
    weighed = [each for each in table.__table__.c if each.name not in NOT_WEIGHED]
    # A fixed order: equal weights are then listed alike whenever this is repeated.
    query = sa.select(*weighed).where(*which).order_by(table.record_id)
    return session.execute(query).all()


def _all_parts(session: Session, table: type[Any]) -> Parts:
    """Read the articles of all records in one query, in the order they were told."""
    parts: defaultdict[int, list[Any]] = defaultdict(list)
    for row in session.execute(sa.select(*table.__table__.c).order_by(table.id)):
        parts[row.case_id].append(row)
    return parts


def _all_marks(session: Session, table: type[Any], case: type[Any]) -> Parts:
    """Read the marks of all records in the order they were told, and open their words."""
    columns, whole = table.__table__.c, case.__table__
    rows = session.execute(
        sa.select(
            columns.case_id,
            columns.kind,
            columns.site,
            columns.side,
            whole.c.seal_id,
            columns.seal_id,
            columns.words,
        )
        .join(whole, whole.c.id == columns.case_id)
        .order_by(columns.id)
    ).all()
    words = open_plain(session, table, "words", [tuple(row[-3:]) for row in rows])
    parts: defaultdict[int, list[Any]] = defaultdict(list)
    for (case_id, kind, site, side, *_), said in zip(rows, words, strict=True):
        parts[case_id].append(ToldMark(kind, site, side, said))
    return parts


def _hash_of(worlds: Iterable[World]) -> str:
    """Hash what the engine was shown, so that a proposal can be recomputed and checked."""
    digest = sha256()
    for world in worlds:
        for each in (*world.missing, *world.remains):
            digest.update(repr(each).encode())
    return digest.hexdigest()
