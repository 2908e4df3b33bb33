"""Records kept elsewhere, read into the registry without losing or inventing anything."""
