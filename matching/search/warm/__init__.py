"""One side of a registry kept packed: a new record finds its nearest in moments."""

from matching.search.warm.side import Nearest, WarmSide

__all__ = ["Nearest", "WarmSide"]
