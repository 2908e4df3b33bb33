"""What looking at proposals leaves in the log: whose records were shown, in full or blinded."""

from collections.abc import Collection, Sequence
from typing import Any

from casework.candidates.blinded import Blinded
from casework.candidates.deeds import record_about
from casework.candidates.queries import Proposal
from casework.web.visit import Visit
from privacy.audit.log import Deed, record


def record_listed(
    visit: Visit, proposals: Sequence[Proposal], blinded: Sequence[Blinded]
) -> None:
    """Record one look at the queue, with every record that stood in it."""
    concerning = {
        reference
        for each in proposals
        for reference in (each.person.reference, each.remains.reference)
    }
    apart: dict[str, Any] = {"blinded": len(blinded)} if blinded else {}
    record(
        visit.session,
        Deed.PAIRING_LISTED,
        by=visit.viewer,
        at=visit.at,
        concerning=concerning | {each.own_reference for each in blinded},
        shown=len(proposals),
        **apart,
    )


def record_read(visit: Visit, proposal: Proposal, *, concerning: Collection[str] = ()) -> None:
    """Record that both records of a pairing were opened side by side.

    `concerning`: references of other records that stand on the same page.
    """
    record_about(
        visit.session,
        Deed.PAIRING_READ,
        visit.viewer,
        proposal,
        at=visit.at,
        concerning=concerning,
    )


def record_blinded(visit: Visit, blinded: Blinded) -> None:
    """Record that somebody learned that a closed record may belong to one of theirs."""
    record(
        visit.session,
        Deed.PAIRING_READ,
        by=visit.viewer,
        at=visit.at,
        about=f"pairing:{blinded.id}",
        concerning=[blinded.own_reference],
        blinded=1,
    )


def record_by_hand(visit: Visit, proposals: Sequence[Proposal]) -> None:
    """Record one look at the list of pairs that were opened by hand."""
    record(
        visit.session,
        Deed.PAIRINGS_BY_HAND_LISTED,
        by=visit.viewer,
        at=visit.at,
        concerning={
            reference
            for each in proposals
            for reference in (each.person.reference, each.remains.reference)
        },
        shown=len(proposals),
    )
