"""The written rules, beside the code so that they ship with it: no code is in here."""
