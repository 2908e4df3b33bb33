"""A pair that somebody opens who says why, whether the engine proposes it or not.

The engine weighs it as it weighs any other, low or high, and what it says is shown as it is.
One that it did not propose takes no probability from those that it did, and counts among
nothing that says how well it chooses: it did not choose this one. One that it proposes stays
its own, and stays open when the engine lets it go.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates import lists
from casework.candidates.apart import Keeping, are_apart
from casework.candidates.model import (
    FoundBy,
    MatchingRun,
    PairByHand,
    Pairing,
    PairingState,
)
from casework.candidates.narrowing import readable_pairings
from casework.candidates.proposing import Proposed, put_down, weights_in_words
from casework.candidates.queries import Proposal, last_finished_run, with_records
from casework.candidates.rules import MAY_BE_SEARCHED
from casework.candidates.weighing import model_of_run, open_worlds, weigh_two
from casework.candidates.worlds import World
from casework.errors import Conflict, InvalidInput, NotFound
from casework.missing.model import MissingPerson
from casework.missing.queries import get_missing_person
from casework.remains.model import Remains
from casework.remains.queries import get_remains
from casework.retention.sight import as_matcher
from casework.web.languages import marked
from matching.calibration import calibrated
from matching.prior import Prior, odds_of, posteriors
from privacy.audit.log import Deed, record
from privacy.permissions import MATCHER, Permission, Viewer, demand

LONGEST_REASON = 2_000
AT_A_TIME = 100
NO_REASON = marked("Diga por qué: quién encontró el par, con qué, y qué vio.")
TOO_LONG = marked("Es demasiado largo: resuma.")
NO_PERSON = marked(
    "No hay un reporte con ese número que usted pueda leer. Revise el número, o escriba a la "
    "institución que lo guarda."
)
NO_REMAINS = marked(
    "No hay restos con ese número que usted pueda leer. Revise el número, o escriba a la "
    "institución que los guarda."
)
KEEPS_NEITHER = marked("Abre el par una institución que responde por uno de los dos registros.")
NOT_SEARCHED = marked(
    "Uno de los dos registros no puede compararse ahora: falta una autorización vigente para "
    "buscar, o ya no se busca."
)
TWO_WORLDS = marked("Un registro es de ejemplo y el otro no: no se comparan.")
OPENED_BEFORE = marked(
    "Este par ya se abrió a mano; está en la lista de abajo. Lo que usted escribió sigue aquí "
    "y no se guardó: ábralo y anótelo donde corresponde, con el resultado que tiene."
)
BEING_WRITTEN = marked(
    "En este momento se están guardando propuestas. Lo que usted escribió sigue aquí y no se "
    "guardó: inténtelo otra vez dentro de unos minutos."
)
NO_RUN_YET = marked(
    "Todavía no terminó ninguna comparación de todos: sin ella el motor no puede pesar el par."
)


@dataclass(frozen=True, slots=True)
class Opening:
    """What somebody says who opens a pair."""

    person: str
    remains: str
    found_by: FoundBy
    reason: str


def open_by_hand(session: Session, viewer: Viewer, asked: Opening, *, at: datetime) -> int:
    """Open a pair as a proposal, and give its number.

    One that the engine proposes stays its proposal, and from now on stays open without it.

    Raises
    ------
    NotPermitted
        If the duty does not open pairs.
    InvalidInput
        If a record is absent or hidden, or the reason lacks.
    Conflict
        If the institution keeps neither record, the two may not be compared, somebody opened
        the pair before, or proposals are being written for long.
    """
    demand(viewer, Permission.PAIRING_OPEN)
    reason = _said(asked)
    # Before anything is read: what a run, a worker or somebody else put down is then there.
    if not lists.wait_a_while_to_write(session):
        raise Conflict(BEING_WRITTEN)
    person, remains = _both(session, viewer, asked, at=at)
    run = last_finished_run(session, viewer)
    if refusal := _refusal(viewer, person, remains, run):
        raise Conflict(refusal)
    assert run is not None  # noqa: S101 - refused just above
    with as_matcher(session, viewer):
        number = _let_stay(session, person, remains, asked.found_by)
        was_proposed = number is not None
        if number is None:
            number = _weigh(session, run, person, remains, found_by=asked.found_by, at=at)
            _unless_it_was_closed(session, person, remains)
    said = PairByHand(
        case=person,
        remains_id=remains.id,
        found_by=asked.found_by,
        was_proposed=was_proposed,
        reason=reason,
        entered_at=at,
        entered_by=viewer.account_id,
        institution_id=viewer.institution_id,
    )
    session.add(said)
    session.flush()
    record(
        session,
        Deed.PAIRING_OPENED,
        by=viewer,
        at=at,
        about=f"pairing:{number}",
        missing=person.reference,
        remains=remains.reference,
    )
    return number


def list_by_hand(session: Session, viewer: Viewer, *, at: datetime) -> list[Proposal]:
    """List the pairs that were opened by hand, the newest first, as one may read them."""
    newest = readable_pairings(viewer, at).where(
        Pairing.found_by.is_not(None), Pairing.state != PairingState.NO_LONGER_PROPOSED
    )
    rows = session.scalars(newest.order_by(Pairing.id.desc()).limit(AT_A_TIME)).all()
    return with_records(session, viewer, rows, at=at)


def by_hand_of(session: Session, person_id: int, remains_id: int) -> PairByHand | None:
    """Give who opened a pair last and why, sealed; None where the engine alone proposed it."""
    return session.scalar(
        sa.select(PairByHand)
        .where(PairByHand.case_id == person_id, PairByHand.remains_id == remains_id)
        .order_by(PairByHand.id.desc())
        .limit(1)
    )


def _said(asked: Opening) -> str:
    reason = asked.reason.strip()
    if not reason:
        raise InvalidInput(NO_REASON)
    if len(reason) > LONGEST_REASON:
        raise InvalidInput(TOO_LONG)
    return reason


def _both(
    session: Session, viewer: Viewer, asked: Opening, *, at: datetime
) -> tuple[MissingPerson, Remains]:
    try:
        person = get_missing_person(session, viewer, asked.person.strip().upper(), at=at)
    except NotFound:
        raise InvalidInput(NO_PERSON) from None
    try:
        return person, get_remains(session, viewer, asked.remains.strip().upper(), at=at)
    except NotFound:
        raise InvalidInput(NO_REMAINS) from None


def _refusal(
    viewer: Viewer, person: MissingPerson, remains: Remains, run: MatchingRun | None
) -> str:
    """Say why two records are not laid beside each other; nothing where they may be.

    Of two that are kept apart it is said as of those that may not be searched: the words must
    not tell which country a family fled.
    """
    if viewer.institution_id not in {person.owner_institution_id, remains.owner_institution_id}:
        return KEEPS_NEITHER
    if person.invented is not remains.invented:
        return TWO_WORLDS
    may = {each.search_consent in MAY_BE_SEARCHED for each in (person, remains)}
    if may != {True} or are_apart(Keeping.of(person), Keeping.of(remains)):
        return NOT_SEARCHED
    return NO_RUN_YET if run is None else ""


def _let_stay(
    session: Session, person: MissingPerson, remains: Remains, found_by: FoundBy
) -> int | None:
    """Say of a pair that the engine proposes who else found it; give its number, if it is one.

    Raises
    ------
    Conflict
        If somebody opened it before: a second reason has no place to stand.
    """
    standing = session.execute(
        sa.select(Pairing.id, Pairing.found_by).where(
            Pairing.missing_person_id == person.id,
            Pairing.remains_id == remains.id,
            Pairing.state != PairingState.NO_LONGER_PROPOSED,
        )
    ).one_or_none()
    if standing is None:
        return None
    if standing.found_by is not None:
        raise Conflict(OPENED_BEFORE)
    session.execute(
        sa.update(Pairing)
        .where(Pairing.id == standing.id)
        .values(found_by=found_by)
        .execution_options(synchronize_session=False)
    )
    return int(standing.id)


def _unless_it_was_closed(session: Session, person: MissingPerson, remains: Remains) -> None:
    """End what was just put down if a family closed a record meanwhile, as a worker does.

    Whoever closes one after this finds the pair, or is heard by the worker when it stands.

    Raises
    ------
    Conflict
        If that ended the pair.
    """
    people, found = (
        {row.id}
        - set(
            session.scalars(
                sa.select(table.id).where(
                    table.id == row.id, table.search_consent.in_(MAY_BE_SEARCHED)
                )
            )
        )
        for table, row in ((MissingPerson, person), (Remains, remains))
    )
    lists.remove_closed(session, people, found)
    lists.remove_kept_apart(session, {person.id}, {remains.id})
    stands = sa.select(Pairing.id).where(
        Pairing.missing_person_id == person.id, Pairing.remains_id == remains.id
    )
    if session.scalar(stands) is None:
        raise Conflict(NOT_SEARCHED)


def _weigh(
    session: Session,
    run: MatchingRun,
    person: MissingPerson,
    remains: Remains,
    *,
    found_by: FoundBy,
    at: datetime,
) -> int:
    """Weigh a pair as the last run would have, and put it down."""
    worlds, named = open_worlds(session, at, people=[person.id], remains=[remains.id])
    record(
        session,
        Deed.MATCHING_OPENED_CASES,
        by=MATCHER,
        about=f"matching_run:{run.id}",
        at=at,
        missing=1,
        remains=1,
        named=named,
    )
    world = next((each for each in worlds if each.pairs), None)
    if world is None:
        raise Conflict(NOT_SEARCHED)
    return _put_down(session, run, world, found_by, at=at)


def weigh_all_again(
    session: Session, run: MatchingRun, worlds: Sequence[World], *, at: datetime
) -> None:
    """Weigh anew, by a run that has just ended, what was opened by hand and it did not list."""
    opened = session.execute(
        sa.select(Pairing.missing_person_id, Pairing.remains_id, Pairing.found_by).where(
            Pairing.state == PairingState.BY_HAND
        )
    ).all()
    for world in worlds if opened else ():
        people = {number: at for at, number in enumerate(world.missing_ids)}
        found = {number: at for at, number in enumerate(world.remains_ids)}
        for person, remains, found_by in opened:
            if found_by and person in people and remains in found:
                pair = World(
                    (world.missing[people[person]],),
                    (world.remains[found[remains]],),
                    (person,),
                    (remains,),
                    world.invented,
                )
                _put_down(session, run, pair, found_by, at=at)


def _put_down(
    session: Session, run: MatchingRun, pair: World, found_by: FoundBy, *, at: datetime
) -> int:
    """Put down what the engine says of one pair, beside all that it proposed of the two."""
    model = model_of_run(session, run)
    prior = lists.prior_of(session, run.id, invented=pair.invented) or run.prior or 0.0
    explained = weigh_two(pair, model, run.commonness)
    (person,), (remains,) = pair.missing_ids, pair.remains_ids
    rivals = lists.rivals(session, {person}, {remains})
    people = np.append(rivals["missing_person_id"], person)
    found = np.append(rivals["remains_id"], remains)
    total = np.append(rivals["log10_lr"], explained.log10_lr)
    counts = run.missing_count or 1, run.remains_count or 1
    believed = posteriors(
        calibrated(total, model.calibration),
        np.unique(people, return_inverse=True)[1],
        np.unique(found, return_inverse=True)[1],
        odds_of(Prior(prior, prior * counts[0] * counts[1], "stated"), counts),
    )
    kinds = [each.kind.value for each in explained.weights]
    words = weights_in_words(kinds, [[each.log10_lr for each in explained.weights]])
    columns: Sequence[Sequence[object]] = (
        [person],
        [remains],
        [explained.log10_lr],
        [float(believed[-1])],
        [0],
        [0],
        words,
    )
    put_down(session, run.id, Proposed(columns, prior), at=at)
    changed = (
        sa.update(Pairing)
        .where(Pairing.missing_person_id == person, Pairing.remains_id == remains)
        .values(state=PairingState.BY_HAND, found_by=found_by)
        .returning(Pairing.id)
        .execution_options(synchronize_session=False)
    )
    return session.execute(changed).scalar_one()
