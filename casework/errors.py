"""Everything casework can refuse.

CaseworkError
├── NotFound                absent, or hidden from this viewer: one answer for both
├── Conflict                the record is no longer in a state that allows this
├── InvalidInput            what was given cannot be accepted as it stands
└── Unavailable             something this machine needs is missing or down
"""


class CaseworkError(Exception):
    """Base class for refusals that are part of normal work."""


class NotFound(CaseworkError):
    """Absent, or hidden from this viewer: one answer for both."""


class Conflict(CaseworkError):
    """The record is no longer in a state that allows this."""


class InvalidInput(CaseworkError):
    """What was given cannot be accepted as it stands; the message says what to do."""


class Unavailable(CaseworkError):
    """Something this machine needs is missing or down; the message says what to do."""
