"""How long records stay, by rules with their sources, and why nothing goes in silence."""
