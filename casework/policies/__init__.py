"""The written policies, shown to whoever watches over them, and asked why."""
