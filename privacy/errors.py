"""Everything privacy can refuse.

PrivacyError
├── NotPermitted            this role may not do this
├── NotSignedIn             nobody is signed in, or the session has ended
├── WrongPassword           the name or the password is wrong: one answer for both
└── UnsafePassword          too short, too long, or known to everybody
"""


class PrivacyError(Exception):
    """Base class for refusals that protect somebody."""


class NotPermitted(PrivacyError):
    """The role may not do this."""


class NotSignedIn(PrivacyError):
    """Nobody is signed in, or the session has ended."""


class WrongPassword(PrivacyError):
    """The name or the password is wrong: one answer for both."""


class UnsafePassword(PrivacyError):
    """Too short, too long, or known to everybody; the message says which."""
