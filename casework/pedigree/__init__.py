"""The family of a missing person: who descends from whom, and who can give a sample."""
