"""Reading the action log: who did what, when and why."""
