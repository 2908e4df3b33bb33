"""An invented world with a known truth: to show reunir, and to measure it."""
