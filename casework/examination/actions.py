"""What an examiner does at the table: each a statement like any other, nothing overwritten."""

from collections.abc import Mapping
from datetime import date

from casework.bones.inventory import SeenBone
from casework.dataset.values import Value, days_of
from casework.examination.board import DONE_BY_SOMEBODY, FIELD, ShownExamination
from casework.examination.reading import Examined
from casework.examination.seen_bones import bone_value, paths_of
from casework.statements.columns import Method
from casework.statements.picture import preferred
from casework.statements.reading import statements_of
from casework.statements.saying import Kept, Said, Sitting, is_going_on, new_entry, say
from casework.values import DateRange

# Nothing that a page has not shown is replaced: it is told which statements it showed.
Shown = int


def set_examination(
    about: Examined, row: ShownExamination, status: str, *, by: str, on: date
) -> Kept:
    """Say how an examination stands now; what was said before stays in the history."""
    before = preferred(about.picture, row.path) or {}
    value: dict[str, Value] = {"kind": row.kind, "status": status}
    if "report_ref" in before:
        value["report_ref"] = before["report_ref"]
    if status in DONE_BY_SOMEBODY:
        value |= {"examiner": by, "date": days_of(DateRange(on, on))}
    path = row.path or new_entry(FIELD)
    # The state of the work is the institution's word, so that whoever goes on replaces it.
    return say(about.hand, {path: Said(value, row.seen)}, Sitting(Method.EXAMINATION, "", on))


def say_bones(
    about: Examined,
    bones: Mapping[str, SeenBone | None],
    sitting: Sitting,
    *,
    shown: Shown,
) -> Kept:
    """Write down bones; None takes back what stands of one.

    `shown` is the last statement that the page knew of: later words stand beside.
    """
    said = {}
    for code, path in paths_of(bones).items():
        seen, before = bones[code], preferred(about.picture, path)
        value = bone_value(seen, before) if seen else None
        said[path] = Said(value, _known(about, path, shown))
    return say(about.hand, said, sitting)


def say_fields(
    about: Examined, values: Mapping[str, Value], sitting: Sitting, *, shown: Shown
) -> Kept:
    """Write down answers of the minimum data set, as one sitting."""
    said = {path: Said(value, _known(about, path, shown)) for path, value in values.items()}
    return say(about.hand, said, sitting)


def who_examines(about: Examined) -> str:
    """Give whose words the visitor is writing down: those of their sitting that goes on."""
    hand = about.hand
    going_on = (each for each in reversed(statements_of(hand)) if is_going_on(hand, each))
    return next((str(each.said_by) for each in going_on if each.said_by), "")


def last_statement(about: Examined) -> Shown:
    """Give the number of the last statement that a page shows something of."""
    return max((each.statement for said in about.picture.values() for each in said), default=0)


def _known(about: Examined, path: str, shown: Shown) -> frozenset[int]:
    standing = about.picture.get(path, ())
    return frozenset(each.statement for each in standing if each.statement <= shown)
