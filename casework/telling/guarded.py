"""Steps after a release as the policies know them: they open with how a family is reached.

Examiners, who may read that of their own institution's people, read no step: the database
shows them to whoever speaks with families and to coordinators of the person's keeper alone.
"""

from casework.missing.model import MissingPerson
from casework.telling.model import TellingStep
from privacy.permissions import Permission
from privacy.policy.guarded import Part, guard_part

guard_part(Part(TellingStep, MissingPerson, Permission.MISSING_CONTACT_READ))
