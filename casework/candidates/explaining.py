"""One proposal explained to whoever reads it: reasons, what is missing, what speaks against."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from casework.candidates.compared_facts import can_compare
from casework.candidates.model import MatchingRun
from casework.candidates.queries import Proposal, count_as_good, run_of
from casework.candidates.weighing import Argued, Explained, argue_against, explain_pair
from privacy.permissions import Viewer


@dataclass(frozen=True, slots=True)
class Explanation:
    """A proposal with its run and what is said of it; no argument where numbers are closed."""

    proposal: Proposal
    run: MatchingRun
    explained: Explained
    argued: Argued | None

    @property
    def model(self) -> str:
        return f"{self.run.model_name}-{self.run.model_version}"


def explain_proposal(
    session: Session, viewer: Viewer, proposal: Proposal, *, at: datetime
) -> Explanation:
    """Explain a proposal as far as it is open to `viewer`; what is closed is left out."""
    run = run_of(session, viewer, proposal.pairing)
    person, remains = proposal.told()
    found = explain_pair(
        person, remains, f"{run.model_name}-{run.model_version}", run.commonness
    )
    explained = _open_part(found, proposal)
    argued = None
    if proposal.shows_numbers:
        others = count_as_good(session, viewer, proposal, at=at)
        argued = argue_against(proposal.weights, explained.unknown, others)
    return Explanation(proposal, run, explained, argued)


def _open_part(found: Explained, proposal: Proposal) -> Explained:
    """Leave out what is closed: it is told by no reason, and nobody here can say it lacks."""
    weighed = proposal.weights
    return Explained(
        {kind: reason for kind, reason in found.reasons.items() if kind in weighed},
        {
            kind: side
            for kind, side in found.lacking.items()
            if kind not in weighed and can_compare(kind, proposal)
        },
        tuple(
            each
            for each in found.unknown
            if each.kind.value not in weighed and can_compare(each.kind.value, proposal)
        ),
    )
