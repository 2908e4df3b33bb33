"""Decisions as the policies know them: parts of the missing person's file, opened as its names.

That is one half. The forensic side reads them only through both records; the family's side
reads nothing but what was released. The database holds to the same.
"""

from casework.identifications.model import (
    Decision,
    DecisionEnd,
    DecisionRelease,
    DecisionSignature,
    GateEntry,
)
from casework.missing.model import MissingPerson
from privacy.permissions import Permission
from privacy.policy.guarded import Part, guard_part

for each in (GateEntry, Decision, DecisionSignature, DecisionEnd, DecisionRelease):
    guard_part(Part(each, MissingPerson, Permission.MISSING_IDENTITY_READ))
