"""What is not known of a pairing, what it would be worth to know it, and what speaks against.

`worth.worth_knowing` ranks what is missing; `against.argument_against` finds the strongest
argument against a pairing. Formulas: ``docs/methods/missing-data.md``.
"""
