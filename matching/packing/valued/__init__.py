"""Kinds that are one look-up: distinct values of both sides become a table of weights."""

from matching.packing.valued.tables import Coded, Valued, by_fields, by_pair, by_table, coded

__all__ = ["Coded", "Valued", "by_fields", "by_pair", "by_table", "coded"]
