"""Saying something of a record: the one deed by which statements are written."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from casework.dataset.catalogue import field_at
from casework.dataset.values import Value
from casework.statements.columns import Certainty, Method
from casework.statements.describing import AtHand, Described, project
from casework.statements.picture import (
    WITHDRAWN,
    Assertion,
    Picture,
    picture_of,
)
from casework.statements.reading import groups_opened, read_assertions, read_opened
from casework.statements.unsaid import FIRST_WORD
from privacy.audit.log import Deed, record
from privacy.errors import NotPermitted, StepUpNeeded
from privacy.model import Reveals
from privacy.permissions import demand
from privacy.sealing.opening import open_group

# Whoever comes back after that begins a new sitting.
LONGEST_SITTING = timedelta(hours=12)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who says it, how it is known, and on which day it was said."""

    method: Method
    said_by: str = ""
    said_on: date | None = None


def sitting_of(statement: Any) -> Sitting:
    """Tell who made a statement, how and when."""
    return Sitting(statement.method, statement.said_by, statement.said_on)


@dataclass(frozen=True, slots=True)
class Said:
    """A value for one path; `None` takes back what stands.

    `seen` names the statements whose word on the path was shown to whoever says this.
    """

    value: Value
    seen: frozenset[int] = frozenset()
    certainty: Certainty = Certainty.CERTAIN


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of what was said: in which statement it stands, if any of it was new.

    `clashes` names the paths on which somebody else's word stands that was not seen.
    """

    statement: int | None = None
    clashes: tuple[str, ...] = ()


def say(hand: AtHand, said: Mapping[str, Said], sitting: Sitting) -> Kept:
    """Keep what was said beside all that was said before.

    What nobody has seen is never replaced: it stands beside what is said now.

    Raises
    ------
    NotPermitted
        If the viewer does not write such records, or the record is another institution's.
    StepUpNeeded
        If the fields are closed until the viewer shows that they are there.
    UnknownField
        If a path is none of the minimum data set.
    """
    demand_to_say(hand)
    said = {path: _by_its_name(hand, path, each) for path, each in said.items()}
    groups = open_to_say(hand, said)
    picture = read_opened(hand, groups)
    new = {path: each for path, each in said.items() if _is_new(picture.get(path, ()), each)}
    if not new:
        return Kept()
    first_word = keep_first_word(hand, picture, new)
    statement = _statement_of(hand, sitting, groups)
    for path, each in new.items():
        replaced = _replaced(picture.get(path, ()), each, statement)
        numbers = {first_word if number == FIRST_WORD else number for number in replaced}
        _assert(hand, statement, path, each, replaced=numbers)
    hand.session.flush()
    _project(hand, new, groups)
    _log(hand, new, Deed.STATED)
    clashes = tuple(path for path, each in new.items() if _is_clash(picture, path, each))
    return Kept(statement.id, clashes)


def _by_its_name(hand: AtHand, path: str, said: Said) -> Said:
    named = hand.described.named.get(path)
    if named is None or not isinstance(said.value, str):
        return said
    return replace(said, value=named(hand.session, hand.viewer, said.value))


def say_apart(
    hand: AtHand, told: Mapping[str, Mapping[str, Any]], sitting: Sitting, deed: Deed
) -> int:
    """Keep what is said of other words as a finished statement of its own; give its number.

    It was demanded before, and its groups are open.
    """
    statement = _new_statement(hand, sitting)
    statement.finished_at = hand.at
    for path, each in told.items():
        _put(statement, _group_of(hand, path), path, dict(each))
    hand.session.flush()
    _project(hand, told, _groups_of(hand.described, told))
    _log(hand, told, deed)
    number: int = statement.id
    return number


def is_going_on(hand: AtHand, statement: Any) -> bool:
    """Say whether the viewer may still add to a statement as part of the same sitting."""
    is_own = statement.entered_by == hand.viewer.account_id
    is_open = statement.finished_at is None
    return is_own and is_open and hand.at - statement.entered_at < LONGEST_SITTING


def new_entry(field: str) -> str:
    """Give the path of a new entry of a repeated field."""
    return f"{field}/{''.join(secrets.choice(_LETTERS) for _ in range(6))}"


def demand_to_say(hand: AtHand) -> None:
    """Hold the record for writing, for whoever keeps it.

    Raises
    ------
    NotPermitted
        If the viewer does not write such records, or the record is another institution's.
    """
    viewer, described = hand.viewer, hand.described
    demand(viewer, described.writes)
    if hand.about.owner_institution_id != viewer.institution_id:
        raise NotPermitted(described.writes.value)
    hand.session.refresh(hand.about, with_for_update=True)


def open_to_say(hand: AtHand, said: Collection[str]) -> frozenset[Reveals]:
    """Open what is to be said of a record, and name the groups.

    Raises
    ------
    NotPermitted
        If some of it stays closed to the viewer.
    StepUpNeeded
        If it is closed until the viewer shows that they are there.
    """
    viewer, described = hand.viewer, hand.described
    groups = _groups_of(described, said)
    if groups_opened(hand, groups) != groups:
        raise NotPermitted(described.writes.value) if viewer.stepped_up else StepUpNeeded
    return groups


def _groups_of(described: Described, said: Collection[str]) -> frozenset[Reveals]:
    """Name the groups that have to be open: of what is said, and of the columns it goes to."""
    fields = {field_of(path) for path in said}
    beside = [each.beside for each in described.projected if each.field in fields]
    beside += [each.beside for each in described.entries if each.field in fields]
    own = {field_at(described.kind, path).reveals for path in said}
    return frozenset(own | {described.says_who}).union(*beside)


def field_of(path: str) -> str:
    """Give the field of a path; of an entry, the one that is repeated."""
    return path.partition("/")[0]


def _group_of(hand: AtHand, path: str) -> Reveals:
    return field_at(hand.described.kind, path).reveals


def _is_new(standing: Sequence[Assertion], said: Said) -> bool:
    """Say whether it says more than what is worked with now, or says it more or less surely."""
    if not standing:
        return said.value is not None
    return (said.value, said.certainty) != (standing[0].value, standing[0].certainty)


def _is_clash(picture: Picture, path: str, said: Said) -> bool:
    standing = picture.get(path, ())
    return any(
        each.statement not in said.seen and each.value != said.value for each in standing
    )


def keep_first_word(hand: AtHand, picture: Picture, new: Collection[str]) -> int:
    """Keep what the columns held before it is replaced, as a statement of its own."""
    fields = {field_of(path) for path in new}
    fields |= hand.described.moved_by(fields)
    held = [
        each
        for path, standing in picture.items()
        if field_of(path) in fields
        for each in standing
        if each.statement == FIRST_WORD
    ]
    if not held:
        return FIRST_WORD
    statement = _new_statement(hand, Sitting(held[0].method))
    statement.finished_at = hand.at
    for each in held:
        _put(statement, _group_of(hand, each.path), each.path, {"value": each.value})
    hand.session.flush()
    number: int = statement.id
    return number


def _statement_of(hand: AtHand, sitting: Sitting, groups: Collection[Reveals]) -> Any:
    """Go on with the viewer's open statement of this sitting, or finish it and begin one."""
    model = hand.described.statement
    unfinished = hand.session.scalars(
        sa.select(model)
        .where(
            model.case_id == hand.about.id,
            model.entered_by == hand.viewer.account_id,
            model.finished_at.is_(None),
        )
        .order_by(model.id)
    ).all()
    for group in groups:
        open_group(hand.session, hand.viewer, unfinished, group, at=hand.at)
    for each in unfinished:
        if sitting_of(each) == sitting and is_going_on(hand, each):
            return each
        each.finished_at = hand.at
    return _new_statement(hand, sitting)


