"""What is told of a proposal's two records: no more than is open of both."""

from abc import ABC, abstractmethod
from typing import Any

from casework.candidates.open_numbers import Weighs, open_sum, open_weights
from casework.candidates.reading import Told, as_open
from casework.candidates.rules import Band, band_of
from casework.openings import Openings
from privacy.model import Reveals

# What is laid side by side, and the name above it; all that a kind of evidence is read from.
COMPARED = (Reveals.CIRCUMSTANCE, Reveals.BODY, Reveals.IDENTITY)

Side = tuple[Any, Openings]
"""A record, and what of it is open to whoever asked."""


class Both(ABC):
    """A proposal with both of its records, whatever stands on the other side of the person."""

    __slots__ = ()

    pairing: Weighs

    @property
    @abstractmethod
    def sides(self) -> tuple[Side, Side]:
        """The missing person's side, and the other."""

    def shows(self, group: Reveals) -> bool:
        """Say whether a group is open on both sides, so that it can be laid side by side."""
        return all(openings.shows(group) for _, openings in self.sides)

    def told(self) -> tuple[Told, Told]:
        """Give both records as far as they are open, as the engine reads them."""
        one, other = self.sides
        return as_open(*one), as_open(*other)

    @property
    def shows_numbers(self) -> bool:
        """Say whether a sum is told: without the bodies there is little to sum."""
        return self.shows(Reveals.BODY)

    @property
    def shows_all(self) -> bool:
        """Say whether every group is open that a kind of evidence is read from."""
        return all(map(self.shows, COMPARED))

    @property
    def weights(self) -> dict[str, float]:
        """The weights of the kinds that are open on both sides."""
        return open_weights(self.pairing, self.shows)

    @property
    def log10_lr(self) -> float | None:
        """The sum of the open weights; None where a body is closed."""
        return open_sum(self.pairing, self.shows) if self.shows_numbers else None

    @property
    def band(self) -> Band:
        """How strong it is: by the sum that is told, or where none is by that which is not."""
        told = self.log10_lr
        return band_of(self.pairing.log10_lr if told is None else told)
