"""What a laboratory saw of a person at one locus, and how likely it was to see it.

One rule covers a clean genotype, a silent allele, drop-out and drop-in. Each copy that can be
seen is seen with chance ``1 - dropout``, each by itself; a silent copy never is. With chance
``dropin`` one allele more, drawn by its frequency, is seen besides, which may be one that is
there already. So the chances of all that can be seen add up to one, whatever the truth.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Chances = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Observation:
    """Alleles seen of one person at one locus.

    Parameters
    ----------
    seen
        Which alleles, as places on the locus' ladder; one where the laboratory saw one band.
    dropout
        Chance that a copy which is there was not seen; 0 for a clean reference sample.
    dropin
        Chance that one allele was seen which is not there.
    """

    seen: frozenset[int]
    dropout: float = 0.0
    dropin: float = 0.0

    def chance_given_two(self, frequencies: Chances, classes: "Lumped") -> Chances:
        """Give the chance of seeing this, for each two alleles the person may have.

        Parameters
        ----------
        frequencies : shape (n_alleles,)
            Visible frequencies, by which alleles drop in.
        classes
            Which alleles are summed as one, and whether one more is silent.

        Returns
        -------
        float array, shape (n_classes, n_classes)
            By the class of the father's and of the mother's allele; symmetric.
        """
        one = self._ways(classes)
        chances: Chances = one @ self._explained(frequencies) @ one.T
        return chances

    def chance_given_one(self, frequencies: Chances, classes: "Lumped") -> Chances:
        """Give the same where the person has one copy (a man's X); shape (n_classes,)."""
        chances: Chances = self._ways(classes) @ self._explained(frequencies)[:, 0]
        return chances

    def _ways(self, classes: "Lumped") -> Chances:
        """For each class: chance that a copy is not seen, then that it is each allele seen."""
        ways = np.zeros((classes.count, len(self.seen) + 1))
        ways[:, 0] = self.dropout
        for at, allele in enumerate(sorted(self.seen), start=1):
            ways[classes.of[allele], at] = 1 - self.dropout
        if classes.silent is not None:
            ways[classes.silent, 0] = 1.0
        return ways

    def _explained(self, frequencies: Chances) -> Chances:
        """Chance that what two copies show (0: nothing) is completed to just what was seen."""
        missing = _missing(len(self.seen))
        if self.dropin == 0:
            return missing[..., 0]
        shares = frequencies[sorted(self.seen)]
        none, one = 1 - self.dropin + self.dropin * float(shares.sum()), self.dropin * shares
        explained: Chances = missing[..., 0] * none + missing[..., 1:] @ one
        return explained


@lru_cache
def _missing(count: int) -> Chances:
    """Say, for what two copies show, whether nothing is missing, or only each of the alleles.

    Shape (count + 1, count + 1, count + 1): by what the first copy shows (0: nothing), by what
    the other shows, and nothing missing, then just the first allele, the second, and so on.
    """
    shown = [frozenset[int](), *(frozenset({at}) for at in range(count))]
    table = np.zeros((count + 1,) * 3)
    for i, one in enumerate(shown):
        for j, other in enumerate(shown):
            missing = frozenset(range(count)) - one - other
            if len(missing) <= 1:
                table[i, j, shown.index(missing)] = 1.0
    return table


@dataclass(frozen=True, slots=True)
class Lumped:
    """Alleles of a locus gathered into classes.

    ``of`` gives the class of each allele; ``count`` how many classes there are, the silent
    one included, which is the last if there is one.
    """

    of: NDArray[np.int64]
    count: int
    silent: int | None = None
