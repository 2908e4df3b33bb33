"""What is said of a record as the API gives and takes it: by path of the minimum data set."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Annotated, Any

from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from casework.dataset.catalogue import field_at
from casework.dataset.checking import check_path
from casework.dataset.shape import RecordKind
from casework.openings import Openings, WhyClosed
from casework.statements.columns import Certainty, Method
from casework.statements.describing import AtHand
from casework.statements.order_of_days import days_that_cannot_be
from casework.statements.picture import (
    Assertion,
    Picture,
    by_statement,
    is_contradicted,
    is_settled,
    replaced_words,
)
from casework.statements.reading import groups_opened, read_assertions, read_opened
from casework.statements.saying import Said, Sitting, say
from casework.statements.sitting import LONGEST_NAME, sitting_problems
from casework.web.closed import closed_reasons
from casework.web.errors import Refusal
from casework.web.form_values import Unreadable
from casework.web.languages import marked
from casework.web.visit import Visit
from privacy.audit.log import Deed, record
from privacy.model import Reveals

_VALUE = 'as its kind in `/api/v1/dataset` has it; `{"none": …}` says why nothing was said'
_SITTING = {
    "method": "interview",
    "said_by": "Rosa Inventada, la madre",
    "said_on": "2026-03-09",
}
_WORD: dict[str, Any] = {"value": "brown", "certainty": "certain"}
_SEEN_BEFORE: dict[str, Any] = {
    "value": {"min": 160, "max": 165},
    "seen": [0],
    "certainty": "probable",
}
_TOLD: dict[str, Any] = (
    _SITTING | _WORD | {"statement": 12, "entered_at": "2026-03-09T12:00:00Z"}
)
Number = Annotated[int, Field(ge=0, le=2**53)]
Path = Annotated[str, Field(min_length=1, max_length=60)]


class ToldValue(BaseModel):
    """One answer that stands; `said_by` is null where whose word it is is closed."""

    model_config = ConfigDict(json_schema_extra={"examples": [_TOLD]})

    value: Any = Field(description=_VALUE)
    statement: int = Field(description="name it in `seen` to replace this answer")
    said_by: str | None
    said_on: date | None
    method: Method
    certainty: Certainty
    entered_at: datetime


class ToldDecision(BaseModel):
    """That it was decided to go by the first answer; `is_open` once others stand beside it."""

    at: datetime
    why: str | None
    is_open: bool


class ToldPath(BaseModel):
    """All that stands of one path: what was decided on first, then the surest."""

    reveals: Reveals
    is_contradicted: bool
    decision: ToldDecision | None = None
    told: list[ToldValue]


class RecordPicture(BaseModel):
    """What stands of all that was said of a record, as far as its groups are open."""

    reference: str
    kind: RecordKind
    version: int
    values: dict[str, ToldPath] = Field(
        examples=[{"hair": {"reveals": "body", "is_contradicted": False, "told": [_TOLD]}}]
    )
    closed: dict[Reveals, WhyClosed]


class Stated(BaseModel):
    """One path as one statement says it."""

    value: Any = Field(description=_VALUE)
    certainty: Certainty
    replaces: list[int]
    earlier: list[Any] = Field(description="what its writer mended within the sitting")
    stands: bool
    undoes: list[int] = Field([], description="statements whose word it takes back")
    goes_by: int | None = Field(None, description="no word: it decides to go by this statement")
    why: str | None = Field(None, description="of a decision; null where it is closed")


class ToldStatement(BaseModel):
    """What one person, paper or examination said at one sitting."""

    number: int
    method: Method
    said_by: str | None
    said_on: date | None
    entered_at: datetime
    assertions: dict[str, Stated]


class Statements(BaseModel):
    """All that was said of a record, the oldest first; nothing is ever overwritten."""

    reference: str
    statements: list[ToldStatement]
    closed: list[Reveals]


class Word(BaseModel):
    """A value for one path; null takes back what stands and was `seen`."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_SEEN_BEFORE]})

    value: Any = Field(None, description=_VALUE)
    seen: list[Number] = Field(
        [], max_length=100, description="statements whose answer was before your eyes"
    )
    certainty: Certainty = Certainty.CERTAIN


class Telling(BaseModel):
    """What somebody says at one sitting."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [_SITTING | {"assertions": {"hair": _WORD, "stature_cm": _SEEN_BEFORE}}]
        },
    )

    method: Method = Field(description="never `import`: files are brought in apart")
    said_by: str = Field("", max_length=LONGEST_NAME)
    said_on: date | None = None
    assertions: dict[Path, Word] = Field(min_length=1, max_length=400)


class Kept(BaseModel):
    """It is kept; on the paths of `clashes` somebody else's answer stands beside."""

    reference: str
    version: int
    clashes: list[str] = Field(examples=[["hair"]])


