"""The definitions, compiled: double precision, one pair at a time."""
