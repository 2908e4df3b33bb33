"""Over the API: taking back one's last edit, deciding which of contradictory words to go by."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from casework.errors import NotFound
from casework.statements.describing import AtHand
from casework.statements.reading import groups_opened, read_assertions
from casework.statements.saying import demand_to_say
from casework.statements.settling import LONGEST_REASON, go_by
from casework.statements.spoken import Kept, Number, Path
from casework.statements.undoing import last_edit, undo

_EDIT: dict[str, Any] = {"statement": 12, "at": "2026-03-09T12:00:00Z"}


class UndoneAnswer(BaseModel):
    """One answer of an edit, and all that stands on its path once it is taken back."""

    now: Any
    again: list[Any] = Field(
        description="values that stand again; empty where nothing was said"
    )


class LastEdit(BaseModel):
    """What you put down last on a record, as far as nobody replaced it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [_EDIT | {"changes": {"hair": {"now": "brown", "again": ["black"]}}}]
        }
    )

    statement: int
    at: datetime
    changes: dict[str, UndoneAnswer]


class Undoing(BaseModel):
    """Which edit to take back, as it was told."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EDIT]})

    statement: Number
    at: AwareDatetime


class Deciding(BaseModel):
    """Which of contradictory answers to go by, and why."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"path": "hair", "statement": 12, "why": "Rosa la vio más tarde"}]
        },
    )

    path: Path
    statement: Number
    why: Annotated[str, Field(max_length=LONGEST_REASON)] = ""


def last_edit_told(hand: AtHand) -> LastEdit:
    """Tell the viewer's last edit of a record.

    Raises
    ------
    NotFound
        If they wrote nothing there, or all of it was replaced.
    """
    demand_to_say(hand)
    opened = groups_opened(hand, hand.described.groups)
    edit = last_edit(hand.viewer.account_id, read_assertions(hand, opened))
    if edit is None:
        raise NotFound("edit")
    return LastEdit(
        statement=edit.statement,
        at=edit.at,
        changes={
            each.now.path: UndoneAnswer(
                now=each.now.value, again=[word.value for word in each.again]
            )
            for each in edit.changes
        },
    )


def take_undoing(hand: AtHand, undoing: Undoing) -> Kept:
    """Take the viewer's last edit back, if it is still the one they name."""
    undo(hand, undoing.statement, undoing.at)
    return _kept(hand)


def take_decision(hand: AtHand, deciding: Deciding) -> Kept:
    """Keep which answer to go by, beside all that was said."""
    go_by(hand, deciding.path, deciding.statement, deciding.why)
    return _kept(hand)


def _kept(hand: AtHand) -> Kept:
    return Kept(reference=hand.about.reference, version=hand.about.version, clashes=[])
