"""Who agreed to what, for which purpose, with whom, until when: a ledger, never a tick."""
