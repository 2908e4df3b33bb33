"""A whole record in a file: what was said of it, statement by statement, and back again.

Statements are numbered anew from one, so that a file tells nothing of how many others there
are. What a field never lets out of its institution is left out, and so is who said it where
that is closed to whoever the file is for.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from casework.dataset.catalogue import field_at
from casework.dataset.checking import check_kept, check_plain
from casework.dataset.shape import RecordKind
from casework.dataset.values import Value
from casework.statements.columns import Certainty, Method
from casework.statements.describing import AtHand
from casework.statements.picture import WITHDRAWN, Assertion, picture_of
from casework.statements.reading import read_assertions
from casework.statements.unsaid import unsaid
from casework.web.form_values import Unreadable
from privacy.model import Reveals

VERSION = 1
MARKER = {
    RecordKind.MISSING_PERSON: "missing_person_record",
    RecordKind.REMAINS: "remains_record",
    RecordKind.LIVING_PERSON: "living_person_record",
}
Number = Annotated[int, Field(ge=1, le=100_000)]
Path = Annotated[str, Field(min_length=1, max_length=60)]


class WrittenAssertion(BaseModel):
    """One path as one statement of a file says it."""

    model_config = ConfigDict(extra="forbid")

    value: Any
    certainty: Certainty = Certainty.CERTAIN
    replaces: list[Number] = []
    earlier: list[Any] = []
    undoes: list[Number] = []
    goes_by: int | None = Field(None, ge=0, le=100_000, description="0: a word not told here")
    why: str = Field("", max_length=400)
    among: list[Number] = []


class WrittenStatement(BaseModel):
    """One sitting, as a file tells it."""

    model_config = ConfigDict(extra="forbid")

    number: Number
    method: Method
    said_by: str = Field("", max_length=400)
    said_on: date | None = None
    entered_at: AwareDatetime
    assertions: dict[Path, WrittenAssertion] = Field(min_length=1, max_length=2000)


STATEMENTS = TypeAdapter(list[WrittenStatement])


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a written record out: where, and whether its value is to blame."""

    where: str
    is_of_value: bool


