"""The action log: who did what, about which record, when and why."""
