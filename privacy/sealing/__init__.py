"""Sealed fields: what nobody reads without the case's own key, and a reason to open it."""
