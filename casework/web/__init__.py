"""What every page shares: how it looks, in which language, and who may open it."""
