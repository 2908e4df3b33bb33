"""What left the house: each copy, to whom and for what, so that it can be called back."""
