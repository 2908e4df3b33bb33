"""The people who speak for a missing person, and what each of them agreed to."""
