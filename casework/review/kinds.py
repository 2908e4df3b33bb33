"""Which kinds of evidence are laid before an examiner: those that are open to them."""

from collections.abc import Iterator

from casework.candidates.compared_facts import can_compare
from casework.candidates.presenters import KIND_WORDS
from casework.candidates.queries import Proposal

# Of what the registry keeps; the engine reads these of flat files only.
NOT_KEPT = frozenset({"birth", "recovery", "outside"})


def kinds_before(proposal: Proposal) -> Iterator[str]:
    """Name them in the order in which they are summed and shown."""
    for kind in KIND_WORDS:
        if kind not in NOT_KEPT and (kind in proposal.weights or can_compare(kind, proposal)):
            yield kind
