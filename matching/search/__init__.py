"""All pairs weighed, the best of both sides kept."""
