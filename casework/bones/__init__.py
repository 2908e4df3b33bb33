"""The bones of a person: which there are, what is counted of them, and their drawing."""
