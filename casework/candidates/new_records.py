"""Weighing a record as soon as it is saved, against everybody, between two whole runs."""

import logging
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple

import numpy as np
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from casework.candidates import due as waiting
from casework.candidates import lists
from casework.candidates.actions import request_matching
from casework.candidates.due import Due, last_run
from casework.candidates.model import MatchingRun
from casework.candidates.proposing import Proposed, put_down, weights_in_words
from casework.candidates.queries import latest_run
from casework.candidates.rules import PROPOSED_OF_EACH, ended_badly_lately
from casework.candidates.warm import Found, Pair, Standing, Unpaired, lies_beside_papers
from casework.candidates.weighing import model_of_run, open_all_searchable, open_worlds
from casework.candidates.worlds import World
from casework.database import Database, apart
from casework.errors import Conflict
from privacy.audit.log import Deed, record
from privacy.permissions import KEEPER, MATCHER

Clock = Callable[[], datetime]
Ids = Collection[int]
Places = Collection[lists.Place]
NOBODY = World((), (), (), ())
# As a share: what is believed changes by less where only the order of a sum did.
ROUNDING = 1e-12

logger = logging.getLogger("reunir.matching")


class NewRecords:
    """Keeps both sides packed, and weighs who waits.

    Real and invented people are worlds apart. Nothing is done before the first whole run:
    it says how common things are and what is believed of a pair.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._run_id: int | None = None
        self._worlds: tuple[Standing | Unpaired, ...] = ()
        self._weighed = NOTHING_WEIGHED
        self._one_by_one = 0  # so many of those who wait, after a fault among them

    def hear(self) -> None:
        """Weigh until nobody waits. Said again after a fault, it begins with a fresh look."""
        try:
            while self._go_on():
                pass
        except BaseException:
            self._forget()
            raise

    def _forget(self) -> None:
        self._run_id = None  # what is packed may not be what was kept
        self._weighed = NOTHING_WEIGHED

    def _go_on(self) -> bool:
        """Take one step, in a transaction of its own; say whether there was anything to do."""
        with self._database.transaction(MATCHER) as session:
            run = last_run(session)
            if run is None or not lists.may_write(session):
                return False
            if run.id != self._run_id:
                self._stand_by(session, run)
                return True
            many = self._one_by_one or len(self._weighed.due.notes) >= waiting.AT_ONCE
            if many and self._settle(session, run):
                return True
            at = self._clock()
            if waiting.is_for_a_whole_run(session) and ask_for_whole_run(session, at=at):
                return False
            if any(step(session, run) for step in (self._weigh, self._settle, self._fill)):
                return True
            if any(isinstance(each, Unpaired) and each.has_pairs for each in self._worlds):
                ask_for_whole_run(session, at=at)
            return False

    def _stand_by(self, session: Session, run: MatchingRun) -> None:
        """Open all who may be searched, as a run does, and pack them."""
        opened = open_all_searchable(session, MATCHER, run_id=run.id, at=self._clock())
        last = {whose: lists.last_places(session, whose) for whose in lists.LISTS}
        model = model_of_run(session, run)
        self._worlds = tuple(
            Standing.of(world, lists.prior_of(session, run.id, invented=invented), last, model)
            or Unpaired.of(world)
            for world, invented in zip(opened.worlds, (False, True), strict=True)
        )
        self._run_id, self._weighed = run.id, NOTHING_WEIGHED

    def _weigh(self, session: Session, run: MatchingRun) -> bool:
        """Weigh some of those who wait; say whether there were any."""
        read = waiting.read_first if self._one_by_one else waiting.read_due
        due = read(session, without=self._weighed.due.notes)
        if not due:
            return False
        worlds = self._open(session, run, due)
        if any(map(_needs_names, self._worlds, worlds)):
            # The first papers ever found: now all names are needed to compare them with, those
            # of who waits too. They are opened again in the next step.
            self._stand_by(session, run)
            return True
        open_people = {number for world in worlds for number in world.missing_ids}
        open_remains = {number for world in worlds for number in world.remains_ids}
        lists.remove_closed(session, due.people - open_people, due.remains - open_remains)
        lists.remove_kept_apart(session, due.people, due.remains)
        self._one_by_one = max(self._one_by_one - 1, 0)
        self._unless_it_falls(session, due, partial(self._propose, session, run, due, worlds))
        return True

    def _propose(
        self, session: Session, run: MatchingRun, due: Due, worlds: tuple[World, ...]
    ) -> None:
        rounds = [*self._weighed.changed]
        for standing, world in zip(self._worlds, worlds, strict=True):
            standing.take_in(due.people, due.remains, world)
            if isinstance(standing, Standing):
                at = self._clock()
                new = Round(session, standing, run_id=run.id, at=at, world=world)
                gaps, changed = new.propose()
                waiting.note_gaps(session, gaps.people, gaps.remains)
                rounds.append((standing, changed))
        self._weighed = Weighed(self._weighed.due | due, tuple(rounds))

    def _settle(self, session: Session, run: MatchingRun) -> bool:
        """Let the rivals of who was just weighed compete again, and strike out who waited.

        A step of its own, once nobody else waits: the new proposals are there for all to read
        meanwhile. If this worker dies before it, the notes are still there, and all is weighed
        once more.
        """
        (due, rounds), self._weighed = self._weighed, NOTHING_WEIGHED
        if not due:
            return False

        def compete() -> None:
            for standing, changed in rounds:
                new = Round(session, standing, run_id=run.id, at=self._clock())
                new.believe(changed)

        if self._unless_it_falls(session, due, compete):
            waiting.settle(session, due)
        return True

    def _unless_it_falls(self, session: Session, due: Due, act: Callable[[], None]) -> bool:
        """Do something with records; if it falls, undo it and set aside who made it fall."""
        try:
            with apart(session):
                act()
        except (OperationalError, MemoryError):
            raise  # no record is to blame
        except Exception as fault:  # noqa: BLE001 - whatever it was, the others are weighed
            self._set_aside(session, due, fault)
            return False
        return True

    def _set_aside(self, session: Session, due: Due, fault: Exception) -> None:
        """Weigh one by one those among whom somebody made it fall; leave that one to a run."""
        self._forget()
        if due.records > 1:
            self._one_by_one = due.records
            return
        # Only the kind of fault: its text may quote a record.
        logger.error("a record is set aside, weighing it fell: %s", type(fault).__name__)
        waiting.set_aside(session, due)

    def _fill(self, session: Session, run: MatchingRun) -> bool:
        """Fill some gaps that new records left, once nobody waits to be weighed."""
        gaps = waiting.read_gaps(session)
        if gaps:
            for standing in self._worlds:
                if isinstance(standing, Standing):
                    at = self._clock()
                    Round(session, standing, run_id=run.id, at=at).fill(gaps)
            waiting.strike_out(session, gaps)
        return bool(gaps)

    def _open(self, session: Session, run: MatchingRun, due: Due) -> tuple[World, ...]:
        """Open who waits, and record it as one deed with the counts."""
        at = self._clock()
        papers = any(isinstance(each, Standing) and each.has_papers for each in self._worlds)
        worlds, named = open_worlds(
            session, at, people=due.people, remains=due.remains, with_names=papers
        )
        record(
            session,
            Deed.MATCHING_OPENED_CASES,
            by=MATCHER,
            about=f"matching_run:{run.id}",
            at=at,
            missing=sum(len(world.missing) for world in worlds),
            remains=sum(len(world.remains) for world in worlds),
            named=named,
        )
        return worlds


@dataclass(frozen=True, slots=True)
class Whose:
    """Some lists, by the numbers of people and of remains."""

    people: Ids = frozenset()
    remains: Ids = frozenset()


class Weighed(NamedTuple):
    """Who was just weighed, and in each world the lists in which rivals compete anew."""

    due: Due
    changed: tuple[tuple[Standing, Whose], ...]


NOTHING_WEIGHED = Weighed(Due((), frozenset(), frozenset()), ())


class Round:
    """Proposes for the records of one world that were opened anew."""

    def __init__(
        self,
        session: Session,
        standing: Standing,
        *,
        run_id: int,
        at: datetime,
        world: World = NOBODY,
    ) -> None:
        self._session, self._run_id, self._at = session, run_id, at
        self._standing = standing
        self._people, self._remains = frozenset(world.missing_ids), frozenset(world.remains_ids)

    def propose(self) -> tuple[Whose, Whose]:
        """Put down what the next whole run would list for these records, and for theirs.

        Gives the lists in which somebody else moves up, and all that changed. What is believed
        of the new proposals is there, of their rivals' not yet.
        """
        if not self._people and not self._remains:
            return Whose(), Whose()
        in_remains = lists.places_of(self._session, "remains", self._people)
        in_people = lists.places_of(self._session, "people", self._remains)
        pairs = {pair[:2]: pair for pair in self._pairs(in_people, in_remains)}
        lists.retire(self._session, self._people, self._remains)
        changed = self._list(
            pairs,
            people={place.own for place in in_people} | self._people,
            remains={place.own for place in in_remains} | self._remains,
        )
        self.believe(Whose(self._people, self._remains))
        gaps = Whose(
            {at.own for at in in_people if _leaves(at, pairs.get((at.own, at.other)))},
            {at.own for at in in_remains if _leaves(at, pairs.get((at.other, at.own)))},
        )
        return gaps, changed

    def fill(self, gaps: Due) -> None:
        """Let the next best move up in lists of this world that somebody left."""
        standing = self._standing
        people = set(filter(standing.missing.__contains__, gaps.people))
        remains = set(filter(standing.remains.__contains__, gaps.remains))
        pairs: dict[tuple[int, int], Pair] = {}
        for number in people:
            found = standing.found_for_person(number, PROPOSED_OF_EACH)
            pairs.update((pair[:2], pair) for pair in found.pairs())
        for number in remains:
            found = standing.found_for_remains(number, PROPOSED_OF_EACH)
            pairs.update((pair[:2], pair) for pair in found.pairs())
        self.believe(self._list(pairs, people=people, remains=remains))

    def _list(self, pairs: dict[tuple[int, int], Pair], *, people: Ids, remains: Ids) -> Whose:
        """Put pairs down, and count anew in all lists that this touches; say which."""
        if pairs:
            self._put_down(pairs.values())
        people = {*people, *(pair[0] for pair in pairs)}
        remains = {*remains, *(pair[1] for pair in pairs)}
        lists.count_places(self._session, "people", people)
        lists.count_places(self._session, "remains", remains)
        self._note_last(people, remains)
        retired = lists.retire_who_has_no_place(self._session, people, remains)
        # Whoever leaves no longer competes in the other's list either.
        people.update(person for person, _ in retired)
        remains.update(one for _, one in retired)
        return Whose(people, remains)

    def _pairs(self, in_people: Places, in_remains: Places) -> Iterable[Pair]:
        """Give the best of each new record, and where they enter.

        `in_people`, `in_remains`: the places that they had in lists, and lose first.
        """
        standing = self._standing
        for_people = map(standing.found_for_person, self._people)
        for_remains = map(standing.found_for_remains, self._remains)
        yield from self._of("remains", for_people, {place.own for place in in_remains})
        yield from self._of("people", for_remains, {place.own for place in in_people})

    def _of(self, whose: str, found: Iterable[Found], opened: Ids) -> Iterable[Pair]:
        """Give the best of each new record, and those with a place in another's list."""
        last = self._standing.last_places[whose]
        for each in found:
            yield from each.pairs(
                [
                    at
                    for at, (other, weight) in enumerate(
                        zip(each.others, each.nearest.log10_lr.tolist(), strict=True)
                    )
                    if at < PROPOSED_OF_EACH
                    or other in opened
                    or weight >= last.get(other, weight)
                ]
            )

    def _put_down(self, pairs: Collection[Pair]) -> None:
        people, remains, totals, weights = zip(*pairs, strict=True)
        nothing = [0] * len(people)
        columns = (
            list(people),
            list(remains),
            list(totals),
            [0.0] * len(people),
            nothing,
            nothing,
            weights_in_words(self._standing.kinds, weights),
        )
        put_down(
            self._session,
            self._run_id,
            Proposed(columns, self._standing.prior.value),
            at=self._at,
        )

    def believe(self, whose: Whose) -> None:
        """Let rivals compete again in lists that changed."""
        people, remains = whose.people, whose.remains
        rivals = lists.rivals(self._session, people, remains)
        if not len(rivals):
            return
        of_people, of_remains = rivals["missing_person_id"], rivals["remains_id"]
        found = self._standing.believed(of_people, of_remains, rivals["log10_lr"])
        changed = np.isin(of_people, list(people)) | np.isin(of_remains, list(remains))
        changed &= np.abs(found - rivals["posterior"]) > ROUNDING * found
        if changed.any():
            lists.believe(
                self._session, rivals["id"][changed].tolist(), found[changed].tolist()
            )

    def _note_last(self, people: Ids, remains: Ids) -> None:
        for whose, ids in (("people", people), ("remains", remains)):
            last = lists.last_places(self._session, whose, ids)
            self._standing.note_last(whose, ids, last)


def _leaves(place: lists.Place, now: Pair | None) -> bool:
    """Say whether somebody who is not listed may be better than who had this place."""
    return place.is_full and (now is None or now.log10_lr < place.log10_lr)


def ask_for_whole_run(session: Session, *, at: datetime) -> bool:
    """Ask for a run in the engine's own name, unless one waits or works; say whether one comes.

    Where the last one was stopped or failed a while ago none is asked for: it would come back
    at once.
    """
    if ended_badly_lately(latest_run(session, MATCHER), at):
        return False
    with suppress(Conflict):
        request_matching(session, MATCHER, at=at)
    return True


def close_expired(database: Database, at: datetime) -> None:
    """End the proposals of whoever may not be searched any more, though nobody changed them.

    Nobody is shown them from the moment on which a consent ends; here the rows go too.
    """
    with database.transaction(KEEPER) as session:
        lists.close_expired(session, at)


def _needs_names(standing: Standing | Unpaired, world: World) -> bool:
    return (
        isinstance(standing, Standing)
        and not standing.has_papers
        and any(map(lies_beside_papers, world.remains))
    )
