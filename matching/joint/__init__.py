"""Several pairings at once: one person, one set of remains; companions; parts of one person.

`reasoning.reason` weighs all one-to-one assignments of a list of weighed pairs against each
other; `companions` reads who travelled and who was recovered together; `parts` gathers parts of
one person. Method: ``docs/methods/joint.md``.
"""

from matching.joint.clusters import Method
from matching.joint.companions import Companions, companions_of
from matching.joint.parameters import JointModel, load_joint_model
from matching.joint.parts import Gathered, Inventory, Parts, gather
from matching.joint.reasoning import Ended, Joint, WeighedPairs, reason, reason_at
from matching.one_to_one import odds_before

__all__ = [
    "Companions",
    "Ended",
    "Gathered",
    "Inventory",
    "Joint",
    "JointModel",
    "Method",
    "Parts",
    "WeighedPairs",
    "companions_of",
    "gather",
    "load_joint_model",
    "odds_before",
    "reason",
    "reason_at",
]
