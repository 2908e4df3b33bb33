"""Who may come in: institutions, accounts, sessions."""
