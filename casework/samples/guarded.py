"""Samples as the policies know them: rows of a file; what is written of them is its DNA."""

from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.samples.model import (
    MissingPersonSample,
    MissingPersonSampleEntry,
    RemainsSample,
    RemainsSampleEntry,
)
from privacy.permissions import Permission
from privacy.policy.guarded import Part, guard_part

# That there is a sample comes with the file, to its own institution; the rest with its DNA.
guard_part(Part(MissingPersonSample, MissingPerson, Permission.MISSING_READ))
guard_part(Part(MissingPersonSampleEntry, MissingPerson, Permission.MISSING_READ))
guard_part(Part(RemainsSample, Remains, Permission.REMAINS_READ))
guard_part(Part(RemainsSampleEntry, Remains, Permission.REMAINS_READ))
