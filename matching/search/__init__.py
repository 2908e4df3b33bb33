"""All pairs weighed, the best of both sides kept."""

from matching.search.all_pairs import demand_kind, rank
from matching.search.ranking import Ranking

__all__ = ["Ranking", "demand_kind", "rank"]
