"""Family trees as the policies know them: rows of a file, which come with who the person is."""

from casework.missing.model import MissingPerson
from casework.pedigree.model import Pedigree
from privacy.permissions import Permission
from privacy.policy.guarded import Part, guard_part

# Names of relatives open with the group of contacts, within the row.
guard_part(Part(Pedigree, MissingPerson, Permission.MISSING_IDENTITY_READ))
