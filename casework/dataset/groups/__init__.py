"""The groups of the minimum data set: what is asked, in the order in which it is asked."""
