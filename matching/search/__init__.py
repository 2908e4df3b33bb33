"""All pairs weighed, the best of both sides kept."""

from matching.search.all_pairs import Registry, demand_kind, rank, registry_of
from matching.search.ranking import Ranking

__all__ = ["Ranking", "Registry", "demand_kind", "rank", "registry_of"]
