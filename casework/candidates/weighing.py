"""From rows to the engine's plain records: the one door between registry and engine."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from casework.candidates.adopted import set_in_force, set_numbered
from casework.candidates.apart import Keeping
from casework.candidates.model import MatchingRun
from casework.candidates.reading import Told, read_people, read_remains
from casework.candidates.rules import LEAST_LOG10_LR, PROPOSED_OF_EACH
from casework.candidates.worlds import Opened, World
from casework.codes import Answer
from casework.description import range_of
from casework.missing.model import MissingPerson
from casework.record_codes import NameKind
from casework.values import Place, dates_of
from matching.errors import UnknownModel
from matching.evidence.journeys import distance_km
from matching.evidence.weight import Kind
from matching.evidence.written import IMPLANTS
from matching.explanation import Explanation, explain
from matching.factors import Factor
from matching.judgement import believed, judge
from matching.learned_model import MARK, shipped_version, with_factors
from matching.model_file import Model, load_model
from matching.records import Article, Listed, Mark, MissingRecord, Names, RemainsRecord
from matching.search import rank_companies
from matching.search.ranking import Ranking
from matching.tables import read_missing as read_missing_cells
from matching.tables import read_remains as read_remains_cells
from matching.unknowns.against import Against, argument_against
from matching.unknowns.commonness import kept, read_kept
from matching.unknowns.worth import Worth, worth_knowing
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, Viewer, demand

Progress = Callable[[int], None]
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
# Read word for word, by the very reader of the flat files.
CARRIED_ON_BOTH_SIDES = ("teeth", "id_numbers", "phones")
WORLDS = {False: "real", True: "invented"}


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
    """By kind of evidence: the reason and its values, or the side that says nothing.

    `unknown`: what is missing, what is worth most to know first.
    """

    reasons: Mapping[str, tuple[str, Mapping[str, str | float]]]
    lacking: Mapping[str, str]
    unknown: tuple[Worth, ...] = ()


@dataclass(frozen=True, slots=True)
class Argued:
    """The strongest argument against a pairing; `kind` is empty where it rests on none."""

    rests_on: Against
    kind: str
    log10_lr: float
    others: int


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
    worlds, named = open_worlds(session, at)
    opened = Opened(worlds, named)
    record(
        session,
        Deed.MATCHING_OPENED_CASES,
        by=viewer,
        about=f"matching_run:{run_id}",
        at=at,
        missing=opened.missing_count,
        remains=opened.remains_count,
        named=named,
    )
    return opened


def open_worlds(
    session: Session,
    at: datetime,
    *,
    people: Collection[int] | None = None,
    remains: Collection[int] | None = None,
    with_names: bool | None = None,
) -> tuple[tuple[World, ...], int]:
    """Open whoever may be searched, real and invented apart; say how many names were opened.

    `people` and `remains` narrow each side to the cases of these ids. Names are opened only
    where some of these remains lay beside papers, unless `with_names` says otherwise.
    """
    found = read_remains(session, remains)
    papers = any(each.has_papers for each in found) if with_names is None else with_names
    told = read_people(session, at, people, with_names=papers)
    worlds = tuple(
        _world(
            _of_world(told, invented=invented),
            _of_world(found, invented=invented),
            invented=invented,
        )
        for invented in (False, True)
    )
    return worlds, sum(bool(each.names) for each in told)


def _of_world(told: Iterable[Told], *, invented: bool) -> list[Told]:
    return [each for each in told if each.row.invented is invented]


def _world(people: list[Told], found: list[Told], *, invented: bool) -> World:
    return World(
        tuple(missing_record(each) for each in people),
        tuple(remains_record(each) for each in found),
        tuple(each.row.id for each in people),
        tuple(each.row.id for each in found),
        invented,
        tuple(Keeping.of(each.row) for each in people),
        tuple(Keeping.of(each.row) for each in found),
    )


def model_in_force(session: Session) -> Model:
    """Give the newest model, with the set of factors laid over it that people adopted."""
    return _with_set(load_model(None), set_in_force(session))


def model_of_run(session: Session, run: MatchingRun) -> Model:
    """Give the newest model with the set that a run used, for what joins its proposals."""
    name = (run.model_version or "").partition(MARK)[2]
    return _with_set(load_model(None), set_numbered(session, name))


def _with_set(model: Model, chosen: Any) -> Model:
    if chosen is None:
        return model
    factors = {kind: Factor(*both) for kind, both in (chosen.factors or {}).items()}
    return with_factors(model, factors, str(chosen.id))


def weigh(
    opened: Opened, model: Model, *, jobs: int, progress: Progress
) -> tuple[Weighed, ...]:
    """Weigh all pairs of each world; worlds without a pair are left out.

    `progress` hears of pairs done, over all worlds.
    """
    weighed: list[Weighed] = []
    done = 0
    for world in opened.worlds:
        if world.pairs:
            told = partial(_told, progress=progress, before=done, pairs=world.pairs)
            weighed.append(Weighed(world, _rank(world, model, jobs, told)))
            done += world.pairs
    return tuple(weighed)


def _told(done: int, total: int, *, progress: Progress, before: int, pairs: int) -> None:
    """Count what one search did among the pairs of all of them."""
    progress(before + pairs * done // max(total, 1))


def _rank(
    world: World, model: Model, jobs: int, progress: Callable[[int, int], None]
) -> Ranking:
    ranking = rank_companies(
        world.missing,
        world.remains,
        model,
        world.companies,
        top=PROPOSED_OF_EACH,
        jobs=jobs,
        progress=progress,
        min_log10_lr=LEAST_LOG10_LR,
    )
    counts = (len(world.missing), len(world.remains))
    return believed(ranking, judge(ranking, model, counts=counts))


def commonness_of(weighed: Iterable[Weighed]) -> dict[str, Any]:
    """Give what was common in each world, without anybody's words, to explain its pairings."""
    return {WORLDS[each.world.invented]: kept(each.ranking.rarity) for each in weighed}


