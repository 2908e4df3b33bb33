"""The DNA of all remains against all families that one institution keeps and may use."""
