"""Long work beside the pages, in the same database."""
