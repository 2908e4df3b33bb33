"""Filling the demonstration: an invented world, and IOM's real incidents beside it.

Everything comes in through the same door as anybody's data: files, received and imported
under an institution's name, and a matching run that the worker does. Each step that was
done stays done, so an interrupted demonstration goes on where it stopped.
"""

import csv
import gzip
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.resources import files
from itertools import chain

import sqlalchemy as sa

from casework.candidates.actions import request_matching
from casework.candidates.model import MatchingRun, MatchingState
from casework.database import Database
from casework.demonstration.cast import EMPLOYERS
from casework.demonstration.consents import tell_consents_apart
from casework.demonstration.contacts import keep_in_touch
from casework.demonstration.dna import keep_dna, people_with_dna, remains_with_dna
from casework.demonstration.dna_results import let_dna_speak
from casework.demonstration.invention import InventedWorld, Sizes, invent_world
from casework.demonstration.living import let_them_answer, list_of_living
from casework.demonstration.photographs import Keepers, show_photographs
from casework.demonstration.relatives import draw_a_family
from casework.demonstration.requests import answer_some, ask_each_other
from casework.demonstration.sites import invent_sites
from casework.demonstration.under_way import (
    examine_some,
    let_two_disagree,
    remember_a_boat,
    tell_their_way,
)
from casework.envelope import SearchConsent
from casework.errors import Unavailable
from casework.imports.actions import receive_file
from casework.imports.model import ImportRun, RunState
from casework.imports.running import run_import
from casework.signin.commands import OPERATOR
from casework.signin.model import Account, Institution
from privacy.permissions import KEEPER, MATCHER, Purpose, Role, Viewer

SEED = 2026
Cells = Mapping[str, str]
Step = Callable[[str], None]

