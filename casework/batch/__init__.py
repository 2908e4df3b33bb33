"""The command line's flat files: matching without a database and without an account."""