class CannotBeRead(Exception):
    """A written record has faults; none of it is taken."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def _all_of_it(said: Assertion) -> Assertion | None:
    return said


@dataclass(frozen=True, slots=True)
class Beside:
    """What a copy tells beside what was said of a record, and what of that it leaves out."""

    said: Sequence[Assertion] = ()
    lets: Callable[[Assertion], Assertion | None] = _all_of_it


def write_record(
    hand: AtHand, groups: Collection[Reveals], beside: Beside | None = None
) -> dict[str, Any]:
    """Write down a record as far as `groups` go, which were opened before."""
    about, described = hand.about, hand.described
    statements = _leaving(hand, groups, beside or Beside())
    return {
        MARKER[described.kind]: VERSION,
        "record_id": _record_id(about),
        "reference": about.reference,
        "owner_country": about.owner_country,
        "entered_at": about.entered_at.isoformat(),
        "changed_at": about.changed_at.isoformat(),
        "form_version": about.form_version,
        "dataset_version": about.dataset_version,
        "made_at": hand.at.isoformat(),
        "expiry_action": about.expiry_action.value,
        "invented": about.invented,
        "groups": " ".join(sorted(groups)),
        # Whatever there is of them, if anything: what is not open here is not said to be there.
        "closed": " ".join(sorted(set(described.groups) - set(groups))),
        "statements": STATEMENTS.dump_python(statements, mode="json", exclude_defaults=True),
    }


def read_statements(kind: RecordKind, text: str) -> list[WrittenStatement]:
    """Read what a file says, every value held against the field that it is of.

    Raises
    ------
    CannotBeRead
        If anything of it is not as `write_record` would have written it.
    """
    try:
        told = json.loads(text)
        check_plain(told)
        statements = STATEMENTS.validate_python(told)
    except ValidationError as error:
        raise CannotBeRead(list(_places(error))) from error
    except (ValueError, RecursionError) as error:
        raise CannotBeRead([Fault("statements", is_of_value=False)]) from error
    faults = list(_faults(kind, statements))
    if faults:
        raise CannotBeRead(faults)
    return statements


def assertions_in(statements: Sequence[WrittenStatement]) -> Iterator[Assertion]:
    """Tell what statements of a file say, as if it had been read from a record."""
    for each in statements:
        for path, told in each.assertions.items():
            yield Assertion(
                path=path,
                value=told.value,
                statement=each.number,
                method=each.method,
                entered_at=each.entered_at,
                entered_by=0,
                said_by=each.said_by,
                said_on=each.said_on,
                certainty=told.certainty,
                replaces=frozenset(told.replaces),
                earlier=tuple(told.earlier),
                undoes=frozenset(told.undoes),
                goes_by=told.goes_by,
                why=told.why,
                among=frozenset(told.among),
            )


def _record_id(about: Any) -> str:
    """Name the record as every registry does that holds it, also where this one has a copy."""
    return str(about.origin_record_id or about.record_id)


def _leaving(
    hand: AtHand, groups: Collection[Reveals], beside: Beside
) -> list[WrittenStatement]:
    names = hand.described.says_who in groups
    said = read_assertions(hand, groups, names=names)
    kept = [*unsaid(hand, picture_of(said), groups), *said]
    # A file goes to somebody else, whoever writes it.
    everything = [hand.described.told_elsewhere(hand.about, each) for each in kept]
    let = [*beside.said, *filter(None, map(beside.lets, everything))]
    leaving = [each for each in let if field_at(hand.described.kind, each.path).leaves]
    leaving.sort(key=lambda each: each.statement)
    numbers = {
        old: new for new, old in enumerate(dict.fromkeys(e.statement for e in leaving), 1)
    }
    return [
        _statement(list(together), numbers, names=names)
        for _, together in groupby(leaving, key=lambda each: each.statement)
    ]


def _statement(
    said: Sequence[Assertion], numbers: Mapping[int, int], *, names: bool
) -> WrittenStatement:
    first = said[0]
    return WrittenStatement(
        number=numbers[first.statement],
        method=first.method,
        said_by=first.said_by if names else "",
        said_on=first.said_on,
        entered_at=first.entered_at,
        assertions={
            each.path: WrittenAssertion(
                value=each.value,
                certainty=each.certainty,
                replaces=_renumbered(each.replaces, numbers),
                earlier=list(each.earlier),
                undoes=_renumbered(each.undoes, numbers),
                goes_by=each.goes_by and numbers.get(each.goes_by, 0),
                # A reason may name whoever said it.
                why=each.why if names else "",
                among=_renumbered(each.among, numbers),
            )
            for each in said
        },
    )


def _renumbered(statements: Iterable[int], numbers: Mapping[int, int]) -> list[int]:
    return sorted(numbers[old] for old in statements if old in numbers)


def _places(error: ValidationError) -> Iterator[Fault]:
    """Name where a file is not written as agreed; never what stands there."""
    for each in error.errors(include_input=False, include_context=False, include_url=False):
        where = ".".join(str(part) for part in ("statements", *each["loc"]))
        yield Fault(where[:120], is_of_value=False)


def _faults(kind: RecordKind, statements: Sequence[WrittenStatement]) -> Iterator[Fault]:
    numbers = [each.number for each in statements]
    if len(set(numbers)) != len(numbers):
        yield Fault("statements.number", is_of_value=False)
    for statement in statements:
        for path, told in statement.assertions.items():
            if not all(_is_value(kind, path, value) for value in (told.value, *told.earlier)):
                yield Fault(path, is_of_value=True)


def _is_value(kind: RecordKind, path: str, value: Value) -> bool:
    try:
        check_kept(kind, path, None if value == WITHDRAWN else value)
    except Unreadable:
        return False
    return value is not None
