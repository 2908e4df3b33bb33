"""What somebody says of a pair, as plain values: kept sealed, and read back whole."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from casework.candidates.compared_facts import KEPT_WITH_NAMES
from casework.candidates.open_numbers import group_of_kind
from casework.review.model import Conclusion, Opinion, OpinionDraft, Verdict
from privacy.model import Reveals

# Beside the engine's own kinds: what a laboratory, or the registry, says by DNA.
DNA = "dna"
# With which groups of the two records the parts of an opinion open.
GROUPS = (Reveals.BODY, Reveals.IDENTITY, Reveals.DNA)


@dataclass(frozen=True, slots=True)
class OfKind:
    """What somebody says of one kind of evidence, and why."""

    verdict: Verdict | None
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """An opinion, or the draft of one. A kind that was closed to its author stands not in it.

    `conclusion` None: a draft, or a third person who sends it to the board.
    """

    kinds: Mapping[str, OfKind]
    conclusion: Conclusion | None
    reason: str = field(default="", repr=False)

    def called(self, verdict: Verdict) -> frozenset[str]:
        """Name the kinds of which this is said."""
        return frozenset(kind for kind, of in self.kinds.items() if of.verdict is verdict)


@dataclass(frozen=True, slots=True)
class Vote:
    """What a member of the board says.

    `explained`: kinds that somebody called unexplainable and that the member holds explained.
    """

    conclusion: Conclusion
    reason: str = field(repr=False)
    explained: frozenset[str] = frozenset()
    carries_exception: bool = False


def group_of(kind: str) -> Reveals:
    """Give with which group what is said of a kind opens: the body's, names' or DNA's."""
    if kind == DNA or group_of_kind(kind) is Reveals.DNA:
        return Reveals.DNA
    named = kind in KEPT_WITH_NAMES or group_of_kind(kind) is Reveals.IDENTITY
    return Reveals.IDENTITY if named else Reveals.BODY


def write_into(row: Opinion | OpinionDraft, said: Said, groups: Collection[Reveals]) -> None:
    """Put an opinion into its row, as far as its author may read; the rest stays as it was."""
    parts: dict[Reveals, dict[str, Any]] = {group: {} for group in GROUPS}
    for kind, of in said.kinds.items():
        told = {"verdict": of.verdict.value if of.verdict else "", "note": of.note}
        parts[group_of(kind)][kind] = told
    row.said = {
        "kinds": parts[Reveals.BODY],
        "conclusion": said.conclusion.value if said.conclusion else "",
        "reason": said.reason,
    }
    if Reveals.IDENTITY in groups:
        row.said_of_identity = parts[Reveals.IDENTITY]
    if Reveals.DNA in groups:
        row.said_of_dna = parts[Reveals.DNA]


def read_back(row: Opinion | OpinionDraft, groups: Collection[Reveals] = GROUPS) -> Said:
    """Read an opinion as far as its groups were opened; of an erased record, nothing."""
    whole = row.said
    kinds = dict(whole.get("kinds", {}))
    if Reveals.IDENTITY in groups:
        kinds |= row.said_of_identity
    if Reveals.DNA in groups:
        kinds |= row.said_of_dna
    return Said(
        {
            kind: OfKind(Verdict(told["verdict"]) if told["verdict"] else None, told["note"])
            for kind, told in kinds.items()
        },
        Conclusion(whole["conclusion"]) if whole.get("conclusion") else None,
        whole.get("reason", ""),
    )


def written_vote(vote: Vote) -> dict[str, Any]:
    """Write a vote as plain values."""
    return {
        "conclusion": vote.conclusion.value,
        "reason": vote.reason,
        "explained": sorted(vote.explained),
        "carries_exception": vote.carries_exception,
    }


def read_vote(told: Mapping[str, Any]) -> Vote:
    """Read a vote; what is left of an erased record decides nothing."""
    return Vote(
        Conclusion(told.get("conclusion", Conclusion.INSUFFICIENT)),
        told.get("reason", ""),
        frozenset(told.get("explained", ())),
        carries_exception=told.get("carries_exception", False),
    )