def explain_pair(
    person: Told, remains: Told, model: str, commonness: Mapping[str, Any] | None
) -> Explained:
    """Give the reasons behind the weights of one pairing, and what it would be worth to know.

    The numbers shown are those of the run: they rest on how common things were in the whole
    registry that day. Only the reasons are found again here.
    """
    try:
        numbers = load_model(shipped_version(model))
    except UnknownModel:
        numbers = load_model(None)
    counted = read_kept((commonness or {}).get(WORLDS[person.row.invented]))
    pair = missing_record(person), remains_record(remains)
    explanation = explain(*pair, numbers, counted)
    return Explained(
        {
            each.kind.value: (each.reason.value, dict(each.facts))
            for each in explanation.weights
        },
        {each.kind.value: each.side.value for each in explanation.lacking},
        worth_knowing(*pair, numbers, counted),
    )


def km_between(here: Place, there: Place) -> float:
    """Measure the way between two places as the engine does; along a great circle."""
    return distance_km(here, there)


def weigh_two(pair: World, model: Model, commonness: Mapping[str, Any] | None) -> Explanation:
    """Weigh the one pair of a world by how common things were in it on the day of a run."""
    counted = read_kept((commonness or {}).get(WORLDS[pair.invented]))
    return explain(pair.missing[0], pair.remains[0], model, counted)


