"""By which numbers the engine weighs, since when, and how often it is known to be right."""
