"""Teeth: charts as they are kept, and what the engine makes of their differences."""
