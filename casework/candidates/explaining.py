"""One proposal explained to whoever reads it: reasons, what is missing, what speaks against."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from casework.candidates.compared_facts import is_open
from casework.candidates.model import MatchingRun
from casework.candidates.presenters import open_weights
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
    unknown = tuple(each for each in found.unknown if _is_open(each.kind.value, proposal))
    explained = Explained(found.reasons, found.lacking, unknown)
    argued = None
    if proposal.shows_numbers:
        others = count_as_good(session, viewer, proposal, at=at)
        argued = argue_against(open_weights(proposal), unknown, others)
    return Explanation(proposal, run, explained, argued)


def _is_open(kind: str, proposal: Proposal) -> bool:
    """Say whether both sides may be read: what is closed is not missing."""
    return is_open(kind, proposal.of_person) and is_open(kind, proposal.of_remains)
