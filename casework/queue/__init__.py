"""The queue: what a team looks at next, as much as it can look at, and nobody forgotten."""
