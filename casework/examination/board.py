"""The board of examinations: how each of them stands, by whom, and what waits next."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from casework.dataset.code_lists.remains import EXAMINATION, EXAMINATION_STATE
from casework.dataset.values import Value, dates_of
from casework.statements.picture import Picture, entries_in
from casework.web.described import Teller
from casework.web.pieces import Choice

FIELD = "examinations"
# What leaves a body as it was comes before what does not: our choice.
ORDER = (
    *("photography", "external", "effects", "fingerprints", "radiology"),
    *("odontology", "pathology", "anthropology", "dna_sampling"),
)
NOT_STARTED, DONE, NOT_POSSIBLE = "not_started", "done", "not_possible"
SETTLED = frozenset({DONE, NOT_POSSIBLE, "not_indicated"})
# Of these somebody was at the table; the others are only planned.
DONE_BY_SOMEBODY = frozenset({"in_progress", DONE, NOT_POSSIBLE})


@dataclass(frozen=True, slots=True)
class ShownExamination:
    """One line of the board; `path` is the entry that a click says anew, if there is one."""

    kind: str
    words: str
    status: str
    status_words: str
    by: str
    on: str
    report_ref: str
    path: str
    seen: frozenset[int]
    others: tuple[str, ...] = ()
    is_next: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """All examinations; `settled` of them need nothing more."""

    rows: tuple[ShownExamination, ...]
    statuses: tuple[Choice, ...]
    settled: int

    @property
    def next_words(self) -> str:
        """Name what waits next, or nothing."""
        return next((row.words for row in self.rows if row.is_next), "")


def board_of(picture: Picture, teller: Teller) -> Board:
    """Lay out the board from what stands."""
    rows = [_row(kind, picture, teller) for kind in ORDER]
    waiting = [row.kind for row in rows if row.status not in SETTLED]
    begun = [row.kind for row in rows if row.status == "in_progress"]
    following = next(iter([*begun, *waiting]), "")
    return Board(
        rows=tuple(replace(row, is_next=row.kind == following) for row in rows),
        statuses=tuple(
            Choice(code, teller.gettext(words))
            for code, words in EXAMINATION_STATE.words.items()
        ),
        settled=len(ORDER) - len(waiting),
    )


def status_of(picture: Picture, kind: str) -> str:
    """Give how one examination stands."""
    return next((str(entry["status"]) for _, entry in _entries(picture, kind)), NOT_STARTED)


def _entries(picture: Picture, kind: str) -> Iterator[tuple[str, dict[str, Value]]]:
    """Give the entries about one examination, the last that was said first."""
    found = entries_in(picture, FIELD).items()
    about = [
        (number, entry)
        for number, entry in found
        if entry.get("kind") == kind and entry.get("status")
    ]
    yield from reversed(about)


def _row(kind: str, picture: Picture, teller: Teller) -> ShownExamination:
    _ = teller.gettext
    number, entry = next(_entries(picture, kind), ("", {}))
    standing = picture.get(f"{FIELD}/{number}", ())
    status = str(entry.get("status", NOT_STARTED))
    dates = entry.get("date")
    others = [each.value for each in standing[1:] if each.value != entry]
    others += [said for other, said in _entries(picture, kind) if other != number]
    other_states = [str(said["status"]) for said in others]
    return ShownExamination(
        kind=kind,
        words=_(EXAMINATION.words[kind]),
        status=status,
        status_words=_(EXAMINATION_STATE.words[status]),
        by=str(entry.get("examiner", "")),
        on=teller.dates_short(dates_of(dates)) if dates else "",
        report_ref=str(entry.get("report_ref", "")),
        path=f"{FIELD}/{number}" if number else "",
        seen=frozenset(each.statement for each in standing),
        others=tuple(_(EXAMINATION_STATE.words[each]) for each in other_states),
    )
