"""What was said about a record, by whom and when: nothing is overwritten."""
