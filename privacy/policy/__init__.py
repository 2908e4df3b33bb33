"""What the written policies say: decided, turned into queries, and explained."""

from privacy.policy.decisions import Ruling, decide, decide_each, decide_many

__all__ = ["Ruling", "decide", "decide_each", "decide_many"]
