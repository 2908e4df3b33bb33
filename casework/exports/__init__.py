"""Copies of files handed to another institution: chosen, marked, and never forgotten."""
