"""The minimum data set: every field that a record can hold, declared once."""
