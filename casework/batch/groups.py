"""To which group each record belongs: by a column as it stands, or by one computed from it.

Some of what may make the engine unfair stands in no column: how old somebody is in decades, how
many words their name has, how rare their surname is, how much is recorded of them at all.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casework.batch.files import NoSuchTable, UnreadableTable, read_rows
from casework.batch.pairs import NothingToJudge
from casework.batch.writing import RejectedFrom, RejectedLine
from matching.evaluation import ListSide
from matching.names.letters import plain
from matching.names.parts import words_of
from matching.tables import NumberedRow, Problem, Rule
from matching.tables.columns import RECORD_ID

Pair = tuple[str, str]
Cells = Mapping[str, str]
Groups = dict[str, str]

MANY_VALUES = 12
"""More different numbers than this are grouped in tens; our choice."""

MOST_GROUPS = 30
"""More groups than this are no table any more: the smallest are put together; our choice."""

NOT_RECORDED = "(not recorded)"
OTHERS = "(others)"
SEVERAL = "(several)"
UNKNOWN = "unknown"
UNSAID = ("", UNKNOWN)
NOBODYS = (NOT_RECORDED, UNKNOWN, OTHERS, SEVERAL)
"""Groups nobody belongs to by what they are: in the table, but no gap is named with them."""

AGES = ((12, "0–11"), (18, "12–17"), (30, "18–29"), (45, "30–44"), (60, "45–59"))
OLDEST = "60 and older"
"""Children, adolescents, and adults by the ages at which people set out; our choice."""

RARE, COMMON = 0.001, 0.01
"""Shares of the file's records with the same first surname; our choice."""

QUARTERS = ("1 fewest", "2 fewer", "3 more", "4 most")
"""Records are parted in quarters by how much is recorded of them; our choice."""

LONG_NAME = 5


@dataclass(frozen=True, slots=True)
class Records:
    """The records of one side as they stand in their file, and which side that is."""

    path: Path
    header: Sequence[str]
    cells: Mapping[str, Cells]
    side: ListSide
    rejected: RejectedFrom

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that can be grouped by: those of the file, then the computed ones."""
        computed = [name for name, needs in NEEDS.items() if _has_any(needs, self.header)]
        return (*(name for name in self.header if name != RECORD_ID), *computed)


def read_records(path: Path, truth: set[Pair]) -> Records:
    """Read one side's records, and find out by their ids which side they are of.

    Raises
    ------
    NothingToJudge
        If the file holds no record of the truth.
    UnreadableTable
        If it has no record_id.
    """
    rows = read_rows(path)
    if RECORD_ID not in rows.header:
        raise UnreadableTable(f"{path} has no column {RECORD_ID}; it needs one.")
    cells: dict[str, Cells] = {}
    rejected: list[RejectedLine] = []
    lines: dict[str, int] = {}
    for row in rows.rows:
        who = row.cells.get(RECORD_ID, "").strip()
        if problem := _problem(row, who, lines):
            rejected.append(RejectedLine(row.line, problem.rule, problem.sentence, row.cells))
        else:
            lines[who] = row.line
            cells[who] = row.cells
    side = _side(path, cells, truth)
    return Records(path, rows.header, cells, side, RejectedFrom(path, rows.header, rejected))


def groups_by(sources: Sequence[Records], column: str) -> Iterator[tuple[Records, Groups]]:
    """Group the records of every file that has the column, or what it is computed from.

    Raises
    ------
    NoSuchTable
        If no file has it; the sentence lists what there is.
    """
    having = [each for each in sources if column in each.columns]
    if not having:
        there = "; ".join(f"{each.path} has {', '.join(each.columns)}" for each in sources)
        raise NoSuchTable(f"No file of records has a column {column}: {there}.")
    for each in having:
        yield each, group_names(values_of(each, column), column)


def strata_of(
    sources: Sequence[Records], columns: Sequence[str], truth: set[Pair]
) -> dict[Pair, str]:
    """Name the stratum of each true pair: its values of the columns, of both its records.

    Raises
    ------
    NoSuchTable
        If no file has one of the columns.
    """
    named = [each for column in columns for each in groups_by(sources, column)]
    return {
        pair: " / ".join(
            groups.get(pair[0] if source.side is ListSide.LEFT else pair[1], NOT_RECORDED)
            for source, groups in named
        )
        for pair in truth
    }


def values_of(records: Records, column: str) -> dict[str, str]:
    """Give each record's value of a column of the file, or of a computed one."""
    if column in records.header:
        return {who: cells.get(column, "").strip() for who, cells in records.cells.items()}
    return COMPUTED[column](records)


def group_names(values: Mapping[str, str], column: str = "") -> Groups:
    """Name the group of each record: tens for many numbers, years for dates, else the value."""
    said = set(values.values()) - {""}
    name: Callable[[str], str] = _nation if column == "nationality" else str
    if len(said) > MANY_VALUES and all(map(_is_number, said)):
        name = _ten
    elif said and all(map(_is_date, said)):
        name = _year
    names = {who: name(value) if value else NOT_RECORDED for who, value in values.items()}
    return _largest(names)


def _problem(row: NumberedRow, who: str, lines: Mapping[str, int]) -> Problem | None:
    if row.misfit:
        return row.misfit
    if not who:
        return Problem(RECORD_ID, "", Rule.RECORD_ID_MISSING)
    if who in lines:
        return Problem(RECORD_ID, who, Rule.RECORD_ID_REPEATED, f"line {lines[who]}")
    return None


