"""What making a document can refuse.

Unavailable
└── DocumentsUnavailable    the library that sets pages is not on this machine
"""

from casework.errors import Unavailable


class DocumentsUnavailable(Unavailable):
    """The library that sets pages is not on this machine; the message says how to get it."""
