"""All pairs weighed, the best of both sides kept."""

from matching.search.all_pairs import Registry, demand_kind, rank, registry_of
from matching.search.laid import Sizes
from matching.search.ranking import Ranking

__all__ = ["Ranking", "Registry", "Sizes", "demand_kind", "rank", "registry_of"]