# Which invented institution holds which invented record; the first that fits.
HOLDERS_OF_MISSING = {"HN": "families_hn"}
HOLDERS_OF_REMAINS = {"MX": "forensic_mx", "US": "forensic_us"}
LIST_OF_LIVING = "invented-living.csv"
WITH_DNA = ("invented-missing-with-dna.csv", "invented-remains-with-dna.csv")
IOM_FILES = ("iom_2025_alldata_americas_excerpt.csv.gz", "iom_2026_download.csv.gz")


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file to be brought in under the name of one institution."""

    holder: str
    name: str
    content: bytes
    is_invented: bool


def load(database: Database, *, at: datetime, step: Step, sizes: Sizes | None = None) -> None:
    """Bring in whatever of the demonstration is not there yet."""
    wanted = _names_wanted(database)
    if wanted:
        step("inventing people, journeys and finds")
        world = invent_world(sizes or Sizes(), SEED)
        for parcel in chain(_people(world), _with_dna(), _living(), _incidents(world)):
            if parcel.name in wanted:
                step(f"importing {parcel.name}")
                _bring_in(database, parcel, at)
        step("asking the invented families what they agree to")
        _let_families_answer(database, at)
        _show_photographs(database, world, at)
    _keep_dna(database, at)
    _keep_in_touch(database, at)
    _ask_each_other(database, at)
    _keep_sites(database, at)
    _have_work_under_way(database, at)
    with database.transaction(MATCHER) as session:
        runs = session.scalars(sa.select(MatchingRun.state)).all()
        is_asked = any(
            state not in {MatchingState.FAILED, MatchingState.CANCELLED} for state in runs
        )
        if not is_asked:
            request_matching(session, MATCHER, at=at)


def matching_progress(database: Database) -> tuple[MatchingState, int, int]:
    """Say how far the newest matching run has come: its state, done and total.

    Raises
    ------
    Unavailable
        If it failed.
    """
    with database.transaction(MATCHER) as session:
        run = session.scalars(sa.select(MatchingRun).order_by(MatchingRun.id.desc())).first()
        if run is None or run.state is MatchingState.FAILED:
            raise Unavailable("Comparing failed. Run the demonstration again to retry.")
        return run.state, run.done, run.total or 0


def tell_of_dna(database: Database, at: datetime) -> None:
    """When pairs are proposed: let one of the cast enter what DNA says of two of them."""
    examiner = _one_of_the_cast(database, HOLDERS_OF_REMAINS["MX"], Role.FORENSIC_EXAMINER)
    if examiner:
        reader = replace(examiner, stepped_up=True, purpose=Purpose.IDENTIFY)
        with database.transaction(reader) as session:
            let_dna_speak(session, reader, at=at)


def _names_wanted(database: Database) -> set[str]:
    """Name the files that were not imported to their end."""
    with database.transaction(KEEPER) as session:
        done = set(
            session.scalars(
                sa.select(ImportRun.file_name).where(ImportRun.state == RunState.FINISHED)
            )
        )
    return set(_all_names()) - done


def _all_names() -> Iterator[str]:
    for holder in (*HOLDERS_OF_MISSING.values(), "families"):
        yield f"invented-missing-{holder}.csv"
    for holder in (*HOLDERS_OF_REMAINS.values(), "forensic"):
        yield f"invented-remains-{holder}.csv"
    yield from (*WITH_DNA, LIST_OF_LIVING)
    yield "invented-incidents.csv"
    yield from (name.removesuffix(".gz") for name in IOM_FILES)


def _people(world: InventedWorld) -> Iterator[Parcel]:
    missing = _shared_out(world.missing, "nationality", HOLDERS_OF_MISSING, "families")
    for holder, rows in missing.items():
        yield Parcel(holder, f"invented-missing-{holder}.csv", _csv(rows), is_invented=True)
    remains = _shared_out(world.remains, "country", HOLDERS_OF_REMAINS, "forensic")
    for holder, rows in remains.items():
        yield Parcel(holder, f"invented-remains-{holder}.csv", _csv(rows), is_invented=True)


def _with_dna() -> Iterator[Parcel]:
    """Give the few whose families gave DNA to the forensic service, and the remains typed."""
    holder = HOLDERS_OF_REMAINS["MX"]
    for name, content in zip(WITH_DNA, (people_with_dna(), remains_with_dna()), strict=True):
        yield Parcel(holder, name, content, is_invented=True)


def _living() -> Iterator[Parcel]:
    holder = HOLDERS_OF_MISSING["HN"]
    yield Parcel(holder, LIST_OF_LIVING, list_of_living(), is_invented=True)


def _incidents(world: InventedWorld) -> Iterator[Parcel]:
    yield Parcel(
        "observatory", "invented-incidents.csv", _csv(world.incidents), is_invented=True
    )
    for name in IOM_FILES:
        packed = (files("casework.demonstration") / "data" / name).read_bytes()
        yield Parcel(
            "observatory", name.removesuffix(".gz"), gzip.decompress(packed), is_invented=False
        )


def _shared_out(
    rows: Iterable[Cells], column: str, holders: Mapping[str, str], otherwise: str
) -> dict[str, list[Cells]]:
    shares: dict[str, list[Cells]] = {}
    for row in rows:
        first = row.get(column, "").split("|")[0]
        shares.setdefault(holders.get(first, otherwise), []).append(row)
    return shares


def _csv(rows: Iterable[Cells]) -> bytes:
    rows = list(rows)
    columns = list(dict.fromkeys(chain.from_iterable(rows)))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _bring_in(database: Database, parcel: Parcel, at: datetime) -> None:
    holder = _holder(database, parcel.holder)
    with database.transaction(holder) as session:
        run = receive_file(
            session,
            holder,
            file_name=parcel.name,
            content=parcel.content,
            profile=None,
            at=at,
            consent=SearchConsent.GRANTED,
            invented=parcel.is_invented,
        )
        run.state = RunState.QUEUED
    run_import(database, run.id, at)
    with database.transaction(holder) as session:
        ended = session.get_one(ImportRun, run.id)
        if ended.state is not RunState.FINISHED:
            raise Unavailable(
                f"The demonstration's file {parcel.name} could not be imported: {ended.failure}"
            )


def _holder(database: Database, key: str) -> Viewer:
    name = next(each.name for each in EMPLOYERS if each.key == key)
    with database.transaction(KEEPER) as session:
        found = session.scalars(sa.select(Institution).where(Institution.name == name)).one()
    return Viewer(
        account_id=0,
        role=Role.ENGINE,
        institution_id=found.id,
        country=found.country,
        purpose=Purpose.KEEP,
    )


def _keep_in_touch(database: Database, at: datetime) -> None:
    """Let an invented officer enter how families are reached, and what the living said."""
    officer = _sitting_at(database, HOLDERS_OF_MISSING["HN"], Role.LIAISON_OFFICER)
    with database.transaction(officer) as session:
        keep_in_touch(session, officer, at=at)
    with database.transaction(replace(officer, stepped_up=True)) as session:
        let_them_answer(session, replace(officer, stepped_up=True), at=at)


def _keep_sites(database: Database, at: datetime) -> None:
    """Let an invented coordinator keep sites, with graves and who rests there."""
    coordinator = _sitting_at(database, HOLDERS_OF_REMAINS["MX"], Role.FORENSIC_COORDINATOR)
    with database.transaction(coordinator) as session:
        invent_sites(session, coordinator, at=at)


def _sitting_at(database: Database, key: str, role: Role) -> Viewer:
    holder = _holder(database, key)
    return replace(holder, role=role, purpose=Purpose.SEARCH, second_factor=True)


def _ask_each_other(database: Database, at: datetime) -> None:
    """Let an invented consul and an invented officer have something on their desks."""
    officer = _sitting_at(database, HOLDERS_OF_MISSING["HN"], Role.LIAISON_OFFICER)
    consul = _sitting_at(database, "consulate_hn", Role.CONSULAR_OFFICER)
    with database.transaction(consul) as session:
        keeper = session.get_one(Institution, officer.institution_id)
        numbers = ask_each_other(session, consul, keeper, at=at)
    with database.transaction(officer) as session:
        answer_some(session, officer, numbers, at=at)


def _two_of_the_cast(database: Database) -> tuple[Viewer | None, Viewer | None]:
    """Give who keeps the files of families from Honduras, and who examines in Mexico."""
    liaison = _one_of_the_cast(database, HOLDERS_OF_MISSING["HN"], Role.LIAISON_OFFICER)
    examiner = HOLDERS_OF_REMAINS["MX"], Role.FORENSIC_EXAMINER
    return liaison, _one_of_the_cast(database, *examiner)


def _one_of_the_cast(database: Database, key: str, role: Role) -> Viewer | None:
    employer = _holder(database, key).institution_id
    theirs = Account.institution_id == employer, Account.role == role
    with database.transaction(OPERATOR) as session:
        found = session.scalars(sa.select(Account).where(*theirs).order_by(Account.id)).first()
        return _at_work(found) if found else None


def _have_work_under_way(database: Database, at: datetime) -> None:
    """Let two of the cast leave on Friday what waits on Monday."""
    liaison, examiner = _two_of_the_cast(database)
    if liaison:
        officer = replace(liaison, stepped_up=True)
        with database.transaction(officer) as session:
            remember_a_boat(session, officer, at=at)
            let_two_disagree(session, officer, at=at)
            tell_their_way(session, officer, at=at)
    if examiner:
        with database.transaction(examiner) as session:
            examine_some(session, examiner, at=at)


def _keep_dna(database: Database, at: datetime) -> None:
    """Let one of the cast take samples of a few families, and bring in what was read."""
    coordinator = _one_of_the_cast(
        database, HOLDERS_OF_REMAINS["MX"], Role.FORENSIC_COORDINATOR
    )
    if coordinator:
        keeper = replace(coordinator, stepped_up=True, purpose=Purpose.IDENTIFY)
        with database.transaction(keeper) as session:
            keep_dna(session, keeper, at=at)


def _show_photographs(database: Database, world: InventedWorld, at: datetime) -> None:
    """Let two of the cast keep drawn photographs of a few invented people."""
    liaison, examiner = _two_of_the_cast(database)
    if liaison:
        officer = replace(liaison, stepped_up=True)
        with database.transaction(officer) as session:
            draw_a_family(session, officer, at=at)
    if liaison and examiner:
        keepers = Keepers(liaison, examiner)
        show_photographs(database.transaction, keepers, world.truth, at=at)


def _at_work(account: Account) -> Viewer:
    return Viewer(
        account_id=account.id,
        role=account.role,
        institution_id=account.institution_id,
        country=account.institution.country,
        second_factor=True,
    )


def _let_families_answer(database: Database, at: datetime) -> None:
    """Give the invented families different answers, the same at every start."""
    trusted = _holder(database, HOLDERS_OF_REMAINS["MX"]).institution_id
    with database.transaction(KEEPER) as session:
        tell_consents_apart(session, trusted=trusted, at=at)
