"""What importing can refuse.

InvalidInput
└── UnreadableFile          the whole file cannot be read; nothing of it was taken
"""

from collections.abc import Callable

from casework.errors import InvalidInput


class Term(str):
    """A word of ours within a refusal's details, to be translated like the sentence."""

    __slots__ = ()


class UnreadableFile(InvalidInput):
    """The whole file cannot be read; nothing of it was taken.

    `sentence` is the Spanish message id and `details` fill it, so that a page can translate
    it; `str()` gives the Spanish.
    """

    def __init__(self, sentence: str, **details: object) -> None:
        super().__init__(sentence % details)
        self.sentence = sentence
        self.details = details

    def told(self, gettext: Callable[[str], str]) -> str:
        """Say it in the reader's language."""
        details = {
            name: gettext(given) if isinstance(given, Term) else given
            for name, given in self.details.items()
        }
        return gettext(self.sentence) % details
