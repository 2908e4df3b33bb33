"""One search over everything that somebody may see: people, remains and incidents."""
