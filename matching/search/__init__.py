"""All pairs weighed, the best of both sides kept."""

from matching.search.all_pairs import (
    LaidOut,
    Registry,
    dates_take,
    demand_kind,
    lay_out,
    rank,
    rank_laid_out,
    registry_of,
)
from matching.search.companies import Company, rank_companies
from matching.search.laid import Sizes
from matching.search.ranking import Ranking

__all__ = [
    "Company",
    "LaidOut",
    "Ranking",
    "Registry",
    "Sizes",
    "dates_take",
    "demand_kind",
    "lay_out",
    "rank",
    "rank_companies",
    "rank_laid_out",
    "registry_of",
]
