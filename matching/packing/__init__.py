"""Records packed into columns, so that millions of pairs can be weighed a second."""

from matching.packing.comparison import Comparison, Evidence, Judged, Keys, Possible
from matching.packing.evidence import EVIDENCE, evidence_of
from matching.packing.sides import Side, compare, see, tell

__all__ = [
    "EVIDENCE",
    "Comparison",
    "Evidence",
    "Judged",
    "Keys",
    "Possible",
    "Side",
    "compare",
    "evidence_of",
    "see",
    "tell",
]