def _new_statement(hand: AtHand, sitting: Sitting) -> Any:
    statement = hand.described.statement(
        case=hand.about,
        method=sitting.method,
        said_by=sitting.said_by,
        said_on=sitting.said_on,
        entered_by=hand.viewer.account_id,
        entered_at=hand.at,
    )
    hand.session.add(statement)
    return statement


def _replaced(standing: Collection[Assertion], said: Said, statement: Any) -> set[int]:
    """Name whose word on a path is replaced: only what was seen, and what may be.

    People take back their own word. Another's is replaced only where it was written down
    wrongly, or where somebody looked at all of it and emptied the field.
    """
    corrects = statement.method is Method.CORRECTION or said.value is None
    return {
        each.statement
        for each in standing
        if each.statement in said.seen and (corrects or _is_own(each, statement))
    }


def _is_own(standing: Assertion, statement: Any) -> bool:
    if standing.method is Method.IMPORT:
        return False
    return standing.said_by in {"", statement.said_by}


def _assert(
    hand: AtHand, statement: Any, path: str, said: Said, *, replaced: Collection[int]
) -> None:
    group = _group_of(hand, path)
    before = statement.of_group(group).get(path, {})
    numbers = {*replaced, *before.get("replaces", ())} - {statement.id}
    value = WITHDRAWN if said.value is None else said.value
    told = {
        "value": value,
        "certainty": said.certainty.value,
        "replaces": sorted(numbers),
        "at": hand.at.isoformat(),
    }
    if before:
        # What was mended within the sitting is kept as well.
        earlier = [*before.get("earlier", ()), before["value"]]
        told["earlier"] = [each for each in earlier if each != value]
    _put(statement, group, path, told)


def _put(statement: Any, group: Reveals, path: str, told: dict[str, Any]) -> None:
    setattr(statement, group.value, {**statement.of_group(group), path: told})


def _project(hand: AtHand, new: Collection[str], groups: Collection[Reveals]) -> None:
    """Write what stands now into the typed columns of the fields that were spoken of."""
    picture = picture_of(read_assertions(hand, groups))
    project(hand.described, hand.about, picture, {field_of(path) for path in new})
    hand.about.version += 1
    hand.about.changed_at = hand.at
    hand.session.flush()


def _log(hand: AtHand, new: Collection[str], deed: Deed) -> None:
    """Log which fields were spoken of, never what was said."""
    record(
        hand.session,
        deed,
        by=hand.viewer,
        at=hand.at,
        about=hand.about.reference,
        fields=sorted({field_of(path) for path in new}),
    )
