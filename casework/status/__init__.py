"""What a relative may look up alone: a code and a PIN, and never a name."""
