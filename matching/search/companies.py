"""The same search where some records may not meet each other, whatever they say.

Whoever may meet the same others searches them alone. What the registry says of chance
agreement is that of all records, so every pair weighs what it weighs in one search.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from matching.model_file import Model
from matching.search.all_pairs import Registry, rank, registry_of
from matching.search.divided import Asked, Block, Gathered, Pairs, compared
from matching.search.ranking import Ranking, Weights
from matching.search.scanning import Progress

Company = tuple[Sequence[int], Sequence[int]]
"""Left records, and all right ones that they may meet: positions in the input, rising."""


def rank_companies(  # noqa: PLR0913 - each is documented and, from the fifth on, named
    missing: Sequence[Any],
    remains: Sequence[Any],
    model: Model,
    companies: Sequence[Company],
    *,
    top: int = 50,
    jobs: int = 2,
    progress: Progress | None = None,
    min_log10_lr: float | None = None,
    registry: Registry | None = None,
) -> Ranking:
    """Weigh every record of the left against those of the right that it may meet.

    Parameters
    ----------
    missing, remains, model, top, jobs, progress, min_log10_lr, registry
        As `matching.search.rank`.
    companies : sequence of Company
        Every pair that may meet is in exactly one; both sides of each have somebody. One with
        everybody on both sides is `rank`.

    Returns
    -------
    Ranking
        That of `rank`, to the last digit, had only these pairs been there: whoever leaves a
        list lets the next best move up. `pairs_scored` and `pairs_skipped` count these alone.

    Raises
    ------
    NothingToCompare, KindNotSupported, SearchStopped
        As `rank`.

    Notes
    -----
    Lays all records out once more than `rank` does, where somebody may not meet somebody.
    """
    counts = len(missing), len(remains)
    ask = partial(rank, model=model, top=top, jobs=jobs, min_log10_lr=min_log10_lr)
    if [(len(left), len(right)) for left, right in companies] == [counts]:
        return ask(missing, remains, progress=progress, registry=registry)
    asked = Asked(model, registry or registry_of(missing, remains, model), top, min_log10_lr)
    gathered = Gathered(*counts, top)
    done, total = 0, sum(len(left) * len(right) for left, right in companies)
    for left, right in companies:
        sides = [missing[at] for at in left], [remains[at] for at in right]
        told = _among_all(progress, done, total)
        found = ask(*sides, progress=told, registry=asked.registry)
        pairs = found.pairs_scored, found.pairs_skipped
        block = Block(np.array(left, np.int64), np.array(right, np.int64), named=True)
        gathered.add(block, Pairs(found.left, found.right, found.log10_lr, *pairs))
        done += sum(pairs)
    together = compared(missing, remains, asked)
    return gathered.ranking(
        asked,
        lambda left, right: Weights(together, left.astype(np.int32), right.astype(np.int32)),
    )


def _among_all(progress: Progress | None, done: int, total: int) -> Progress | None:
    """Tell how far one company is among the pairs of all of them."""
    if progress is None:
        return None

    def told(of_company: int, _pairs: int) -> object:
        return progress(done + of_company, total)

    return told
