"""Everything casework can refuse.

CaseworkError
├── NotFound                absent, or hidden from this viewer: one answer for both
├── Conflict                the record is no longer in a state that allows this
├── SpeakFirst              whoever has yet to give an opinion blind asks what was concluded
├── InvalidInput            what was given cannot be accepted as it stands
├── TooOften                more requests than a person can make; says when to go on
└── Unavailable             something this machine needs is missing or down
"""

from collections.abc import Mapping


class CaseworkError(Exception):
    """Base class for refusals that are part of normal work."""


class NotFound(CaseworkError):
    """Absent, or hidden from this viewer: one answer for both."""


class Conflict(CaseworkError):
    """The record is no longer in a state that allows this."""


class SpeakFirst(CaseworkError):
    """Whoever has yet to give their opinion blind may not read what was concluded before."""


class InvalidInput(CaseworkError):
    """What was given cannot be accepted as it stands; the message says what to do."""


class Unavailable(CaseworkError):
    """Something this machine needs is missing or down; the message says what to do."""


class TooOften(CaseworkError):
    """More requests than a person can make; `seconds` says when to go on."""

    def __init__(self, *, seconds: int) -> None:
        super().__init__(f"Wait {seconds} seconds, then go on.")
        self.seconds = seconds


Refused = Mapping[str, tuple[type[CaseworkError], str]]
"""By the name of a constraint: as what its refusal is raised, and in which words."""


def raise_any(refusal: CaseworkError | None) -> None:
    """Raise a refusal, if there is one."""
    if refusal is not None:
        raise refusal
