"""How two records compare: the definition (`definition`), and the same for millions."""
