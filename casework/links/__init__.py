"""Links between records that may be of one person: said with a reason, never merged."""
