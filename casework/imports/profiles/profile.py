"""What every reader of a foreign layout offers, and what it makes of a row."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from casework.imports.drafts import IncidentDraft, PlainRow
from casework.imports.errors import UnreadableFile
from casework.imports.problems import N_, Problem, Rule, stops
from casework.imports.reading import RawRow


class Reads(StrEnum):
    """What kind of record the rows of a file become."""

    INCIDENTS = "incidents"
    MISSING = "missing"
    REMAINS = "remains"
    LIVING = "living"


class Outcome(StrEnum):
    """What became of a row; every row has exactly one."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_WARNING = "accepted_with_warning"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row, read: its original text, what it became, and what was wrong with it."""

    line: int
    original: Mapping[str, str] = field(repr=False)
    draft: IncidentDraft | None = None
    plain: PlainRow | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Say whether the row may be taken."""
        if stops(self.problems):
            return Outcome.QUARANTINED
        return Outcome.ACCEPTED_WITH_WARNING if self.problems else Outcome.ACCEPTED

    def with_problem(self, problem: Problem) -> "ReadRow":
        """Say one thing more about the row; it loses its result if that keeps it out."""
        read = replace(self, problems=(*self.problems, problem))
        return replace(read, draft=None, plain=None) if stops(read.problems) else read


Rows = Iterable[RawRow]


@dataclass(frozen=True, slots=True)
class Profile:
    """A named way to read one source's files.

    `layouts` are the sets of columns it knows, each with the columns it cannot do without
    first; `read` is handed the name of the layout and the rows.
    """

    name: str
    reads: Reads
    source: str
    layouts: Mapping[str, "Layout"]
    reader: Callable[[str, Rows], Iterator[ReadRow]] = field(repr=False)

    def layout_of(self, header: Sequence[str]) -> str | None:
        """Name the layout that knows most of the header, or `None` if none fits."""
        fitting = [
            (len(layout.known & set(header)), name)
            for name, layout in self.layouts.items()
            if layout.fits(header)
        ]
        return max(fitting, key=lambda each: each[0])[1] if fitting else None

    def recognise(self, header: Sequence[str]) -> bool:
        """Tell whether this profile reads files with this header."""
        return self.layout_of(header) is not None

    def check(self, header: Sequence[str], name: str) -> tuple[str, tuple[Problem, ...]]:
        """Name the layout and what is noticed about the file, before any row is read.

        Raises
        ------
        UnreadableFile
            Columns are absent that no layout of this profile can do without.
        """
        layout = self.layout_of(header)
        if layout is None:
            raise UnreadableFile(
                N_(
                    "«%(name)s» no tiene las columnas del perfil %(profile)s: "
                    "falta %(columns)s. Compruebe el perfil o el archivo."
                ),
                name=name,
                profile=self.name,
                columns=", ".join(self._absent(header)),
            )
        known = self.layouts[layout]
        unknown = [each for each in header if each and each not in known.known]
        return layout, (
            *known.notes,
            *(Problem(Rule.UNKNOWN_COLUMN, column=each) for each in unknown),
        )

    def read(self, layout: str, rows: Rows) -> Iterator[ReadRow]:
        """Read `rows`; every row comes back once, in the order of the file."""
        return self.reader(layout, rows)

    def _absent(self, header: Sequence[str]) -> list[str]:
        found = set(header)
        nearest = min(
            self.layouts.values(),
            key=lambda each: (len(each.required - found), -len(each.known & found)),
        )
        return sorted(nearest.required - found)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one version of a source's file."""

    required: frozenset[str]
    optional: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    notes: tuple[Problem, ...] = ()

    @property
    def known(self) -> frozenset[str]:
        """Every column this layout has a use or a place for."""
        return self.required | self.optional

    def fits(self, header: Sequence[str]) -> bool:
        """Tell whether the header has what is required and nothing of another version."""
        return self.required <= set(header) and not self.absent & set(header)


def refused(raw: RawRow) -> ReadRow | None:
    """Put a row aside whose cells cannot be told apart, its text kept whole."""
    if raw.fits:
        return None
    original = {**raw.cells, **{f"+{i}": text for i, text in enumerate(raw.surplus, 1)}}
    count = str(len(raw.cells) + len(raw.surplus))
    value = raw.surplus[0] if raw.surplus else ""
    problem = Problem(Rule.CELLS_DO_NOT_FIT_HEADER, value=value, detail=count)
    return ReadRow(raw.line, original, problems=(problem,))


def plain_rows(
    rows: Rows, translate: Callable[[Mapping[str, str]], PlainRow]
) -> Iterator[ReadRow]:
    """Translate rows one by one; an id that an earlier row has stands aside."""
    seen: dict[str, int] = {}
    for raw in rows:
        yield refused(raw) or _translated(raw, translate, seen)


def _translated(
    raw: RawRow, translate: Callable[[Mapping[str, str]], PlainRow], seen: dict[str, int]
) -> ReadRow:
    plain = translate(raw.cells)
    if stops(plain.warnings):
        return ReadRow(raw.line, raw.cells, problems=plain.warnings)
    read = ReadRow(raw.line, raw.cells, plain=plain, problems=plain.warnings)
    first = seen.setdefault(plain.record_id, raw.line)
    if first == raw.line:
        return read
    return read.with_problem(Problem(Rule.REPEATED_RECORD_ID, "record_id", detail=str(first)))
