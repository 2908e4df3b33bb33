"""Both sides of a search, read by each kind of evidence and laid together."""

from collections.abc import Sequence
from typing import Any

from matching.packing.comparison import Comparison, Evidence, Judged


def lay(
    left: Sequence[Any], right: Sequence[Any], evidence: Sequence[Evidence], judged: Judged
) -> tuple[Comparison, ...]:
    """Read both sides and lay them together, one kind after the other.

    What a kind reads on the way is let go of before the next begins.
    """
    return tuple(
        kind.compare(kind.tell(left, judged), kind.see(right, judged), judged)
        for kind in evidence
    )
