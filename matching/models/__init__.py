"""Versioned model files: every number the engine uses, each with its source."""
