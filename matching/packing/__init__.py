"""Records packed into columns, so that millions of pairs can be weighed a second."""

from matching.packing.comparison import Comparison, Evidence, Judged, Keys, Possible
from matching.packing.evidence import EVIDENCE, evidence_of
from matching.packing.sides import lay

__all__ = [
    "EVIDENCE",
    "Comparison",
    "Evidence",
    "Judged",
    "Keys",
    "Possible",
    "evidence_of",
    "lay",
]
