"""Who may, with whose agreement, sealed how, and the proof."""
