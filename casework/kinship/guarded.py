"""Results of DNA as the policies know them: a part of the family's file, opened as its DNA.

That is one half. A result is read only through a proposal that one may read and with the DNA of
the remains open as well (`casework.kinship.queries`); the database holds to the same.
"""

from casework.kinship.model import DnaResult
from casework.missing.model import MissingPerson
from privacy.permissions import Permission
from privacy.policy.guarded import Part, guard_part

guard_part(Part(DnaResult, MissingPerson, Permission.MISSING_DNA_READ))
