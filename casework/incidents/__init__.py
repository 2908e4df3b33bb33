"""Incidents: where people died or disappeared on their way, nobody singled out."""