class NotKept(Refusal):
    """Nothing is kept: what is wrong, by path, in a sentence each."""

    problems: dict[str, str] = Field(examples=[{"hair": "Choose an option from the list."}])


def picture_told(hand: AtHand, openings: Openings) -> RecordPicture:
    """Tell what stands; what never leaves an institution is told inside it alone."""
    names = hand.described.says_who in openings.open
    picture = read_opened(hand, openings.open, names=names)
    is_own = hand.about.owner_institution_id == hand.viewer.institution_id
    kind = hand.described.kind
    return RecordPicture(
        reference=hand.about.reference,
        kind=kind,
        version=hand.about.version,
        values={
            path: _path(kind, path, picture, names=names)
            for path in picture
            if is_own or field_at(kind, path).leaves
        },
        closed=closed_reasons(openings),
    )


def statements_told(hand: AtHand) -> Statements:
    """Tell all that was said, as far as it is open; it stands in the log."""
    described = hand.described
    opened = groups_opened(hand, described.groups)
    assertions = read_assertions(hand, opened)
    reference = hand.about.reference
    record(hand.session, Deed.STATEMENTS_READ, by=hand.viewer, at=hand.at, about=reference)
    replaced = replaced_words(assertions)
    names = described.says_who in opened
    return Statements(
        reference=reference,
        statements=[
            _statement(said, replaced, names=names)
            for said in by_statement(assertions).values()
        ],
        closed=[group for group in described.groups if group not in opened],
    )


def take_telling(visit: Visit, hand: AtHand, telling: Telling) -> Kept | JSONResponse:
    """Keep what was said, or nothing of it if anything of it cannot be read."""
    said = {
        path: Said(word.value, frozenset(word.seen), word.certainty)
        for path, word in telling.assertions.items()
    }
    if problems := _problems(hand, telling) or days_that_cannot_be(hand, said):
        return _refused(visit, problems)
    sitting = Sitting(telling.method, telling.said_by.strip(), telling.said_on)
    clashes = list(say(hand, said, sitting).clashes)
    return Kept(reference=hand.about.reference, version=hand.about.version, clashes=clashes)


def _problems(hand: AtHand, telling: Telling) -> dict[str, str]:
    problems = sitting_problems(telling.method, telling.said_on, at=hand.at)
    for path, word in telling.assertions.items():
        try:
            check_path(hand.described.kind, path, word.value)
        except Unreadable as error:
            problems[path] = str(error)
    return problems


def _refused(visit: Visit, problems: dict[str, str]) -> JSONResponse:
    title = marked("No se puede aceptar así")
    detail = marked("Lo que se envió no se puede aceptar tal como está. No se guardó nada.")
    told = NotKept(
        title=visit.gettext(title),
        detail=visit.gettext(detail),
        reference="",
        problems={path: visit.gettext(said) for path, said in problems.items()},
    )
    return JSONResponse(told.model_dump(), status_code=422)


def _path(kind: RecordKind, path: str, picture: Picture, *, names: bool) -> ToldPath:
    return ToldPath(
        reveals=field_at(kind, path).reveals,
        is_contradicted=is_contradicted(picture, path),
        decision=_decision(picture, path, names=names),
        told=[
            ToldValue(
                value=each.value,
                statement=each.statement,
                said_by=each.said_by if names else None,
                said_on=each.said_on,
                method=each.method,
                certainty=each.certainty,
                entered_at=each.entered_at,
            )
            for each in picture[path]
        ],
    )


def _decision(picture: Picture, path: str, *, names: bool) -> ToldDecision | None:
    decision = picture[path][0].decision
    if decision is None:
        return None
    # A reason may name whoever said it.
    why = decision.why if names else None
    return ToldDecision(at=decision.at, why=why, is_open=not is_settled(picture, path))


def _statement(
    said: Sequence[Assertion], replaced: Collection[tuple[str, int]], *, names: bool
) -> ToldStatement:
    first = said[0]
    return ToldStatement(
        number=first.statement,
        method=first.method,
        said_by=first.said_by if names else None,
        said_on=first.said_on,
        entered_at=first.entered_at,
        assertions={
            each.path: Stated(
                value=each.value,
                certainty=each.certainty,
                replaces=sorted(each.replaces),
                earlier=list(each.earlier),
                stands=(each.path, each.statement) not in replaced,
                undoes=sorted(each.undoes),
                goes_by=each.goes_by,
                why=each.why if names and each.goes_by else None,
            )
            for each in said
        },
    )
