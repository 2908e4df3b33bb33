"""The code lists of the minimum data set, each with its words.

No list has a code for "not known" or "refused" of its own making: why nothing was said is kept
beside every value, in one way for all. Where a list of the engine names it, it stays.
"""