def argue_against(
    weights: Mapping[str, float], unknown: Sequence[Worth], others: int
) -> Argued:
    """Find what speaks most against a pairing, among what its reader may see."""
    known = {Kind(kind): weight for kind, weight in weights.items() if kind in set(Kind)}
    found = argument_against(known, unknown, others)
    return Argued(found.rests_on, found.kind or "", found.log10_lr, found.others)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many teeth, implants, numbers and telephones a record tells of, and a name."""

    name: str
    teeth: int
    implants: int
    numbers: int
    phones: int


def counted_in(told: Told) -> Counted:
    """Count what a record carries beside its columns."""
    is_person = isinstance(told.row, MissingPerson)
    return counted_of(missing_record(told) if is_person else remains_record(told))


def counted_of(record: Any) -> Counted:
    """Count it of the engine's own record."""
    names, numbers = record.names, record.id_numbers
    implants = sum(each.scheme in IMPLANTS for each in numbers)
    name = " ".join(filter(None, (names.given_names, names.surname_1, names.surname_2)))
    papers = (len(numbers) - implants, len(record.phones))
    return Counted(name, len(record.teeth), implants, *papers)


def missing_record(told: Told) -> MissingRecord:
    """Give the engine's view of one report, from its row and what hangs on it."""
    person = told.row
    return MissingRecord(
        **shared_of(told),
        **carried_of(told, of_remains=False),
        birth=dates_of(person.birth_from, person.birth_to) if told.tells_birth else None,
        last_contact=dates_of(person.last_contact_from, person.last_contact_to),
        destination=person.destination,
        names=names_of(told.names),
    )


def remains_record(told: Told) -> RemainsRecord:
    """Give the engine's view of one set of remains, from its row and what hangs on it."""
    remains = told.row
    return RemainsRecord(
        **shared_of(told),
        **carried_of(told, of_remains=True),
        sex_method=remains.sex_method,
        found=dates_of(remains.found_from, remains.found_to),
        death_days=range_of(remains.death_days_min, remains.death_days_max),
        condition=remains.condition,
        completeness=remains.completeness,
    )


def shared_of(told: Told) -> dict[str, Any]:
    """Read what every kind of record tells in the same columns."""
    row, articles = told.row, told.articles
    lat = getattr(row, "lat", None)  # where somebody alive is, no engine is told
    return {
        **{name: getattr(row, name) for name in SAME_ON_BOTH_SIDES},
        "place": None if lat is None else Place(lat, row.lon, row.radius_km),
        "place_name": getattr(row, "place", ""),
        "age": range_of(row.age_min, row.age_max),
        "stature_cm": range_of(row.stature_cm_min, row.stature_cm_max),
        "weight_kg": range_of(row.weight_kg_min, row.weight_kg_max),
        "nationality": Listed.of(*row.nationalities),
        "marks": _listed(row.marks_answer, map(_mark, told.marks)),
        "clothing": _listed(row.clothing_answer, (_article(a) for a in articles if a.worn)),
        "belongings": _listed(
            row.belongings_answer, (_article(a) for a in articles if not a.worn)
        ),
        "group_id": row.group_key,
        "incident_id": row.incident_key,
        "answers": {name: Answer(answer) for name, answer in row.answers.items()},
    }


def carried_of(told: Told, *, of_remains: bool) -> dict[str, Any]:
    """Read what was carried word for word; a cell that cannot be read says nothing.

    None of those is here but by a change of the reader: what it refuses is put aside when
    the file is brought in.
    """
    read = read_remains_cells if of_remains else read_missing_cells
    if not told.carried:
        return {}
    record, _ = read({**told.carried, "record_id": told.row.record_id})
    if record is None:
        return {}
    fields = (*CARRIED_ON_BOTH_SIDES, "names") if of_remains else CARRIED_ON_BOTH_SIDES
    return {name: getattr(record, name) for name in fields}


def names_of(told: Sequence[Any]) -> Names:
    """Give the first legal name as it is built, and every other as it is said."""
    legal = next((each for each in told if each.kind is NameKind.LEGAL), None)
    others = (
        " ".join(filter(None, (each.given_names, each.surname_1, each.surname_2)))
        for each in told
        if each is not legal
    )
    return Names(
        given_names=legal.given_names if legal else "",
        surname_1=legal.surname_1 if legal else "",
        surname_2=legal.surname_2 if legal else "",
        other_names=Listed.of(*filter(None, others)),
    )


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
