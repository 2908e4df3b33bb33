"""What one search is shown: both sides, the rows behind them, and who may meet whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from casework.candidates.apart import Keeping, companies

Entry = tuple[int, Any, Keeping]
"""The number of a row, its record as the engine is shown it, and how it is kept."""


@dataclass(frozen=True, slots=True)
class World:
    """Both sides of one comparison, and the row behind each record.

    Invented people are a world of their own: a real person is never laid beside an invented
    one.
    """

    missing: tuple[Any, ...]
    remains: tuple[Any, ...]
    missing_ids: tuple[int, ...]
    remains_ids: tuple[int, ...]
    invented: bool = False
    # How each is kept: some must not be compared with some.
    missing_kept: tuple[Keeping, ...] = ()
    remains_kept: tuple[Keeping, ...] = ()

    @property
    def people(self) -> list[Entry]:
        """Give the first side record by record."""
        return list(zip(self.missing_ids, self.missing, self.missing_kept, strict=True))

    @property
    def found(self) -> list[Entry]:
        """Give the second side record by record."""
        return list(zip(self.remains_ids, self.remains, self.remains_kept, strict=True))

    @property
    def companies(self) -> list[tuple[list[int], list[int]]]:
        """Divide both sides by who may meet whom, by their positions."""
        return companies(self.missing_kept, self.remains_kept)

    @property
    def pairs(self) -> int:
        return len(self.missing) * len(self.remains)


@dataclass(frozen=True, slots=True)
class Opened:
    """Everything the engine was shown for one run, and how many names were opened."""

    worlds: tuple[World, ...]
    named: int = 0

    @property
    def inputs_hash(self) -> str:
        """Hash what was shown, so that a proposal can be checked later; it takes long."""
        digest = sha256()
        for world in self.worlds:
            for each in (*world.missing, *world.remains):
                digest.update(repr(each).encode())
            # Where somebody is kept from a country, that decides too what was proposed.
            kept = {*world.missing_kept, *world.remains_kept}
            if any(each.kept_from for each in kept):
                told = (world.missing_kept, world.remains_kept)
                digest.update(repr([_in_order(each) for each in told]).encode())
        return digest.hexdigest()

    @property
    def pairs(self) -> int:
        return sum(world.pairs for world in self.worlds)

    @property
    def missing_count(self) -> int:
        return sum(len(world.missing) for world in self.worlds)

    @property
    def remains_count(self) -> int:
        return sum(len(world.remains) for world in self.worlds)


def _in_order(kept: Iterable[Keeping]) -> list[tuple[int, str, list[str]]]:
    return [(each.institution, each.country, sorted(each.kept_from)) for each in kept]
