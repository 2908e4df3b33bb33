"""How much each kind of evidence weighs, written to be read aloud to a court.

One module per kind. Each holds ``weigh_<kind>``, the definition; the compiled search must
agree with it on every pair.
"""
