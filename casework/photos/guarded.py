"""Photographs as the policies know them: rows of a file, which come with its circumstances."""

from casework.missing.model import MissingPerson
from casework.photos.model import MissingPersonPhoto, RemainsPhoto
from casework.remains.model import Remains
from privacy.permissions import Permission
from privacy.policy.guarded import Part, guard_part

# The pictures themselves open with the group of their kind: see `casework.photos.rules`.
guard_part(Part(MissingPersonPhoto, MissingPerson, Permission.MISSING_READ))
guard_part(Part(RemainsPhoto, Remains, Permission.REMAINS_READ))
