"""A table of records to be linked: columns of text, all of one length."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.errors import NothingToCompare, UnusableTable

COLUMNS = (
    "given_names",
    "surname_1",
    "surname_2",
    "other_names",
    "sex",
    "birth_from",
    "birth_to",
    "birth_place",
    "nationality",
    "mother_name",
    "father_name",
    "id_numbers",
    "phones",
)


@dataclass(frozen=True, slots=True)
class Records:
    """Records by column, as `docs/reference/batch-tables.md` writes their cells.

    Attributes
    ----------
    ids : sequence of str
        One for each record, each once.
    columns : mapping of str to sequence of str
        Of `COLUMNS`; a column that is not there was not recorded, and so is an empty cell.

    Raises
    ------
    UnusableTable
        If a column is not known, or is not as long as `ids`.
    NothingToCompare
        If there are fewer than two records.
    """

    ids: Sequence[str]
    columns: Mapping[str, Sequence[str]]

    def __post_init__(self) -> None:
        if len(self.ids) < 2:  # noqa: PLR2004 - a pair needs two
            raise NothingToCompare("two records at least are needed to link any")
        for name, cells in self.columns.items():
            if name not in COLUMNS:
                raise UnusableTable(f"there is no column “{name}” to link by")
            if len(cells) != len(self.ids):
                raise UnusableTable(f"“{name}” has {len(cells)} cells, not {len(self.ids)}")

    def __len__(self) -> int:
        return len(self.ids)

    def cells(self, name: str) -> Sequence[str]:
        """Give a column; empty cells where it was not recorded."""
        return self.columns.get(name) or [""] * len(self.ids)
