"""Photographs of missing persons and of remains: cropped, bare of their history, sealed."""
