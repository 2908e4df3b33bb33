"""Who looks at a proposal, each without the other, and what came of it."""
