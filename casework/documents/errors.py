"""What making a document can refuse.

Unavailable
└── DocumentsUnavailable    this machine lacks the library that sets pages
"""

from casework.errors import Unavailable


class DocumentsUnavailable(Unavailable):
    """This machine lacks the library that sets pages; the message says how to install it."""