def _side(path: Path, cells: Mapping[str, Cells], truth: set[Pair]) -> ListSide:
    found = {
        ListSide.LEFT: sum(left in cells for left, _ in truth),
        ListSide.RIGHT: sum(right in cells for _, right in truth),
    }
    side = max(found, key=lambda each: found[each])
    if not found[side]:
        raise NothingToJudge(f"{path} holds no record of the truth; name the file of one side.")
    return side


def _has_any(names: Sequence[str], header: Sequence[str]) -> bool:
    return any(name in header for name in names)


def _ages(records: Records) -> dict[str, str]:
    return {who: _age_group(cells) for who, cells in records.cells.items()}


def _age_group(cells: Cells) -> str:
    age = _age(cells)
    if age is None:
        return ""
    return next((words for below, words in AGES if age < below), OLDEST)


def _age(cells: Cells) -> float | None:
    """Give the middle of the ages said; else the years from birth to the last contact."""
    ends = [_number(cells.get(name, "")) for name in ("age_min", "age_max")]
    said = [end for end in ends if end is not None]
    if said:
        return sum(said) / len(said)
    born, seen = (cells.get(name, "")[:4] for name in ("birth_from", "last_contact_from"))
    return float(int(seen) - int(born)) if born.isdigit() and seen.isdigit() else None


def _number(text: str) -> float | None:
    return float(text) if text.replace(".", "", 1).isdigit() else None


def _name_lengths(records: Records) -> dict[str, str]:
    return {who: _name_length(cells) for who, cells in records.cells.items()}


def _name_length(cells: Cells) -> str:
    written = " ".join(cells.get(name, "") for name in NAME)
    words = len(plain(written).split())
    if not words:
        return ""
    return f"{words} words" if 1 < words < LONG_NAME else _ends_of_length(words)


def _ends_of_length(words: int) -> str:
    return "1 word" if words == 1 else f"{LONG_NAME} words or more"


def _name_rarities(records: Records) -> dict[str, str]:
    """Say how common a first surname is in this very file, which is where it is sought."""
    surnames = {who: _surname(cells) for who, cells in records.cells.items()}
    known = Counter(each for each in surnames.values() if each)
    among = sum(known.values())
    return {who: _rarity(known[name], among) if name else "" for who, name in surnames.items()}


def _surname(cells: Cells) -> str:
    return " ".join(words_of(cells.get("surname_1", "")))


def _rarity(people: int, among: int) -> str:
    share = people / among
    if people == 1:
        return "nobody else's"
    if share < RARE:
        return "rare: fewer than 1 in 1,000"
    return "common: 1 in 100 or more" if share >= COMMON else "middling"


def _recorded(records: Records) -> dict[str, str]:
    """Part the records in quarters by how many of their columns say anything."""
    filled = {who: _filled(cells) for who, cells in records.cells.items()}
    ordered = sorted(filled.values())
    bounds = [ordered[len(ordered) * part // len(QUARTERS)] for part in range(1, len(QUARTERS))]
    return {who: _quarter(count, bounds) for who, count in filled.items()}


def _filled(cells: Cells) -> int:
    return sum(
        text.strip() not in UNSAID for name, text in cells.items() if name not in UNCOUNTED
    )


def _quarter(count: int, bounds: Sequence[int]) -> str:
    part = sum(count >= bound for bound in bounds)
    return f"{QUARTERS[part]} columns"


def _conditions(records: Records) -> dict[str, str]:
    return {
        who: CONDITION_WORDS.get(cells.get("condition", "").strip(), "")
        for who, cells in records.cells.items()
    }


NAME = ("given_names", "surname_1", "surname_2")
UNCOUNTED = (RECORD_ID, "group_id", "incident_id")
CONDITION_WORDS = {
    "1": "1 whole",
    "2": "2 decomposed",
    "3": "3–4 partly bone",
    "4": "3–4 partly bone",
    "5": "5–7 bone",
    "6": "5–7 bone",
    "7": "5–7 bone",
    "8": "8 burnt or otherwise",
}
"""Condition of remains (minimum data set 16) in groups large enough to compare."""

COMPUTED: Mapping[str, Callable[[Records], dict[str, str]]] = {
    "age_group": _ages,
    "name_length": _name_lengths,
    "name_rarity": _name_rarities,
    "condition_group": _conditions,
    "recorded": _recorded,
}
NEEDS: Mapping[str, Sequence[str]] = {
    "age_group": ("age_min", "age_max", "birth_from"),
    "name_length": NAME,
    "name_rarity": ("surname_1",),
    "condition_group": ("condition",),
    "recorded": (RECORD_ID,),
}
"""What each computed column is computed from: one of these has to be in the file."""


def _nation(text: str) -> str:
    return SEVERAL if "|" in text else text


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit() or text in (UNKNOWN, "none")


def _is_date(text: str) -> bool:
    return len(text) in (7, 10) and text[:4].isdigit() and text[4] == "-"


def _ten(text: str) -> str:
    if not text[0].isdigit():
        return text
    ten = int(float(text)) // 10 * 10
    return f"{ten}–{ten + 9}"


def _year(text: str) -> str:
    return text[:4]


def _largest(names: Groups) -> Groups:
    sizes = Counter(names.values())
    if len(sizes) <= MOST_GROUPS:
        return names
    kept = {name for name, _ in sizes.most_common(MOST_GROUPS - 1)}
    return {who: name if name in kept else OTHERS for who, name in names.items()}
