"""Profiles as the policies know them: rows of a file; what was read of a sample is its DNA."""

from casework.missing.model import MissingPerson
from casework.profiles.model import MissingPersonProfile, RemainsProfile
from casework.remains.model import Remains
from privacy.permissions import Permission
from privacy.policy.guarded import Part, guard_part

# That there is a profile comes with the file, to the forensic staff of its own institution; the
# genotypes open with its DNA.
guard_part(Part(MissingPersonProfile, MissingPerson, Permission.MISSING_READ))
guard_part(Part(RemainsProfile, Remains, Permission.REMAINS_READ))
