"""Kinds that are one look-up: distinct values of both sides become a table of weights."""

from matching.packing.valued.tables import (
    Coded,
    Table,
    Valued,
    as_they_are,
    by_fields,
    by_pair,
    by_table,
    coded,
)

__all__ = [
    "Coded",
    "Table",
    "Valued",
    "as_they_are",
    "by_fields",
    "by_pair",
    "by_table",
    "coded",
]
